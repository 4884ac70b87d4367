namespace PropertyManager.Domain.Rollouts;

/// <summary>The standard normal distribution.</summary>
public static class Normal
{
    /// <summary>The share of the bell that lies under <paramref name="z"/>, good to 1e-7 (Zelen and Severo's approximation).</summary>
    public static double Cdf(double z)
    {
        var t = 1 / (1 + (0.2316419 * Math.Abs(z)));
        var tail = Math.Exp(-z * z / 2) / Math.Sqrt(2 * Math.PI) * Polynomial(UpperTail, t);
        return z >= 0 ? 1 - tail : tail;
    }

    /// <summary>The standard normal quantile: the z under which a share <paramref name="p"/> of the bell lies. −∞ at 0, +∞ at 1.</summary>
    /// <remarks>Wichura's algorithm AS 241 (PPND16), relative accuracy about 1e-16.</remarks>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="p"/> is outside [0, 1] or not a number.</exception>
    public static double Quantile(double p)
    {
        if (!(p is >= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(p), p, "In [0, 1].");
        }

        var q = p - 0.5;
        if (Math.Abs(q) <= 0.425)
        {
            var x = 0.180625 - q * q;
            return q * Polynomial(CentreNumerator, x) / Polynomial(CentreDenominator, x);
        }

        var tail = q < 0 ? p : 1 - p;
        if (tail == 0)
        {
            return q < 0 ? double.NegativeInfinity : double.PositiveInfinity;
        }

        var r = Math.Sqrt(-Math.Log(tail));
        var z =
            r <= 5
                ? Polynomial(TailNumerator, r - 1.6) / Polynomial(TailDenominator, r - 1.6)
                : Polynomial(FarTailNumerator, r - 5) / Polynomial(FarTailDenominator, r - 5);
        return q < 0 ? -z : z;
    }

    /// <summary>Horner's scheme; the highest power's coefficient comes first.</summary>
    private static double Polynomial(ReadOnlySpan<double> coefficients, double x)
    {
        var sum = 0.0;
        foreach (var coefficient in coefficients)
        {
            sum = sum * x + coefficient;
        }

        return sum;
    }

    private static ReadOnlySpan<double> CentreNumerator =>
        [
            2.5090809287301226727e3,
            3.3430575583588128105e4,
            6.7265770927008700853e4,
            4.5921953931549871457e4,
            1.3731693765509461125e4,
            1.9715909503065514427e3,
            1.3314166789178437745e2,
            3.3871328727963666080,
        ];

    private static ReadOnlySpan<double> CentreDenominator =>
        [
            5.2264952788528545610e3,
            2.8729085735721942674e4,
            3.9307895800092710610e4,
            2.1213794301586595867e4,
            5.3941960214247511077e3,
            6.8718700749205790830e2,
            4.2313330701600911252e1,
            1,
        ];

    private static ReadOnlySpan<double> TailNumerator =>
        [
            7.74545014278341407640e-4,
            2.27238449892691845833e-2,
            2.41780725177450611770e-1,
            1.27045825245236838258,
            3.64784832476320460504,
            5.76949722146069140550,
            4.63033784615654529590,
            1.42343711074968357734,
        ];

    private static ReadOnlySpan<double> TailDenominator =>
        [
            1.05075007164441684324e-9,
            5.47593808499534494600e-4,
            1.51986665636164571966e-2,
            1.48103976427480074590e-1,
            6.89767334985100004550e-1,
            1.67638483018380384940,
            2.05319162663775882187,
            1,
        ];

    private static ReadOnlySpan<double> FarTailNumerator =>
        [
            2.01033439929228813265e-7,
            2.71155556874348757815e-5,
            1.24266094738807843860e-3,
            2.65321895265761230930e-2,
            2.96560571828504891230e-1,
            1.78482653991729133580,
            5.46378491116411436990,
            6.65790464350110377720,
        ];

    private static ReadOnlySpan<double> FarTailDenominator =>
        [
            2.04426310338993978564e-15,
            1.42151175831644588870e-7,
            1.84631831751005468180e-5,
            7.86869131145613259100e-4,
            1.48753612908506148525e-2,
            1.36929880922735805310e-1,
            5.99832206555887937690e-1,
            1,
        ];

    private static ReadOnlySpan<double> UpperTail => [1.330274429, -1.821255978, 1.781477937, -0.356563782, 0.319381530, 0];
}
