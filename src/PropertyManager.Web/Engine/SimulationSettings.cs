namespace PropertyManager.Web.Engine;

/// <summary>How the simulated edge network runs.</summary>
/// <param name="Speed">Simulated seconds per second at the start: above 0, at most 1000; 1 is real time.</param>
/// <param name="Seed">The same seed gives the same fleet and the same course of events.</param>
public sealed record SimulationSettings(double Speed, int Seed)
{
    /// <summary>The highest <see cref="Speed"/>.</summary>
    public const double FastestSpeed = 1000;
}
