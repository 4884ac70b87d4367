using Microsoft.AspNetCore.Components;

namespace PropertyManager.Web.Features.Properties;

/// <summary>The heading of a column that a table can be ordered by.</summary>
public sealed partial class SortHead<TColumn>
    where TColumn : struct, Enum
{
    [Parameter, EditorRequired]
    public required TColumn Column { get; set; }

    /// <summary>How the table is ordered now.</summary>
    [Parameter, EditorRequired]
    public required SortOrder<TColumn> Order { get; set; }

    /// <summary>How it is to be ordered.</summary>
    [Parameter, EditorRequired]
    public required EventCallback<SortOrder<TColumn>> Sorted { get; set; }

    [Parameter]
    public RenderFragment? ChildContent { get; set; }

    private bool IsSorted => EqualityComparer<TColumn>.Default.Equals(Column, Order.Column);

    private string? Direction =>
        IsSorted
            ? Order.Descending
                ? "descending"
                : "ascending"
            : null;

    private string Arrow =>
        IsSorted
            ? Order.Descending
                ? "↓"
                : "↑"
            : "";
}
