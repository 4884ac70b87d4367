using PropertyManager.Domain.Activations;

namespace PropertyManager.Web.Engine;

/// <summary>How the simulated edge network runs.</summary>
/// <param name="Speed">Simulated seconds per second until somebody sets another: above 0, at most 1000; 1 is real time.</param>
/// <param name="Seed">The same seed gives the same fleet and the same course of events.</param>
/// <param name="CancelCutOff">An exception cannot be cancelled any more once this share of the servers, 0 to 1, has its version.</param>
public sealed record SimulationSettings(double Speed, int Seed, double CancelCutOff = ActivationClass.DefaultCancelCutOff)
{
    /// <summary>The highest <see cref="Speed"/>.</summary>
    public const double FastestSpeed = 1000;

    /// <summary>
    /// The speed was given on the command line or in the environment: this start uses it, and not the one that somebody set on the screen before.
    /// </summary>
    public bool IsSpeedGiven { get; init; }
}
