using Microsoft.AspNetCore.Components;

namespace PropertyManager.Web.Shell.Parts;

/// <summary>The way from the top to this page.</summary>
public sealed partial class Breadcrumbs
{
    /// <summary>The pages above this one, the topmost first.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<Crumb> Items { get; set; }

    /// <summary>This page: no link leads to where one is.</summary>
    [Parameter, EditorRequired]
    public required string Current { get; set; }
}

public sealed record Crumb(string Text, string Href);
