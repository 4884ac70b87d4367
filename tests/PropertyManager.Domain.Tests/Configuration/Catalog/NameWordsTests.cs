using System.Text.Json;
using System.Text.RegularExpressions;
using PropertyManager.Domain.Configuration.Catalog;

namespace PropertyManager.Domain.Tests.Configuration.Catalog;

public sealed partial class NameWordsTests
{
    public static TheoryData<string> Described => [.. RuleCatalog.Behaviors.Keys, .. RuleCatalog.Criteria.Keys];

    [Theory]
    [InlineData("cacheKeyRewrite", "Cache Key Rewrite", "Cache key rewrite")]
    [InlineData("allowHTTPSDowngrade", "Allow HTTPS Downgrade", "Allow HTTPS downgrade")]
    [InlineData("matchCpCode", "Match CP Code", "Match CP code")]
    [InlineData("waitingRoomCpCode", "Waiting Room CP Code", "Waiting room CP code")]
    [InlineData("clientIpVersion", "Client IP Version", "Client IP version")]
    [InlineData("abTesting", "AB Testing", "AB testing")]
    [InlineData("mPulse", "mPulse", "mPulse")]
    [InlineData("enforceMtlsSettings", "Enforce mTLS Settings", "Enforce mTLS settings")]
    [InlineData("edgeWorkersFailure", "EdgeWorkers Failure", "EdgeWorkers failure")]
    [InlineData("g2oheader", "G2O Header", "G2O header")]
    [InlineData("altSvcHeader", "Alt-Svc Header", "Alt-Svc header")]
    [InlineData("useXForwardedFor", "Use X-Forwarded-For", "Use X-Forwarded-For")]
    [InlineData("savePostDcaProcessing", "Save Post DCA Processing", "Save post DCA processing")]
    [InlineData("visitorPrioritizationQueueIt", "Visitor Prioritization Queue-it", "Visitor prioritization Queue-it")]
    [InlineData("dynamicThroughtputOptimization", "Dynamic Throughput Optimization", "Dynamic throughput optimization")]
    [InlineData("monitorStatusCodes1EnableRetry", "Monitor Status Codes 1 Enable Retry", "Monitor status codes 1 enable retry")]
    [InlineData("redirecturl", "Redirect URL", "Redirect URL")]
    [InlineData("http2", "HTTP/2", "HTTP/2")]
    [InlineData("ipv4Prefix", "IPv4 Prefix", "IPv4 prefix")]
    [InlineData("SUBJECT_DN", "Subject DN", "Subject DN")]
    [InlineData("DELETE", "DELETE", "DELETE")]
    [InlineData("is_secure", "Is Secure", "Is secure")]
    [InlineData("my-own:thing", "my-own:thing", "my-own:thing")]
    [InlineData("", "", "")]
    public void A_name_is_put_in_words(string name, string title, string sentence) =>
        Assert.Equal((title, sentence), (NameWords.Title(name), NameWords.Sentence(name)));

    [Theory]
    [MemberData(nameof(Described))]
    public void Labels_are_as_people_write_them(string name)
    {
        var item = RuleCatalog.Behaviors.GetValueOrDefault(name) ?? RuleCatalog.Criteria[name];
        Assert.Empty(Broken(item.Label));
        Assert.All(item.Options.Concat(item.Options.SelectMany(option => option.Fields)), option => Assert.Empty(Broken(option.Label)));
        Assert.All(item.Options.SelectMany(option => option.Choices), choice => Assert.Empty(Broken(choice.Label)));
        Assert.All(item.Kept, kept => Assert.Empty(Broken(RuleCatalog.OptionLabel(item, kept))));
    }

    [Theory]
    [MemberData(nameof(Described))]
    public void A_label_says_by_itself_which_option_it_is(string name)
    {
        var item = RuleCatalog.Behaviors.GetValueOrDefault(name) ?? RuleCatalog.Criteria[name];

        Assert.Empty(
            item.Options.GroupBy(option => option.Label, StringComparer.OrdinalIgnoreCase).Where(same => same.Count() > 1).Select(same => same.Key)
        );
        Assert.All(item.Options, option => Assert.DoesNotMatch("^(Their|Its|Then)( |$)", option.Label));
        Assert.All(item.Options, option => Assert.True(SentenceCase().IsMatch(option.Label), option.Label));
    }

    [Fact]
    public void Names_that_are_not_described_are_put_in_words_too()
    {
        Assert.All(RuleCatalog.BehaviorNames, name => Assert.Empty(Broken(RuleCatalog.BehaviorLabel(name))));
        Assert.All(RuleCatalog.CriterionNames, name => Assert.Empty(Broken(RuleCatalog.CriterionLabel(name))));
    }

    [PublicCatalogFact]
    public void So_are_all_options_of_the_public_catalog()
    {
        using var document = PublicCatalogFactAttribute.Open();
        var options = Options(document.RootElement.GetProperty("behaviors")).Concat(Options(document.RootElement.GetProperty("criteria")));
        Assert.All(options, option => Assert.Empty(Broken(NameWords.Sentence(option))));

        static IEnumerable<string> Options(JsonElement items) =>
            items
                .EnumerateObject()
                .SelectMany(item =>
                    item.Value.TryGetProperty("options", out var options)
                        ? options.EnumerateObject().Select(o => o.Name).Concat(Options(options))
                        : []
                );
    }

    [Theory]
    [InlineData("Ab Logic")]
    [InlineData("Cp code")]
    [InlineData("Use Http only")]
    [InlineData("cp Code")]
    [InlineData("Redirecturl")]
    [InlineData("Branded403 file")]
    [InlineData("REGEX_REPLACE")]
    public void A_label_with_a_broken_word_is_found(string label) => Assert.NotEmpty(Broken(label));

    [Fact]
    public void The_option_of_an_AB_test_is_called_so() =>
        Assert.Equal("AB test logic", RuleCatalog.OptionLabel(RuleCatalog.Behaviors["adaptiveAcceleration"], "abLogic"));

    [Theory]
    [InlineData("adaptiveAcceleration", "preloadEnable", "on")]
    [InlineData("adaptiveAcceleration", "enablePush", "off")]
    [InlineData("cacheError", "preserveStale", "on")]
    [InlineData("corsSupport", "preflightMaxAge", "1 day")]
    [InlineData("corsSupport", "methods", "GET, POST")]
    [InlineData("sureRoute", "raceStatTtl", "30 minutes")]
    [InlineData("prefreshCache", "prefreshval", "90")]
    [InlineData("redirect", "queryString", "Keep")]
    [InlineData("redirect", "responseCode", "302 Found, temporary")]
    [InlineData("corsSupport", "exposeHeaders", null)] // an empty list
    [InlineData("constructResponse", "body", null)] // an empty text
    [InlineData("caching", "ttl", null)] // it has to be set
    [InlineData("cpCode", "value", null)]
    public void An_option_that_is_not_set_is_what_the_catalog_has_for_it(string behavior, string option, string? words) =>
        Assert.Equal(words, DefaultWords.Of(RuleCatalog.Behaviors[behavior].Find(option)!));

    private static IEnumerable<string> Broken(string label) =>
        Abbreviation().Matches(label).Concat(Together().Matches(label)).Concat(Constant().Matches(label)).Select(match => match.Value);

    /// <summary>Abbreviations that are written otherwise, as words of their own.</summary>
    [GeneratedRegex(
        @"\b(?:Ab|Acl|Adc|Aes|Api|Arn|Asn|Aws|Cdn|Cidr|Cname|Cors|Cp|Css|Dash|Dns|Dvr|Esi|Etag|Fifo|Fips|Gcs|Guid|Gzip|Hls|Hmac|Hsts|Html|Https?|Ids?|Ips?|Ipv[46]|Json|Jwks|Jwt|Md5|Mp4"
            + @"|Mtls|Ocsp|Os|Pdf|Pem|Quic|Rum|Saas|Sdk|Sha|Sni|Ssl|Tcp|Tls|Ttls?|Udp|Uid|Uris?|Urls?|Uuid|Vpn|Waf|Xml|Dn|Im|Mpulse|mpulse|cp|ip|http|https|url|tls|ttl|json|dns|xml)\b",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Abbreviation();

    /// <summary>What is written apart: <c>redirecturl</c>, <c>branded403</c>.</summary>
    [GeneratedRegex(
        @"[a-z]{3}(url|list|var)\b(?<!whitelist|allowlist|blocklist|playlist)|\b(?!base)[A-Z]?[a-z]{4,}[0-9]",
        RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase,
        1000
    )]
    private static partial Regex Together();

    /// <summary>A constant or a name as programs write it.</summary>
    [GeneratedRegex(@"[A-Za-z]_[A-Za-z]", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Constant();

    /// <summary>One capital at the beginning, and others only in names and abbreviations.</summary>
    [GeneratedRegex(
        @"^([A-Z*0-9][^ ]*)( ([a-z0-9?*(-][^ ]*|[A-Z0-9]{2,}[^ ]*|X-[^ ]*|HTTP/[23]|True-[^ ]*|Cache-Control|Content-Length|Cloud|Wrapper|NetStorage|SaaS|Media|Services|Live|Host|Google|IPs|Brotli|Vary|Image|Expires|Set-Cookie))*$",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex SentenceCase();
}
