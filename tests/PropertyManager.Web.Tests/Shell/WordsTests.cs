using PropertyManager.Web.Shell.Parts;

namespace PropertyManager.Web.Tests.Shell;

public sealed class WordsTests
{
    [Theory]
    [InlineData(0, "0 servers")]
    [InlineData(1, "1 server")]
    [InlineData(2, "2 servers")]
    [InlineData(1_204, "1,204 servers")]
    [InlineData(350_000, "350,000 servers")]
    public void Counts_take_the_plural_and_group_their_digits(long count, string expected) => Assert.Equal(expected, Words.Count(count, "server"));

    [Fact]
    public void A_plural_without_s_is_given() => Assert.Equal("3 properties", Words.Count(3, "property", "properties"));

    [Theory]
    [InlineData(-0.1, "0%")]
    [InlineData(0, "0%")]
    [InlineData(double.NaN, "0%")]
    [InlineData(0.00001, "<1%")]
    [InlineData(0.29, "29%")]
    [InlineData(0.379, "37%")]
    [InlineData(0.99999, "99%")]
    [InlineData(1, "100%")]
    [InlineData(1.2, "100%")]
    public void A_percentage_says_100_only_when_all_is_done(double fraction, string expected) => Assert.Equal(expected, Words.Percent(fraction));

    [Fact]
    public void Every_whole_percent_is_written_as_itself()
    {
        for (var percent = 1; percent <= 100; percent++)
            Assert.Equal($"{percent}%", Words.Percent(percent / 100.0));
    }

    [Theory]
    [InlineData("-00:00:05", "0 s")]
    [InlineData("00:00:00.9", "0 s")]
    [InlineData("00:00:59.9", "59 s")]
    [InlineData("00:01:00", "1 min")]
    [InlineData("00:12:04", "12 min 4 s")]
    [InlineData("01:00:30", "1 h")]
    [InlineData("02:05:00", "2 h 5 min")]
    [InlineData("3.04:30:00", "3 d 4 h")]
    public void A_duration_has_its_two_largest_units(string span, string expected) => Assert.Equal(expected, Words.Duration(Span(span)));

    [Theory]
    [InlineData("00:58:12", "58:12")]
    [InlineData("00:00:09", "0:09")]
    [InlineData("00:00:00.001", "0:01")]
    [InlineData("00:59:59.5", "1:00:00")]
    [InlineData("01:02:03", "1:02:03")]
    [InlineData("00:00:00", "0:00")]
    [InlineData("-00:01:00", "0:00")]
    public void A_countdown_reaches_zero_when_no_time_is_left(string left, string expected) => Assert.Equal(expected, Words.Countdown(Span(left)));

    [Theory]
    [InlineData("00:00:59", "just now")]
    [InlineData("00:03:30", "3 min ago")]
    [InlineData("02:59:00", "2 h ago")]
    [InlineData("1.01:00:00", "1 day ago")]
    [InlineData("4.00:00:00", "4 days ago")]
    [InlineData("-00:00:20", "in a moment")]
    [InlineData("-00:05:00", "in 5 min")]
    public void An_age_is_written_in_its_largest_unit(string age, string expected) => Assert.Equal(expected, Words.Ago(Span(age)));

    private static TimeSpan Span(string text) => TimeSpan.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
