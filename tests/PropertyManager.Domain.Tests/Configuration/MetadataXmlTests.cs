using System.Xml.Linq;
using FsCheck;
using FsCheck.Fluent;
using PropertyManager.Domain.Configuration;
using PropertyManager.Domain.Configuration.Catalog;
using PropertyManager.Domain.Tests.Configuration.Comparison;

namespace PropertyManager.Domain.Tests.Configuration;

public sealed class MetadataXmlTests
{
    [Fact]
    public void The_document_is_written_in_one_canonical_way()
    {
        var xml = MetadataXml.Write(
            Document(
                """
                { "name": "default", "options": { "is_secure": true },
                  "behaviors": [
                    { "name": "origin", "options": { "originType": "CUSTOMER", "hostname": "origin.shop.example", "httpPort": 80, "compress": true } },
                    { "name": "cpCode", "options": { "value": { "id": 12345 } } } ],
                  "children": [
                    { "name": "Static images", "comments": "ask the <design> team",
                      "criteria": [ { "name": "fileExtension", "options": { "matchOperator": "IS_ONE_OF", "values": [ "jpg", "png" ], "matchCaseSensitive": false } } ],
                      "behaviors": [ { "name": "caching", "options": { "behavior": "MAX_AGE", "mustRevalidate": false, "ttl": "7d" } } ] } ] }
                """
            )
        );

        var body = xml[xml.IndexOf("    <comment:note", StringComparison.Ordinal)..];
        Assert.Equal(
            """
                <comment:note value="Generator: 1.2, rule format: v2025-10-16"/>
                <comment:note value="Property name: shop.example, version: 4"/>
                <comment:note value="Product: prd_SPM"/>
                <comment:note value="Asset: prp_1"/>
                <comment:note value="Account: act_1"/>
                <comment:note value="Hostname: img.shop.example -&gt; shop.edgekey.net"/>
                <comment:note value="Hostname: www.shop.example -&gt; shop.edgekey.net"/>
                <config:secure value="on"/>

                <comment:note value="rule: default"/>
                <forward:origin-server>
                    <host>origin.shop.example</host>
                    <origin-type>CUSTOMER</origin-type>
                    <second-hostname-enabled>off</second-hostname-enabled>
                    <forward-host-header>REQUEST_HOST_HEADER</forward-host-header>
                    <cache-key-hostname>REQUEST_HOST_HEADER</cache-key-hostname>
                    <ip-version>IPV4</ip-version>
                    <use-unique-cache-key>off</use-unique-cache-key>
                    <compress>on</compress>
                    <enable-true-client-ip>off</enable-true-client-ip>
                    <verification-mode>PLATFORM_SETTINGS</verification-mode>
                    <origin-sni>on</origin-sni>
                    <http-port>80</http-port>
                    <https-port>443</https-port>
                    <min-tls-version>DYNAMIC</min-tls-version>
                    <max-tls-version>DYNAMIC</max-tls-version>
                    <http2-enabled>off</http2-enabled>
                </forward:origin-server>
                <reporting:cp-code>
                    <id>12345</id>
                    <akamai:option name="enableDefaultContentProviderCode" value="off"/>
                </reporting:cp-code>

                <comment:note value="rule: default / Static images"/>
                <comment:note value="rule comments: ask the &lt;design&gt; team"/>
                <match:uri.ext value="jpg png" case="off" result="true">
                    <cache:no-store>off</cache:no-store>
                    <cache:max-age>7d</cache:max-age>
                    <cache:directives>
                        <must-revalidate>off</must-revalidate>
                    </cache:directives>
                </match:uri.ext>
            </configs>

            """.ReplaceLineEndings("\n"),
            body
        );
    }

    [Fact]
    public void Only_notes_tell_one_version_from_another_and_a_comparison_leaves_them_out()
    {
        var four = Document("""{ "name": "default", "behaviors": [] }""");
        var five = four with { Version = 5, RuleFormat = "v2024-02-12", Rules = four.Rules with { Comments = "again" } };

        Assert.Equal(MetadataXml.WriteForDiff(four), MetadataXml.WriteForDiff(five));
        Assert.False(MetadataXml.Write(four) == MetadataXml.Write(five));
        var differing = Lines(MetadataXml.Write(five)).Except(Lines(MetadataXml.Write(four)), StringComparer.Ordinal).ToList();
        Assert.Equal(3, differing.Count);
        Assert.All(differing, line => Assert.Contains("comment:note", line, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(
        "path",
        """{ "matchOperator": "DOES_NOT_MATCH_ONE_OF", "values": [ "/a b", "/c*" ] }""",
        """<match:uri.wildcard value="/a\ b /c*" case="off" normalize="off" result="false">"""
    )]
    [InlineData("requestMethod", """{ "matchOperator": "IS", "value": "POST" }""", """<match:request.method value="POST" result="true">""")]
    [InlineData(
        "userLocation",
        """{ "field": "COUNTRY", "matchOperator": "IS_NOT_ONE_OF", "countryValues": [ "DE" ] }""",
        """<match:request.location by="COUNTRY" country="DE" check="BOTH" first-forwarded-for-only="off" result="false">"""
    )]
    [InlineData(
        "requestHeader",
        """{ "matchOperator": "EXISTS", "headerName": "X-A" }""",
        """<match:request.header name="X-A" name-wildcard="off" operator="exists" result="true">"""
    )]
    [InlineData("neverSeen", """{ "matchOperator": "IS", "depth": 3 }""", """<match:criterion name="neverSeen" result="true">""")]
    public void A_criterion_wraps_what_it_guards(string name, string options, string line)
    {
        var xml = MetadataXml.Write(
            Document($$"""{ "name": "default", "criteria": [ { "name": "{{name}}", "options": {{options}} } ], "behaviors": [] }""")
        );

        Assert.Contains(line, xml, StringComparison.Ordinal);
        XDocument.Parse(xml);
    }

    [Fact]
    public void Any_of_several_criteria_sets_a_variable_that_guards_the_rule()
    {
        var xml = MetadataXml.Write(
            Document(
                """
                { "name": "default", "behaviors": [], "children": [ { "name": "Own people", "criteriaMustSatisfy": "any",
                  "criteria": [ { "name": "clientIp", "options": { "values": [ "192.0.2.0/24" ] } }, { "name": "requestHeader", "options": { "headerName": "X-Staff" } } ],
                  "behaviors": [ { "name": "prefetch", "options": { "enabled": true } } ] } ] }
                """
            )
        );

        var root = XDocument.Parse(xml).Root!;
        var guarded = root.Elements().Last();
        Assert.Equal("variable", guarded.Name.LocalName);
        Assert.Equal("ANY_OWN_PEOPLE", guarded.Attribute("name")!.Value);
        Assert.Equal("prefetch", Assert.Single(guarded.Elements()).Name.LocalName);
        Assert.Equal<string>(["off", "on", "on"], [.. root.Descendants("value").Select(v => v.Value)]);
    }

    /// <summary>Whoever reads it would have the machine's name in the document.</summary>
    private const string External = "<!DOCTYPE a [<!ENTITY e SYSTEM \"file:///etc/hostname\">]><a>&e;</a>";

    [Fact]
    public void Advanced_metadata_is_taken_over_when_it_is_well_formed_and_kept_as_text_when_not()
    {
        var good = Advanced("<match:uri.ext value='a &amp; b'><cache:max-age unit='x'>1h</cache:max-age><network:x/></match:uri.ext>");
        Assert.Contains(
            "<match:uri.ext value=\"a &amp; b\">\n        <cache:max-age unit=\"x\">1h</cache:max-age>\n        <network:x/>\n",
            good,
            StringComparison.Ordinal
        );

        foreach (
            var bad in new[] { "<a>", "</configs><configs>", "text", "<!-- c --><a/>", "<a xmlns='u'/>", "<a>x<b/></a>", External, "<a>&e;</a>" }
        )
        {
            var kept = XDocument.Parse(Advanced(bad)).Descendants().Single(e => e.Name.LocalName == "advanced");
            Assert.Equal(bad, kept.Value);
        }
    }

    [Fact]
    public void Whatever_the_tree_holds_the_document_is_well_formed_and_always_the_same() =>
        Prop.ForAll(
                Trees.Any.ToArbitrary(),
                tree =>
                {
                    var document = Document("""{ "name": "default", "behaviors": [] }""") with { Rules = tree };
                    var xml = MetadataXml.Write(document);
                    XDocument.Parse(xml);
                    return xml == MetadataXml.Write(document with { Rules = Trees.Parse(RuleTreeJson.Write(tree)) });
                }
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void The_same_tree_written_otherwise_is_the_same_document() =>
        Prop.ForAll(
                Gen.OneOf(Trees.Any, Trees.Described).Zip(Gen.Choose(0, int.MaxValue - 1)).ToArbitrary(),
                two =>
                {
                    var (tree, seed) = two;
                    var other = tree with { Default = new Edits(seed).Rewritten(tree.Default) };
                    var document = Document("""{ "name": "default", "behaviors": [] }""") with { Rules = tree };
                    return MetadataXml.Write(document) == MetadataXml.Write(document with { Rules = other });
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    [Theory]
    [InlineData(
        "key order",
        """ "ttl": "7d", "behavior": "MAX_AGE", "mustRevalidate": true """,
        """ "mustRevalidate": true, "behavior": "MAX_AGE", "ttl": "7d" """
    )]
    [InlineData("names that are not known", """ "b": 1, "a": 2, "ttl": "1d" """, """ "ttl": "1d", "a": 2, "b": 1 """)]
    [InlineData("an empty list", """ "ttl": "7d" """, """ "ttl": "7d", "list": [], "object": { "deep": [] } """)]
    [InlineData("a default", """ "ttl": "7d" """, """ "ttl": "7d", "behavior": "MAX_AGE", "mustRevalidate": false """)]
    [InlineData("a default that is not on the form", """ "behavior": "NO_STORE" """, """ "behavior": "NO_STORE", "honorNoStore": true """)]
    [InlineData("a heading of the form", """ "ttl": "7d" """, """ "ttl": "7d", "expirationSettings": "" """)]
    [InlineData("a number", """ "ttl": "7d", "n": 1 """, """ "ttl": "7d", "n": 1.0 """)]
    [InlineData("an object", """ "ttl": "7d", "o": [ { "a": 1, "b": 2 } ] """, """ "ttl": "7d", "o": [ { "b": 2, "a": 1 } ] """)]
    public void Two_ways_to_write_a_behavior_are_one_document(string what, string one, string other)
    {
        Assert.NotEmpty(what);
        Assert.Equal(Xml(Caching(one)), Xml(Caching(other)));

        static Rule Caching(string options) => new("default") { Behaviors = [new("caching", OptionSet.Parse($"{{{options}}}"))] };
    }

    [Fact]
    public void Facts_that_the_service_adds_to_a_cp_code_are_no_difference_and_its_number_is_one()
    {
        Assert.Equal(Xml(Code("""{ "id": 5 }""")), Xml(Code("""{ "createdDate": 1506429558000, "products": [ "SPM" ], "id": 5 }""")));
        Assert.False(Xml(Code("""{ "id": 5 }""")) == Xml(Code("""{ "id": 6 }""")));

        static Rule Code(string value) => new("default") { Behaviors = [new("cpCode", OptionSet.Parse($$"""{ "value": {{value}} }"""))] };
    }

    [Fact]
    public void An_example_that_a_form_starts_with_is_no_default()
    {
        // Required, or a text: to leave it out is something else than to write what the catalog starts with.
        var start = RuleCatalog.StartCriterion(RuleCatalog.Criteria["path"]);

        var written = Xml(new Rule("default") { Criteria = [start] });
        Assert.False(written == Xml(new Rule("default") { Criteria = [start with { Options = OptionSet.Empty }] }));
    }

    [Fact]
    public void Options_of_the_same_value_are_told_apart_by_name() =>
        Assert.False(
            MetadataXml.Write(Document("""{ "name": "default", "behaviors": [ { "name": "readTimeout", "options": { "value": "5s" } } ] }"""))
                == MetadataXml.Write(
                    Document("""{ "name": "default", "behaviors": [ { "name": "readTimeout", "options": { "firstByteTimeout": "5s" } } ] }""")
                )
        );

    [Theory]
    [InlineData("origin")]
    [InlineData("caching")]
    [InlineData("denyAccess")]
    [InlineData("corsSupport")]
    [InlineData("modifyIncomingRequestHeader")]
    [InlineData("webApplicationFirewall")]
    [InlineData("neverSeen")]
    [InlineData("advanced")]
    public void No_option_of_a_behavior_is_lost(string name)
    {
        var xml = MetadataXml.Write(
            Document(
                $$"""
                { "name": "default", "behaviors": [ { "name": "{{name}}", "options": {
                  "behavior": { "a": "kept-0" }, "ttl": "kept-1", "status": "kept-2", "headerValue": "kept-3", "newHeaderValue": "kept-4",
                  "list": [ "kept-5" ], "deep": { "x": [ { "y": "kept-6" } ] }, "odd name": "kept-7", "value": "kept-8" } } ] }
                """
            )
        );

        Assert.All(Enumerable.Range(0, 9), i => Assert.Contains($"kept-{i}", xml, StringComparison.Ordinal));
    }

    private static string Advanced(string xml) =>
        MetadataXml.Write(
            Document(
                $$"""{ "name": "default", "behaviors": [ { "name": "advanced", "options": { "xml": {{System.Text.Json.JsonSerializer.Serialize(xml)}} } } ] }"""
            )
        );

    private static string[] Lines(string text) => text.Split('\n');

    private static MetadataDocument Document(string rule) =>
        new(
            "shop.example",
            "prp_1",
            4,
            "prd_SPM",
            "act_1",
            "v2025-10-16",
            [new("www.shop.example", "shop.edgekey.net"), new("img.shop.example", "shop.edgekey.net")],
            Trees.Parse(rule)
        );

    public static TheoryData<string> DescribedBehaviors => [.. RuleCatalog.Behaviors.Keys];

    public static TheoryData<string> DescribedCriteria => [.. RuleCatalog.Criteria.Keys];

    [Theory]
    [MemberData(nameof(DescribedBehaviors))]
    public void A_described_behavior_has_an_element_of_its_own(string name) =>
        Assert.DoesNotContain(
            $"<akamai:behavior name=\"{name}\"",
            Xml(new Rule("default") { Behaviors = [RuleCatalog.Start(RuleCatalog.Behaviors[name])] }),
            StringComparison.Ordinal
        );

    [Theory]
    [MemberData(nameof(DescribedCriteria))]
    public void A_described_criterion_has_an_element_of_its_own(string name) =>
        Assert.DoesNotContain(
            $"<match:criterion name=\"{name}\"",
            Xml(new Rule("default") { Children = [new Rule("child") { Criteria = [RuleCatalog.StartCriterion(RuleCatalog.Criteria[name])] }] }),
            StringComparison.Ordinal
        );

    [Fact]
    public void A_choice_in_another_case_and_a_number_written_otherwise_are_the_same_to_the_edge()
    {
        static Rule Of(string action, string port) =>
            new("default")
            {
                Behaviors =
                [
                    new Behavior(
                        "modifyOutgoingRequestHeader",
                        OptionSet.Parse($$"""{ "action": "{{action}}", "standardDeleteHeaderName": "OTHER", "customHeaderName": "X-Shop" }""")
                    ),
                    new Behavior("origin", OptionSet.Parse($$"""{ "hostname": "o.example", "httpPort": {{port}} }""")),
                ],
            };

        Assert.Equal(Xml(Of("DELETE", "8080")), Xml(Of("delete", "8.08e3")));
    }

    private static string Xml(Rule rule) =>
        MetadataXml.Write(new MetadataDocument("p", "prp_1", 1, "prd_1", "act_1", "v2025-10-16", [], new RuleTree(rule)));
}
