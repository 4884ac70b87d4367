using System.Data;
using Microsoft.EntityFrameworkCore;
using PropertyManager.Domain;
using PropertyManager.Domain.Activations;
using PropertyManager.Domain.Rollouts;
using PropertyManager.Web.Data;

namespace PropertyManager.Web.Engine;

/// <summary>What came of setting trouble that stands: it, or why it does not.</summary>
public sealed record FaultAnswer(StandingFault? Standing, Refusal? Refusal);

/// <summary>
/// Simulated trouble, for demonstrations and tests: it strikes an activation that runs, or stands and waits for all that run and start. What struck
/// an activation stays with it, so that it can be replayed; nothing that was observed ever changes.
/// </summary>
public sealed class FaultDesk(
    IDbContextFactory<AppDbContext> contexts,
    IEdgeNetwork edge,
    PersistentFaultCache persistent,
    TimeProvider time,
    [FromKeyedServices(Simulated.Time)] TimeProvider simulated
)
{
    /// <summary>Faults of one activation, standing ones of one property, and standing ones of everything, at most.</summary>
    public const int Most = 20;

    private static readonly Refusal NotRunning = new("not-pending", "This activation is over: nothing can happen to it any more.");
    private static readonly Refusal Unknown = new("not-found", "There is no such property or activation, or not one that you may see.");
    private static readonly Refusal UnknownStanding = new("not-found", "There is no such standing fault.");
    private static readonly Refusal TooMany = new("too-many-faults", $"This activation has {Most} faults already.");

    /// <summary>Why these faults cannot be set; null when they can.</summary>
    /// <param name="faults">What is to go wrong.</param>
    /// <param name="places">Where servers stand.</param>
    /// <param name="by">Who asks.</param>
    public static Refusal? Refuse(IReadOnlyList<Fault> faults, IReadOnlyList<RegionPlace> places, Access by)
    {
        if (faults.Count == 0)
            return null;
        if (SimulationDesk.Refuse(by) is { } refusal)
            return refusal;
        if (faults.Count > Most)
            return new("too-many-faults", $"{faults.Count} faults are too many: {Most} at most.");
        return faults.Select(fault => fault.Problem(places)).FirstOrDefault(problem => problem is not null) is { } wrong
            ? new("invalid-fault", wrong)
            : null;
    }

    /// <summary>What a running activation is struck by from now on. Null when it is set.</summary>
    /// <param name="activationId">One that runs.</param>
    /// <param name="fault">Its times count from now on, and from its phase where that is yet to come.</param>
    /// <param name="by">Who asks.</param>
    /// <param name="cancellationToken">Stops the waiting.</param>
    public async Task<Refusal?> StrikeAsync(long activationId, Fault fault, Access by, CancellationToken cancellationToken)
    {
        if (SimulationDesk.Refuse(by) is { } notPermitted)
            return notPermitted;
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await FindAsync(db, activationId, by, cancellationToken) is not { } activation)
            return Unknown;
        if (await RefuseAsync(db, activation.PropertyId, by, cancellationToken) is { } notForIt)
            return notForIt;
        if (Refuse([fault], edge.Places(activation.Network), by) is { } refusal)
            return refusal;
        return await ChangeAsync(
            db,
            activation,
            now => now.Intent.Faults.Count < Most ? [.. now.Intent.Faults, FromNow(fault, now)] : null,
            cancellationToken
        );
    }

    /// <summary>Ends a fault of a running activation. Null when it ends.</summary>
    /// <param name="activationId">One that runs.</param>
    /// <param name="index">Its place among the activation's faults.</param>
    /// <param name="by">Who asks.</param>
    /// <param name="cancellationToken">Stops the waiting.</param>
    public async Task<Refusal?> EndAsync(long activationId, int index, Access by, CancellationToken cancellationToken)
    {
        if (SimulationDesk.Refuse(by) is { } notPermitted)
            return notPermitted;
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await FindAsync(db, activationId, by, cancellationToken) is not { } activation || index < 0 || index >= activation.Intent.Faults.Count)
            return Unknown;
        if (await RefuseAsync(db, activation.PropertyId, by, cancellationToken) is { } refusal)
            return refusal;
        return await ChangeAsync(
            db,
            activation,
            now => [.. now.Intent.Faults.Index().Select(fault => fault.Index == index ? UntilNow(fault.Item, now) : fault.Item)],
            cancellationToken
        );
    }

    /// <summary>
    /// Trouble that strikes what runs and what starts, until it is removed; or (<see cref="Fault.Once"/>) the next activation of a property that
    /// starts, and nothing that runs.
    /// </summary>
    public async Task<FaultAnswer> AddAsync(long? propertyId, Fault fault, Access by, CancellationToken cancellationToken)
    {
        if (Refuse([fault], edge.Places(Network.Production), by) is { } refusal)
            return new(null, refusal);
        if (fault.Once && propertyId is null)
            return new(null, new("invalid-fault", "What strikes the next activation only is set for one property: name it."));
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await RefuseAsync(db, propertyId, by, cancellationToken) is { } beyond)
            return new(null, beyond);
        if (await db.StandingFaults.CountAsync(s => s.PropertyId == propertyId, cancellationToken) >= Most)
            return new(
                null,
                new(
                    "too-many-faults",
                    $"{(propertyId is null ? "For all properties" : "For this property")} there are {Most} already: remove one first."
                )
            );
        var standing = new StandingFault
        {
            PropertyId = propertyId,
            Fault = fault,
            By = by.Email,
            At = time.GetUtcNow(),
        };
        // It stands and strikes all that runs, or it is not there: an activation that starts meanwhile finds it, or is found here.
        await using var transaction = await db.Database.BeginTransactionAsync(IsolationLevel.Serializable, cancellationToken);
        db.StandingFaults.Add(standing);
        await db.SaveChangesAsync(cancellationToken);
        foreach (var activation in fault.Once ? [] : await OpenAsync(db, propertyId, cancellationToken))
        {
            await ChangeAsync(
                db,
                activation,
                // One that started a moment ago has it already.
                now =>
                    now.Intent.Faults.Any(had => had.Standing == standing.Id)
                        ? now.Intent.Faults
                        : [.. now.Intent.Faults, FromNow(Mark(standing), now)],
                cancellationToken
            );
        }
        await transaction.CommitAsync(cancellationToken);
        persistent.Forget();
        return new(standing, null);
    }

    /// <summary>Takes it away; activations that it struck are free of it from now on. Null when it is gone.</summary>
    public async Task<Refusal?> RemoveAsync(long standingId, Access by, CancellationToken cancellationToken)
    {
        if (SimulationDesk.Refuse(by) is { } refusal)
            return refusal;
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await db.StandingFaults.SingleOrDefaultAsync(s => s.Id == standingId, cancellationToken) is not { } standing)
            return UnknownStanding;
        if (await RefuseAsync(db, standing.PropertyId, by, cancellationToken) is { } beyond)
            return beyond == Unknown ? UnknownStanding : beyond;
        // It is gone and all that it struck is free, or nothing of that: then it can be removed again.
        await using var transaction = await db.Database.BeginTransactionAsync(IsolationLevel.Serializable, cancellationToken);
        if (await db.StandingFaults.Where(s => s.Id == standingId).ExecuteDeleteAsync(cancellationToken) == 0)
            return UnknownStanding;
        foreach (var activation in await OpenAsync(db, standing.PropertyId, cancellationToken))
        {
            await ChangeAsync(
                db,
                activation,
                now => [.. now.Intent.Faults.Select(fault => fault.Standing == standingId ? UntilNow(fault, now) : fault)],
                cancellationToken
            );
        }
        await transaction.CommitAsync(cancellationToken);
        persistent.Forget();
        return null;
    }

    /// <summary>What stands for the properties this person sees, the oldest first.</summary>
    public async Task<IReadOnlyList<StandingFault>> ListAsync(Access by, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var seen = db.Properties.Seen(by).Select(property => (long?)property.Id);
        return await db
            .StandingFaults.AsNoTracking()
            .Where(s => s.PropertyId == null || seen.Contains(s.PropertyId))
            .OrderBy(s => s.Id)
            .ToListAsync(cancellationToken);
    }

    /// <summary>What an activation is struck by, in the order that <see cref="EndAsync"/> counts in; null where this person sees no such activation.</summary>
    public async Task<IReadOnlyList<Fault>?> OfAsync(long activationId, Access by, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return (await FindAsync(db, activationId, by, cancellationToken))?.Intent.Faults;
    }

    /// <summary>Why this person does not set faults of all properties, which reach every account; null when they do.</summary>
    public async Task<Refusal?> RefuseForAllAsync(Access by, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await RefuseAsync(db, propertyId: null, by, cancellationToken);
    }

    /// <summary>Faults reach no property whose activations this person may not start.</summary>
    private static async Task<Refusal?> RefuseAsync(AppDbContext db, long? propertyId, Access by, CancellationToken cancellationToken)
    {
        if (SimulationDesk.Refuse(by) is { } refusal)
            return refusal;
        if (propertyId is { } id)
            return await db.Properties.AsNoTracking().Seen(by).SingleOrDefaultAsync(p => p.Id == id, cancellationToken) is { } property
                ? SimulationDesk.Refuse(by, property)
                : Unknown;
        if (SimulationDesk.RefuseConfined(by) is { } confined)
            return confined;
        var published = by.PublishedGroups;
        return await db.Properties.AnyAsync(p => !published.Contains(p.GroupId), cancellationToken)
            ? new("not-permitted", "A fault of all properties reaches some for which you do not have the role Publisher: choose one property.")
            : null;
    }

    /// <summary>
    /// Gives a new activation what stands, and what waited for the property's next one. Within the transaction that saves it: of two that start at
    /// once, one gets what is for the next, and trouble that is set meanwhile finds the activation, or is found here.
    /// What begins with a phase that this one does not have waits for one that has it.
    /// </summary>
    /// <returns>Whether some of it is gone now.</returns>
    internal static async Task<bool> TakeStandingAsync(AppDbContext db, Activation started, CancellationToken cancellationToken)
    {
        var taken = false;
        foreach (var standing in await StandingForAsync(db, started.PropertyId, cancellationToken))
        {
            if (!standing.Fault.Once)
                started.Intent.Faults = [.. started.Intent.Faults, Mark(standing)];
            else if (
                (standing.Fault.Phase is not { } phase || started.Plan.Steps.Any(step => step.Stage == phase))
                && await db.StandingFaults.Where(s => s.Id == standing.Id).ExecuteDeleteAsync(cancellationToken) == 1
            )
            {
                started.Intent.Faults = [.. started.Intent.Faults, standing.Fault with { Once = false }];
                taken = true;
            }
        }
        return taken;
    }

    private static Task<List<StandingFault>> StandingForAsync(AppDbContext db, long propertyId, CancellationToken cancellationToken) =>
        db
            .StandingFaults.AsNoTracking()
            .Where(s => s.PropertyId == null || s.PropertyId == propertyId)
            .OrderBy(s => s.Id)
            .ToListAsync(cancellationToken);

    private static Fault Mark(StandingFault standing) => standing.Fault with { Standing = standing.Id };

    private static Task<List<Activation>> OpenAsync(AppDbContext db, long? propertyId, CancellationToken cancellationToken) =>
        db
            .Activations.AsNoTracking()
            .Where(a => a.Status.IsOpen && (propertyId == null || a.PropertyId == propertyId))
            .ToListAsync(cancellationToken);

    private static Task<Activation?> FindAsync(AppDbContext db, long activationId, Access by, CancellationToken cancellationToken)
    {
        var seen = db.Properties.Seen(by).Select(property => property.Id);
        return db.Activations.AsNoTracking().SingleOrDefaultAsync(a => a.Id == activationId && seen.Contains(a.PropertyId), cancellationToken);
    }

    /// <summary>
    /// Of two changes at the same time, the later finds that it knew an older list, and changes the newer one. The same where the engine has
    /// decided meanwhile: a fault never begins before what was decided without it.
    /// </summary>
    /// <param name="change">The list as it is to be; null where it is full.</param>
    private static async Task<Refusal?> ChangeAsync(
        AppDbContext db,
        Activation activation,
        Func<Activation, IReadOnlyList<Fault>?> change,
        CancellationToken cancellationToken
    )
    {
        var id = activation.Id;
        for (var now = activation; now is { Status.IsOpen: true }; now = await ReadAsync())
        {
            if (change(now) is not { } faults)
                return TooMany;
            var (revision, decided) = (now.Intent.FaultsRevision, now.Status.DecidedAfter);
            var changed = await db
                .Activations.Where(a => a.Id == id && a.Status.IsOpen && a.Intent.FaultsRevision == revision && a.Status.DecidedAfter == decided)
                .ExecuteUpdateAsync(
                    set => set.SetProperty(a => a.Intent.Faults, faults).SetProperty(a => a.Intent.FaultsRevision, revision + 1),
                    cancellationToken
                );
            if (changed == 1)
                return null;
        }
        return NotRunning;

        Task<Activation?> ReadAsync() => db.Activations.AsNoTracking().SingleOrDefaultAsync(a => a.Id == id, cancellationToken);
    }

    /// <summary>The first instant that nobody has observed: the engine looks at the present, and decides by whole seconds.</summary>
    private TimeSpan Now(Activation activation) =>
        TimeSpan.FromSeconds(Math.Max(0, Math.Floor((simulated.GetUtcNow() - activation.StartedAt).TotalSeconds)) + 2);

    private Fault FromNow(Fault fault, Activation activation)
    {
        // A phase that is yet to come starts its clock itself.
        if (
            fault.Phase is { } phase
            && fault.Begins(activation.Plan, activation.Status.Releases) is null
            && activation.Plan.Steps.Any(s => s.Stage == phase)
        )
            return fault;
        var now = Now(activation);
        return fault with { Phase = null, From = now + fault.From, Until = fault.Until is { } until ? now + until : null };
    }

    private Fault UntilNow(Fault fault, Activation activation)
    {
        // One that has not begun never does: it ends where it begins.
        if (fault.Begins(activation.Plan, activation.Status.Releases) is not { } begins)
            return fault with { Until = fault.From };
        var until = fault.From + (Now(activation) - begins);
        return fault with
        {
            Until =
                until < fault.From ? fault.From
                : fault.Until < until ? fault.Until
                : until,
        };
    }
}
