using PropertyManager.Domain.Rollouts;

namespace PropertyManager.Edge.Tests;

public sealed class SimulationRandomTests
{
    /// <summary>Values of the standard normal quantile from the literature's tables, to the last digit of a double.</summary>
    [Theory]
    [InlineData(0.5, 0)]
    [InlineData(0.6, 0.2533471031357997)]
    [InlineData(0.9, 1.2815515655446004)]
    [InlineData(0.975, 1.959963984540054)]
    [InlineData(0.99, 2.3263478740408408)]
    [InlineData(0.999, 3.090232306167813)]
    [InlineData(0.075, -1.4395314709384563)]
    [InlineData(0.025, -1.959963984540054)]
    [InlineData(1e-6, -4.753424308822899)]
    [InlineData(1e-20, -9.262340089798408)]
    public void The_normal_quantile_has_its_known_values(double p, double z) => Assert.Equal(z, Normal.Quantile(p), 1e-14);

    [Fact]
    public void The_normal_quantile_is_infinite_at_its_ends()
    {
        Assert.Equal(double.NegativeInfinity, Normal.Quantile(0));
        Assert.Equal(double.PositiveInfinity, Normal.Quantile(1));
    }

    [Theory]
    [InlineData(-0.001)]
    [InlineData(1.001)]
    [InlineData(double.NaN)]
    public void The_normal_quantile_refuses_what_is_no_probability(double p) => Assert.Throws<ArgumentOutOfRangeException>(() => Normal.Quantile(p));

    [Fact]
    public void Half_of_the_log_normal_draws_lie_under_the_median_and_a_known_part_under_a_sigma_more()
    {
        Assert.Equal(7, SimulationRandom.LogNormal(7, 0.5, 0.5), 1e-12);
        Assert.Equal(7 * Math.Exp(0.5), SimulationRandom.LogNormal(7, 0.5, 0.8413447460685429), 1e-12);
        Assert.Equal(7, SimulationRandom.LogNormal(7, 0, 0));
        Assert.Equal(0, SimulationRandom.LogNormal(7, 0.5, 0));
    }

    [Theory]
    [InlineData(-1, 1, 0.5)]
    [InlineData(1, -1, 0.5)]
    [InlineData(1, 1, 1)]
    [InlineData(1, 1, -0.1)]
    [InlineData(double.NaN, 1, 0.5)]
    public void The_log_normal_refuses_parameters_out_of_range(double median, double sigma, double u) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => SimulationRandom.LogNormal(median, sigma, u));

    [Fact]
    public void A_draw_is_the_same_on_every_machine_and_differs_with_each_argument()
    {
        Assert.Equal(0x6AE515C1C0AC7E37UL, SimulationRandom.Hash(1, 2, 3));
        Assert.Equal(0.4175580595044027, SimulationRandom.Uniform(1, 2, 3));
        ulong[] draws =
        [
            SimulationRandom.Hash(1, 2, 3),
            SimulationRandom.Hash(0, 2, 3),
            SimulationRandom.Hash(1, 3, 2),
            SimulationRandom.Hash(1, 2, 4),
        ];
        Assert.Equal(4, draws.Distinct().Count());
    }

    [Fact]
    public void Uniform_draws_fill_the_unit_interval_evenly()
    {
        const int Draws = 100_000;
        const int Bins = 10;
        var bins = new int[Bins];
        for (var i = 0; i < Draws; i++)
        {
            bins[(int)(SimulationRandom.Uniform(1, i, 0) * Bins)]++;
        }

        // A bin's standard deviation is 95.
        Assert.All(bins, count => Assert.InRange(count, Draws / Bins - 400, Draws / Bins + 400));
    }
}
