using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PropertyManager.Domain.Properties;
using PropertyManager.Web.Data;
using PropertyManager.Web.Engine;

namespace PropertyManager.Web.Tests.Papi;

public sealed class ContractResourcesTests(PapiApp app) : IClassFixture<PapiApp>
{
    private const string Shop = "?contractId=ctr_1-NWT001&groupId=grp_10012";
    private const string Bank = "?contractId=ctr_3-HBR002&groupId=grp_30042";

    [Fact]
    public async Task Cp_codes_of_the_demo_are_listed_and_read()
    {
        var client = await app.ClientAsync();

        var list = await client.GetAsync("/papi/v1/cpcodes/" + Bank);
        var one = await client.GetAsync("/papi/v1/cpcodes/640101" + Bank);

        Assert.Equal(["cpc_640101", "cpc_640102"], AccountResourcesTests.Texts(list.Json!["cpcodes"], "cpcodeId"), StringComparer.Ordinal);
        Assert.Equal(("act_3", "harbour login"), ((string?)list.Json["accountId"], (string?)one.Json!["cpcodes"]!["items"]![0]!["cpcodeName"]));
        Assert.Equal(404, (await client.GetAsync("/papi/v1/cpcodes/cpc_640101" + Shop)).Status);
        Assert.Equal(404, (await client.GetAsync("/papi/v1/cpcodes/perhaps" + Bank)).Status);
    }

    [Fact]
    public async Task Of_several_that_ask_for_one_name_one_gets_it()
    {
        var client = await app.ClientAsync();

        var replies = await Task.WhenAll(
            Enumerable
                .Range(0, 6)
                .Select(_ => client.PostAsync("/papi/v1/cpcodes" + Shop, """{"cpcodeName":"asked for at once","productId":"prd_SPM"}"""))
        );

        Assert.Single(replies, reply => reply.Status == 201);
        Assert.All(replies, reply => Assert.True(reply.Status is 201 or 400 or 422, reply.Text));
    }

    [Theory]
    [InlineData("", "contractId and groupId")]
    [InlineData("?groupId=10012", "contractId")]
    [InlineData("?contractId=ctr_1-NWT001", "groupId")]
    public async Task What_is_missing_in_the_query_is_named(string query, string missing)
    {
        var client = await app.ClientAsync();

        foreach (var path in new[] { "cpcodes", "edgehostnames", "cpcodes/1", "edgehostnames/1", "includes" })
        {
            var reply = await client.GetAsync($"/papi/v1/{path}{query}");
            Assert.Equal(400, reply.Status);
            Assert.Contains($"lacks {missing}", reply.Detail, StringComparison.Ordinal);
        }
        Assert.Equal(400, (await client.PostAsync("/papi/v1/cpcodes" + query, "{}")).Status);
    }

    [Theory]
    [InlineData("?contractId=ctr_2-LUM001&groupId=grp_20021")]
    [InlineData("?contractId=ctr_1-NWT001&groupId=grp_20021")]
    [InlineData("?contractId=ctr_2-LUM001&groupId=grp_10012")]
    [InlineData("?contractId=ctr_1-NWT001&groupId=grp_1")]
    [InlineData("?contractId=ctr_1-NWT001&groupId=grp_99999999999999999999")]
    public async Task What_is_foreign_or_unknown_is_not_there(string query)
    {
        var client = await app.ClientAsync("editor@demo.example");

        Assert.Equal(404, (await client.GetAsync("/papi/v1/cpcodes" + query)).Status);
        Assert.Equal(404, (await client.GetAsync("/papi/v1/edgehostnames" + query)).Status);
        Assert.Equal(404, (await client.PostAsync("/papi/v1/cpcodes" + query, """{"productId":"prd_SPM","cpcodeName":"mine"}""")).Status);
    }

    [Fact]
    public async Task A_cp_code_is_made_once()
    {
        var client = await app.ClientAsync();
        const string body = """{"productId":"SPM","cpcodeName":"shop, no"}""";
        Assert.Equal(400, (await client.PostAsync("/papi/v1/cpcodes" + Shop, body)).Status);

        var made = await client.PostAsync("/papi/v1/cpcodes" + Shop, body.Replace(", no", " videos", StringComparison.Ordinal));

        Assert.Equal(201, made.Status);
        var link = (string)made.Json!["cpcodeLink"]!;
        Assert.Equal(link, made.Headers["Location"]);
        var item = (await client.GetAsync(link)).Json!["cpcodes"]!["items"]![0]!;
        Assert.Equal(("shop videos", "prd_SPM"), ((string?)item["cpcodeName"], (string?)item["productIds"]![0]));
        var again = await client.PostAsync("/papi/v1/cpcodes" + Shop, body.Replace(", no", " videos", StringComparison.Ordinal));
        Assert.Equal(400, again.Status);
        Assert.Contains((string)item["cpcodeId"]!, again.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"productId":"prd_Nothing","cpcodeName":"x"}""", 404, "product-unknown")]
    [InlineData("""{"cpcodeName":"x"}""", 400, "product-missing")]
    [InlineData("""{"productId":"prd_SPM"}""", 400, "cpcode-name-invalid")]
    [InlineData("""{"productId":"prd_SPM","cpcodeName":"a_b"}""", 400, "cpcode-name-invalid")]
    [InlineData("""{"productId":7}""", 400, "bad-request")]
    public async Task A_cp_code_that_cannot_be_is_a_problem(string body, int status, string type)
    {
        var client = await app.ClientAsync();

        var reply = await client.PostAsync("/papi/v1/cpcodes" + Shop, body);

        Assert.Equal(status, reply.Status);
        Assert.EndsWith("/" + type, (string)reply.Json!["type"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_client_that_only_reads_makes_nothing()
    {
        var client = await app.ClientAsync(change: c => c.IsReadOnly = true);
        const string edge = """{"productId":"prd_SPM","domainPrefix":"no.example","domainSuffix":"edgekey.net","ipVersionBehavior":"IPV4"}""";

        Assert.Equal(403, (await client.PostAsync("/papi/v1/cpcodes" + Shop, """{"productId":"prd_SPM","cpcodeName":"no"}""")).Status);
        Assert.Equal(403, (await client.PostAsync("/papi/v1/edgehostnames" + Shop, edge)).Status);
        Assert.Equal(200, (await client.GetAsync("/papi/v1/edgehostnames" + Shop)).Status);
    }

    [Fact]
    public async Task A_contract_that_is_full_takes_no_more()
    {
        await using (var db = await app.Services.GetRequiredService<IDbContextFactory<AppDbContext>>().CreateDbContextAsync())
        {
            for (var i = 0; i < ContractDesk.MostPerContract; i++)
            {
                db.CpCodes.Add(
                    new CpCode
                    {
                        AccountId = 2,
                        GroupId = 20_033,
                        ContractId = "ctr_2-LED002",
                        ProductId = "prd_Fresca",
                        Name = $"many {i}",
                        CreatedAt = DateTimeOffset.UnixEpoch,
                    }
                );
                db.EdgeHostnames.Add(
                    new EdgeHostname
                    {
                        AccountId = 2,
                        GroupId = 20_033,
                        ContractId = "ctr_2-LED002",
                        ProductId = "prd_Fresca",
                        Prefix = $"many{i}.example",
                        Suffix = "edgekey.net",
                        CreatedAt = DateTimeOffset.UnixEpoch,
                    }
                );
            }
            await db.SaveChangesAsync();
        }
        var client = await app.ClientAsync();
        const string query = "?contractId=ctr_2-LED002&groupId=grp_20033";

        var code = await client.PostAsync("/papi/v1/cpcodes" + query, """{"productId":"prd_Fresca","cpcodeName":"one more"}""");
        var edge = await client.PostAsync("/papi/v1/edgehostnames" + query, Edge("one.more.example", "edgekey.net"));

        Assert.Equal((400, 400), (code.Status, edge.Status));
        Assert.EndsWith("/cpcode-limit", (string)code.Json!["type"]!, StringComparison.Ordinal);
        Assert.Equal("0", (await client.GetAsync("/papi/v1/edgehostnames" + query)).Headers["X-Limit-Edgehostnames-Per-Contract-Remaining"]);
    }

    [Fact]
    public async Task Edge_hostnames_are_those_of_the_contract_in_groups_that_the_client_sees()
    {
        // The group Farbound has the same contract as the group Shop.
        var all = await (await app.ClientAsync("editor@demo.example")).GetAsync("/papi/v1/edgehostnames/" + Shop + "&options=mapDetails");
        var confined = await (await app.ClientAsync("editor@demo.example", c => c.Groups = [10_012])).GetAsync("/papi/v1/edgehostnames" + Shop);

        Assert.Contains(
            "www.farbound.example.edgekey.net",
            AccountResourcesTests.Texts(all.Json!["edgeHostnames"], "edgeHostnameDomain"),
            StringComparer.Ordinal
        );
        Assert.Contains(
            "www.northwind.example.edgekey.net",
            AccountResourcesTests.Texts(confined.Json!["edgeHostnames"], "edgeHostnameDomain"),
            StringComparer.Ordinal
        );
        Assert.DoesNotContain(
            "www.farbound.example.edgekey.net",
            AccountResourcesTests.Texts(confined.Json["edgeHostnames"], "edgeHostnameDomain"),
            StringComparer.Ordinal
        );
    }

    [Theory]
    [InlineData("new.shop.example", "edgekey.net", ",\"secureNetwork\":\"ENHANCED_TLS\",\"certEnrollmentId\":7,\"secure\":false", true)]
    [InlineData("new.shop.example", "edgesuite.net", ",\"secureNetwork\":\"STANDARD_TLS\"", false)]
    [InlineData("new-shop", "akamaized.net", "", false)]
    [InlineData("silent.shop.example", "edgekey.net", "", true)]
    [InlineData("plain.shop.example", "edgekey.net", ",\"secure\":false", true)]
    [InlineData("plain.shop.example", "edgesuite.net", ",\"secure\":false", false)]
    [InlineData("secure.shop.example", "edgekey.net", ",\"secure\":true", true)]
    public async Task An_edge_hostname_is_made_and_read(string prefix, string suffix, string more, bool secure)
    {
        var client = await app.ClientAsync();

        var made = await client.PostAsync("/papi/v1/edgehostnames/" + Shop, Edge(prefix, suffix, more));

        Assert.Equal(201, made.Status);
        var item = (await client.GetAsync((string)made.Json!["edgeHostnameLink"]!)).Json!["edgeHostnames"]!["items"]![0]!;
        Assert.Equal(($"{prefix}.{suffix}", secure), ((string?)item["edgeHostnameDomain"], (bool)item["secure"]!));
        var number = ((string)item["edgeHostnameId"]!)["ehn_".Length..];
        Assert.Equal(200, (await client.GetAsync($"/papi/v1/edgehostnames/{number}{Shop}")).Status);
    }

    [Theory]
    [InlineData("x.example", "edgekey.example", "", "domain-suffix-invalid")]
    [InlineData("x.example", "edgesuite.net", ",\"secureNetwork\":\"ENHANCED_TLS\"", "secure-network-invalid")]
    [InlineData("x.example", "edgesuite.net", ",\"secureNetwork\":\"SOME_TLS\"", "secure-network-invalid")]
    [InlineData("x.example", "edgesuite.net", ",\"secure\":true", "secure-invalid")]
    [InlineData("x.example", "edgekey.net", ",\"secureNetwork\":\"ENHANCED_TLS\"", "cert-enrollment-missing")]
    [InlineData("x.example", "edgekey.net", ",\"secureNetwork\":\"ENHANCED_TLS\",\"certEnrollmentId\":null", "cert-enrollment-missing")]
    [InlineData("x.example", "edgekey.net", ",\"secureNetwork\":\"ENHANCED_TLS\",\"certEnrollmentId\":0", "cert-enrollment-invalid")]
    [InlineData("x.example", "edgekey.net", ",\"certEnrollmentId\":-7", "cert-enrollment-invalid")]
    [InlineData("x.example", "akamaized.net", "", "domain-prefix-invalid")]
    [InlineData("-x.example", "edgekey.net", "", "domain-prefix-invalid")]
    [InlineData("", "edgekey.net", "", "domain-prefix-invalid")]
    [InlineData("x.example", "edgekey.net", ",\"ipVersionBehavior\":\"IPV6_PERFORMANCE\"", "ip-version-invalid")]
    [InlineData(
        "x.example",
        "edgekey.net",
        ",\"useCases\":[{\"useCase\":\"Download_Mode\",\"option\":\"BACKGROUND\",\"type\":\"GLOBAL\"}]",
        "use-case-invalid"
    )]
    public async Task An_edge_hostname_that_cannot_be_is_a_problem(string prefix, string suffix, string more, string type)
    {
        var client = await app.ClientAsync();

        var reply = await client.PostAsync("/papi/v1/edgehostnames" + Shop, Edge(prefix, suffix, more));

        Assert.Equal(400, reply.Status);
        Assert.EndsWith("/" + type, (string)reply.Json!["type"]!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"useCase":"Segmented_Media_Mode","option":"LIVE","type":"GLOBAL"}""", "Download_Mode")]
    [InlineData("""{"useCase":"Download_Mode","option":"LIVE","type":"GLOBAL"}""", "FOREGROUND, BACKGROUND")]
    [InlineData("""{"useCase":"Download_Mode","option":"BACKGROUND","type":"LOCAL"}""", "GLOBAL")]
    [InlineData("""{"useCase":"Download_Mode","option":"BACKGROUND"}""", "GLOBAL")]
    [InlineData(
        """{"useCase":"Download_Mode","option":"BACKGROUND","type":"GLOBAL"},{"useCase":"Download_Mode","option":"FOREGROUND","type":"GLOBAL"}""",
        "2 times"
    )]
    public async Task A_use_case_that_the_product_has_not_is_a_problem_that_names_what_it_has(string useCases, string told)
    {
        var client = await app.ClientAsync();

        var reply = await client.PostAsync("/papi/v1/edgehostnames" + Shop, Downloads("use.cases.example", useCases));

        Assert.Equal((400, "use-case-invalid"), (reply.Status, reply.Kind()));
        Assert.Contains(told, reply.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Use_cases_that_were_chosen_are_told_and_where_none_were_there_are_none()
    {
        const string chosen = """{"type":"GLOBAL","option":"BACKGROUND","useCase":"Download_Mode"}""";
        var client = await app.ClientAsync();

        var made = await client.PostAsync("/papi/v1/edgehostnames" + Shop, Downloads("files.example", chosen));
        var plain = await client.PostAsync("/papi/v1/edgehostnames" + Shop, Edge("plain.files.example", "edgekey.net"));

        Assert.Equal((201, 201), (made.Status, plain.Status));
        Assert.Equal($"[{chosen}]", (await ItemAsync(client, made))["useCases"]!.ToJsonString());
        Assert.Null((await ItemAsync(client, plain))["useCases"]);
    }

    [Fact]
    public async Task An_edge_hostname_is_pending_until_the_network_knows_its_name_and_has_no_status_then()
    {
        var client = await app.ClientAsync();
        var made = await client.PostAsync("/papi/v1/edgehostnames" + Shop, Edge("young.example", "edgekey.net"));

        var young = await ItemAsync(client, made);
        await using (var db = await app.DbAsync())
            await db
                .EdgeHostnames.Where(e => e.Prefix == "young.example")
                .ExecuteUpdateAsync(set => set.SetProperty(e => e.CreatedAt, DateTimeOffset.UtcNow - EdgeHostname.Distribution));
        var old = await ItemAsync(client, made);

        Assert.Equal(("PENDING", null), ((string?)young["status"], (string?)old["status"]));
    }

    private static async Task<System.Text.Json.Nodes.JsonNode> ItemAsync(PapiClient client, PapiReply made) =>
        (await client.GetAsync(made.Headers["Location"])).Items("edgeHostnames")[0]!;

    private static string Downloads(string prefix, string useCases) =>
        $$"""{"productId":"prd_Download_Delivery","domainPrefix":"{{prefix}}","domainSuffix":"edgekey.net","useCases":[{{useCases}}]}""";

    [Fact]
    public async Task An_edge_hostname_that_exists_is_named_to_those_who_see_it()
    {
        var body = Edge("login.harbourbank.example", "edgekey.net");

        var seen = await (await app.ClientAsync()).PostAsync("/papi/v1/edgehostnames" + Shop, body);
        var unseen = await (await app.ClientAsync("editor@demo.example")).PostAsync("/papi/v1/edgehostnames" + Shop, body);

        Assert.Equal((400, 400), (seen.Status, unseen.Status));
        Assert.Contains("ehn_10010401", seen.Detail, StringComparison.Ordinal);
        Assert.DoesNotContain("ehn_", unseen.Detail, StringComparison.Ordinal);
    }

    private static string Edge(string prefix, string suffix, string more = "") =>
        $$"""{"productId":"prd_SPM","domainPrefix":"{{prefix}}","domainSuffix":"{{suffix}}"{{more}}}""";
}
