using PropertyManager.Edge;
using PropertyManager.Tests;

namespace PropertyManager.Benchmarks;

/// <summary>How well harm is told from noise: of healthy activations none is cancelled, of bad versions every one is, and soon.</summary>
internal static class DetectionBenchmark
{
    private const int Healthy = 2_000;
    private const int Bad = 500;

    public static IReadOnlyList<Figure> Run()
    {
        var edge = new SimulatedEdgeNetwork(1);
        var (healthy, bad) = (Detections.Healthy(() => edge, Healthy), Detections.BadVersions(() => edge, Bad));
        foreach (var surprise in new[] { healthy.Surprise, bad.Surprise }.OfType<string>())
            Console.WriteLine(surprise);
        return
        [
            new($"of {healthy.Activations:N0} healthy activations cancelled", healthy.Cancelled, "", Most: 0),
            new($"of {bad.Activations:N0} bad versions at 1,000 hits/s and more not cancelled", bad.Activations - bad.Cancelled, "", Most: 0),
            new("from 1,000 hits on updated servers to the cancel, at most", bad.Longest.TotalSeconds, "s", Most: 60),
        ];
    }
}
