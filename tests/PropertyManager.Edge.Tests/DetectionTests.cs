using PropertyManager.Tests;
using Xunit.Abstractions;

namespace PropertyManager.Edge.Tests;

/// <summary>Harm is told from noise. The benchmark "detection" prints the table of 2,000 and 500.</summary>
public sealed class DetectionTests(ITestOutputHelper output)
{
    private static readonly SimulatedEdgeNetwork Edge = new(1);

    [Fact]
    public void Of_healthy_activations_none_is_cancelled()
    {
        var row = Detections.Healthy(() => Edge, 500);

        output.WriteLine(row.ToString());
        Assert.Equal((0, null), (row.Cancelled, row.Surprise));
    }

    [Fact]
    public void Of_bad_versions_every_one_is_cancelled_within_a_minute_of_enough_data()
    {
        var row = Detections.BadVersions(() => Edge, 150);

        output.WriteLine(row.ToString());
        Assert.Equal((150, null), (row.Cancelled, row.Surprise));
        Assert.InRange(row.Longest, TimeSpan.Zero, TimeSpan.FromSeconds(60));
    }
}
