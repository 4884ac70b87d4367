using System.Text.Json;
using Microsoft.AspNetCore.Components;
using PropertyManager.Domain.Configuration;
using PropertyManager.Domain.Configuration.Catalog;
using PropertyManager.Web.Shell.Parts;

namespace PropertyManager.Web.Features.Editor.Edit;

/// <summary>A behavior or criterion as a form, made from the catalog. What the catalog does not describe is shown and kept.</summary>
public sealed partial class ItemForm
{
    [Parameter, EditorRequired]
    public required string Name { get; set; }

    /// <summary>As the catalog describes it; null when it does not.</summary>
    [Parameter, EditorRequired]
    public required CatalogItem? Item { get; set; }

    [Parameter, EditorRequired]
    public required OptionSet Options { get; set; }

    /// <summary>Prefix of the ids of its fields, unique on the page.</summary>
    [Parameter, EditorRequired]
    public required string Id { get; set; }

    /// <summary>JSON pointer to it.</summary>
    [Parameter, EditorRequired]
    public required string Place { get; set; }

    /// <summary>What the validator says, by pointer.</summary>
    [Parameter, EditorRequired]
    public required ILookup<string, ValidationMessage> Messages { get; set; }

    [Parameter]
    public bool IsFirst { get; set; }

    [Parameter]
    public bool IsLast { get; set; }

    /// <summary>Somebody set an option; null takes it away.</summary>
    [Parameter]
    public Action<CatalogOption, JsonElement?>? Changed { get; set; }

    /// <summary>One place up (-1) or down (1).</summary>
    [Parameter]
    public EventCallback<int> Moved { get; set; }

    [Parameter]
    public EventCallback Removed { get; set; }

    private string Label => Item?.Label ?? OptionWords.Title(Name);

    // Options that the form does not show: of another choice, or unknown here. They stay.
    private IReadOnlyList<KeyValuePair<string, JsonElement>> Others =>
        [.. Options.Where(option => Item?.Find(option.Key) is not { } known || !RuleCatalog.IsShown(known, Options))];
}
