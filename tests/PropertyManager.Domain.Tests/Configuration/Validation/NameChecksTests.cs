using PropertyManager.Domain.Configuration;
using static PropertyManager.Domain.Tests.Configuration.Validation.Validated;

namespace PropertyManager.Domain.Tests.Configuration.Validation;

public sealed class NameChecksTests
{
    [Theory]
    [InlineData("cachng", "Did you mean caching?")]
    [InlineData("nothingOfTheKind", "Correct its name, or remove it.")]
    public void An_unknown_behavior_is_an_error_that_names_the_nearest(string name, string hint)
    {
        var message = Assert.Single(Behavior(name, """{ "behavior": "NO_STORE" }"""));

        Assert.Equal((Severity.Error, "Unknown behavior", "/rules/children/0/behaviors/0"), (message.Severity, message.Title, message.Pointer));
        Assert.Equal("default / A", message.RulePath);
        Assert.EndsWith(hint, message.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_criterion_is_an_error_that_names_the_nearest()
    {
        var message = Assert.Single(Criterion("hostName", """{ "values": [ "www.shop.example" ] }"""));

        Assert.Equal((Severity.Error, "Unknown criterion", "/rules/children/0/criteria/0"), (message.Severity, message.Title, message.Pointer));
        Assert.EndsWith("Did you mean hostname?", message.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_that_is_only_kept_is_said_once_where_it_stands_first()
    {
        var kept = Of("edgeWorker", """{ "anything": [ 1, null ] }""");
        var message = Assert.Single(Children(Rule("A", Path("/a"), kept), Rule("B", Path("/b"), $"{kept}, {kept}")));

        Assert.Equal((Severity.Warning, "Kept, not evaluated here"), (message.Severity, message.Title));
        Assert.Equal(("/rules/children/0/behaviors/0", "default / A"), (message.Pointer, message.RulePath));
        Assert.Contains("edgeWorker is used 3 times", message.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void A_criterion_that_is_only_kept_is_said_too() =>
        Assert.Equal("Kept, not evaluated here", Assert.Single(Criterion("clientIpVersion", """{ "value": "IPV6" }""")).Title);

    [Fact]
    public void A_deprecated_behavior_names_what_takes_its_place()
    {
        var message = Assert.Single(Behavior("realUserMonitoring", """{ "enabled": true }"""));

        Assert.Equal((Severity.Warning, "A deprecated behavior"), (message.Severity, message.Title));
        Assert.Contains("mPulse", message.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void A_deprecated_behavior_that_is_not_described_gets_both_warnings() =>
        Assert.Equal<string>(["Kept, not evaluated here", "A deprecated behavior"], [.. Behavior("quicBeta", "{}").Select(m => m.Title)]);
}
