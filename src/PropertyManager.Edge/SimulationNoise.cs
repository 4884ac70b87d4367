using PropertyManager.Domain.Rollouts;

namespace PropertyManager.Edge;

/// <summary>
/// How real traffic wobbles, as pure functions of a seed and the second: the rate and the share of errors wander, robots come by, and hits are whole
/// events that come by chance.
/// </summary>
internal static class SimulationNoise
{
    private const int RateDraw = 21;
    private const int ErrorDraw = 22;
    private const int RobotDraw = 23;

    /// <summary>Seconds between the support points of the waves.</summary>
    private const int RateLength = 60;
    private const int ErrorLength = 20;
    private const int RobotLength = 30;

    private const double RateAmplitude = 0.08;
    private const double ErrorSpread = 0.2;

    /// <summary>One stretch in so many brings robots that ask for what is not there: so many times as many 4xx.</summary>
    private const double Robots = 0.015;
    private const double RobotFactor = 3;

    /// <summary>Times the average rate.</summary>
    public static double Rate(long seed, int second) => 1 + (RateAmplitude * Wave(seed, RateDraw, second, RateLength));

    /// <summary>Times the usual share of errors.</summary>
    public static double Errors(long seed, int second) => Math.Exp(2 * ErrorSpread * Wave(seed, ErrorDraw, second, ErrorLength));

    /// <summary>Times the usual share of 4xx.</summary>
    public static double ClientErrors(long seed, int second) =>
        SimulationRandom.Uniform(seed, RobotDraw, Block(second, RobotLength)) < Robots ? RobotFactor : 1;

    /// <summary>A whole number of events where <paramref name="mean"/> are expected.</summary>
    /// <param name="mean">At least 0.</param>
    /// <param name="u">A uniform draw in [0, 1).</param>
    public static double Poisson(double mean, double u)
    {
        if (mean <= 0)
            return 0;
        // Beyond, the bell is as good and needs no loop.
        const double small = 12;
        if (mean > small)
            return Math.Max(0, Math.Round(mean + (Math.Sqrt(mean) * Normal.Quantile(Math.Max(u, 1e-12)))));
        double chance = Math.Exp(-mean),
            sum = chance;
        var events = 0;
        while (u > sum && events < 100)
            sum += chance *= mean / ++events;
        return events;
    }

    /// <summary>From −1 to 1, straight between support points.</summary>
    private static double Wave(long seed, int draw, int second, int length)
    {
        var block = Block(second, length);
        var part = (double)(second - (block * length)) / length;
        var (from, to) = (SimulationRandom.Uniform(seed, draw, block), SimulationRandom.Uniform(seed, draw, block + 1));
        return (2 * (from + ((to - from) * part))) - 1;
    }

    private static int Block(int second, int length) => (int)Math.Floor((double)second / length);
}
