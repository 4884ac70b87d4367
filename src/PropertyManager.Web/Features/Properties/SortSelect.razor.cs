using Microsoft.AspNetCore.Components;

namespace PropertyManager.Web.Features.Properties;

/// <summary>Orders a table where its headings are not shown.</summary>
public sealed partial class SortSelect<TColumn>
    where TColumn : struct, Enum
{
    /// <summary>What the table can be ordered by, as its headings say it.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<(TColumn Column, string Name)> Columns { get; set; }

    /// <summary>How the table is ordered now.</summary>
    [Parameter, EditorRequired]
    public required SortOrder<TColumn> Order { get; set; }

    /// <summary>How it is to be ordered.</summary>
    [Parameter, EditorRequired]
    public required EventCallback<SortOrder<TColumn>> Sorted { get; set; }

    private static SortOrder<TColumn>[] Orders(TColumn column) => [new(column, Descending: false), new(column, Descending: true)];

    private Task ChooseAsync(ChangeEventArgs chosen) => Sorted.InvokeAsync(Paging.Order((string?)chosen.Value, Order));
}
