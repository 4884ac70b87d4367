using Microsoft.EntityFrameworkCore;
using PropertyManager.Domain;
using PropertyManager.Domain.Activations;
using PropertyManager.Domain.Properties;
using PropertyManager.Domain.Rollouts;
using PropertyManager.Web.Data;
using PropertyManager.Web.Engine.Outbox;

namespace PropertyManager.Web.Engine;

/// <summary>Draws up an activation that was admitted, saves it and hands it to the scheduler.</summary>
public sealed class ActivationStart(
    IEdgeNetwork edge,
    RolloutSchedule schedule,
    SimulationSettings simulation,
    PackageSigner signer,
    TrafficForecast forecast,
    ActivationMemory memory,
    PersistentFaultCache persistentFaults,
    OutboxSignal outbox,
    TimeProvider time,
    [FromKeyedServices(Simulated.Time)] TimeProvider simulated
)
{
    /// <summary>Saves the activation and hands it to the scheduler. Of two that race, the database takes one.</summary>
    public async Task<ActivationAnswer> SaveAsync(
        AppDbContext db,
        Property property,
        PropertyVersion version,
        Activation draft,
        CancellationToken cancellationToken
    )
    {
        if (draft.Network == Network.Production)
            draft.Plan = await forecast.EvaluateAsync(db, draft.Plan, property, version, draft.PreviousVersion, cancellationToken);
        bool tookFaults;
        await using (var transaction = await db.Database.BeginTransactionAsync(cancellationToken))
        {
            db.Activations.Add(draft);
            draft.History.Add(
                new ActivationEvent
                {
                    State = ActivationState.Pending,
                    At = draft.Intent.SubmittedAt,
                    Elapsed = TimeSpan.Zero,
                    Reason = draft.Intent.Client is { } client
                        ? $"Submitted by {draft.Intent.SubmittedBy} with the API client {client}"
                        : $"Submitted by {draft.Intent.SubmittedBy}",
                }
            );
            try
            {
                await db.SaveChangesAsync(cancellationToken);
            }
            catch (DbUpdateException)
            {
                await transaction.RollbackAsync(cancellationToken);
                var facts = await NetworkStates.FactsAsync(db, draft.PropertyId, draft.Network, cancellationToken);
                if (Admission.Locked(facts) is { } lost)
                    return ActivationAnswer.Refused(lost);
                // Deleted a moment ago.
                if (!await db.Properties.AnyAsync(p => p.Id == draft.PropertyId, cancellationToken))
                    return ActivationAnswer.Refused(ActivationDesk.Unknown);
                throw;
            }
            if (await RefuseInsertedAsync(db, version, draft, cancellationToken) is { } refusal)
            {
                await transaction.RollbackAsync(cancellationToken);
                return ActivationAnswer.Refused(refusal);
            }
            db.Packages.Add(signer.Build(draft, property, version));
            db.OutboxEvents.Add(ActivationNotifications.Started(draft, property.Name, time.GetUtcNow()));
            tookFaults = await FaultDesk.TakeStandingAsync(db, draft, cancellationToken);
            await db.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }
        memory.Forget(property.Id);
        if (tookFaults)
            persistentFaults.Forget();
        await ScheduleAsync(draft.Id, cancellationToken);
        // Last: the dispatcher writes at once, and the scheduler would wait for it.
        outbox.Set();
        return new(draft, null);
    }

    // Saved is accepted: were the process to die here, the sweeper would find the row and schedule it.
    private async Task ScheduleAsync(long activationId, CancellationToken cancellationToken)
    {
        try
        {
            await schedule.EnsureAsync(activationId, anew: false, cancellationToken);
        }
        catch (Exception exception) when (DatabaseFailure.From(exception) is not null)
        {
            // So it does when the scheduler cannot write at the moment: whoever asked is not told that it failed.
        }
    }

    /// <summary>The activation as it would be saved, with the plan that it would follow; how servers will answer is evaluated when it is saved.</summary>
    public async Task<Activation> DraftAsync(AppDbContext db, DraftOf wanted, ActivationIntent intent, CancellationToken cancellationToken)
    {
        var (property, version, network, type, active, pace, exception) = wanted;
        // Another for each activation, and the same again where everything before it was the same.
        var earlier = await db.Activations.CountAsync(a => a.PropertyId == property.Id, cancellationToken);
        var seed = (((long)simulation.Seed * 1_000_003) + property.Id) * 1_000_003 + earlier;
        return new Activation
        {
            AccountId = property.AccountId,
            PropertyId = property.Id,
            Version = version.Number,
            Network = network,
            Type = type,
            PreviousVersion = active?.Version,
            FallbackOf = type == ActivationType.FastFallback ? active?.Id : null,
            ExceptionReason = exception,
            CancelCutOff = simulation.CancelCutOff,
            Plan = RolloutPlanner.Plan(network, edge.Survey(network, property.Id, property.Traffic), pace, seed) with
            {
                Answering = Activation.AnsweringOf(type, active?.Version),
                Traffic = property.Traffic,
            },
            StartedAt = simulated.GetUtcNow(),
            Intent = intent,
        };
    }

    // What goes back to a version that was active needs none: its own activation made them.
    private async Task<Refusal?> MakeEdgesAsync(AppDbContext db, Activation draft, PropertyVersion version, CancellationToken cancellationToken) =>
        draft.Type == ActivationType.Activate
            ? await NamedEdgeHostnames.MakeOnActivationAsync(
                db,
                version.PropertyId,
                VersionView.Entries(version.Hostnames),
                time.GetUtcNow(),
                cancellationToken
            )
            : null;

    /// <summary>Somebody saved the version since it was looked at.</summary>
    internal static Refusal Changed(PropertyVersion version) =>
        new("version-changed", $"Version {version.Number} was saved anew since you looked at it. Open the form again, look at it, then activate it.");

    /// <summary>
    /// Why an activation that was just inserted may not stay; null when it may, and its version is locked. From the insert on no other can open on
    /// the network, so what is active now stays active until this one ends.
    /// </summary>
    private async Task<Refusal?> RefuseInsertedAsync(AppDbContext db, PropertyVersion version, Activation draft, CancellationToken cancellationToken)
    {
        if (await ReplacedAsync(db, draft, cancellationToken) is { } replaced)
            return replaced;
        if (draft.Type == ActivationType.Deactivate)
            return null;
        if (!await LockAsync(db, version, cancellationToken))
            return Changed(version);
        return await AccountChecks.RefuseTakenAsync(db, draft, cancellationToken) ?? await MakeEdgesAsync(db, draft, version, cancellationToken);
    }

    /// <summary>Another activation ended after this one was drawn up, so that it would replace or restore something else. Null when none did.</summary>
    private static async Task<Refusal?> ReplacedAsync(AppDbContext db, Activation draft, CancellationToken cancellationToken)
    {
        var active = await db
            .Activations.Where(a => a.PropertyId == draft.PropertyId && a.Network == draft.Network && a.Status.State == ActivationState.Active)
            .Select(a => new { a.Id, a.Version })
            .SingleOrDefaultAsync(cancellationToken);
        return active?.Version == draft.PreviousVersion && (draft.FallbackOf is null || draft.FallbackOf == active?.Id)
            ? null
            : new Refusal(
                "active-version-changed",
                $"{(active is null ? "No version" : $"Version {active.Version}")} is active on {StatusWords.Api(draft.Network).ToLowerInvariant()} since a moment ago. Look at what this would replace, then submit it again."
            );
    }

    /// <summary>From now on the version stays as it is. False when it is not any more what was read.</summary>
    private static async Task<bool> LockAsync(AppDbContext db, PropertyVersion read, CancellationToken cancellationToken) =>
        await db
            .Versions.Where(v => v.PropertyId == read.PropertyId && v.Number == read.Number && v.Revision == read.Revision)
            .ExecuteUpdateAsync(set => set.SetProperty(v => v.IsLocked, true), cancellationToken) == 1;
}

/// <summary>What is to be drawn up.</summary>
/// <param name="Version">With its hostnames.</param>
/// <param name="Active">What is active on the network now; null for nothing.</param>
/// <param name="Exception">Why it is an exception; null when it is none.</param>
public sealed record DraftOf(
    Property Property,
    PropertyVersion Version,
    Network Network,
    ActivationType Type,
    Activation? Active,
    RolloutPace Pace,
    string? Exception
);
