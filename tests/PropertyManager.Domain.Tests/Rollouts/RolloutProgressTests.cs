using FsCheck;
using FsCheck.Fluent;
using PropertyManager.Domain.Rollouts;
using PropertyManager.Domain.Tests.Activations;
using static PropertyManager.Domain.Tests.Activations.Samples;

namespace PropertyManager.Domain.Tests.Rollouts;

public sealed class RolloutProgressTests
{
    [Fact]
    public void A_hundred_percent_is_said_of_all_and_of_nothing_less() =>
        Prop.ForAll(
                (
                    from servers in Gen.Choose(1, 400_000)
                    from missing in Gen.Choose(0, servers)
                    select (servers, installed: servers - missing)
                ).ToArbitrary(),
                c =>
                    new StageProgress(RolloutStage.World, c.installed, c.servers, Done: false).Percent is var percent
                    && percent == 100 == (c.installed == c.servers)
                    && percent is >= 0 and <= 100
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void A_single_missing_server_of_350_000_is_99_percent() =>
        Assert.Equal(99, new StageProgress(RolloutStage.World, 349_999, 350_000, Done: false).Percent);

    [Fact]
    public void Counts_servers_by_stage()
    {
        var progress = RolloutProgress.Of(Production, Releases(4), Seen(240, 3, 10, 10, 20) with { Installing = 30, Suspended = 2 });

        Assert.Equal(
            [
                new(RolloutStage.Canary, 3, 3, Done: true),
                new(RolloutStage.Live, 20, 20, Done: true),
                new StageProgress(RolloutStage.World, 20, 100, Done: false),
            ],
            progress.Stages
        );
        Assert.Equal((43, 123, 34, 30, 2), (progress.Installed, progress.Servers, progress.Percent, progress.Installing, progress.Suspended));
    }

    [Fact]
    public void A_stage_is_done_when_the_last_of_its_groups_is()
    {
        Assert.False(Canary(Seen(60, 2)));
        Assert.True(Canary(Seen(60, 3) with { StepDoneAt = Seconds(55) }));

        static bool Canary(RolloutObservation seen) => RolloutProgress.Of(Production, Releases(1), seen).Stages[0].Done;
    }

    [Fact]
    public void Nothing_is_waited_for_when_live_traffic_is_on_it()
    {
        Assert.NotNull(RolloutProgress.Of(Production, Releases(3), Seen(160, 3, 10, 2)).UntilLive);
        Assert.Null(RolloutProgress.Of(Production, Releases(4), Seen(240, 3, 10, 10, 2)).UntilLive);
        Assert.Null(RolloutProgress.Of(Staging, Releases(1), Seen(40, 2)).UntilLive);
    }

    [Fact]
    public void Nothing_is_left_at_the_end() =>
        Assert.Equal(
            TimeSpan.Zero,
            RolloutProgress.Of(Production, Releases(5), Seen(900, 3, 10, 10, 50, 50) with { StepDoneAt = Seconds(310) }).UntilDone
        );

    /// <summary>Steps may be quicker or slower than expected by any amount: a countdown never goes up.</summary>
    [Fact]
    public void The_time_left_falls_and_is_never_negative() =>
        Prop.ForAll(
                Gen.Choose(1, 120).ListOf(Production.Steps.Count).ToArbitrary(),
                durations =>
                {
                    List<TimeSpan> releases = [];
                    TimeSpan? done = null;
                    var (live, all) = (TimeSpan.MaxValue, TimeSpan.MaxValue);
                    for (var second = 0; second < 900; second++)
                    {
                        var now = Seconds(second);
                        var soaked = releases.Count > 0 && done + Production.Steps[releases.Count - 1].Soak <= now;
                        if (releases.Count < Production.Steps.Count && (soaked || (releases.Count == 0 && now >= Production.Pace.Preparation)))
                            (done, releases) = (null, [.. releases, now]);
                        if (releases.Count > 0 && now >= releases[^1] + Seconds(durations[releases.Count - 1]))
                            done ??= releases[^1] + Seconds(durations[releases.Count - 1]);

                        var progress = RolloutProgress.Of(Production, releases, Seen(second, new int[releases.Count]) with { StepDoneAt = done });
                        var untilLive = progress.UntilLive ?? TimeSpan.Zero;
                        if (untilLive > live || progress.UntilDone > all || untilLive < TimeSpan.Zero || progress.UntilDone < untilLive)
                            return false;
                        (live, all) = (untilLive, progress.UntilDone);
                    }
                    return true;
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(40));

    [Fact]
    public void A_longer_step_is_expected_to_take_longer()
    {
        var pace = RolloutPace.Standard;

        Assert.Equal(pace.Install.TotalSeconds, Expected(RolloutStage.Live, 1).TotalSeconds, 6);
        Assert.Equal(pace.WorldInstall.TotalSeconds, Expected(RolloutStage.World, 1).TotalSeconds, 6);
        Assert.True(Expected(RolloutStage.Live, 10) > Expected(RolloutStage.Live, 3));
        Assert.True(Expected(RolloutStage.World, 100_000) > Expected(RolloutStage.World, 10_000));
        Assert.True(Expected(RolloutStage.World, 400_000) < pace.Patience);

        TimeSpan Expected(RolloutStage stage, int servers) => pace.Expected(new(stage, 1, 1, 0, servers, TimeSpan.Zero));
    }

    [Fact]
    public void An_estimate_is_a_range_and_live_traffic_is_its_first_part()
    {
        var (live, full) = (RolloutEstimate.Live(Production)!, RolloutEstimate.Full(Production));

        Assert.True(live.Low < live.High && live.High < live.Within);
        Assert.True(live.High < full.High && full.Low < full.High && full.High < full.Within);
        Assert.Null(RolloutEstimate.Live(Staging));
    }

    private static TimeSpan[] Releases(int count) => [.. Enumerable.Range(0, count).Select(step => Seconds(30 + (60 * step)))];
}
