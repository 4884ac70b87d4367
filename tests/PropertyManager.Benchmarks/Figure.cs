using System.Globalization;
using System.Text.Json.Serialization;

namespace PropertyManager.Benchmarks;

/// <summary>One thing that was measured, and the bar it is held to.</summary>
/// <param name="Name">The same in every run: runs are compared by it.</param>
/// <param name="Unit">Of the value: <c>s</c>, <c>ms</c>, <c>%</c>, <c>B</c>, <c>x</c> (a ratio), …</param>
/// <param name="Least">The lowest value that will do; null where any is low enough.</param>
/// <param name="Most">The highest.</param>
internal sealed record Figure(
    string Name,
    double Value,
    string Unit,
    [property: JsonIgnore] double? Least = null,
    [property: JsonIgnore] double? Most = null
)
{
    /// <summary>Such as <c>≤ 180</c> or <c>120–180</c>, in the value's unit; null for what is only told.</summary>
    public string? Bar =>
        (Least, Most) switch
        {
            ({ } least, { } most) => Text($"{least:0.###}–{most:0.###}"),
            (null, { } most) => Text($"≤ {most:0.###}"),
            ({ } least, null) => Text($"≥ {least:0.###}"),
            _ => null,
        };

    /// <summary>What is only told always does; what is not a number never.</summary>
    public bool Holds => Bar is null || (Value >= (Least ?? double.NegativeInfinity) && Value <= (Most ?? double.PositiveInfinity));

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

/// <summary>Values in ascending order, and which of them a share stays under.</summary>
internal sealed class Distribution(IEnumerable<double> values)
{
    private readonly double[] _values = [.. values.Order()];

    public double P50 => Share(0.5);
    public double P90 => Share(0.9);
    public double P99 => Share(0.99);
    public double Max => _values[^1];

    /// <summary>The smallest value that at least this share of all are not above.</summary>
    private double Share(double share) => _values[(int)Math.Ceiling(share * _values.Length) - 1];
}
