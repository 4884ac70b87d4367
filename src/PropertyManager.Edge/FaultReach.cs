using PropertyManager.Domain.Rollouts;

namespace PropertyManager.Edge;

/// <summary>Which share of each step's servers an order's faults can reach: what they are scoped to, counted in the plan's own servers.</summary>
internal sealed class FaultReach
{
    private readonly double[][] _shares;

    /// <param name="order">Its plan and faults.</param>
    /// <param name="fleet">The servers of its network.</param>
    public FaultReach(RolloutOrder order, FleetPlaces fleet)
    {
        var (faults, steps) = (order.Faults, order.Plan.Steps);
        _shares = [.. faults.Select(fault => new double[steps.Count])];
        var local = faults.Any(fault => fault.Scope.IsLocal);
        for (var step = 0; step < steps.Count; step++)
        {
            var servers = local ? fleet.ServersOf(order.Plan, step) : [];
            for (var fault = 0; fault < faults.Count; fault++)
                _shares[fault][step] = Share(faults[fault].Scope, servers, steps[step].Servers, fleet);
        }
    }

    /// <summary>0 to 1.</summary>
    public double Of(int fault, int step) => _shares[fault][step];

    private static double Share(FaultScope scope, IReadOnlyList<int> servers, int all, FleetPlaces fleet)
    {
        if (!scope.IsLocal)
            return Math.Clamp(scope.Servers, 0, 1);
        var there = 0;
        for (var region = 0; region < servers.Count; region++)
        {
            if (servers[region] > 0 && scope.Holds(fleet.Places[region]))
                there += servers[region];
        }
        return Math.Clamp(scope.Servers, 0, 1) * there / all;
    }
}

/// <summary>The regions of a fleet as the rest of the application knows them.</summary>
internal sealed class FleetPlaces
{
    private readonly RegionServers[] _sizes;

    public FleetPlaces(Fleet fleet)
    {
        Places =
        [
            .. fleet.Regions.Select(region => new RegionPlace(
                region.Index,
                region.City.Name,
                region.City.Country,
                Cities.CountryOf(region.City).Name,
                region.Isp.Asn,
                region.Isp.Name,
                region.Servers
            )),
        ];
        _sizes = [.. fleet.Regions.Select(region => new RegionServers(region.Index, region.Servers, Live: 0))];
    }

    /// <summary>By number.</summary>
    public IReadOnlyList<RegionPlace> Places { get; }

    /// <summary>How many servers of each region install in a step of the plan.</summary>
    public IReadOnlyList<int> ServersOf(RolloutPlan plan, int step) => RolloutPlanner.ServersByRegion(plan, plan.Steps[step], _sizes);
}
