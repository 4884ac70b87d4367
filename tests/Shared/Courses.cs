using PropertyManager.Domain;
using PropertyManager.Domain.Activations;
using PropertyManager.Domain.Properties;
using PropertyManager.Domain.Rollouts;

namespace PropertyManager.Tests;

/// <summary>Carries activations out to their end without waiting: the machine's decisions on the engine's grid of simulated seconds.</summary>
public static class Courses
{
    /// <summary>Between two decisions, as in the engine.</summary>
    public static readonly TimeSpan Grid = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan Longest = TimeSpan.FromHours(3);

    /// <summary>An activation that was just accepted.</summary>
    /// <param name="network">Where to.</param>
    /// <param name="plan">How it is carried out.</param>
    /// <param name="faults">What goes wrong.</param>
    public static Activation Accepted(
        Network network,
        RolloutPlan plan,
        ActivationType type = ActivationType.Activate,
        string? exception = null,
        bool limit = true,
        IReadOnlyList<Fault>? faults = null,
        long id = 1
    ) =>
        new()
        {
            Id = id,
            AccountId = 1,
            PropertyId = 1,
            Version = 2,
            PreviousVersion = 1,
            Network = network,
            Type = type,
            ExceptionReason = exception,
            Plan = plan,
            StartedAt = DateTimeOffset.UnixEpoch,
            Intent = new ActivationIntent
            {
                SubmittedBy = "ann@shop.example",
                SubmittedAt = DateTimeOffset.UnixEpoch,
                CancelIfErrorRateIncreases = limit,
                Faults = faults ?? [],
            },
        };

    /// <summary>Decides at every second until the activation is over; its history has the transitions.</summary>
    /// <param name="edge">Where the servers are.</param>
    /// <param name="activation">As it was accepted.</param>
    /// <param name="traffic">The property's.</param>
    /// <param name="look">Sees each observation before it is decided on, for instance to ask for a cancel.</param>
    /// <exception cref="InvalidOperationException">It does not end within three simulated hours.</exception>
    public static void Run(IEdgeNetwork edge, Activation activation, TrafficProfile traffic, Action<RolloutObservation>? look = null)
    {
        edge.Carry(activation.OrderFor(traffic));
        for (var elapsed = Grid; activation.Status.IsOpen; elapsed += Grid)
        {
            Bound(activation, elapsed);
            var seen = edge.Observe(activation.Id, elapsed);
            look?.Invoke(seen);
            if (ActivationMachine.Decide(activation, traffic.HitsPerSecond, seen) is { } transition)
                Apply(edge, activation, traffic, transition);
        }
        edge.Forget(activation.Id);
    }

    /// <summary>
    /// The same where nothing goes wrong, in a tenth of the time: what is once due stays due, so the second of the next decision is found by halving.
    /// Hits are left out: they decide nothing then.
    /// </summary>
    public static void RunQuickly(IEdgeNetwork edge, Activation activation, TrafficProfile traffic)
    {
        traffic = traffic with { HitsPerSecond = 0 };
        edge.Carry(activation.OrderFor(traffic));
        while (activation.Status.IsOpen)
        {
            int before = (int)(activation.Status.DecidedAfter / Grid),
                stride = 1;
            for (; Decide(before + stride) is null; stride *= 2)
            {
                before += stride;
                Bound(activation, before * Grid);
            }
            var due = before + stride;
            while (due - before > 1)
            {
                var middle = (due + before) / 2;
                (before, due) = Decide(middle) is null ? (middle, due) : (before, middle);
            }
            Apply(edge, activation, traffic, Decide(due)!);
        }
        edge.Forget(activation.Id);

        Transition? Decide(int second) => ActivationMachine.Decide(activation, traffic.HitsPerSecond, edge.Observe(activation.Id, second * Grid));
    }

    private static void Apply(IEdgeNetwork edge, Activation activation, TrafficProfile traffic, Transition transition)
    {
        activation.Status = transition.Next;
        activation.History.Add(
            new ActivationEvent
            {
                State = transition.Next.State,
                At = activation.StartedAt,
                Elapsed = transition.Next.DecidedAfter,
                Reason = transition.Reason,
            }
        );
        edge.Carry(activation.OrderFor(traffic));
    }

    private static void Bound(Activation activation, TimeSpan elapsed)
    {
        if (elapsed > Longest)
            throw new InvalidOperationException($"It stands at {activation.Status}, and does not end.");
    }
}
