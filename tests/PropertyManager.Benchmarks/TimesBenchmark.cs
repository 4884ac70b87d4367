using PropertyManager.Domain;
using PropertyManager.Domain.Activations;
using PropertyManager.Domain.Properties;
using PropertyManager.Domain.Rollouts;
using PropertyManager.Edge;
using PropertyManager.Tests;

namespace PropertyManager.Benchmarks;

/// <summary>
/// How long activations take beside the source's table ("Time estimates"): many of each kind, of properties from 40 to 45,000 hits/s. Each is a
/// course of its own; the plans are those of 50 properties.
/// </summary>
internal static class TimesBenchmark
{
    private const int Activations = 10_000;
    private const int Properties = 50;
    private const string Exception = "11 hostnames changed (more than 10 at a time)";

    public static async Task<IReadOnlyList<Figure>> RunAsync()
    {
        var properties = Fleets.Properties(Properties);
        using var edges = new ThreadLocal<SimulatedEdgeNetwork>(() => new SimulatedEdgeNetwork(1));
        var standard = Plans(Network.Production, RolloutPace.Standard);

        var staging = await DoneAsync(Plans(Network.Staging, RolloutPace.Staging));
        var production = await DoneAsync(standard);
        var fallback = await DoneAsync(Plans(Network.Production, RolloutPace.FastFallback), ActivationType.FastFallback);
        var exception = await DoneAsync(Plans(Network.Production, RolloutPace.Exception), exception: Exception);
        // The same activations again, each cancelled at some instant of its course.
        var cancelled = await CarryOutAsync(index =>
            Accepted(standard, index, cancelAfter: Ended(production[index]) * new Random(index).NextDouble())
        );

        var (stagingTimes, full) = (Times(staging.Where(IsActive), Ended), Times(production.Where(IsActive), Ended));
        var live = Times(production.Where(IsActive), activation => activation.Status.LiveAfter!.Value);
        var (fallbackTimes, exceptionTimes) = (Times(fallback.Where(IsActive), Ended), Times(exception.Where(IsActive), Ended));
        var cancel = Times(
            cancelled.Where((_, index) => IsActive(production[index])),
            activation => Ended(activation) - activation.Intent.CancelRequestedAfter!.Value
        );
        var failed = new[] { staging, production, fallback, exception }.Sum(kind => kind.Count(activation => !IsActive(activation)));
        Console.WriteLine($"{Activations:N0} activations of each kind\n");
        Console.WriteLine("| kind      |   P50 |   P90 |   P99 |   max | the source says            |");
        Console.WriteLine("|-----------|------:|------:|------:|------:|----------------------------|");
        Row("staging", stagingTimes, "2–3 min");
        Row("live", live, "3–4 min for 90 %, 7 for 99 %");
        Row("full", full, "up to 15 min");
        Row("fallback", fallbackTimes, "2–3 min");
        Row("exception", exceptionTimes, "up to 60 min");
        Row("cancel", cancel, "quickly (here: 3 min)");
        Console.WriteLine();
        return
        [
            new("staging, P50", stagingTimes.P50, "s", Least: 120, Most: 180),
            new("staging, P99", stagingTimes.P99, "s", Most: 180),
            new("live, P90", live.P90, "s", Most: 240),
            new("live, P99", live.P99, "s", Most: 420),
            new("full, max", full.Max, "s", Most: 900),
            new("fallback, P50", fallbackTimes.P50, "s", Least: 120, Most: 180),
            new("fallback, P99", fallbackTimes.P99, "s", Most: 180),
            new("exception, max", exceptionTimes.Max, "s", Most: 3600),
            new("cancel, P99", cancel.P99, "s", Most: 180),
            new("did not become active, though nothing went wrong", failed, "", Most: 0),
        ];

        RolloutPlan[] Plans(Network network, RolloutPace pace) => Fleets.Plans(edges.Value!, properties, network, pace);

        Task<Activation[]> DoneAsync(RolloutPlan[] plans, ActivationType type = ActivationType.Activate, string? exception = null) =>
            CarryOutAsync(index => Accepted(plans, index, type, exception));

        async Task<Activation[]> CarryOutAsync(Func<int, Activation> accepted)
        {
            var activations = new Activation[Activations];
            await Parallel.ForAsync(
                0,
                Activations,
                (index, _) =>
                {
                    var activation = activations[index] = accepted(index);
                    Courses.RunQuickly(edges.Value!, activation, properties[index % Properties]);
                    return ValueTask.CompletedTask;
                }
            );
            return activations;
        }
    }

    private static Activation Accepted(
        RolloutPlan[] plans,
        int index,
        ActivationType type = ActivationType.Activate,
        string? exception = null,
        TimeSpan? cancelAfter = null
    )
    {
        var plan = plans[index % Properties] with { Seed = 1_000_003L * index };
        var network = plan.Steps[0].Stage == RolloutStage.All ? Network.Staging : Network.Production;
        var activation = Courses.Accepted(network, plan, type, exception);
        if (cancelAfter is not null)
        {
            activation.Intent.CancelRequestedBy = "ann@shop.example";
            activation.Intent.CancelRequestedAt = DateTimeOffset.UnixEpoch;
            activation.Intent.CancelRequestedAfter = cancelAfter;
        }
        return activation;
    }

    private static bool IsActive(Activation activation) => activation.Status.State == ActivationState.Active;

    private static TimeSpan Ended(Activation activation) => activation.Status.EndedAfter!.Value;

    private static Distribution Times(IEnumerable<Activation> activations, Func<Activation, TimeSpan> took) =>
        new(activations.Select(activation => took(activation).TotalSeconds));

    private static void Row(string kind, Distribution times, string source) =>
        Console.WriteLine(
            $"| {kind, -9} | {Minutes(times.P50)} | {Minutes(times.P90)} | {Minutes(times.P99)} | {Minutes(times.Max)} | {source, -26} |"
        );

    private static string Minutes(double seconds) => TimeSpan.FromSeconds(Math.Ceiling(seconds)).ToString("mm\\:ss", null);
}
