using PropertyManager.Domain.Configuration;

namespace PropertyManager.Domain.Tests.Configuration;

public sealed class PropertyVersionDocumentTests
{
    private const string Rules = "\"rules\": { \"name\": \"default\" }";

    [Fact]
    public void Hostnames_note_and_rule_format_are_read_beside_the_rules()
    {
        var document = PropertyVersionDocument
            .Parse(
                $$"""
                { {{Rules}}, "note": "Moves the shop", "ruleFormat": "v2024-02-12", "etag": "x",
                  "hostnames": [ { "cnameFrom": "WWW.Shop.example", "cnameTo": "shop.example.edgekey.net" }, "img.shop.example" ] }
                """
            )
            .Value!;

        Assert.Equal(("Moves the shop", "v2024-02-12"), (document.Note, document.RuleFormat));
        Assert.Equal(
            [new("www.shop.example", "shop.example.edgekey.net"), new("img.shop.example", "img.shop.example.edgekey.net")],
            document.Hostnames
        );
    }

    [Fact]
    public void Everything_but_the_rules_may_be_left_out()
    {
        var document = PropertyVersionDocument.Parse($$"""{ {{Rules}} }""").Value!;

        Assert.Empty(document.Hostnames);
        Assert.Null(document.Note);
        Assert.Equal("v2025-10-16", document.RuleFormat);
    }

    [Theory]
    [InlineData("\"hostnames\": {}", "/hostnames", "must be an array")]
    [InlineData("\"hostnames\": [ 1 ]", "/hostnames/0", "not a number")]
    [InlineData("\"hostnames\": [ {} ]", "/hostnames/0", "no \"cnameFrom\"")]
    [InlineData("\"hostnames\": [ { \"cnameFrom\": 5 } ]", "/hostnames/0/cnameFrom", "must be a string")]
    [InlineData("\"hostnames\": [ { \"cnameFrom\": \"a.example\", \"migratedFromLegacy\": 1 } ]", "/hostnames/0/migratedFromLegacy", "true or false")]
    [InlineData("\"hostnames\": [ \"www.büro.example\" ]", "/hostnames/0", "internationalized")]
    [InlineData("\"hostnames\": [ \"-a.example\" ]", "/hostnames/0", "not a host name")]
    [InlineData("\"hostnames\": [ \"a,b.example\" ]", "/hostnames/0", "not a host name")]
    [InlineData("\"hostnames\": [ \"*.example\" ]", "/hostnames/0", "two labels")]
    [InlineData("\"hostnames\": [ \"a.*.example\" ]", "/hostnames/0", "first label")]
    [InlineData("\"hostnames\": [ { \"cnameFrom\": \"a.example\", \"cnameTo\": \"*.a.edgekey.net\" } ]", "/hostnames/0/cnameTo", "not a host name")]
    [InlineData("\"hostnames\": [ \"a..example\" ]", "/hostnames/0", "not a host name")]
    [InlineData("\"hostnames\": [ \"localhost\" ]", "/hostnames/0", "one label")]
    [InlineData("\"hostnames\": [ \"192.0.2.1\" ]", "/hostnames/0", "address")]
    [InlineData("\"hostnames\": [ \"a.example\", \"A.example\" ]", "/hostnames/1", "\"a.example\" is listed twice, first at /hostnames/0")]
    [InlineData("\"hostnames\": [ { \"cnameFrom\": \"a.example\", \"cnameTo\": \"x y\" } ]", "/hostnames/0/cnameTo", "edge hostname")]
    [InlineData("\"note\": 5", "/note", "must be a string")]
    [InlineData("\"ruleFormat\": \"newest\"", "/ruleFormat", "not a rule format")]
    public void What_is_wrong_beside_the_rules_is_named_by_pointer_and_line(string field, string at, string message)
    {
        var problem = Assert.Single(PropertyVersionDocument.Parse($"{{ {Rules},\n{field} }}").Problems);

        Assert.Equal((at, 2), (problem.Pointer, problem.Line));
        Assert.Contains(message, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Problems_of_rules_and_hostnames_are_told_together() =>
        Assert.Equal<string>(
            ["/rules/criteria", "/hostnames/0"],
            PropertyVersionDocument
                .Parse("""{ "rules": { "name": "default", "criteria": 1 }, "hostnames": [ "x" ] }""")
                .Problems.Select(p => p.Pointer)
                .ToArray()
        );

    [Fact]
    public void Wildcards_stand_beside_the_names_they_are_made_of_and_underscores_are_kept()
    {
        var document = PropertyVersionDocument
            .Parse($$"""{ {{Rules}}, "hostnames": [ "*.App.shop.example", "app.shop.example", "my_app.shop.example" ] }""")
            .Value!;

        Assert.Equal<HostnameEntry>(
            [
                new("*.app.shop.example", "app.shop.example.edgekey.net"),
                new("app.shop.example", "app.shop.example.edgekey.net"),
                new("my_app.shop.example", "my_app.shop.example.edgekey.net"),
            ],
            document.Hostnames
        );
        Assert.Equal(document.Hostnames, PropertyVersionDocument.Parse(document.Write()).Value!.Hostnames);
    }

    [Fact]
    public void Labels_of_64_and_names_of_254_characters_are_too_long()
    {
        Assert.Null(HostnameSyntax.Fault(new string('a', 63) + ".example"));
        Assert.Contains("64 characters", HostnameSyntax.Fault(new string('a', 64) + ".example"), StringComparison.Ordinal);
        Assert.Contains("254", HostnameSyntax.Fault(string.Concat(Enumerable.Repeat("a.", 123)) + "examples"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_draft_keeps_what_could_not_be_saved()
    {
        var rules = new RuleTree(new Rule("default"), "of the tree");
        var draft = new PropertyVersionDocument(
            rules,
            [new("a.example", "no edge"), new("old.example", "e.net", MigratedFromLegacy: true)],
            "n",
            "v2025-10-16"
        );
        var nameless = draft with { Rules = new RuleTree(new Rule("default") { Children = [new Rule("")] }) };

        Assert.Equal(draft.Write(), PropertyVersionDocument.ReadDraft(draft.Write(), nameless)!.Write());
        var read = PropertyVersionDocument.ReadDraft(nameless.Write(), draft)!;
        Assert.Same(rules, read.Rules);
        Assert.Equal(draft.Hostnames, read.Hostnames);
        Assert.Equal(RuleTreeJson.Parse(PropertyVersionDocument.RulesIn(draft.Write())).Value!.Comments, rules.Comments);
        Assert.Null(PropertyVersionDocument.ReadDraft("{", draft));
        Assert.Null(PropertyVersionDocument.ReadDraft("[]", draft));
    }
}
