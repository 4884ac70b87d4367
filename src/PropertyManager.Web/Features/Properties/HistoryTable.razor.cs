using Microsoft.AspNetCore.Components;
using PropertyManager.Domain;
using PropertyManager.Domain.Activations;
using PropertyManager.Web.Shell.Parts;

namespace PropertyManager.Web.Features.Properties;

/// <summary>"Activation History": what was activated, where, by whom and how it ended.</summary>
public sealed partial class HistoryTable
{
    private static readonly IReadOnlyList<(HistoryColumn Column, string Name)> Columns =
    [
        (HistoryColumn.Status, "Status"),
        (HistoryColumn.Version, "Version"),
        (HistoryColumn.Network, "Network"),
        (HistoryColumn.Type, "Type"),
        (HistoryColumn.Submitted, "Submitted (real time)"),
        (HistoryColumn.Duration, "Duration (simulated)"),
        (HistoryColumn.By, "By"),
    ];

    [Parameter, EditorRequired]
    public required string PropertyName { get; set; }

    [Parameter, EditorRequired]
    public required HistoryFilter Filter { get; set; }

    [Parameter, EditorRequired]
    public required Paged<HistoryRow> Page { get; set; }

    [Parameter, EditorRequired]
    public required LiveActivations Live { get; set; }

    [Parameter, EditorRequired]
    public required EventCallback<SortOrder<HistoryColumn>> Sorted { get; set; }

    /// <summary>Another network or status was chosen.</summary>
    [Parameter, EditorRequired]
    public required EventCallback<HistoryFilter> Narrowed { get; set; }

    private Task ChooseNetwork(ChangeEventArgs chosen) => Narrowed.InvokeAsync(Filter with { Network = Parse<Network>(chosen) });

    private Task ChooseStatus(ChangeEventArgs chosen) => Narrowed.InvokeAsync(Filter with { Status = Parse<HistoryStatus>(chosen) });

    /// <summary>As the rows of the table say it.</summary>
    private static string Name(HistoryStatus status) =>
        status switch
        {
            HistoryStatus.PendingFullRollout => ActivationLabels.Status(ActivationState.World, ActivationType.Activate),
            HistoryStatus.PendingCancellation => ActivationLabels.Status(ActivationState.Cancelling, ActivationType.Activate),
            _ => status.ToString(),
        };

    private static T? Parse<T>(ChangeEventArgs chosen)
        where T : struct, Enum => Enum.TryParse<T>((string?)chosen.Value, out var value) ? value : null;
}
