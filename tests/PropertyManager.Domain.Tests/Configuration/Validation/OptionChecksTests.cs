using PropertyManager.Domain.Configuration;
using PropertyManager.Domain.Configuration.Catalog;
using static PropertyManager.Domain.Tests.Configuration.Validation.Validated;

namespace PropertyManager.Domain.Tests.Configuration.Validation;

public sealed class OptionChecksTests
{
    public static TheoryData<string> NewBehaviors => [.. RuleCatalog.Behaviors.Keys];

    public static TheoryData<string> NewCriteria => [.. RuleCatalog.Criteria.Keys];

    [Theory]
    [InlineData("caching", """{ "behavior": "NO_STORE", "tttl": "1d" }""", "Unknown option", "/tttl", "Did you mean ttl?")]
    [InlineData("prefetch", """{ "enabled": true, "a/b~c": 1 }""", "Unknown option", "/a~1b~0c", "Remove it, or correct its name.")]
    [InlineData("prefetch", """{ "enabled": "yes" }""", "The wrong kind of value", "/enabled", "is a string, and must be true or false.")]
    [InlineData("cachePost", """{ "enabled": true, "useBody": 5 }""", "The wrong kind of value", "/useBody", "must be a text.")]
    [InlineData("cachePost", """{ "enabled": true, "useBody": "SHA" }""", "Not one of the choices", "/useBody", "must be one of IGNORE, MD5, QUERY.")]
    [InlineData(
        "redirectplus",
        """{ "destination": "https://a.example/x", "responseCode": 418 }""",
        "Not one of the choices",
        "/responseCode",
        "307."
    )]
    [InlineData(
        "redirectplus",
        """{ "destination": "https://a.example/x", "responseCode": "301" }""",
        "The wrong kind of value",
        "/responseCode",
        "a number."
    )]
    [InlineData("prefreshCache", """{ "prefreshval": 100 }""", "A number that is not allowed", "/prefreshval", "must be between 0 and 99.")]
    [InlineData("prefreshCache", """{ "prefreshval": 1.5 }""", "A number that is not allowed", "/prefreshval", "must be a whole number.")]
    [InlineData("prefreshCache", """{ "prefreshval": 50.00000000000000000001 }""", "A number that is not allowed", "/prefreshval", "a whole number.")]
    [InlineData("prefreshCache", """{ "prefreshval": 1e-1 }""", "A number that is not allowed", "/prefreshval", "must be a whole number.")]
    [InlineData("prefreshCache", """{ "prefreshval": -1e999 }""", "A number that is not allowed", "/prefreshval", "must be between 0 and 99.")]
    [InlineData(
        "healthDetection",
        """{ "retryCount": 1e999999999999999999999, "retryInterval": "10s" }""",
        "A number that is not allowed",
        "/retryCount",
        "18 digits."
    )]
    [InlineData("prefreshCache", """{ "prefreshval": [] }""", "The wrong kind of value", "/prefreshval", "is an array, and must be a number.")]
    [InlineData("timeout", """{ "value": "5 s" }""", "Not written as it should be", "/value", "such as 7d.")]
    [InlineData("timeout", """{ "value": "" }""", "A value is missing", "/value", "Fill it in.")]
    [InlineData("timeout", """{ "value": null }""", "A value is missing", "/value", "Fill it in.")]
    [InlineData("timeout", """{}""", "A value is missing", "/value", "Fill it in.")]
    [InlineData("baseDirectory", """{ "value": "/a" }""", "Not written as it should be", "/value", "such as /images/.")]
    [InlineData("baseDirectory", """{ "value": "/a/\n" }""", "Not written as it should be", "/value", "such as /images/.")]
    [InlineData(
        "cacheKeyQueryParams",
        """{ "behavior": "INCLUDE", "parameters": "a" }""",
        "The wrong kind of value",
        "/parameters",
        "a list of texts."
    )]
    [InlineData(
        "cacheKeyQueryParams",
        """{ "behavior": "INCLUDE", "parameters": [ "a", 7 ] }""",
        "The wrong kind of value",
        "/parameters/1",
        "stands in it."
    )]
    [InlineData("cacheKeyQueryParams", """{ "behavior": "INCLUDE", "parameters": [] }""", "A value is missing", "/parameters", "Fill it in.")]
    [InlineData("corsSupport", """{ "methods": [ "GET", "FETCH" ] }""", "Not one of the choices", "/methods/1", "others.")]
    [InlineData("siteShield", """{ "ssmap": "map" }""", "The wrong kind of value", "/ssmap", "must be an object.")]
    [InlineData("siteShield", """{ "ssmap": { "name": "map" } }""", "A value is missing", "/ssmap/value", "Fill it in.")]
    [InlineData("cpCode", """{ "value": { "id": 5, "name": 6 } }""", "The wrong kind of value", "/value/name", "must be a text.")]
    public void An_option_that_is_not_as_the_catalog_says_is_an_error(string name, string options, string title, string at, string end)
    {
        var message = Assert.Single(Behavior(name, options));

        Assert.Equal((Severity.Error, title), (message.Severity, message.Title));
        Assert.Equal("/rules/children/0/behaviors/0/options" + at, message.Pointer);
        Assert.EndsWith(end, message.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("caching", """{ "behavior": "NO_STORE", "ttl": 7, "defaultTtl": "?" }""")] // not on the form
    [InlineData("downstreamCache", """{ "behavior": "ALLOW", "allowBehavior": "LESSER", "ttl": "?" }""")]
    [InlineData("timeout", """{ "value": "{{builtin.AK_TIME}}" }""")]
    [InlineData("timeout", """{ "value": "10S" }""")]
    [InlineData("baseDirectory", """{ "value": "/{{builtin.AK_HOST}}" }""")]
    [InlineData("corsSupport", """{ "allowOrigins": "SPECIFIED", "origins": [ "https://{{builtin.AK_HOST}}/x", "https://a.example" ] }""")]
    [InlineData("prefetch", """{ "enabled": null }""")]
    [InlineData("prefetch", """{}""")]
    [InlineData("http2", """{ "enabled": "" }""")] // a heading that is only kept
    [InlineData("denyAccess", """{ "enabled": true }""")]
    [InlineData("segmentedContentProtection", """{ "key": "0xAB", "useAdvanced": true, "salt": "" }""")]
    [InlineData("siteShield", """{ "ssmap": { "value": "s1.akamaiedge.example", "src": "FALLBACK" } }""")]
    [InlineData("prefreshCache", """{ "prefreshval": 5.0 }""")]
    [InlineData("prefreshCache", """{ "prefreshval": 0.9E+2 }""")]
    [InlineData("prefreshCache", """{ "prefreshval": -0e0 }""")]
    [InlineData("redirectplus", """{ "destination": "https://a.example/x", "responseCode": 301.0 }""")]
    [InlineData("redirectplus", """{ "destination": "https://a.example/x", "responseCode": 3.01e2 }""")]
    [InlineData("cpCode", """{ "value": { "id": 1e3 } }""")]
    [InlineData("imageManager", """{ "cpCodeOriginal": { "id": 5.0 }, "cpCodeTransformed": { "id": 5e0 }, "policyTokenDefault": "a" }""")]
    public void What_the_catalog_allows_is_let_pass(string name, string options) => Assert.Empty(Behavior(name, options));

    [Fact]
    public void A_choice_in_another_case_is_that_choice_with_a_warning_that_spells_it()
    {
        var message = Assert.Single(Behavior("adaptiveAcceleration", """{ "source": "mPulse", "enablePreconnect": true, "preloadEnable": true }"""));

        Assert.Equal((Severity.Warning, "A choice in another case"), (message.Severity, message.Title));
        Assert.Equal("/rules/children/0/behaviors/0/options/source", message.Pointer);
        Assert.StartsWith("Adaptive Acceleration: ", message.Detail, StringComparison.Ordinal);
        Assert.EndsWith(" is \"mPulse\", which is taken as MPULSE: that is how the choice is spelled.", message.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("corsSupport", """{ "methods": [ "GET", "post" ] }""", "/methods/1")]
    [InlineData("cacheRedirect", """{ "enabled": "True" }""", "/enabled")]
    [InlineData("caching", """{ "behavior": "max_age", "ttl": "1d" }""", "/behavior")]
    public void So_it_is_in_lists_and_where_others_depend_on_it(string name, string options, string at)
    {
        var message = Assert.Single(Behavior(name, options));

        Assert.Equal((Severity.Warning, "/rules/children/0/behaviors/0/options" + at), (message.Severity, message.Pointer));
    }

    [Fact]
    public void What_a_choice_in_another_case_brings_with_it_is_checked() =>
        Assert.Equal(
            ["A choice in another case", "Caching without a time to live"],
            Behavior("caching", """{ "behavior": "Max_Age" }""").Select(message => message.Title).Order(StringComparer.Ordinal),
            StringComparer.Ordinal
        );

    [Fact]
    public void A_choice_in_another_case_that_is_not_on_the_form_is_let_pass() =>
        Assert.Empty(Behavior("downstreamCache", """{ "behavior": "BUST", "allowBehavior": "lesser" }"""));

    [Theory]
    [InlineData("path", """{ "values": [ "images/*" ] }""", "Not written as it should be", "/values/0")]
    [InlineData("fileExtension", """{ "values": [ "css", ".js" ] }""", "Not written as it should be", "/values/1")]
    [InlineData("bucket", """{ "percentage": 101 }""", "A number that is not allowed", "/percentage")]
    [InlineData("time", """{ "matchOperator": "BEGINNING", "beginDate": "tomorrow" }""", "Not written as it should be", "/beginDate")]
    [InlineData("requestHeader", """{ "matchOperator": "EXISTS" }""", "A value is missing", "/headerName")]
    [InlineData("requestMethod", """{ "matchOperator": "IS", "value": "fetch" }""", "Not one of the choices", "/value")]
    [InlineData("path", """{ "values": [] }""", "path compares with nothing", "/values")]
    [InlineData(
        "userLocation",
        """{ "field": "CONTINENT", "countryValues": [ "DE" ], "continentValues": [] }""",
        "userLocation compares with nothing",
        "/continentValues"
    )]
    public void The_same_goes_for_criteria(string name, string options, string title, string at)
    {
        var message = Assert.Single(Criterion(name, options));

        Assert.Equal((Severity.Error, title), (message.Severity, message.Title));
        Assert.Equal("/rules/children/0/criteria/0/options" + at, message.Pointer);
    }

    [Theory]
    [InlineData("requestCookie", """{ "cookieName": "a", "matchOperator": "IS_BETWEEN", "lowerBound": "{{builtin.AK_X}}", "upperBound": 5 }""")]
    [InlineData("fileExtension", """{ "values": [ "" ] }""")]
    [InlineData("time", """{ "matchOperator": "BEGINNING", "beginDate": "2027-03-01T08:00:00+01:00" }""")]
    public void And_what_they_may_hold(string name, string options) => Assert.Empty(Criterion(name, options));

    [Theory]
    [MemberData(nameof(NewBehaviors))]
    public void A_new_behavior_has_no_errors_but_for_what_is_to_be_filled_in(string name)
    {
        var started = RuleCatalog.Start(RuleCatalog.Behaviors[name]);

        OnlyMissing(Behavior(name, Json(started.Options)), RuleCatalog.Behaviors[name]);
    }

    [Theory]
    [MemberData(nameof(NewCriteria))]
    public void A_new_criterion_has_no_errors_but_for_what_is_to_be_filled_in(string name)
    {
        var started = RuleCatalog.StartCriterion(RuleCatalog.Criteria[name]);

        OnlyMissing(Criterion(name, Json(started.Options)), RuleCatalog.Criteria[name]);
    }

    private static void OnlyMissing(IReadOnlyList<ValidationMessage> messages, CatalogItem item) =>
        Assert.All(
            messages.Where(message => message.Severity == Severity.Error),
            message =>
                Assert.Contains(
                    item.Options,
                    option => option.Default is null && message.Pointer.EndsWith($"/options/{option.Name}", StringComparison.Ordinal)
                )
        );

    private static string Json(OptionSet options) =>
        $"{{{string.Join(',', options.Select(option => $"\"{option.Key}\":{option.Value.GetRawText()}"))}}}";
}
