using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using PropertyManager.Domain;
using PropertyManager.Domain.Activations;
using PropertyManager.Web.Data;

namespace PropertyManager.Web.Features.Properties;

/// <summary>What Activation History can be ordered by.</summary>
public enum HistoryColumn
{
    Submitted,
    Status,
    Version,
    Network,
    Type,
    Duration,
    By,
}

/// <summary>The statuses that Activation History can be narrowed to, as people tell them apart.</summary>
public enum HistoryStatus
{
    Pending,
    PendingFullRollout,
    PendingCancellation,
    Active,
    Inactive,
    Aborted,
    Failed,
    Deactivated,
}

/// <summary>Which activations of a property are asked for, in which order.</summary>
/// <param name="Page">From 1; null for the first.</param>
public sealed record HistoryFilter(
    long PropertyId,
    Network? Network = null,
    HistoryStatus? Status = null,
    SortOrder<HistoryColumn> Order = default,
    int? Page = null
)
{
    /// <summary>It leaves some out.</summary>
    public bool Narrows => Network is not null || Status is not null;
}

/// <summary>A row of Activation History.</summary>
/// <param name="SubmittedAt">Real time.</param>
/// <param name="Cause">Why it was cancelled or failed.</param>
public sealed record HistoryRow(Standing Standing, DateTimeOffset SubmittedAt, string By, string Note, string? Cause);

/// <summary>Reads Activation History, without plans.</summary>
public static class HistoryQueries
{
    /// <summary>The newest first, where nothing else is asked for.</summary>
    public static SortOrder<HistoryColumn> Usual { get; } = new(HistoryColumn.Submitted, Descending: true);

    /// <summary>Under which status an activation is found.</summary>
    public static HistoryStatus Of(ActivationState state) =>
        state switch
        {
            ActivationState.Pending or ActivationState.Canary or ActivationState.Live => HistoryStatus.Pending,
            ActivationState.World => HistoryStatus.PendingFullRollout,
            ActivationState.Cancelling => HistoryStatus.PendingCancellation,
            ActivationState.Active => HistoryStatus.Active,
            ActivationState.Inactive => HistoryStatus.Inactive,
            ActivationState.Aborted => HistoryStatus.Aborted,
            ActivationState.Failed => HistoryStatus.Failed,
            ActivationState.Deactivated => HistoryStatus.Deactivated,
            _ => throw new ArgumentOutOfRangeException(nameof(state), state, message: null),
        };

    public static async Task<Paged<HistoryRow>> ReadPageAsync(AppDbContext db, HistoryFilter filter, CancellationToken cancellationToken)
    {
        var found = db.Activations.Where(activation => activation.PropertyId == filter.PropertyId);
        if (filter.Network is { } network)
            found = found.Where(activation => activation.Network == network);
        if (filter.Status is { } status)
        {
            var states = Enum.GetValues<ActivationState>().Where(state => Of(state) == status).ToList();
            found = found.Where(activation => states.Contains(activation.Status.State));
        }
        var rows = Ordered(found, filter.Order)
            .Select(a => new Counted<HistoryRow>
            {
                Row = new HistoryRow(
                    new Standing(a.Id, a.PropertyId, a.Network, a.Version, a.Type, a.Status.State, a.Status.IsOpen, a.Status.EndedAfter),
                    a.Intent.SubmittedAt,
                    a.Intent.SubmittedBy,
                    a.Intent.Note,
                    a.Status.Cause
                ),
                Total = found.Count(),
            });
        return await Paging.ReadAsync(rows, filter.Page, cancellationToken);
    }

    /// <summary>Where the column is the same, the newest first.</summary>
    private static IQueryable<Activation> Ordered(IQueryable<Activation> activations, SortOrder<HistoryColumn> order)
    {
        return order.Column switch
        {
            HistoryColumn.Status => By(a => a.Status.State),
            HistoryColumn.Version => By(a => a.Version),
            HistoryColumn.Network => By(a => a.Network),
            HistoryColumn.Type => By(a => a.Type),
            HistoryColumn.Duration => By(a => a.Status.EndedAfter),
            HistoryColumn.By => By(a => a.Intent.SubmittedBy),
            _ => By(a => a.Intent.SubmittedAt),
        };

        IQueryable<Activation> By<TKey>(Expression<Func<Activation, TKey>> key) =>
            (order.Descending ? activations.OrderByDescending(key) : activations.OrderBy(key)).ThenByDescending(a => a.Id);
    }
}
