using Microsoft.AspNetCore.Components;

namespace PropertyManager.Web.Features.Properties;

/// <summary>Under a table: how many rows there are, and the ways to the other pages.</summary>
public sealed partial class Pager
{
    /// <summary>Rows on all pages.</summary>
    [Parameter, EditorRequired]
    public required int Total { get; set; }

    /// <summary>The page that is shown, from 1.</summary>
    [Parameter, EditorRequired]
    public required int Number { get; set; }

    /// <summary>What a row is: "version".</summary>
    [Parameter, EditorRequired]
    public required string One { get; set; }

    /// <summary>What rows are, where it is not made with an s.</summary>
    [Parameter]
    public string? Many { get; set; }

    /// <summary>The page that is wanted.</summary>
    [Parameter, EditorRequired]
    public required EventCallback<int> Turned { get; set; }

    private int Pages => (Total + Paging.Size - 1) / Paging.Size;

    private int First => ((Number - 1) * Paging.Size) + 1;

    private int Last => Math.Min(Number * Paging.Size, Total);
}
