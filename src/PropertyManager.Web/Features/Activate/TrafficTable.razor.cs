using Microsoft.AspNetCore.Components;

namespace PropertyManager.Web.Features.Activate;

/// <summary>
/// Hits by how they were answered. Its figures are those of a simulated second, and are handed to it several times as often: it renders when they are
/// others.
/// </summary>
public sealed partial class TrafficTable
{
    private IReadOnlyList<LiveTraffic> _rows = [];
    private string? _note;

    [Parameter, EditorRequired]
    public required IReadOnlyList<LiveTraffic> Rows { get; set; }

    /// <summary>What the figures do not say by themselves.</summary>
    [Parameter]
    public string? Note { get; set; }

    protected override bool ShouldRender() => _note != Note || !_rows.SequenceEqual(Rows);

    // The first time it renders in any case.
    protected override void OnAfterRender(bool firstRender) => (_rows, _note) = (Rows, Note);
}
