using System.Globalization;

namespace PropertyManager.Web.Shell.Parts;

/// <summary>The time zone of the person who looks, cascaded to every component. Instants are kept in UTC and written in this zone.</summary>
public sealed record ViewerZone(TimeZoneInfo Zone)
{
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en-GB");

    public static ViewerZone Utc { get; } = new(TimeZoneInfo.Utc);

    /// <summary>The zone with this IANA id, as the browser names it; UTC when there is none or it is not known here.</summary>
    public static ViewerZone From(string? id) =>
        !string.IsNullOrWhiteSpace(id) && TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone) ? new ViewerZone(zone) : Utc;

    public DateTimeOffset Local(DateTimeOffset instant) => TimeZoneInfo.ConvertTime(instant, Zone);

    /// <summary>"Today 14:05", "Yesterday 23:50", otherwise "22 Nov 2026, 14:05".</summary>
    public string Compact(DateTimeOffset instant, DateTimeOffset now)
    {
        var local = Local(instant);
        var days = (Local(now).Date - local.Date).Days;
        return days switch
        {
            0 => local.ToString("'Today' HH:mm", English),
            1 => local.ToString("'Yesterday' HH:mm", English),
            _ => local.ToString("d MMM yyyy, HH:mm", English),
        };
    }

    /// <summary>"22 Nov 2026, 14:05:09 Europe/Berlin (UTC+01:00), 13:05:09 UTC".</summary>
    public string Exact(DateTimeOffset instant)
    {
        var local = Local(instant);
        var text = local.ToString("d MMM yyyy, HH:mm:ss", English);
        if (Zone.Id is "UTC" or "Etc/UTC")
            return text + " UTC";
        var utc = instant.UtcDateTime.ToString(instant.UtcDateTime.Date == local.Date ? "HH:mm:ss" : "d MMM HH:mm:ss", English);
        return $"{text} {Zone.Id} (UTC{local.ToString("zzz", English)}), {utc} UTC";
    }
}
