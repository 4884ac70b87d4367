using PropertyManager.Domain.Rollouts;

namespace PropertyManager.Edge;

/// <summary>
/// Chance as pure functions: the same arguments give the same draw in every process and on every machine, so a simulation can be asked about any
/// server at any instant without having played what came before. Not for secrets.
/// </summary>
public static class SimulationRandom
{
    private const ulong GoldenGamma = 0x9E3779B97F4A7C15;

    /// <summary>64 well mixed bits for the draw (<paramref name="a"/>, <paramref name="b"/>) of the simulation <paramref name="seed"/>.</summary>
    public static ulong Hash(long seed, long a, long b) => Mix(Mix(Mix((ulong)seed) + (ulong)a) + (ulong)b);

    /// <summary>A uniform draw in [0, 1), from the upper 53 bits of <see cref="Hash"/>.</summary>
    public static double Uniform(long seed, long a, long b) => (Hash(seed, a, b) >> 11) * (1.0 / (1UL << 53));

    /// <summary>A draw from the log-normal distribution, by inversion: it grows with <paramref name="u"/>.</summary>
    /// <param name="median">The value that half of all draws stay under; at least 0.</param>
    /// <param name="sigma">Standard deviation of the draw's natural logarithm; at least 0.</param>
    /// <param name="u">A uniform draw in [0, 1).</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is outside its range or not a number.</exception>
    public static double LogNormal(double median, double sigma, double u)
    {
        if (!(median >= 0))
        {
            throw new ArgumentOutOfRangeException(nameof(median), median, "At least 0.");
        }

        if (!(sigma >= 0))
        {
            throw new ArgumentOutOfRangeException(nameof(sigma), sigma, "At least 0.");
        }

        if (!(u is >= 0 and < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(u), u, "In [0, 1).");
        }

        // Without spread every draw is the median; the formula would give 0 times infinity at u = 0.
        return sigma == 0 ? median : median * Math.Exp(sigma * Normal.Quantile(u));
    }

    /// <summary>One step of splitmix64: every input bit reaches every output bit.</summary>
    private static ulong Mix(ulong x)
    {
        x += GoldenGamma;
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9;
        x = (x ^ (x >> 27)) * 0x94D049BB133111EB;
        return x ^ (x >> 31);
    }
}
