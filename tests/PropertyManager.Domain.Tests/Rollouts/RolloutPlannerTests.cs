using FsCheck;
using FsCheck.Fluent;
using PropertyManager.Domain.Rollouts;

namespace PropertyManager.Domain.Tests.Rollouts;

/// <summary>What holds of every plan, for networks from a single region to a hundred (source: how software is rolled out, "groups").</summary>
public sealed class RolloutPlannerTests
{
    private static readonly RolloutPace[] Paces = [RolloutPace.Staging, RolloutPace.Standard, RolloutPace.FastFallback, RolloutPace.Exception];

    private static readonly Gen<IReadOnlyList<RegionServers>> Networks = from regions in Region(1, 60).NonEmptyListOf() select Numbered(regions);

    /// <summary>Enough servers with live traffic that 3 % of them are a share worth testing.</summary>
    private static readonly Gen<IReadOnlyList<RegionServers>> Busy = from regions in Region(3, 200).ListOf(60) select Numbered(regions);

    [Fact]
    public void Every_server_is_in_exactly_one_step() =>
        ForAll(
            (network, regions, plan) =>
                regions
                    .Index()
                    .All(region => plan.Steps.Sum(step => RolloutPlanner.ServersByRegion(plan, step, regions)[region.Index]) == region.Item.Servers)
                && plan.Steps.All(step => RolloutPlanner.ServersByRegion(plan, step, regions).Sum() == step.Servers)
                && plan.Servers == regions.Sum(region => region.Servers)
        );

    [Fact]
    public void Steps_are_ranges_that_follow_one_another() =>
        ForAll(
            (network, regions, plan) =>
                plan.Steps.All(step => step.Servers > 0)
                && plan.Steps[0].FirstServer == 0
                && plan.Steps.Zip(plan.Steps.Skip(1)).All(pair => pair.First.FirstServer + pair.First.Servers == pair.Second.FirstServer)
        );

    [Fact]
    public void No_step_holds_more_than_a_third_of_a_region_nor_all_of_one() =>
        ForAll(
            (network, regions, plan) =>
                plan.Steps.All(step =>
                    RolloutPlanner
                        .ServersByRegion(plan, step, regions)
                        .Zip(regions)
                        .All(pair =>
                            pair.First >= 0
                            && pair.First <= Math.Max(1, pair.Second.Servers / 3)
                            && (pair.Second.Servers < 2 || pair.First < pair.Second.Servers)
                        )
                )
        );

    [Fact]
    public void Live_traffic_comes_before_the_world_and_a_small_group_of_it_first() =>
        ForAll(
            (network, regions, plan) =>
                network == Network.Staging
                    ? plan.Steps.All(step => step.Stage == RolloutStage.All)
                    : plan.Steps.Select(step => step.Stage).SequenceEqual(plan.Steps.Select(step => step.Stage).Order())
                        && plan.Steps.All(step => step.Stage != RolloutStage.All)
                        && plan.LiveServers == regions.Sum(region => region.Live)
                        && plan.Steps.Count(step => step.Stage == RolloutStage.Canary) == (plan.LiveServers > 0 ? 1 : 0)
        );

    [Fact]
    public void Groups_are_numbered_within_their_stage() =>
        ForAll(
            (network, regions, plan) =>
                plan
                    .Steps.GroupBy(step => step.Stage)
                    .All(stage => stage.Index().All(s => s.Item.Group == s.Index + 1 && s.Item.Groups == stage.Count()))
        );

    [Fact]
    public void The_canary_group_stands_in_three_regions_where_live_traffic_does() =>
        ForAll(
            (network, regions, plan) =>
                network == Network.Staging
                || Canaries(plan, regions).Count(servers => servers > 0) >= Math.Min(3, regions.Count(region => region.Live > 0))
        );

    [Fact]
    public void The_canary_group_is_three_percent_of_the_servers_with_live_traffic() =>
        ForAll(
            (network, regions, plan) =>
                network == Network.Staging
                || plan.LiveServers == 0
                || Canaries(plan, regions).Sum()
                    == Math.Min(
                        (int)Math.Ceiling(0.03 * plan.LiveServers),
                        regions.Sum(region => Math.Min(region.Live, Math.Max(1, region.Servers / 3)))
                    ),
            Busy
        );

    [Fact]
    public void Watching_is_the_paces_own() =>
        ForAll(
            (network, regions, plan) =>
                plan.Steps.All(step => step.Soak == (step.Stage == RolloutStage.Canary ? plan.Pace.CanarySoak : plan.Pace.Soak))
        );

    [Fact]
    public void The_same_network_and_seed_give_the_same_plan() =>
        ForAll(
            (network, regions, plan) =>
            {
                var again = RolloutPlanner.Plan(network, regions, plan.Pace, plan.Seed);
                return again.Steps.SequenceEqual(plan.Steps)
                    && plan.Steps.All(step =>
                        RolloutPlanner.ServersByRegion(plan, step, regions).SequenceEqual(RolloutPlanner.ServersByRegion(again, step, regions))
                    );
            }
        );

    [Fact]
    public void The_way_back_is_of_the_steps_that_were_started() =>
        ForAll(
            (network, regions, plan) =>
                Enumerable
                    .Range(0, plan.Steps.Count + 1)
                    .All(started =>
                    {
                        var back = RolloutPlanner.PlanRollback(plan, started);
                        return back.Steps.Select(Range).SequenceEqual(plan.Steps.Take(started).Select(Range)) && back.Pace == RolloutPace.Rollback;
                    })
        );

    [Fact]
    public void A_region_of_three_has_one_server_installed_at_a_time()
    {
        IReadOnlyList<RegionServers> regions = [new(0, 3, 3), new(1, 3, 0), new(2, 3, 1)];
        var plan = RolloutPlanner.Plan(Network.Production, regions, RolloutPace.FastFallback, 1);

        Assert.All(plan.Steps, step => Assert.All(RolloutPlanner.ServersByRegion(plan, step, regions), servers => Assert.InRange(servers, 0, 1)));
        Assert.Equal(9, plan.Servers);
    }

    [Fact]
    public void Another_seed_watches_another_small_group()
    {
        IReadOnlyList<RegionServers> regions = [.. Enumerable.Range(0, 40).Select(region => new RegionServers(region, 12, 4))];

        var groups = Enumerable
            .Range(1, 5)
            .Select(seed => string.Join(',', Canaries(RolloutPlanner.Plan(Network.Production, regions, RolloutPace.Standard, seed), regions)))
            .ToHashSet(StringComparer.Ordinal);

        Assert.Equal(5, groups.Count);
    }

    private static (int, int) Range(RolloutStep step) => (step.FirstServer, step.Servers);

    private static IReadOnlyList<int> Canaries(RolloutPlan plan, IReadOnlyList<RegionServers> regions) =>
        plan.Steps.FirstOrDefault(step => step.Stage == RolloutStage.Canary) is { } canary
            ? RolloutPlanner.ServersByRegion(plan, canary, regions)
            : new int[regions.Count];

    private static Gen<(int Servers, int Live)> Region(int least, int most) =>
        from servers in Gen.Choose(least, most)
        from live in Gen.Frequency((1, Gen.Constant(0)), (3, Gen.Choose(0, servers)), (1, Gen.Constant(servers)))
        select (servers, live);

    private static IReadOnlyList<RegionServers> Numbered(IEnumerable<(int Servers, int Live)> regions) =>
        [.. regions.Take(100).Select((region, index) => new RegionServers(index, region.Servers, region.Live))];

    private static void ForAll(
        Func<Network, IReadOnlyList<RegionServers>, RolloutPlan, bool> holds,
        Gen<IReadOnlyList<RegionServers>>? networks = null
    )
    {
        var cases =
            from network in Gen.Elements(Network.Staging, Network.Production)
            from regions in networks ?? Networks
            from pace in Gen.Elements(Paces)
            from seed in Gen.Choose(int.MinValue, int.MaxValue)
            select (network, regions, plan: RolloutPlanner.Plan(network, regions, pace, seed));
        Prop.ForAll(cases.ToArbitrary(), c => holds(c.network, c.regions, c.plan)).QuickCheckThrowOnFailure();
    }
}
