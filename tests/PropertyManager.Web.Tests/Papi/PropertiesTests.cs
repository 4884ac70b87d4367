using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PropertyManager.Domain;
using PropertyManager.Web.Data;

namespace PropertyManager.Web.Tests.Papi;

public sealed class PropertiesTests(PapiApp app) : IClassFixture<PapiApp>
{
    private const string Properties = $"/papi/v1/properties?{PapiProperties.Scope}";

    [Theory]
    [InlineData("contractId=ctr_1-NWT001&groupId=grp_10012")]
    [InlineData("contractId=1-NWT001&groupId=10012")]
    public async Task The_properties_of_a_group_are_listed_with_what_is_active(string scope)
    {
        var client = await app.ClientAsync();

        var reply = await client.GetAsync($"/papi/v1/properties/?{scope}");

        Assert.Equal(200, reply.Status);
        var shop = reply.Items("properties").Single(item => (string?)item!["propertyName"] == "www.northwind.example")!;
        Assert.Equal(("ctr_1-NWT001", "grp_10012"), ((string)shop["contractId"]!, (string)shop["groupId"]!));
        Assert.StartsWith("prp_", (string)shop["propertyId"]!, StringComparison.Ordinal);
        Assert.NotNull((int?)shop["productionVersion"]);
    }

    [Fact]
    public async Task Identifiers_come_without_prefixes_where_that_is_asked_for()
    {
        var client = await app.ClientAsync(change: row => row.UsePrefixes = false);

        var path = await client.MakeAsync();
        var item = (await client.GetAsync(path)).Items("properties")[0]!;

        Assert.Equal(("1-NWT001", "10012", "Fresca"), ((string)item["contractId"]!, (string)item["groupId"]!, (string)item["productId"]!));
        Assert.Matches("^[0-9]+$", (string)item["propertyId"]!);
    }

    [Fact]
    public async Task A_list_needs_contract_and_group()
    {
        var client = await app.ClientAsync();

        var without = await client.GetAsync("/papi/v1/properties?groupId=grp_10012");
        var other = await client.GetAsync("/papi/v1/properties?contractId=ctr_nothing&groupId=grp_10012");

        Assert.Equal((400, 404), (without.Status, other.Status));
    }

    [Fact]
    public async Task What_changed_lately_is_found_everywhere()
    {
        var client = await app.ClientAsync();
        var made = await client.MakeAsync();

        var lately = await client.GetAsync("/papi/v1/properties?modifiedSince=PT10M");
        var activated = await client.GetAsync("/papi/v1/properties?modifiedSince=PT10M&modifiedNetwork=BOTH");
        var wrong = await client.GetAsync("/papi/v1/properties?modifiedSince=yesterday");

        Assert.Contains(lately.Items("properties"), item => made.EndsWith((string)item!["propertyId"]!, StringComparison.Ordinal));
        Assert.DoesNotContain(activated.Items("properties"), item => made.EndsWith((string)item!["propertyId"]!, StringComparison.Ordinal));
        Assert.Equal(400, wrong.Status);
    }

    [Fact]
    public async Task What_changed_lately_is_found_within_a_contract_or_a_group_where_one_is_named()
    {
        var client = await app.ClientAsync("support@demo.example");
        var made = await (await app.ClientAsync()).MakeAsync();

        Assert.True(await IsFoundAsync("&contractId=1-NWT001"));
        Assert.True(await IsFoundAsync("&groupId=10012"));
        Assert.False(await IsFoundAsync("&contractId=2-LUM001"));
        Assert.False(await IsFoundAsync("&groupId=20021"));
        Assert.Equal(404, (await client.GetAsync("/papi/v1/properties?modifiedSince=PT10M&contractId=ctr_nothing")).Status);

        async Task<bool> IsFoundAsync(string place) =>
            (await client.GetAsync($"/papi/v1/properties?modifiedSince=PT10M{place}"))
                .Items("properties")
                .Any(item => made.EndsWith((string)item!["propertyId"]!, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_was_activated_lately_is_looked_for_among_the_properties_that_are_seen_and_only_where_it_is_asked_for()
    {
        var client = await app.ClientAsync();
        var id = await app.AddPropertyAsync();
        var order = """{"propertyVersion":1,"network":"STAGING","notifyEmails":["ann@shop.example"],"acknowledgeAllWarnings":true}""";
        Assert.Equal(201, (await client.PostAsync($"/papi/v1/properties/prp_{id}/activations", order)).Status);
        using var queries = new SentQueries(app.App);

        var saved = await IsFoundAsync("");
        Assert.DoesNotContain(queries.Texts, IsOfActivated);
        var (staging, both) = (await IsFoundAsync("&modifiedNetwork=STAGING"), await IsFoundAsync("&modifiedNetwork=BOTH"));

        // Its version is old, and was activated on one network.
        Assert.Equal((false, true, false), (saved, staging, both));
        Assert.All(queries.Texts.Where(IsOfActivated), text => Assert.Contains("FROM \"Properties\"", text, StringComparison.Ordinal));
        Assert.Contains(queries.Texts, IsOfActivated);

        static bool IsOfActivated(string text) => text.Contains("SubmittedAt\" >= ", StringComparison.Ordinal);

        async Task<bool> IsFoundAsync(string network) =>
            (await client.GetAsync($"/papi/v1/properties?modifiedSince=PT10M{network}"))
                .Items("properties")
                .Any(item => (string?)item!["propertyId"] == $"prp_{id}");
    }

    [Fact]
    public async Task Answers_say_how_many_properties_a_contract_can_have_and_how_many_more()
    {
        var client = await app.ClientAsync();
        static int Left(PapiReply reply) =>
            int.Parse(reply.Headers["X-Limit-Properties-Per-Contract-Remaining"], System.Globalization.CultureInfo.InvariantCulture);

        var before = await client.GetAsync(Properties);
        var made = await client.PostAsync(Properties, $$"""{"propertyName":"{{Guid.NewGuid()}}","productId":"Fresca"}""");
        var everywhere = await client.GetAsync("/papi/v1/properties?modifiedSince=PT10M");

        Assert.Equal(("10000", "10000"), (before.Headers[Limit], made.Headers[Limit]));
        Assert.Equal(Left(before) - 1, Left(made));
        // It is of no contract.
        Assert.False(everywhere.Headers.ContainsKey(Limit));
    }

    private const string Limit = "X-Limit-Properties-Per-Contract-Limit";

    [Fact]
    public async Task A_new_property_has_version_1_with_rules_to_start_from()
    {
        var client = await app.ClientAsync();

        var reply = await client.PostAsync(Properties, """{"propertyName":"new.test.example","productId":"Fresca","ruleFormat":"latest"}""");

        Assert.Equal(201, reply.Status);
        Assert.Equal((string?)reply.Json!["propertyLink"], reply.Headers["Location"]);
        var path = ((string)reply.Json["propertyLink"]!).Split('?')[0];
        var item = (await client.GetAsync(path)).Items("properties")[0]!;
        Assert.Equal((1, null, "latest"), ((int)item["latestVersion"]!, (int?)item["productionVersion"], (string)item["ruleFormat"]!));
        var rules = await client.GetAsync($"{path}/versions/1/rules");
        Assert.Equal(
            "origin cpCode caching",
            string.Join(' ', rules.Json!["rules"]!["behaviors"]!.AsArray().Select(behavior => (string?)behavior!["name"]))
        );
    }

    [Fact]
    public async Task A_product_that_there_is_not_is_not_found()
    {
        var reply = await (await app.ClientAsync()).PostAsync(Properties, """{"propertyName":"x.example","productId":"prd_%"}""");

        Assert.Equal((404, "product-unknown"), (reply.Status, reply.Kind()));
        Assert.Contains("There are: prd_", reply.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"productId":"prd_Fresca"}""", "bad-request")]
    [InlineData("""{"propertyName":"a b","productId":"prd_Fresca"}""", "name-invalid")]
    [InlineData("""{"propertyName":"www.northwind.example","productId":"prd_Fresca"}""", "name-taken")]
    [InlineData("""{"propertyName":"x.example","productId":"prd_Fresca","ruleFormat":"v1999-01-01"}""", "rule-format-unknown")]
    [InlineData("""{"propertyName":7}""", "bad-request")]
    [InlineData("""{"propertyName":"\ud800","productId":"prd_Fresca"}""", "bad-request")]
    [InlineData("""{"\ud800":1,"propertyName":"x.example","productId":"prd_%"}""", "bad-request")]
    [InlineData("null", "bad-request")]
    [InlineData("", "bad-request")]
    [InlineData("""{"propertyName":"x.example","productId":"prd_Fresca","cloneFrom":{"propertyId":"x"}}""", "bad-request")]
    public async Task What_cannot_be_made_is_a_problem_that_says_why(string body, string kind)
    {
        var client = await app.ClientAsync();

        var reply = await client.PostAsync(Properties, body);

        Assert.Equal((400, kind), (reply.Status, reply.Kind()));
    }

    [Fact]
    public async Task A_clone_has_the_rules_and_where_wanted_the_hostnames()
    {
        var client = await app.ClientAsync();
        var source = await client.MakeAsync();
        await client.PutAsync($"{source}/versions/1/rules", PapiProperties.Rules);
        await client.PutAsync(
            $"{source}/versions/1/hostnames",
            """[{"cnameFrom":"clone.test.example","cnameTo":"clone.test.example.edgekey.net"}]"""
        );
        var etag = (await client.GetAsync($"{source}/versions/1/rules")).Etag();
        var id = source.Split('/')[^1];

        var with = await client.MakeAsync(
            clone: $$""","cloneFrom":{"propertyId":"{{id}}","version":1,"cloneFromVersionEtag":"{{etag}}","copyHostnames":true}"""
        );
        var without = await client.MakeAsync(clone: $$""","cloneFrom":{"propertyId":"{{id["prp_".Length..]}}","version":1}""");
        var stale = await client.PostAsync(
            Properties,
            $$$"""{"propertyName":"s.example","productId":"prd_Fresca","cloneFrom":{"propertyId":"{{{id}}}","version":1,"cloneFromVersionEtag":"0"}}"""
        );

        Assert.Equal("clone.test.example", (string?)(await client.GetAsync($"{with}/versions/1/hostnames")).Items("hostnames")[0]!["cnameFrom"]);
        Assert.Empty((await client.GetAsync($"{without}/versions/1/hostnames")).Items("hostnames"));
        var rules = await client.GetAsync($"{without}/versions/1/rules");
        Assert.Equal("origin.test.example", (string?)rules.Json!["rules"]!["behaviors"]![0]!["options"]!["hostname"]);
        Assert.Equal((412, "etag-conflict"), (stale.Status, stale.Kind()));
    }

    [Fact]
    public async Task A_clone_is_made_in_the_group_of_what_it_is_cloned_from()
    {
        var client = await app.ClientAsync();
        var id = (await client.MakeAsync()).Split('/')[^1];

        var elsewhere = await client.PostAsync(
            "/papi/v1/properties?contractId=1-NWT001&groupId=10001",
            $$$"""{"propertyName":"elsewhere.example","productId":"prd_Fresca","cloneFrom":{"propertyId":"{{{id}}}","version":1}}"""
        );

        Assert.Equal((400, "clone-of-another-group"), (elsewhere.Status, elsewhere.Kind()));
        Assert.Contains("is in grp_10012", elsewhere.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Other_accounts_are_not_there()
    {
        var client = await app.ClientAsync("editor@demo.example");
        var foreign = await ForeignAsync();

        var group = await client.GetAsync("/papi/v1/properties?contractId=ctr_2-LUM001&groupId=grp_20021");
        var property = await client.GetAsync($"/papi/v1/properties/{foreign}");
        var deleted = await client.DeleteAsync($"/papi/v1/properties/{foreign}");
        var cloned = await client.PostAsync(
            Properties,
            $$$"""{"propertyName":"foreign.example","productId":"prd_Fresca","cloneFrom":{"propertyId":"{{{foreign}}}","version":1}}"""
        );

        Assert.Equal((404, 404, 404, 404), (group.Status, property.Status, deleted.Status, cloned.Status));
    }

    [Fact]
    public async Task A_property_is_not_found_under_another_group()
    {
        var client = await app.ClientAsync();
        var path = await client.MakeAsync();

        Assert.Equal(200, (await client.GetAsync($"{path}?groupId=10012&contractId=1-NWT001")).Status);
        Assert.Equal(404, (await client.GetAsync($"{path}?groupId=10013")).Status);
    }

    [Fact]
    public async Task A_client_that_reads_makes_and_deletes_nothing()
    {
        var path = await (await app.ClientAsync()).MakeAsync();
        var client = await app.ClientAsync(change: row => row.IsReadOnly = true);

        var made = await client.PostAsync(Properties, """{"propertyName":"readonly.example","productId":"prd_Fresca"}""");
        var deleted = await client.DeleteAsync(path);

        Assert.Equal((403, 403), (made.Status, deleted.Status));
        Assert.Equal(200, (await client.GetAsync(path)).Status);
    }

    [Fact]
    public async Task What_is_active_is_not_deleted_and_what_is_not_goes_whole()
    {
        var client = await app.ClientAsync();
        var path = await client.MakeAsync();
        var shop = (await client.GetAsync(Properties)).Items("properties").Single(item => (string?)item!["propertyName"] == "www.northwind.example")!;

        var active = await client.DeleteAsync($"/papi/v1/properties/{shop["propertyId"]}");
        var deleted = await client.DeleteAsync(path + "/");

        Assert.Equal((400, "property-active"), (active.Status, active.Kind()));
        Assert.Contains("deactivate it there first", active.Detail, StringComparison.Ordinal);
        Assert.Equal((200, "Deletion Successful."), (deleted.Status, (string?)deleted.Json!["message"]));
        Assert.Equal(404, (await client.GetAsync(path)).Status);
        Assert.Equal(404, (await client.GetAsync($"{path}/versions/1/rules")).Status);
    }

    [Fact]
    public async Task Hostname_buckets_are_said_not_to_be_there()
    {
        var client = await app.ClientAsync();

        var reply = await client.PostAsync(Properties, """{"propertyName":"b.example","productId":"prd_Fresca","useHostnameBucket":true}""");

        Assert.Equal(501, reply.Status);
    }

    private async Task<string> ForeignAsync()
    {
        await using var db = await app.Services.GetRequiredService<IDbContextFactory<AppDbContext>>().CreateDbContextAsync();
        return PublicId.Of(PublicId.Property, (await db.Properties.FirstAsync(p => p.GroupId >= 20000)).Id);
    }
}
