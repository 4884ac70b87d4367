using System.Xml.Linq;
using PropertyManager.Domain.Configuration;
using PropertyManager.Domain.Properties;
using PropertyManager.Web.Data.Demo;

namespace PropertyManager.Web.Tests.Data;

public sealed class DemoCatalogTests
{
    private static readonly DemoData Demo = DemoCatalog.Read();

    public static TheoryData<string> Properties => [.. Demo.Properties.Select(property => property.Id)];

    [Fact]
    public void There_are_three_accounts_and_twelve_properties_that_belong_to_them()
    {
        Assert.Equal((3, 12), (Demo.Accounts.Count, Demo.Properties.Count));
        foreach (var property in Demo.Properties)
        {
            var account = Demo.Accounts.Single(a => a.Id == property.Account);
            Assert.Contains(property.Contract, account.Contracts.Select(c => c.Id), StringComparer.Ordinal);
            Assert.Contains(property.Product, Demo.Products.Select(p => p.Id), StringComparer.Ordinal);
            var parents = account.Groups.ToDictionary(g => g.Id, g => g.Parent, StringComparer.Ordinal);
            Assert.Null(parents[parents[parents[property.Group]!]!]); // the third level
        }
    }

    [Fact]
    public void Parents_stand_before_their_children_and_ids_are_unique()
    {
        foreach (var account in Demo.Accounts)
        {
            var seen = new HashSet<string>(StringComparer.Ordinal);
            foreach (var group in account.Groups)
            {
                Assert.True(group.Parent is null ? seen.Count == 0 : seen.Contains(group.Parent));
                Assert.True(seen.Add(group.Id));
            }
        }

        Unique(Demo.Properties.Select(p => p.Id));
        Unique(Demo.Properties.SelectMany(p => p.CpCodes).Select(c => c.Id));
        Unique(Demo.Properties.SelectMany(p => p.EdgeHostnames).SelectMany(e => new[] { e.Id, e.Name }));
    }

    [Fact]
    public void A_hostname_belongs_to_one_property_only() =>
        Unique(Demo.Properties.SelectMany(p => p.Versions.SelectMany(v => v.Hostnames).Select(h => h.CnameFrom).Distinct(StringComparer.Ordinal)));

    [Theory]
    [MemberData(nameof(Properties))]
    public void Every_version_validates_without_errors_and_gives_well_formed_XML(string id)
    {
        var property = Find(id);
        Assert.InRange(property.Versions.Count, 4, 6);
        foreach (var version in property.Versions)
        {
            Assert.DoesNotContain(RuleTreeValidator.Validate(version.Rules, version.Hostnames), m => m.Severity == Severity.Error);
            XDocument.Parse(MetadataXml.Write(Document(property, version)));
            var text = RuleTreeJson.Write(version.Rules);
            Assert.True(text.Split('\n').Length > 300, "several hundred lines of JSON");
            Assert.Equal(text, RuleTreeJson.Write(RuleTreeJson.Parse(text).Value!));
        }
    }

    [Theory]
    [MemberData(nameof(Properties))]
    public void Every_behavior_and_criterion_is_written_in_a_form_of_its_own(string id)
    {
        var property = Find(id);
        foreach (var version in property.Versions)
        {
            var xml = MetadataXml.Write(Document(property, version));
            Assert.DoesNotContain("<akamai:behavior name=", xml, StringComparison.Ordinal);
            Assert.DoesNotContain("<match:criterion name=", xml, StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Properties))]
    public void Every_version_differs_from_the_one_it_is_based_on_and_is_younger(string id)
    {
        var property = Find(id);
        Assert.Equal(Enumerable.Range(1, property.Versions.Count), property.Versions.Select(v => v.Number));
        foreach (var version in property.Versions.Skip(1))
        {
            var before = property.Versions[version.BasedOn!.Value - 1];
            Assert.True(version.Age < before.Age);
            Assert.False(MetadataXml.WriteForDiff(Document(property, version)) == MetadataXml.WriteForDiff(Document(property, before)));
        }
    }

    [Theory]
    [MemberData(nameof(Properties))]
    public void Activations_tell_one_consistent_story(string id)
    {
        var property = Find(id);
        foreach (var network in Enum.GetValues<DemoNetwork>())
        {
            DemoActivation? onNetwork = null;
            foreach (var activation in property.Activations.Where(a => a.Network == network))
            {
                var version = property.Versions[activation.Version - 1];
                Assert.True(activation.Age < version.Age, $"v{version.Number} was activated before it was made");
                Assert.True(onNetwork is null || activation.Age <= onNetwork.Age - onNetwork.Duration, "two at once");
                Assert.Equal(activation.Outcome is DemoOutcome.Aborted or DemoOutcome.Failed, activation.Cause is not null);
                if (activation.Cause is not null)
                {
                    continue;
                }

                if (activation.Type == DemoActivationType.Deactivate)
                {
                    Assert.Equal(activation.Version, onNetwork!.Version);
                    Assert.Equal((DemoOutcome.Deactivated, DemoOutcome.Deactivated), (activation.Outcome, onNetwork.Outcome));
                    onNetwork = null;
                    continue;
                }

                Assert.True(onNetwork is null || onNetwork.Outcome == DemoOutcome.Inactive, "what is replaced becomes inactive");
                if (activation.Type == DemoActivationType.FastFallback)
                {
                    Assert.InRange(onNetwork!.Age - onNetwork.Duration - activation.Age, TimeSpan.Zero, TimeSpan.FromMinutes(60));
                }

                onNetwork = activation;
            }

            Assert.Equal(onNetwork is null ? 0 : 1, property.Activations.Count(a => a.Network == network && a.Outcome == DemoOutcome.Active));
            Assert.True(onNetwork is null or { Outcome: DemoOutcome.Active });
        }
    }

    [Fact]
    public void Between_them_the_properties_show_what_there_is_to_show()
    {
        var activations = Demo.Properties.SelectMany(p => p.Activations).ToList();
        Assert.Equal(Enum.GetValues<DemoOutcome>(), activations.Select(a => a.Outcome).Distinct().Order());
        Assert.Equal(Enum.GetValues<DemoActivationType>(), activations.Select(a => a.Type).Distinct().Order());
        Assert.Equal(Enum.GetValues<DemoCauseKind>(), activations.Select(a => a.Cause).OfType<DemoCause>().Select(c => c.Kind).Distinct().Order());
        Assert.Single(Demo.Properties, p => p.Activations.All(a => a.Network == DemoNetwork.Staging));
        Assert.Single(Demo.Properties, p => p.Traffic.HitsPerSecond < 1000);
        Assert.Contains(Demo.Properties, p => RuleTreeFacts.UsesAdvancedMetadata(p.Versions[^1].Rules));
        Assert.Contains(
            Demo.Properties,
            p => p.Versions.Skip(1).Any(v => HostnameChanges.Between(p.Versions[v.Number - 2].Hostnames, v.Hostnames).Count > 10)
        );
    }

    [Theory]
    [MemberData(nameof(Properties))]
    public void What_a_property_refers_to_exists(string id)
    {
        string[] people = ["viewer", "editor", "publisher", "admin", "support"];
        var property = Find(id);
        Assert.Equal(
            1,
            property.Traffic.Mix.Ok2xx + property.Traffic.Mix.Redirect3xx + property.Traffic.Mix.ClientError4xx + property.Traffic.Mix.ServerError5xx,
            6
        );
        Assert.InRange(property.Traffic.HitsPerSecond, 40, 45_000);
        Assert.All(
            property.Versions,
            v => Assert.Contains(v.Author.Replace("@demo.example", "", StringComparison.Ordinal), people, StringComparer.Ordinal)
        );
        Assert.All(
            property.Activations,
            a => Assert.Contains(a.By.Replace("@demo.example", "", StringComparison.Ordinal), people, StringComparer.Ordinal)
        );
        var edges = property.EdgeHostnames.Select(e => e.Name).ToHashSet(StringComparer.Ordinal);
        Assert.All(property.Versions.SelectMany(v => v.Hostnames), h => Assert.Contains(h.EdgeHostname, edges));
        var cpCodes = property.CpCodes.Select(c => c.Id).ToHashSet(StringComparer.Ordinal);
        Assert.All(
            property.Versions.SelectMany(v => v.Rules.Rules()).SelectMany(r => r.Rule.Behaviors).Where(b => b.Name == "cpCode"),
            b => Assert.Contains($"cpc_{b.Options.Find("value")!.Value.GetProperty("id")}", cpCodes)
        );
        Assert.All(
            property.Versions.SelectMany(v => v.Hostnames).Select(h => h.CnameFrom),
            host => Assert.Matches(@"\.example(\.(com|net|org))?$", host)
        );
    }

    [Theory]
    [MemberData(nameof(Properties))]
    public void An_audience_asks_the_hostnames_that_serve_now_for_what_can_be_asked(string id)
    {
        var property = Find(id);
        var serving = property.Activations.SingleOrDefault(a => a is { Network: DemoNetwork.Production, Outcome: DemoOutcome.Active });
        var hostnames = property.Versions[(serving?.Version ?? property.Versions.Count) - 1].Hostnames.Select(h => h.CnameFrom).ToList();
        Assert.InRange(property.Audience.Count, 8, 20);
        Assert.All(property.Audience, request => Assert.Empty(AudienceCheck.Problems(request, hostnames)));
        Assert.Equal(property.Audience.Count, property.Audience.Distinct().Count());
        // Whatever a rule asks for, most of the traffic is not an attack, and comes as a browser over TLS does.
        var all = property.Audience.Sum(request => request.Weight);
        Assert.InRange(property.Audience.Where(request => request.Scheme == "http").Sum(request => request.Weight) / all, 0.001, 0.05);
    }

    [Fact]
    public void Some_of_the_audiences_come_from_a_certain_country_some_are_crawlers_and_some_send_something()
    {
        var requests = Demo.Properties.SelectMany(property => property.Audience).ToList();
        Assert.Contains(requests, request => request.Country == "RU");
        Assert.Contains(requests, request => request.UserAgent.Contains("Googlebot", StringComparison.Ordinal));
        Assert.Contains(requests, request => request.Method == "POST");
        Assert.Contains(requests, request => request.OriginStatus == 404);
    }

    private static void Unique(IEnumerable<string> values) =>
        Assert.Empty(values.GroupBy(value => value, StringComparer.Ordinal).Where(group => group.Count() > 1).Select(group => group.Key));

    private static DemoProperty Find(string id) => Demo.Properties.Single(property => property.Id == id);

    private static MetadataDocument Document(DemoProperty property, DemoVersion version) =>
        new(property.Name, property.Id, version.Number, property.Product, property.Account, version.RuleFormat, version.Hostnames, version.Rules);
}
