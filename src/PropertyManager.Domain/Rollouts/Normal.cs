namespace PropertyManager.Domain.Rollouts;

/// <summary>The standard normal distribution.</summary>
public static class Normal
{
    // Acklam's rational approximation of the quantile: two quotients of polynomials, one for the middle and one for the tails.
    private static readonly double[] MiddleOver =
    [
        -39.69683028665376,
        220.9460984245205,
        -275.9285104469687,
        138.3577518672690,
        -30.66479806614716,
        2.506628277459239,
    ];
    private static readonly double[] MiddleUnder =
    [
        -54.47609879822406,
        161.5858368580409,
        -155.6989798598866,
        66.80131188771972,
        -13.28068155288572,
        1,
    ];
    private static readonly double[] TailOver =
    [
        -0.007784894002430293,
        -0.3223964580411365,
        -2.400758277161838,
        -2.549732539343734,
        4.374664141464968,
        2.938163982698783,
    ];
    private static readonly double[] TailUnder = [0.007784695709041462, 0.3224671290700398, 2.445134137142996, 3.754408661907416, 1];

    // Zelen and Severo's approximation of the upper tail.
    private static readonly double[] Cumulative = [1.330274429, -1.821255978, 1.781477937, -0.356563782, 0.319381530, 0];

    /// <summary>Probability of a value up to <paramref name="z"/>, good to 1e-7.</summary>
    public static double Cdf(double z)
    {
        var t = 1 / (1 + (0.2316419 * Math.Abs(z)));
        var tail = Math.Exp(-z * z / 2) / Math.Sqrt(2 * Math.PI) * Polynomial(Cumulative, t);
        return z >= 0 ? 1 - tail : tail;
    }

    /// <summary>The value that a draw stays under with probability <paramref name="p"/>, good to 1e-8.</summary>
    /// <param name="p">Strictly between 0 and 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="p"/> is outside.</exception>
    public static double Quantile(double p)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(p, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(p, 1);
        const double tail = 0.02425;
        if (p < tail)
            return Tail(p);
        if (p > 1 - tail)
            return -Tail(1 - p);
        var q = p - 0.5;
        return q * Polynomial(MiddleOver, q * q) / Polynomial(MiddleUnder, q * q);
    }

    private static double Tail(double p)
    {
        var q = Math.Sqrt(-2 * Math.Log(p));
        return Polynomial(TailOver, q) / Polynomial(TailUnder, q);
    }

    /// <summary>Horner's rule, the coefficient of the highest power first.</summary>
    private static double Polynomial(double[] coefficients, double x)
    {
        var sum = 0.0;
        foreach (var coefficient in coefficients)
            sum = (sum * x) + coefficient;
        return sum;
    }
}
