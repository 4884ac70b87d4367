using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using PropertyManager.Domain.Configuration;
using PropertyManager.Domain.Configuration.Catalog;

namespace PropertyManager.Domain.Tests.Configuration.Catalog;

public sealed class RuleCatalogTests
{
    private const string DescribedBehaviors =
        "origin cpCode caching downstreamCache cacheKeyQueryParams cacheKeyIgnoreCase cacheError prefreshCache gzipResponse redirect redirectplus "
        + "denyAccess constructResponse failAction modifyIncomingRequestHeader modifyOutgoingRequestHeader modifyIncomingResponseHeader "
        + "modifyOutgoingResponseHeader setVariable rewriteUrl baseDirectory allowPost allowPut allowDelete allowOptions allowPatch "
        + "webApplicationFirewall segmentedContentProtection tieredDistribution sureRoute http2 http3 prefetch prefetchable largeFileOptimization "
        + "imageManager removeQueryParameter removeVary timeout report corsSupport siteShield originCharacteristics strictHeaderParsing allHttpInCacheHierarchy "
        + "edgeRedirector advanced adaptiveAcceleration allowHTTPSCacheKeySharing allowTransferEncoding brotli cacheId cachePost cacheRedirect "
        + "contentCharacteristics edgeScape enhancedAkamaiProtocol healthDetection httpStrictTransportSecurity readTimeout realUserMonitoring "
        + "segmentedMediaOptimization validateEntityTag verifyTokenAuthorization webSockets";

    private const string DescribedCriteria =
        "path fileExtension filename hostname requestMethod requestProtocol requestHeader requestCookie queryStringParameter userLocation clientIp "
        + "userAgent contentType matchResponseCode responseHeader bucket random time cacheability variableError matchVariable metadataStage "
        + "requestType tokenAuthorization contentDeliveryNetwork originTimeout regularExpression";

    /// <summary>What a new one cannot know: something that is made elsewhere, a secret, a name of one's own.</summary>
    private static readonly Dictionary<string, string> ToFillIn = new(StringComparer.Ordinal)
    {
        ["origin"] = "hostname",
        ["cpCode"] = "value",
        ["setVariable"] = "variableName",
        ["edgeRedirector"] = "cloudletPolicy",
        ["webApplicationFirewall"] = "firewallConfiguration",
        ["siteShield"] = "ssmap",
        ["segmentedContentProtection"] = "key",
        ["verifyTokenAuthorization"] = "key",
        ["imageManager"] = "cpCodeOriginal cpCodeTransformed",
        ["hostname"] = "values",
        ["clientIp"] = "values",
        ["matchVariable"] = "variableName",
        ["variableError"] = "variableNames",
    };

    public static TheoryData<string> Names => [.. RuleCatalog.Behaviors.Keys, .. RuleCatalog.Criteria.Keys];

    [Fact]
    public void All_names_of_the_rule_format_are_known() =>
        Assert.Equal((234, 46), (RuleCatalog.BehaviorNames.Count, RuleCatalog.CriterionNames.Count));

    [Fact]
    public void Those_that_people_meet_most_are_described()
    {
        Assert.Equal(DescribedBehaviors.Split(' ').Order(StringComparer.Ordinal), RuleCatalog.Behaviors.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(DescribedCriteria.Split(' ').Order(StringComparer.Ordinal), RuleCatalog.Criteria.Keys.Order(StringComparer.Ordinal));
        Assert.Empty(RuleCatalog.Behaviors.Keys.Except(RuleCatalog.BehaviorNames, StringComparer.Ordinal));
        Assert.Empty(RuleCatalog.Criteria.Keys.Except(RuleCatalog.CriterionNames, StringComparer.Ordinal));
        Assert.Empty(RuleCatalog.Replacements.Values.Except(RuleCatalog.BehaviorNames, StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_description_is_whole(string name)
    {
        var item = Item(name);

        Assert.Equal(
            item.Options.Count + item.Kept.Count,
            item.Options.Select(o => o.Name).Concat(item.Kept).Distinct(StringComparer.Ordinal).Count()
        );
        Assert.EndsWith(".", item.Help, StringComparison.Ordinal);
        Assert.All(
            item.Options,
            option =>
            {
                Assert.NotEmpty(option.Label);
                Assert.Equal(option.Type is OptionType.Choice or OptionType.Choices, option.Choices.Count > 0);
                Assert.Equal(option.Choices.Count, option.Choices.DistinctBy(choice => choice.Value, StringComparer.Ordinal).Count());
                Assert.Equal(option.Choices.Count, option.Choices.DistinctBy(choice => choice.Label, StringComparer.Ordinal).Count());
                Assert.Equal(option.Pattern is null, option.PatternWords is null);
            }
        );
        // A condition names an option that is there, with values that it can have.
        foreach (var when in item.Options.SelectMany(option => option.When.Concat(option.OrWhen.SelectMany(set => set))))
        {
            var other = item.Find(when.Option)!;
            Assert.All(
                when.Values,
                value =>
                    Assert.Contains(
                        value,
                        other.Type == OptionType.Switch ? ["true", "false"] : other.Choices.Select(c => c.Value),
                        StringComparer.Ordinal
                    )
            );
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Defaults_are_values_that_the_options_can_have(string name)
    {
        foreach (var option in Item(name).Options.Where(option => option.Default is not null))
        {
            var value = option.Default!.Value;
            Assert.True(Fits(option, value), $"{name}.{option.Name}: {value}");
            if (option.Pattern is { } pattern)
            {
                string[] texts =
                    value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray().Select(t => t.GetString()!)] : [value.GetString()!];
                Assert.All(
                    texts.Where(text => text.Length > 0),
                    text => Assert.Matches(new Regex(pattern, RegexOptions.None, TimeSpan.FromSeconds(1)), text)
                );
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_new_one_has_all_that_it_needs_except_what_nobody_can_guess(string name)
    {
        var item = Item(name);
        var options = RuleCatalog.Behaviors.ContainsKey(name) ? RuleCatalog.Start(item).Options : RuleCatalog.StartCriterion(item).Options;

        var missing = item.Options.Where(o => o.Required && RuleCatalog.IsShown(o, options) && IsOpen(options.Find(o.Name))).Select(o => o.Name);
        Assert.Equal(ToFillIn.GetValueOrDefault(name) ?? "", string.Join(' ', missing));
        Assert.All(options, field => Assert.True(RuleCatalog.IsShown(item.Find(field.Key)!, options), $"{field.Key} is not on the form"));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void What_nobody_can_guess_is_there_and_empty(string name)
    {
        var item = Item(name);
        var options = RuleCatalog.Behaviors.ContainsKey(name) ? RuleCatalog.Start(item).Options : RuleCatalog.StartCriterion(item).Options;

        var absent = item.Options.Where(o => o.Required && RuleCatalog.IsShown(o, options) && options.Find(o.Name) is null);
        Assert.All(absent, option => Assert.Contains(option.Type, new[] { OptionType.Switch, OptionType.Integer, OptionType.Number }));
    }

    private static bool IsOpen(JsonElement? value) => value is null || value.Value.GetRawText() is "\"\"" or "[]" or "{}";

    [Theory]
    [InlineData("""{}""", "ttl mustRevalidate")]
    [InlineData("""{ "behavior": "NO_STORE" }""", "")]
    [InlineData("""{ "behavior": "EXPIRES" }""", "defaultTtl mustRevalidate")]
    [InlineData("""{ "behavior": "CACHE_CONTROL" }""", "defaultTtl mustRevalidate enhancedRfcSupport honorPrivate honorMustRevalidate")]
    [InlineData("""{ "behavior": 7 }""", "")]
    public void An_option_is_on_the_form_while_its_conditions_hold(string options, string shown)
    {
        var set = OptionSet.Parse(options);

        Assert.Equal(
            shown,
            string.Join(' ', RuleCatalog.Behaviors["caching"].Options.Skip(1).Where(o => RuleCatalog.IsShown(o, set)).Select(o => o.Name))
        );
    }

    [Theory]
    [InlineData("""{ "action": "ADD", "standardAddHeaderName": "USER_AGENT", "standardDeleteHeaderName": "OTHER" }""", false)]
    [InlineData("""{ "action": "DELETE", "standardAddHeaderName": "USER_AGENT", "standardDeleteHeaderName": "OTHER" }""", true)]
    [InlineData("""{ "action": "REGEX" }""", true)]
    public void A_header_is_named_where_the_list_of_its_action_says_another(string options, bool shown) =>
        Assert.Equal(
            shown,
            RuleCatalog.IsShown(RuleCatalog.Behaviors["modifyOutgoingRequestHeader"].Find("customHeaderName")!, OptionSet.Parse(options))
        );

    [Theory]
    [InlineData("cachng", "caching")]
    [InlineData("CPCODE", "cpCode")]
    [InlineData("gzipResponce", "gzipResponse")]
    [InlineData("origin", "origin")]
    [InlineData("somethingQuiteDifferent", null)]
    [InlineData("", null)]
    [InlineData("x", null)]
    public void The_nearest_name_is_the_one_with_the_fewest_changes(string name, string? nearest) =>
        Assert.Equal(nearest, RuleCatalog.Nearest(name, RuleCatalog.BehaviorNames));

    [Fact]
    public void What_is_deprecated_names_what_takes_its_place() =>
        Assert.Equal("use mPulse instead", RuleCatalog.Behaviors["realUserMonitoring"].Deprecated);

    private static CatalogItem Item(string name) => RuleCatalog.Behaviors.GetValueOrDefault(name) ?? RuleCatalog.Criteria[name];

    private static bool Fits(CatalogOption option, JsonElement value) =>
        option.Type switch
        {
            OptionType.Switch => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
            OptionType.Integer => value.TryGetInt64(out var number) && number >= (option.Min ?? number) && number <= (option.Max ?? number),
            OptionType.Choice => option.Choices.Any(choice =>
                value.ValueKind == JsonValueKind.Number ? choice.Value == value.GetRawText() : choice.Value == value.GetString()
            ),
            OptionType.Choices => value.EnumerateArray().All(item => option.Choices.Any(choice => choice.Value == item.GetString())),
            OptionType.Texts => value.ValueKind == JsonValueKind.Array,
            OptionType.Duration => Regex.IsMatch(value.GetString()!, "^[0-9]+[dhms]$", RegexOptions.None, TimeSpan.FromSeconds(1)),
            OptionType.Moment => DateTimeOffset.TryParse(value.GetString(), CultureInfo.InvariantCulture, out _),
            _ => value.ValueKind == JsonValueKind.String,
        };
}
