using System.Text.Json.Nodes;

namespace PropertyManager.Web.Tests.Papi;

public sealed class AccountResourcesTests(PapiApp app) : IClassFixture<PapiApp>
{
    private const string Editor = "editor@demo.example";

    [Fact]
    public async Task Contracts_are_those_of_the_groups_that_the_client_sees()
    {
        var client = await app.ClientAsync(Editor);

        var reply = await client.GetAsync("/papi/v1/contracts/");

        Assert.Equal((200, "act_1"), (reply.Status, (string?)reply.Json!["accountId"]));
        Assert.Equal(["ctr_1-NWT001", "ctr_1-NWT002"], Texts(reply.Json["contracts"], "contractId"), StringComparer.Ordinal);
    }

    [Fact]
    public async Task A_client_that_sees_nothing_gets_empty_lists()
    {
        var client = await app.ClientAsync(Editor, c => c.Groups = [987_654]);

        Assert.Empty((await client.GetAsync("/papi/v1/contracts")).Json!["contracts"]!["items"]!.AsArray());
        Assert.Empty((await client.GetAsync("/papi/v1/groups")).Json!["groups"]!["items"]!.AsArray());
        var unseen = await client.GetAsync("/papi/v1/products?contractId=ctr_1-NWT001");
        Assert.Equal((404, "There is no contract ctr_1-NWT001, or not one that this client may see."), (unseen.Status, unseen.Detail));
    }

    [Fact]
    public async Task Groups_nest_and_stand_at_the_top_where_their_parent_is_not_seen()
    {
        var client = await app.ClientAsync(Editor, c => c.Groups = [10_010]);

        var reply = await client.GetAsync("/papi/v1/groups");

        Assert.Equal("Northwind Group", (string?)reply.Json!["accountName"]);
        var groups = reply.Json["groups"]!["items"]!.AsArray();
        Assert.Equal(["grp_10010", "grp_10012"], Texts(reply.Json["groups"], "groupId"), StringComparer.Ordinal);
        Assert.Null(groups[0]!["parentGroupId"]);
        Assert.Equal("grp_10010", (string?)groups[1]!["parentGroupId"]);
        Assert.Equal("ctr_1-NWT001", (string?)groups[1]!["contractIds"]![0]);
    }

    [Fact]
    public async Task Products_are_those_of_a_contract()
    {
        var client = await app.ClientAsync(Editor);

        Assert.Contains(
            "prd_Fresca",
            Texts((await client.GetAsync("/papi/v1/products?contractId=1-NWT001")).Json!["products"], "productId"),
            StringComparer.Ordinal
        );
        Assert.Contains("contractId", (await client.GetAsync("/papi/v1/products")).Detail, StringComparison.Ordinal);
        Assert.Equal(404, (await client.GetAsync("/papi/v1/products?contractId=ctr_2-LUM001")).Status);
    }

    [Fact]
    public async Task The_products_of_the_demo_are_known()
    {
        var known = PropertyManager.Domain.Properties.Product.All.Select(product => product.Id);

        Assert.Equal(PropertyManager.Web.Data.Demo.DemoCatalog.Read().Products.Select(product => product.Id), known, StringComparer.Ordinal);
        Assert.Equal(200, (await (await app.ClientAsync()).GetAsync("/papi/v1/products/prd_SPM/mapping-use-cases?contractId=ctr_1-NWT001")).Status);
    }

    [Fact]
    public async Task Products_tell_their_use_cases_where_they_have_any_and_an_unknown_product_is_not_found()
    {
        var client = await app.ClientAsync(Editor);
        const string query = "mapping-use-cases?contractId=ctr_1-NWT001";

        var downloads = await client.GetAsync($"/papi/v1/products/Download_Delivery/{query}");
        var site = await client.GetAsync($"/papi/v1/products/SPM/{query}");

        Assert.Equal(
            """[{"type":"GLOBAL","options":["FOREGROUND","BACKGROUND"],"useCase":"Download_Mode"}]""",
            downloads.Json!["useCases"]!.ToJsonString()
        );
        Assert.Equal((200, "{}"), (site.Status, site.Text));
        Assert.Equal(404, (await client.GetAsync($"/papi/v1/products/prd_Nothing/{query}")).Status);
    }

    [Fact]
    public async Task Rule_formats_name_the_latest_and_the_dated_ones()
    {
        var reply = await (await app.ClientAsync()).GetAsync("/papi/v1/rule-formats");

        var names = reply.Json!["ruleFormats"]!["items"]!.AsArray().Select(item => (string)item!).ToList();
        Assert.Equal(["latest", "v2025-10-16"], names.Take(2), StringComparer.Ordinal);
        Assert.Equal(("v2015-08-08", 31), (names[^1], names.Count));
        Assert.Equal(names.Skip(1).OrderDescending(StringComparer.Ordinal), names.Skip(1), StringComparer.Ordinal);
    }

    [Fact]
    public async Task Identifiers_have_no_prefix_where_the_request_wants_none()
    {
        var client = await app.ClientAsync(Editor);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/papi/v1/groups");
        request.Headers.Add("PAPI-Use-Prefixes", "false");
        client.Sign(request, null);

        var reply = await client.SendAsync(request);

        var group = reply.Json!["groups"]!["items"]![0]!;
        Assert.Equal(("1", "10001", "1-NWT001"), ((string?)reply.Json["accountId"], (string?)group["groupId"], (string?)group["contractIds"]![0]));
    }

    [Fact]
    public async Task Settings_are_changed_in_part_and_count_at_once()
    {
        var client = await app.ClientAsync(Editor);

        var first = await client.GetAsync("/papi/v1/client-settings");
        Assert.Equal(("v2025-10-16", true), ((string?)first.Json!["ruleFormat"], (bool)first.Json["usePrefixes"]!));
        Assert.Equal(200, (await client.PutAsync("/papi/v1/client-settings", """{"usePrefixes":false}""")).Status);
        Assert.Equal(200, (await client.PutAsync("/papi/v1/client-settings", """{"ruleFormat":"latest"}""")).Status);

        var then = await client.GetAsync("/papi/v1/client-settings");
        Assert.Equal(("latest", false), ((string?)then.Json!["ruleFormat"], (bool)then.Json["usePrefixes"]!));
        Assert.Equal("10001", (string?)(await client.GetAsync("/papi/v1/groups")).Json!["groups"]!["items"]![0]!["groupId"]);
    }

    [Theory]
    [InlineData("""{"ruleFormat":"v2015-08-08","usePrefixes":true}""", "v2015-08-08")]
    [InlineData("""{"ruleFormat":"","usePrefixes":""}""", "v2015-08-08")]
    [InlineData("""{"ruleFormat":null,"usePrefixes":null}""", "v2015-08-08")]
    public async Task A_setting_that_is_empty_or_null_stays_as_it_is(string body, string format)
    {
        var client = await app.ClientAsync(Editor);
        await client.PutAsync("/papi/v1/client-settings", """{"ruleFormat":"v2015-08-08","usePrefixes":true}""");

        var reply = await client.PutAsync("/papi/v1/client-settings", body);

        Assert.Equal((200, format, true), (reply.Status, (string?)reply.Json!["ruleFormat"], (bool)reply.Json["usePrefixes"]!));
    }

    [Fact]
    public async Task A_format_that_never_was_is_refused_with_those_that_are()
    {
        var reply = await (await app.ClientAsync(Editor)).PutAsync("/papi/v1/client-settings", """{"ruleFormat":"v2024-10-20"}""");

        Assert.Equal(400, reply.Status);
        Assert.Contains("v2024-10-21, v2024-08-13, ", reply.Detail, StringComparison.Ordinal);
        Assert.EndsWith(" and v2015-08-08.", reply.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"ruleFormat":"v1999-01-01"}""")]
    [InlineData("""{"usePrefixes":"perhaps"}""")]
    [InlineData("""{"usePrefixes":""")]
    [InlineData("null")]
    public async Task Settings_that_there_cannot_be_are_a_problem(string body)
    {
        var client = await app.ClientAsync(Editor);

        var reply = await client.PutAsync("/papi/v1/client-settings", body);

        Assert.Equal((400, "application/problem+json"), (reply.Status, reply.MediaType));
    }

    [Fact]
    public async Task A_client_that_only_reads_keeps_its_settings()
    {
        var client = await app.ClientAsync(change: c => c.IsReadOnly = true);

        Assert.Equal(403, (await client.PutAsync("/papi/v1/client-settings", """{"usePrefixes":false}""")).Status);
        Assert.True((bool)(await client.GetAsync("/papi/v1/client-settings")).Json!["usePrefixes"]!);
    }

    internal static IEnumerable<string> Texts(JsonNode? list, string member) => list!["items"]!.AsArray().Select(item => (string)item![member]!);
}
