using Microsoft.EntityFrameworkCore;
using PropertyManager.Domain;
using PropertyManager.Domain.Activations;
using PropertyManager.Domain.Properties;
using PropertyManager.Domain.Rollouts;
using PropertyManager.Web.Data;
using PropertyManager.Web.Engine;
using PropertyManager.Web.Shell.Parts;

namespace PropertyManager.Web.Features.Activate;

/// <summary>What the page of an activation shows.</summary>
/// <param name="Activation">With its history.</param>
/// <param name="Package">Null where none is kept.</param>
/// <param name="End">Simulated time since its start up to which it has run.</param>
/// <param name="Fallback">What decides on its Fast Fallback; null for what can never fall back, and until it was read.</param>
public sealed record ActivationView(
    Activation Activation,
    Property Property,
    Access Access,
    PackageFacts? Package,
    TimeSpan End,
    FallbackFacts? Fallback
)
{
    /// <summary>Reads all of it.</summary>
    /// <param name="db">Where it is read.</param>
    /// <param name="id">Of the activation.</param>
    /// <param name="edge">Looks at the package of one that failed.</param>
    /// <param name="read">By whom.</param>
    public static async Task<PageAnswer<ActivationView>> ReadAsync(AppDbContext db, long id, IEdgeNetwork edge, PageRead read)
    {
        var owner = await db
            .Activations.Where(a => a.Id == id)
            .Join(db.Properties, a => a.PropertyId, p => p.Id, (_, property) => new { property.Id, property.GroupId })
            .SingleOrDefaultAsync(read.Cancellation);
        if (Permalinks.Judge(owner?.GroupId, isWhole: true, read.Access) is { } problem)
            return problem;
        read.Watch(new(PublicId.Property, owner!.Id));
        return await ReadAllowedAsync(db, id, edge, read);
    }

    /// <summary>After a transition of any activation of the property; null where the history has a gap.</summary>
    public ActivationView? Apply(ActivationProgress progress)
    {
        if (progress.ActivationId != Activation.Id)
            return this;
        var next = progress.ApplyTo(Activation);
        return next.History is [.., var last] && last.Elapsed >= next.Status.DecidedAfter
            ? this with
            {
                Activation = next,
                End = next.Status.EndedAfter ?? progress.Progress.Elapsed,
                Fallback = null,
            }
            : null;
    }

    /// <summary>Reads what changed with activations of the property that started or ended.</summary>
    public async Task<PageAnswer<ActivationView>> RefreshAsync(
        AppDbContext db,
        IReadOnlyList<ActivationProgress> boundaries,
        IEdgeNetwork edge,
        PageRead read
    )
    {
        if (!read.Access.MayRead(Property))
            return PermalinkProblem.Forbidden;
        var own = boundaries.Where(progress => progress.Network == Activation.Network).ToList();
        // What became active took the place of this one, which says so.
        if (own.Exists(progress => progress.ActivationId != Activation.Id && !progress.Status.IsOpen))
            return await ReadAllowedAsync(db, Activation.Id, edge, read);
        return own.Count == 0 ? this : this with { Access = read.Access, Fallback = await ReadFallbackAsync(db, Activation, read.Cancellation) };
    }

    private static async Task<PageAnswer<ActivationView>> ReadAllowedAsync(AppDbContext db, long id, IEdgeNetwork edge, PageRead read)
    {
        var found = await (
            from activation in db.Activations.AsNoTracking()
            where activation.Id == id
            join property in db.Properties on activation.PropertyId equals property.Id
            join package in db.Packages on activation.Id equals package.ActivationId into packages
            from package in packages.DefaultIfEmpty()
            select new
            {
                Activation = activation,
                Property = property,
                package.Revision,
                package.Sha256,
                Bytes = (int?)package.Content.Length,
                // What servers refused is looked at again; nobody else needs the content.
                Content = activation.Status.State == ActivationState.Failed ? package.Content : null,
                package.Signature,
            }
        ).SingleAsync(read.Cancellation);
        var history = await db
            .ActivationEvents.AsNoTracking()
            .Where(row => row.ActivationId == id)
            .OrderBy(row => row.Id)
            .ToListAsync(read.Cancellation);
        var shown = found.Activation.AsOf(found.Activation.Status, found.Activation.Intent, history);
        var defect = found.Content is { } content
            ? edge.Inspect(shown.Revision, new RolloutPackage(found.Revision, content, found.Sha256, found.Signature))
            : null;
        return new ActivationView(
            shown,
            found.Property,
            read.Access,
            found.Bytes is { } bytes ? new(found.Revision, bytes, Convert.ToHexStringLower(found.Sha256), defect) : null,
            shown.Status.EndedAfter ?? shown.Status.DecidedAfter,
            await ReadFallbackAsync(db, shown, read.Cancellation)
        );
    }

    private static async Task<FallbackFacts?> ReadFallbackAsync(AppDbContext db, Activation activation, CancellationToken cancellationToken)
    {
        if (activation is not { Network: Network.Production, Status.State: ActivationState.Active })
            return null;
        var states = await NetworkStates.ReadAsync(db, activation.PropertyId, rulesOf: null, cancellationToken);
        return states.TryGetValue(Network.Production, out var state) ? FallbackFacts.Of(state) : null;
    }
}

/// <summary>What the servers fetched.</summary>
/// <param name="Sha256">Of the content, in hexadecimal digits.</param>
/// <param name="Defect">What the servers of an activation that failed found wrong with it; null for nothing.</param>
public sealed record PackageFacts(string Revision, int Bytes, string Sha256, PackageDefect? Defect);

/// <summary>What decides on a Fast Fallback, but for the time.</summary>
/// <param name="Network">Of the activation's network.</param>
/// <param name="IsAttempted">One from it was asked for before.</param>
public sealed record FallbackFacts(NetworkFacts Network, bool IsAttempted)
{
    public static FallbackFacts Of(NetworkState state) => new(state.Facts, state.IsFallbackAttempted);
}
