using Microsoft.EntityFrameworkCore;
using PropertyManager.Domain;
using PropertyManager.Domain.Properties;
using PropertyManager.Web.Data;
using PropertyManager.Web.Engine;
using PropertyManager.Web.Shell.Parts;

namespace PropertyManager.Web.Features.Properties;

/// <summary>What Property Details shows: one of the two tables.</summary>
/// <param name="GroupPath">The groups from the top down, as far as the person sees them.</param>
/// <param name="Filter">Of the history.</param>
/// <param name="Versions">Null where the history is shown.</param>
/// <param name="History">Null where the versions are shown.</param>
public sealed record PropertyView(
    Property Property,
    Access Access,
    string GroupPath,
    NetworkStanding Staging,
    NetworkStanding Production,
    HistoryFilter Filter,
    Paged<VersionRow>? Versions,
    Paged<HistoryRow>? History
)
{
    /// <summary>Reads all of it, without rule trees.</summary>
    /// <param name="db">Where it is read.</param>
    /// <param name="filter">Of the history; its page is that of either table.</param>
    /// <param name="isHistory">The history is shown.</param>
    /// <param name="read">By whom.</param>
    public static async Task<PageAnswer<PropertyView>> ReadAsync(AppDbContext db, HistoryFilter filter, bool isHistory, PageRead read)
    {
        var (id, cancellation) = (filter.PropertyId, read.Cancellation);
        var property = await db.Properties.AsNoTracking().SingleOrDefaultAsync(p => p.Id == id, cancellation);
        if (Permalinks.Judge(property?.GroupId, isWhole: true, read.Access) is { } problem)
            return problem;
        read.Watch(new(PublicId.Property, id));
        var path = await PropertyQueries.ReadGroupPathAsync(db, read.Access, property!, cancellation);
        var history = isHistory ? await HistoryQueries.ReadPageAsync(db, filter, cancellation) : null;
        var versions = isHistory ? null : await PropertyQueries.ReadVersionsAsync(db, id, filter.Page, cancellation);
        var standings = await PropertyQueries.ReadStandingsAsync(db, id, versions?.Rows, cancellation);
        return new PropertyView(
            property!,
            read.Access,
            path,
            standings.On(Network.Staging),
            standings.On(Network.Production),
            filter,
            versions?.WithStandings(standings),
            history
        );
    }

    /// <summary>Itself after a transition; null where the history is narrowed to a status and an activation comes to it or leaves it.</summary>
    public PropertyView? After(ActivationProgress progress)
    {
        if (History is null || Filter.Status is not { } status)
            return this;
        var isShown = History.Rows.Any(row => row.Standing.Id == progress.ActivationId);
        var belongs = HistoryQueries.Of(progress.Status.State) == status && (Filter.Network ?? progress.Network) == progress.Network;
        return isShown == belongs ? this : null;
    }

    /// <summary>Reads what changed with activations that started or ended.</summary>
    public async Task<PageAnswer<PropertyView>> RefreshAsync(AppDbContext db, IReadOnlyList<ActivationProgress> boundaries, PageRead read)
    {
        if (!read.Access.MayRead(Property))
            return PermalinkProblem.Forbidden;
        if (History is not null)
            return this with
            {
                Access = read.Access,
                Staging = After(Staging, Network.Staging),
                Production = After(Production, Network.Production),
                History = await HistoryQueries.ReadPageAsync(db, Filter, read.Cancellation),
            };
        var standings = await PropertyQueries.ReadStandingsAsync(db, Property.Id, Versions!.Rows, read.Cancellation);
        return this with
        {
            Access = read.Access,
            Staging = standings.On(Network.Staging),
            Production = standings.On(Network.Production),
            Versions = Versions.WithStandings(standings),
        };

        NetworkStanding After(NetworkStanding before, Network network) =>
            boundaries.Where(progress => progress.Network == network).Aggregate(before, (now, progress) => now.After(progress));
    }
}
