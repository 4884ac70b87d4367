using System.Globalization;

namespace PropertyManager.Web.Shell.Parts;

/// <summary>Figures as people read them. English, whatever the server's culture is.</summary>
public static class Words
{
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en-US");

    /// <summary>"1 server", "1,204 servers". <paramref name="many"/> is needed only where the plural is not made with an s.</summary>
    public static string Count(long count, string one, string? many = null) => $"{Number(count)} {(count == 1 ? one : many ?? one + "s")}";

    /// <summary>"1,204".</summary>
    public static string Number(long count) => count.ToString("N0", English);

    /// <summary>
    /// A fraction from 0 to 1 as "37%". Rounded down, so that 100% is said only when all is done; what has begun is "&lt;1%" at least.
    /// </summary>
    public static string Percent(double fraction) =>
        fraction switch
        {
            <= 0 or double.NaN => "0%",
            < 0.01 => "<1%",
            >= 1 => "100%",
            // 0.29 * 100 is 28.999…: a part in a billion is added before rounding down.
            _ => string.Create(English, $"{(int)((fraction * 100) + 1e-9)}%"),
        };

    /// <summary>"12 min 4 s", "2 h 5 min", "3 d 4 h": the two largest units. Under a second "0 s"; a negative span counts as none.</summary>
    public static string Duration(TimeSpan span) =>
        span switch
        {
            { Ticks: < TimeSpan.TicksPerSecond } => "0 s",
            { TotalMinutes: < 1 } => $"{span.Seconds} s",
            { TotalHours: < 1 } => Two(span.Minutes, "min", span.Seconds, "s"),
            { TotalDays: < 1 } => Two(span.Hours, "h", span.Minutes, "min"),
            _ => Two(span.Days, "d", span.Hours, "h"),
        };

    /// <summary>The same of simulated time, in a sentence: "12 min 4 s of simulated time".</summary>
    public static string SimulatedDuration(TimeSpan span) => $"{Duration(span)} of simulated time";

    /// <summary>Time left as "58:12" or "1:02:03". Rounded up, so that "0:00" means that none is left.</summary>
    public static string Countdown(TimeSpan left)
    {
        var seconds = Math.Max(0, (long)Math.Ceiling(left.TotalSeconds));
        var (hours, minutes, rest) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
        return hours > 0 ? $"{hours}:{minutes:00}:{rest:00}" : $"{minutes}:{rest:00}";
    }

    /// <summary>"just now", "3 min ago", "in 2 h": how far an instant lies back (or, when negative, ahead), in its largest unit.</summary>
    public static string Ago(TimeSpan age)
    {
        var span = age.Duration();
        var amount = span switch
        {
            { TotalMinutes: < 1 } => null,
            { TotalHours: < 1 } => $"{span.Minutes} min",
            { TotalDays: < 1 } => $"{span.Hours} h",
            _ => Count(span.Days, "day"),
        };
        if (amount is null)
            return age < TimeSpan.Zero ? "in a moment" : "just now";
        return age < TimeSpan.Zero ? $"in {amount}" : $"{amount} ago";
    }

    private static string Two(int large, string largeUnit, int small, string smallUnit) =>
        small == 0 ? $"{large} {largeUnit}" : $"{large} {largeUnit} {small} {smallUnit}";
}
