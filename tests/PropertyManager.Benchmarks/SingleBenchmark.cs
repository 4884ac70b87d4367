using System.Diagnostics;
using System.Numerics;
using PropertyManager.Domain;
using PropertyManager.Domain.Activations;
using PropertyManager.Domain.Rollouts;
using PropertyManager.Edge;
using PropertyManager.Tests;

namespace PropertyManager.Benchmarks;

/// <summary>
/// A whole production activation without waiting: every simulated second is observed and decided on, as the engine does it. Beside it, from the same
/// run, the floor that a bit for each server would stand on: counting the bits of one set of the fleet's size once.
/// </summary>
internal static class SingleBenchmark
{
    private const int Runs = 200;
    private const int Servers = 350_000;
    private const int Passes = 1_000;

    public static Task<IReadOnlyList<Figure>> RunAsync()
    {
        var edge = new SimulatedEdgeNetwork(1);
        var traffic = Fleets.Traffic(5_000);
        var plan = RolloutPlanner.Plan(Network.Production, edge.Survey(Network.Production, 1, traffic), RolloutPace.Standard, seed: 1);
        Activation activation = null!;
        var whole = Milliseconds(() => Courses.Run(edge, activation = Courses.Accepted(Network.Production, plan), traffic));
        var seconds = activation.Status.EndedAfter!.Value.TotalSeconds;
        Console.WriteLine($"{plan.Steps.Count} groups, {seconds:0} simulated seconds; median of {Runs} runs\n");

        var bits = new ulong[(Servers + 63) / 64];
        new Random(1).NextBytes(System.Runtime.InteropServices.MemoryMarshal.AsBytes(bits.AsSpan()));
        var counted = 0L;
        var floor =
            Milliseconds(() =>
            {
                for (var pass = 0; pass < Passes; pass++)
                    foreach (var word in bits)
                        counted += BitOperations.PopCount(word);
            }).P50 / Passes;
        if (counted == 0)
            throw new InvalidOperationException("No bit was counted.");
        return Task.FromResult<IReadOnlyList<Figure>>([
            new("one activation, median", whole.P50, "ms", Most: 20),
            new("one activation, P99", whole.P99, "ms"),
            new("floor: one popcount pass over 350,000 bits", floor * 1000, "µs"),
            new("one activation in floors", whole.P50 / floor, "x"),
            new("one second of it in floors", whole.P50 / floor / seconds, "x"),
        ]);
    }

    private static Distribution Milliseconds(Action work)
    {
        work();
        return new(
            Enumerable
                .Range(0, Runs)
                .Select(_ =>
                {
                    var began = Stopwatch.GetTimestamp();
                    work();
                    return Stopwatch.GetElapsedTime(began).TotalMilliseconds;
                })
        );
    }
}
