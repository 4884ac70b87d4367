using PropertyManager.Domain;
using PropertyManager.Domain.Activations;
using PropertyManager.Domain.Properties;
using PropertyManager.Domain.Rollouts;

namespace PropertyManager.Web.Engine;

/// <summary>
/// An activation that this process carries, and where its course stands. It observes and decides at every full second of simulated time; to
/// save what it decides, and when to look, is the loop's.
/// </summary>
public sealed class Rollout
{
    /// <summary>Between two decisions, simulated time.</summary>
    public static readonly TimeSpan Grid = TimeSpan.FromSeconds(1);

    private readonly IEdgeNetwork _edge;
    private readonly TrafficProfile _traffic;

    /// <summary>Null while nothing has changed since it was claimed: so it is with most, and each would take a fifth more.</summary>
    private ActivationChanges? _changes;

    /// <summary>The next instant to decide at: after a restart, the one after the last decision.</summary>
    private TimeSpan _next;

    /// <summary>Tells the servers what is wanted of them, from where the activation stands.</summary>
    public Rollout(ClaimedRollout claim, IEdgeNetwork edge)
    {
        (Activation, PropertyName, _traffic, _edge) = (
            claim.Activation,
            claim.Property.Name,
            claim.Activation.TrafficOr(claim.Property.Traffic),
            edge
        );
        edge.Receive(Activation.Id, Activation.Revision, claim.Package);
        _edge.Carry(Order);
        _next = Activation.Status.DecidedAfter + Grid;
    }

    public Activation Activation { get; }

    public ActivationKey Key => new(Activation.Id, Activation.AccountId, Activation.PropertyId);

    public string PropertyName { get; }

    /// <summary>How often the simulated trouble had been changed in what is carried out.</summary>
    public int FaultsRevision => Activation.Intent.FaultsRevision;

    /// <summary>Observes and decides up to <paramref name="elapsed"/> since the activation's start.</summary>
    /// <returns>The first transition that is due; null when none is. The same again until <see cref="Saved"/>.</returns>
    public Transition? Due(TimeSpan elapsed)
    {
        for (; Activation.Status.IsOpen && _next <= elapsed; _next += Grid)
        {
            var seen = _edge.Observe(Activation.Id, _next);
            if (ActivationMachine.Decide(Activation, _traffic.HitsPerSecond, seen) is { } transition)
                return transition;
        }
        return null;
    }

    /// <summary>The transition is saved, and the activation's status: now the servers are told.</summary>
    /// <param name="transition">What was saved.</param>
    /// <param name="at">When, real time.</param>
    public void Saved(Transition transition, DateTimeOffset at)
    {
        var row = new ActivationEvent
        {
            ActivationId = Activation.Id,
            State = transition.Next.State,
            At = at,
            Elapsed = transition.Next.DecidedAfter,
            Reason = transition.Reason,
        };
        _changes = new(_changes?.Intent ?? Copy(Activation.Intent), [.. _changes?.History ?? [], row]);
        _edge.Carry(Order);
        _next += Grid;
    }

    /// <summary>The simulated trouble is another from now on.</summary>
    public void Change(IReadOnlyList<Fault> faults, int revision)
    {
        (Activation.Intent.Faults, Activation.Intent.FaultsRevision) = (faults, revision);
        IntentChanged();
        _edge.Carry(Order);
    }

    /// <summary>Somebody asks to cancel it from now on; nulls where nobody does.</summary>
    public void Cancel(string? by, DateTimeOffset? at, TimeSpan? after)
    {
        var intent = Activation.Intent;
        if ((intent.CancelRequestedBy, intent.CancelRequestedAt, intent.CancelRequestedAfter) == (by, at, after))
            return;
        (intent.CancelRequestedBy, intent.CancelRequestedAt, intent.CancelRequestedAfter) = (by, at, after);
        IntentChanged();
    }

    /// <summary>How it stands at <paramref name="elapsed"/>: looked up now.</summary>
    public ActivationProgress Look(TimeSpan elapsed, DateTimeOffset now, Trouble? trouble)
    {
        var status = Activation.Status;
        var at = status.EndedAfter ?? (elapsed > status.DecidedAfter ? elapsed : status.DecidedAfter);
        return Progress(status, _edge.Observe(Activation.Id, at), now, trouble, _changes);
    }

    /// <summary>How it stood when it was last decided on; recalled when somebody asks, so that nothing has to be kept for it.</summary>
    public Func<ActivationProgress> Kept(DateTimeOffset now, Trouble? trouble)
    {
        var (status, at, changes) = (Activation.Status, _next - Grid, _changes);
        // Asked from anywhere, while the loop may be at the next decision: all of it is of one status.
        return () => Progress(status, _edge.Recall(Activation.OrderFor(status, _traffic), at), now, trouble, changes);
    }

    private RolloutOrder Order => Activation.OrderFor(_traffic);

    private void IntentChanged() => _changes = new(Copy(Activation.Intent), _changes?.History ?? []);

    /// <summary>It is changed in place: what is published stays as it is.</summary>
    private static ActivationIntent Copy(ActivationIntent intent) => intent with { };

    private ActivationProgress Progress(
        ActivationStatus status,
        RolloutObservation seen,
        DateTimeOffset now,
        Trouble? trouble,
        ActivationChanges? changes
    ) =>
        new(
            Activation.Id,
            Activation.AccountId,
            Activation.PropertyId,
            Activation.Network,
            Activation.Type,
            Activation.Version,
            status,
            RolloutProgress.Of(Activation.Plan, status.Releases, seen),
            ActivationMachine.Judge(Activation, _traffic.HitsPerSecond, seen),
            now,
            trouble,
            changes
        );
}
