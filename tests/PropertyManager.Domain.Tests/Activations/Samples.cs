using PropertyManager.Domain.Activations;
using PropertyManager.Domain.Health;
using PropertyManager.Domain.Rollouts;

namespace PropertyManager.Domain.Tests.Activations;

/// <summary>Version 5 on its way to a network of 123 servers, 23 of them with live traffic, where version 4 is active.</summary>
internal static class Samples
{
    public static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public static readonly RolloutPlan Production = new(
        [
            new(RolloutStage.Canary, 1, 1, 0, 3, Seconds(35)),
            new(RolloutStage.Live, 1, 2, 3, 10, Seconds(10)),
            new(RolloutStage.Live, 2, 2, 13, 10, Seconds(10)),
            new(RolloutStage.World, 1, 2, 23, 50, Seconds(10)),
            new(RolloutStage.World, 2, 2, 73, 50, Seconds(10)),
        ],
        RolloutPace.Standard,
        Seed: 1
    );

    public static readonly RolloutPlan Staging = new(
        [new(RolloutStage.All, 1, 2, 0, 6, Seconds(4)), new(RolloutStage.All, 2, 2, 6, 6, Seconds(4))],
        RolloutPace.Staging,
        Seed: 1
    );

    public static readonly TrafficSample Good = new(9_000, 700, 200, 100);

    /// <param name="state">Where it stands.</param>
    /// <param name="released">Steps that were started, a minute apart from 0:30 on.</param>
    public static Activation Activation(
        ActivationState state,
        int released = 0,
        int? previous = 4,
        ActivationType type = ActivationType.Activate,
        Network network = Network.Production,
        string? exception = null,
        string? wish = null,
        bool limit = true,
        int restoring = 0,
        Func<ActivationStatus, ActivationStatus>? status = null
    )
    {
        var standing = new ActivationStatus
        {
            State = state,
            Releases = Releases(released),
            RollbackReleases = [.. Releases(restoring).Select(at => at + Seconds(600))],
            CancelledAfter = state is ActivationState.Cancelling or ActivationState.Aborted ? Seconds(600) : null,
        };
        return new Activation
        {
            Id = 7,
            AccountId = 1,
            PropertyId = 12,
            Version = 5,
            Network = network,
            Type = type,
            PreviousVersion = previous,
            ExceptionReason = exception,
            Plan = network == Network.Staging ? Staging : Production,
            StartedAt = Start,
            Intent = new ActivationIntent
            {
                SubmittedBy = "ann@shop.example",
                SubmittedAt = Start,
                CancelIfErrorRateIncreases = limit,
                CancelRequestedBy = wish,
                CancelRequestedAt = wish is null ? null : Start,
            },
            Status = status is null ? standing : status(standing),
        };
    }

    /// <param name="elapsed">Seconds since the start.</param>
    /// <param name="installed">Servers of each step that was started.</param>
    public static RolloutObservation Seen(double elapsed, params int[] installed) =>
        new(
            Seconds(elapsed),
            Prepared: true,
            installed,
            Installing: 0,
            Suspended: 0,
            StepDoneAt: null,
            Restored: 0,
            RestoreStepDoneAt: null,
            Baseline: Good,
            Updated: Good,
            UpdatedServers: new(installed.Sum(), 0),
            OtherServers: new(123 - installed.Sum(), 0),
            HitsOnPrevious: 0.5
        );

    public static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);

    private static TimeSpan[] Releases(int count) => [.. Enumerable.Range(0, count).Select(step => Seconds(30 + (60 * step)))];
}
