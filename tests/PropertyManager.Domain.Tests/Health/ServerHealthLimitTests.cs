using PropertyManager.Domain.Health;

namespace PropertyManager.Domain.Tests.Health;

public sealed class ServerHealthLimitTests
{
    [Theory]
    [InlineData(0, 0, 0, 1_000, HealthOutcome.NotMeasured)]
    [InlineData(60, 3, 0, 1_000, HealthOutcome.Cancel)] // 5 % of 60
    [InlineData(61, 3, 0, 1_000, HealthOutcome.Healthy)] // under 5 %
    [InlineData(10, 2, 0, 1_000, HealthOutcome.Healthy)] // under 3 servers
    [InlineData(10, 3, 0, 1_000, HealthOutcome.Cancel)]
    [InlineData(60, 30, 9, 1_000, HealthOutcome.Cancel)] // 0.9 % of the others too
    [InlineData(60, 30, 10, 1_000, HealthOutcome.Healthy)] // 1 % of the others: it is not the version
    [InlineData(60, 30, 0, 0, HealthOutcome.Cancel)] // there are no others any more
    public void Acts_when_the_updated_servers_alone_are_harmed(int servers, int harmed, int othersHarmed, int others, HealthOutcome outcome) =>
        Assert.Equal(outcome, ServerHealthLimit.Judge(new(servers, harmed), new(others, othersHarmed)).Outcome);

    [Fact]
    public void Says_what_was_measured() =>
        Assert.Equal(
            "1,200 of 4,000 updated servers (30.0 %) are harmed: 1,000 down, 200 rebooting; 0.1 % of the others are",
            ServerHealthLimit.Judge(new(4_000, 1_000, Rebooting: 200), new(10_000, 10)).Evidence
        );
}
