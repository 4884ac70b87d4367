using PropertyManager.Domain.Health;
using PropertyManager.Domain.Rollouts;

namespace PropertyManager.Domain.Tests.Health;

/// <summary>Each threshold from both sides. Samples are given as hits of 2xx, 3xx, 4xx, 5xx.</summary>
public sealed class ErrorRateLimitTests
{
    [Theory]
    [InlineData("2xx at a tenth", new double[] { 9_000, 1_000, 0, 0 }, new double[] { 900, 9_100, 0, 0 }, HealthOutcome.Cancel)]
    [InlineData("2xx just over a tenth", new double[] { 9_000, 1_000, 0, 0 }, new double[] { 901, 9_099, 0, 0 }, HealthOutcome.Healthy)]
    [InlineData("2xx+3xx at a tenth", new double[] { 0, 5_000, 5_000, 0 }, new double[] { 0, 500, 9_500, 0 }, HealthOutcome.Cancel)]
    [InlineData("2xx+3xx just over a tenth", new double[] { 0, 5_000, 5_000, 0 }, new double[] { 0, 501, 9_499, 0 }, HealthOutcome.Healthy)]
    [InlineData("errors at 10 times", new double[] { 9_900, 0, 50, 50 }, new double[] { 9_000, 0, 500, 500 }, HealthOutcome.Healthy)]
    [InlineData("errors just over 10 times", new double[] { 9_900, 0, 50, 50 }, new double[] { 8_999, 0, 500, 501 }, HealthOutcome.Cancel)]
    [InlineData("no errors before, 1 % now", new double[] { 10_000, 0, 0, 0 }, new double[] { 9_900, 0, 0, 100 }, HealthOutcome.Healthy)]
    [InlineData("no errors before, over 1 % now", new double[] { 10_000, 0, 0, 0 }, new double[] { 9_899, 0, 0, 101 }, HealthOutcome.Cancel)]
    [InlineData("0.05 % before, 1 % now", new double[] { 9_995, 0, 0, 5 }, new double[] { 9_900, 0, 0, 100 }, HealthOutcome.Healthy)]
    [InlineData("0.05 % before, over 1 % now", new double[] { 9_995, 0, 0, 5 }, new double[] { 9_899, 0, 0, 101 }, HealthOutcome.Cancel)]
    [InlineData("no 2xx before", new double[] { 0, 10_000, 0, 0 }, new double[] { 0, 10_000, 0, 0 }, HealthOutcome.Healthy)]
    [InlineData("nothing but errors before", new double[] { 0, 0, 0, 10_000 }, new double[] { 0, 0, 0, 10_000 }, HealthOutcome.Healthy)]
    [InlineData("999 hits seen", new double[] { 10_000, 0, 0, 0 }, new double[] { 0, 0, 0, 999 }, HealthOutcome.NotMeasured)]
    [InlineData("1,000 hits seen", new double[] { 10_000, 0, 0, 0 }, new double[] { 0, 0, 0, 1_000 }, HealthOutcome.Cancel)]
    [InlineData("nothing seen", new double[] { 10_000, 0, 0, 0 }, new double[] { 0, 0, 0, 0 }, HealthOutcome.NotMeasured)]
    [InlineData("nothing before", new double[] { 0, 0, 0, 0 }, new double[] { 0, 0, 0, 5_000 }, HealthOutcome.NotMeasured)]
    public void Acts_on_its_thresholds(string what, double[] baseline, double[] updated, HealthOutcome outcome)
    {
        var verdict = ErrorRateLimit.Judge(Sample(baseline), Sample(updated), 40, notActing: null);

        Assert.True(verdict.Outcome == outcome, $"{what}: {verdict}");
    }

    [Fact]
    public void Is_measured_and_shown_where_it_does_not_act()
    {
        var verdict = ErrorRateLimit.Judge(Sample([9_900, 0, 50, 50]), Sample([0, 0, 0, 10_000]), 40, "it was turned off");

        Assert.Equal((HealthOutcome.OverLimit, "it was turned off"), (verdict.Outcome, verdict.NotActing));
        Assert.Equal("4xx+5xx rose from 1.0 % to 100.0 % (100×) on 40 updated servers", verdict.Evidence);
    }

    [Theory]
    [InlineData(new double[] { 9_000, 1_000, 0, 0 }, new double[] { 500, 9_500, 0, 0 }, "2xx fell from 90.0 % to 5.0 % on 1 updated server")]
    [InlineData(new double[] { 0, 5_000, 5_000, 0 }, new double[] { 0, 400, 9_600, 0 }, "2xx+3xx fell from 50.0 % to 4.0 % on 1 updated server")]
    [InlineData(new double[] { 0, 0, 0, 10 }, new double[] { 10, 0, 0, 2 }, "12 hits on updated servers so far: too few to compare")]
    [InlineData(new double[] { 0, 0, 0, 0 }, new double[] { 0, 0, 0, 0 }, "No hits were answered before the activation to compare with")]
    [InlineData(
        new double[] { 0, 0, 0, 0 },
        new double[] { 5_000, 0, 0, 5_000 },
        "4xx+5xx 50.0 % on 1 updated server; no hits were answered before the activation to compare with"
    )]
    [InlineData(new double[] { 98, 0, 2, 0 }, new double[] { 970, 0, 30, 0 }, "4xx+5xx 3.0 % on 1 updated server, 2.0 % before the activation")]
    public void Says_what_was_measured(double[] baseline, double[] updated, string evidence) =>
        Assert.Equal(evidence, ErrorRateLimit.Judge(Sample(baseline), Sample(updated), 1, notActing: null).Evidence);

    [Theory]
    [InlineData(new[] { 1, 2 }, ", all in AS7 (Seven Net)")]
    [InlineData(new[] { 0 }, ", all in Berlin, DE, AS1 (One Net)")]
    [InlineData(new[] { 0, 1 }, ", all in Berlin, DE")]
    [InlineData(new[] { 0, 1, 3 }, ", all in Germany")]
    [InlineData(new[] { 0, 2 }, ", in 2 of 5 regions that have it")]
    [InlineData(new[] { 0, 1, 2, 3, 4 }, ", in all 5 regions that have it")]
    public void Says_where_the_errors_are(int[] struck, string where)
    {
        RegionPlace[] places =
        [
            new(0, "Berlin", "DE", "Germany", 1, "One Net", 9),
            new(1, "Berlin", "DE", "Germany", 7, "Seven Net", 9),
            new(2, "Paris", "FR", "France", 7, "Seven Net", 9),
            new(3, "Hamburg", "DE", "Germany", 8, "Eight Net", 9),
            new(4, "Lyon", "FR", "France", 9, "Nine Net", 9),
        ];
        IReadOnlyList<RegionHealth> regions =
        [
            .. places.Select((place, index) => new RegionHealth(place, 3, 100, struck.Contains(index) ? 60 : 1, 0)),
        ];

        var verdict = ErrorRateLimit.Judge(Sample([9_950, 0, 50, 0]), Sample([7_000, 0, 0, 3_000]), 1_204, null, default, () => regions);

        Assert.Equal($"4xx+5xx rose from 0.5 % to 30.0 % (60×) on 1,204 updated servers{where}", verdict.Evidence);
    }

    [Fact]
    public void Says_when_servers_with_the_version_before_have_the_errors_too() =>
        Assert.EndsWith(
            "; servers with the version before have 40.0 % now",
            ErrorRateLimit.Judge(Sample([9_950, 0, 50, 0]), Sample([7_000, 0, 0, 3_000]), 9, null, Sample([60, 0, 0, 40])).Evidence,
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData(new double[] { 9_900, 0, 50, 50 }, new double[] { 9_900, 0, 50, 50 })]
    [InlineData(new double[] { 10_000, 0, 0, 0 }, new double[] { 10_000, 0, 0, 0 })]
    [InlineData(new double[] { 9_340, 40, 570, 50 }, new double[] { 9_340, 40, 570, 50 })]
    [InlineData(new double[] { 9_340, 40, 570, 50 }, new double[] { 8_340, 40, 1_570, 50 })]
    [InlineData(new double[] { 7_000, 1_000, 1_500, 500 }, new double[] { 7_000, 1_000, 1_500, 500 })] // 10 times 20 % cannot be: 2xx decide
    [InlineData(new double[] { 0, 8_000, 2_000, 0 }, new double[] { 0, 8_000, 2_000, 0 })] // as do 2xx+3xx where there are no 2xx
    public void Tells_which_share_of_errors_exceeds_it(double[] baseline, double[] updated)
    {
        var share = ErrorRateLimit.ShareToExceed(Sample(baseline), Sample(updated), reserve: 0)!.Value;

        Assert.Equal(HealthOutcome.Healthy, With(share - 0.001).Outcome);
        Assert.Equal(HealthOutcome.Cancel, With(share + 0.001).Outcome);
        Assert.InRange(ErrorRateLimit.ShareToExceed(Sample(baseline), Sample(updated), reserve: 0.1) ?? 1, share, 1);

        HealthVerdict With(double errors) =>
            ErrorRateLimit.Judge(
                Sample(baseline),
                Sample([.. updated.Select((hits, status) => (hits * (1 - errors)) + (status == 3 ? errors * updated.Sum() : 0))]),
                1,
                notActing: null
            );
    }

    [Theory]
    [InlineData(new double[] { 0, 0, 0, 0 })]
    [InlineData(new double[] { 0, 0, 9_000, 1_000 })]
    public void No_share_of_errors_exceeds_it_where_nothing_was_answered_well(double[] baseline) =>
        Assert.Null(ErrorRateLimit.ShareToExceed(Sample(baseline), Sample(baseline), reserve: 0));

    private static TrafficSample Sample(double[] hits) => new(hits[0], hits[1], hits[2], hits[3]);
}
