namespace PropertyManager.Domain.Rollouts;

/// <summary>
/// Cuts a network into steps: a small group of the servers with live traffic, the rest of them, then the world; each in groups that never
/// hold more than a third of a region, and never all of one (source: how software is rolled out, "groups").
/// </summary>
public static class RolloutPlanner
{
    /// <summary>Of the servers with live traffic, this share is tried first.</summary>
    public const double CanaryShare = 0.03;

    /// <summary>The canary group stands in at least so many regions, where so many have live traffic.</summary>
    public const int CanaryRegions = 3;

    /// <summary>Numbers for each region in <see cref="RolloutPlan.Footprint"/>.</summary>
    private const int FootprintWidth = 3;

    /// <summary>How many servers of a region of <paramref name="servers"/> may install at the same time.</summary>
    public static int InstallingAtOnce(int servers) => Math.Max(1, servers / 3);

    /// <summary>The steps for <paramref name="regions"/>: one stage on staging, which serves no end users; three on production.</summary>
    public static RolloutPlan Plan(Network network, IReadOnlyList<RegionServers> regions, RolloutPace pace, long seed)
    {
        var canaries = Canaries(regions, seed);
        RolloutStage[] stages = network == Network.Staging ? [RolloutStage.All] : [RolloutStage.Canary, RolloutStage.Live, RolloutStage.World];
        List<RolloutStep> steps = [];
        foreach (var stage in stages)
        {
            List<int> groups = [];
            for (int servers; (servers = Sum(stage, groups.Count)) > 0; )
                groups.Add(servers);
            var soak = stage == RolloutStage.Canary ? pace.CanarySoak : pace.Soak;
            foreach (var (index, servers) in groups.Index())
            {
                var first = steps is [.., var last] ? last.FirstServer + last.Servers : 0;
                steps.Add(new RolloutStep(stage, index + 1, groups.Count, first, servers, soak));
            }
        }
        return new RolloutPlan(steps, pace, seed) { Footprint = Footprint(regions, canaries) };

        int Sum(RolloutStage stage, int group)
        {
            var sum = 0;
            for (var index = 0; index < regions.Count; index++)
                sum += Group(stage, group, regions[index], canaries[index], pace);
            return sum;
        }
    }

    /// <summary>
    /// The way back: the servers that have the version or are installing it, in the groups in which they got it.
    /// </summary>
    /// <param name="plan">What is taken back.</param>
    /// <param name="released">How many of its steps were started.</param>
    public static RolloutPlan PlanRollback(RolloutPlan plan, int released) =>
        new([.. plan.Steps.Take(released).Select(step => step with { Soak = RolloutPace.Rollback.Soak })], RolloutPace.Rollback, plan.Seed + 1)
        {
            Footprint = plan.Footprint,
        };

    /// <summary>How many servers of each region, in the order of <paramref name="regions"/>, install in <paramref name="step"/> of the plan.</summary>
    /// <param name="plan">Any plan for these regions; what had live traffic where is the plan's own.</param>
    /// <param name="step">One of its steps.</param>
    /// <param name="regions">The network's regions, for their sizes.</param>
    public static IReadOnlyList<int> ServersByRegion(RolloutPlan plan, RolloutStep step, IReadOnlyList<RegionServers> regions)
    {
        var live = new Dictionary<int, (int Live, int Canaries)>(plan.Footprint.Count / FootprintWidth);
        for (var at = 0; at < plan.Footprint.Count; at += FootprintWidth)
            live[plan.Footprint[at]] = (plan.Footprint[at + 1], plan.Footprint[at + 2]);
        var counts = new int[regions.Count];
        for (var index = 0; index < counts.Length; index++)
        {
            var region = regions[index];
            var (inLive, canaries) = live.GetValueOrDefault(region.Region);
            counts[index] = Group(step.Stage, step.Group - 1, region with { Live = inLive }, canaries, plan.Pace);
        }
        return counts;
    }

    private static int[] Footprint(IReadOnlyList<RegionServers> regions, int[] canaries) =>
        [
            .. regions
                .Index()
                .Where(region => region.Item.Live > 0)
                .SelectMany(region => new[] { region.Item.Region, region.Item.Live, canaries[region.Index] }),
        ];

    /// <summary>A region gives each group an equal part of what it has in the stage, as far as the limit allows.</summary>
    private static int Group(RolloutStage stage, int group, RegionServers region, int canaries, RolloutPace pace)
    {
        var inStage = stage switch
        {
            RolloutStage.All => region.Servers,
            RolloutStage.Canary => canaries,
            RolloutStage.Live => region.Live - canaries,
            _ => region.Servers - region.Live,
        };
        var groups = stage == RolloutStage.Canary ? 1 : pace.Groups;
        var each = Math.Clamp((inStage + groups - 1) / groups, 1, InstallingAtOnce(region.Servers));
        return Math.Clamp(inStage - (group * each), 0, each);
    }

    /// <summary>How many servers each region gives to the canary group: one from each in turn, in an order that the seed decides.</summary>
    private static int[] Canaries(IReadOnlyList<RegionServers> regions, long seed)
    {
        var canaries = new int[regions.Count];
        var wanted = Math.Max(CanaryRegions, (int)Math.Ceiling(regions.Sum(region => region.Live) * CanaryShare));
        var live = Enumerable.Range(0, regions.Count).Where(index => regions[index].Live > 0).OrderBy(index => Shuffle(seed, index)).ToList();
        while (wanted > 0 && live.Count > 0)
        {
            live.RemoveAll(index => canaries[index] == Math.Min(regions[index].Live, InstallingAtOnce(regions[index].Servers)));
            foreach (var index in live.Take(wanted))
                canaries[index]++;
            wanted -= Math.Min(wanted, live.Count);
        }
        return canaries;
    }

    // The finalizer of SplitMix64: spreads neighbouring numbers over the whole range, the same on every machine.
    private static ulong Shuffle(long seed, int index)
    {
        var x = (ulong)seed + (0x9E3779B97F4A7C15UL * (ulong)(index + 1));
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9UL;
        x = (x ^ (x >> 27)) * 0x94D049BB133111EBUL;
        return x ^ (x >> 31);
    }
}
