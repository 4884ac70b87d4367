using FsCheck;
using FsCheck.Fluent;
using PropertyManager.Tests;

namespace PropertyManager.Edge.Tests;

public sealed class SimulationClockTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Runs_so_many_times_as_fast_as_real_time()
    {
        var real = new ManualTimeProvider(Start);
        var clock = new SimulationClock(real, 20);

        real.Advance(TimeSpan.FromSeconds(90));

        Assert.Equal(Start + TimeSpan.FromMinutes(30), clock.GetUtcNow());
    }

    [Fact]
    public void Goes_on_from_where_an_earlier_run_stopped()
    {
        var real = new ManualTimeProvider(Start);
        var clock = new SimulationClock(real, 60);
        real.Advance(TimeSpan.FromHours(8));

        clock.Start(Start - TimeSpan.FromDays(1));
        real.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(Start - TimeSpan.FromDays(1) + TimeSpan.FromMinutes(1), clock.GetUtcNow());
    }

    [Fact]
    public void Changing_the_speed_never_makes_it_jump() =>
        Prop.ForAll(
                (from seconds in Gen.Choose(0, 600) from speed in Gen.Choose(1, 1_000) select (seconds, speed))
                    .ListOf()
                    .ToArbitrary(),
                changes =>
                {
                    var real = new ManualTimeProvider(Start);
                    var clock = new SimulationClock(real, 1);
                    var expected = Start;
                    foreach (var (seconds, speed) in changes)
                    {
                        real.Advance(TimeSpan.FromSeconds(seconds));
                        expected += TimeSpan.FromSeconds(seconds) * clock.Speed;
                        var before = clock.GetUtcNow();
                        clock.Speed = speed;
                        if (before != expected || clock.GetUtcNow() != before || Math.Abs(clock.Speed - speed) > 0)
                            return false;
                    }
                    return true;
                }
            )
            .QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(0)]
    [InlineData(-5)]
    [InlineData(1e9)]
    [InlineData(double.NaN)]
    public void Neither_stands_still_nor_runs_away(double speed)
    {
        var clock = new SimulationClock(new ManualTimeProvider(Start), 0.5);

        Assert.Throws<ArgumentOutOfRangeException>(() => clock.Speed = speed);
        Assert.Equal(0.5, clock.Speed);
    }
}
