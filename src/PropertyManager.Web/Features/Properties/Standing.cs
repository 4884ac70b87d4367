using PropertyManager.Domain;
using PropertyManager.Domain.Activations;
using PropertyManager.Web.Engine;

namespace PropertyManager.Web.Features.Properties;

/// <summary>An activation as a table cell needs it.</summary>
/// <param name="Id">Of the activation.</param>
/// <param name="EndedAfter">Simulated time it took; null while it runs.</param>
public sealed record Standing(
    long Id,
    long PropertyId,
    Network Network,
    int Version,
    ActivationType Type,
    ActivationState State,
    bool IsOpen,
    TimeSpan? EndedAfter
)
{
    /// <summary>The same of what was published.</summary>
    public static Standing Of(ActivationProgress now) =>
        new(now.ActivationId, now.PropertyId, now.Network, now.Version, now.Type, now.Status.State, now.Status.IsOpen, now.Status.EndedAfter);
}

/// <summary>What a property has on one network.</summary>
/// <param name="Active">The activation whose version is active there.</param>
/// <param name="Open">The one that runs there.</param>
public sealed record NetworkStanding(Standing? Active, Standing? Open)
{
    public static NetworkStanding Empty { get; } = new(null, null);

    /// <summary>After an activation there started or ended.</summary>
    public NetworkStanding After(ActivationProgress progress) =>
        progress.Status.State switch
        {
            <= ActivationState.Cancelling => this with { Open = Standing.Of(progress) },
            ActivationState.Active => new(Standing.Of(progress), null),
            ActivationState.Deactivated => Empty,
            _ => this with { Open = null },
        };
}

/// <summary>Queries that read standings.</summary>
public static class Standings
{
    public static IQueryable<Standing> AsStandings(this IQueryable<Activation> activations) =>
        activations.Select(a => new Standing(a.Id, a.PropertyId, a.Network, a.Version, a.Type, a.Status.State, a.Status.IsOpen, a.Status.EndedAfter));

    /// <summary>Of the standings of one property, what it has on <paramref name="network"/> now.</summary>
    public static NetworkStanding On(this IEnumerable<Standing> standings, Network network)
    {
        var here = standings.Where(s => s.Network == network).ToList();
        return new(here.Find(s => s.State == ActivationState.Active), here.Find(s => s.IsOpen));
    }
}
