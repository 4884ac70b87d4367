using System.Text.Json;
using System.Text.Json.Nodes;
using PropertyManager.Domain.Configuration;
using PropertyManager.Domain.Configuration.Comparison;
using PropertyManager.Domain.Configuration.Evaluation;
using PropertyManager.Web.Features.Try;

namespace PropertyManager.Web.Tests.Papi;

/// <summary>
/// Small inputs on which clients and people failed: rule trees as they exported them, settings, command lines. They are files, and are sent as they
/// are. CP code 1000001 is none of the demo account's: its warning is expected everywhere.
/// </summary>
public sealed class CaseTests(PapiApp app) : IClassFixture<PapiApp>
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Cases");

    [Theory]
    [InlineData("cpcode-in-unconditional-child.json")]
    [InlineData("adaptive-acceleration-mpulse-spelling.json")]
    [InlineData("wildcard-hostname.json")]
    [InlineData("retired-behavior-in-its-own-format.json")]
    [InlineData("grouping-rules-noise.json")]
    [InlineData("redirect-elsewhere-before-hostnames.json")]
    [InlineData("key-order-v1.json")]
    [InlineData("key-order-v2-sorted.json")]
    [InlineData("invisible-difference-crlf.json")]
    public async Task The_rules_have_no_error(string file)
    {
        var reply = await PutAsync(file);

        Assert.Equal(200, reply.Status);
        Assert.True(reply.Json!["errors"] is null, reply.Json["errors"]?.ToJsonString());
        Assert.Contains("generic_behavior_issue.cpcode_not_available", reply.Json["warnings"]!.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_choice_in_another_case_is_a_warning_that_spells_it() =>
        Assert.Contains(Titles(await PutAsync("adaptive-acceleration-mpulse-spelling.json")), title => title == "A choice in another case");

    [Fact]
    public async Task A_behavior_that_was_retired_later_is_a_warning_in_its_own_format() =>
        Assert.Contains(Titles(await PutAsync("retired-behavior-in-its-own-format.json")), title => title == "A retired behavior");

    [Fact]
    public async Task Among_grouping_rules_the_redirect_that_goes_in_circles_stands_out()
    {
        var titles = Titles(await PutAsync("grouping-rules-noise.json"));

        Assert.Equal("The redirect can go in circles", titles[0]);
        Assert.DoesNotContain("The rule always matches", titles, StringComparer.Ordinal);
        Assert.True(titles.Count <= 3, string.Join(", ", titles));
    }

    [Fact]
    public async Task A_redirect_elsewhere_is_no_circle_before_hostnames_are_saved() =>
        Assert.DoesNotContain(
            "The redirect can go in circles",
            Titles(await PutAsync("redirect-elsewhere-before-hostnames.json")),
            StringComparer.Ordinal
        );

    [Fact]
    public async Task A_wildcard_and_the_name_it_is_made_of_are_both_kept()
    {
        var client = await app.ClientAsync();
        var path = $"{await client.MakeAsync()}/versions/1/hostnames";
        var file = JsonNode.Parse(Read("wildcard-hostname.json"))!;

        var put = await client.PutAsync(path, file["hostnames"]!.ToJsonString());
        var import = PropertyVersionDocument.Parse(Read("wildcard-hostname.json"));

        string[] names = ["*.app.shop.example", "app.shop.example"];
        Assert.Equal(names, put.Items("hostnames").Select(item => (string)item!["cnameFrom"]!), StringComparer.Ordinal);
        Assert.Equal(names, import.Value!.Hostnames.Select(hostname => hostname.CnameFrom), StringComparer.Ordinal);
    }

    [Fact]
    public void The_order_of_keys_is_no_difference_to_anybody()
    {
        var (one, other) = (Tree("key-order-v1.json"), Tree("key-order-v2-sorted.json"));

        Assert.Equal(Xml(one), Xml(other));
        Assert.True(RuleTreeComparison.Same(one, other));
        Assert.Empty(RuleTreeComparison.Between(one, other).Rules);
    }

    [Fact]
    public void A_line_end_that_cannot_be_seen_is_a_difference()
    {
        var (one, other) = (Tree("invisible-difference-crlf.json"), Tree("invisible-difference-lf.json"));

        Assert.NotEqual(Xml(one), Xml(other), StringComparer.Ordinal);
        Assert.NotEmpty(RuleTreeComparison.Between(one, other).Rules);
    }

    [Fact]
    public async Task The_first_rule_format_is_a_client_s_setting_and_a_media_type()
    {
        var client = await app.ClientAsync("editor@demo.example");
        var path = $"{await client.MakeAsync()}/versions/1/rules";

        var settings = await client.PutAsync("/papi/v1/client-settings", Read("client-settings-2015.json"));
        var rules = await client.PutAsync(path, PapiProperties.Rules, "application/vnd.akamai.papirules.v2015-08-08+json");

        Assert.Equal((200, "v2015-08-08"), (settings.Status, (string?)settings.Json!["ruleFormat"]));
        Assert.Equal((200, "v2015-08-08"), (rules.Status, (string?)rules.Json!["ruleFormat"]));
    }

    [Fact]
    public async Task A_comma_too_many_is_told_in_a_sentence()
    {
        var reply = await PutAsync("trailing-comma.json");

        Assert.Equal(400, reply.Status);
        Assert.Contains("unexpected comma before the closing brace", reply.Json!["errors"]![0]!["detail"]!.ToString(), StringComparison.Ordinal);
        Assert.Matches("[Ll]ine [0-9]+, column [0-9]+", reply.Detail);
        Assert.DoesNotContain("reader options", reply.Text, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Command_lines_are_requests_as_people_copy_them()
    {
        var on = new EdgeRequest("GET", "https", "www.shop.example", "/");

        Assert.All(
            JsonSerializer.Deserialize<string[]>(Read("curl-lines.json"))!,
            line =>
            {
                var reading = CurlLine.Read(line, on);
                Assert.True(reading.Request is { Host: "www.shop.example" }, $"{line}: {reading.Fault}");
            }
        );
    }

    private async Task<PapiReply> PutAsync(string file)
    {
        var client = await app.ClientAsync();
        var path = $"{await client.MakeAsync()}/versions/1/rules?validateRules=true";
        var text = Read(file);
        // In the format that the file names.
        var format = file == "trailing-comma.json" ? null : (string?)JsonNode.Parse(text)!["ruleFormat"];
        return await client.PutAsync(path, text, format is null ? "application/json" : $"application/vnd.akamai.papirules.{format}+json");
    }

    private static List<string> Titles(PapiReply reply) => [.. reply.Json!["warnings"]!.AsArray().Select(warning => (string)warning!["title"]!)];

    private static RuleTree Tree(string file) => RuleTreeJson.Parse(Read(file)).Value!;

    private static string Xml(RuleTree tree) =>
        MetadataXml.Write(new MetadataDocument("shop.example", "prp_1", 1, "prd_SPM", "act_1", PropertyVersionDocument.DefaultRuleFormat, [], tree));

    private static string Read(string file) => File.ReadAllText(Path.Combine(Folder, file));
}
