using PropertyManager.Web.Shell.Parts;

namespace PropertyManager.Web.Tests.Shell;

public sealed class ViewerZoneTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 13, 5, 9, TimeSpan.Zero);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Mars/Olympus_Mons")]
    [InlineData("../../etc/passwd")]
    public void A_zone_that_is_not_known_is_UTC(string? id) => Assert.Equal(ViewerZone.Utc, ViewerZone.From(id));

    [Theory]
    [InlineData("2026-11-22T13:05:00Z", "Today 14:05")]
    [InlineData("2026-11-21T23:30:00Z", "Today 00:30")] // the day changes in the viewer's zone, not in UTC
    [InlineData("2026-11-21T22:30:00Z", "Yesterday 23:30")]
    [InlineData("2026-11-20T08:00:00Z", "20 Nov 2026, 09:00")]
    [InlineData("2026-07-01T08:00:00Z", "1 Jul 2026, 10:00")] // summer time then, although not now
    [InlineData("2026-11-23T08:00:00Z", "23 Nov 2026, 09:00")]
    public void Times_are_written_in_the_viewers_zone(string instant, string expected) =>
        Assert.Equal(expected, ViewerZone.From("Europe/Berlin").Compact(At(instant), Now));

    [Theory]
    [InlineData("Europe/Berlin", "22 Nov 2026, 14:05:09 Europe/Berlin (UTC+01:00), 13:05:09 UTC")]
    [InlineData("Pacific/Auckland", "23 Nov 2026, 02:05:09 Pacific/Auckland (UTC+13:00), 22 Nov 13:05:09 UTC")]
    [InlineData("UTC", "22 Nov 2026, 13:05:09 UTC")]
    public void The_exact_form_names_the_zone_and_UTC(string zone, string expected) => Assert.Equal(expected, ViewerZone.From(zone).Exact(Now));

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
