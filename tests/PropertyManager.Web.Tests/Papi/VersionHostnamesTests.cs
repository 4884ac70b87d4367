using System.Globalization;

namespace PropertyManager.Web.Tests.Papi;

public sealed class VersionHostnamesTests(PapiApp app) : IClassFixture<PapiApp>
{
    private const string Two = """
        [
          {"cnameType":"EDGE_HOSTNAME","cnameFrom":"WWW.Test.example","cnameTo":"www.northwind.example.edgekey.net","edgeHostnameId":"","certProvisioningType":"CPS_MANAGED"},
          {"cnameFrom":"img.test.example","edgeHostnameId":10010101,"certProvisioningType":"DEFAULT"}
        ]
        """;

    [Fact]
    public async Task Hostnames_are_written_as_a_whole_and_read_back_with_their_edge_hostnames()
    {
        var (client, path) = await NewAsync();

        var put = await client.PutAsync(path + "/", Two);
        var get = await client.GetAsync(path);

        Assert.Equal(200, put.Status);
        Assert.Equal(put.Text, get.Text);
        Assert.Equal(
            "img.test.example img.northwind.example.edgekey.net ehn_10010101 DEFAULT EDGE_HOSTNAME"
                + ", www.test.example www.northwind.example.edgekey.net ehn_10010102 CPS_MANAGED EDGE_HOSTNAME",
            string.Join(
                ", ",
                get.Items("hostnames")
                    .Select(h => $"{h!["cnameFrom"]} {h["cnameTo"]} {h["edgeHostnameId"]} {h["certProvisioningType"]} {h["cnameType"]}")
            )
        );
    }

    [Theory]
    [InlineData("\"ehn_10010101\"")]
    [InlineData("\"10010101\"")]
    [InlineData("10010101")]
    public async Task An_edge_hostname_is_named_by_its_number_in_any_form(string id)
    {
        var (client, path) = await NewAsync();

        var reply = await client.PutAsync(path, $$"""[{"cnameFrom":"a.test.example","edgeHostnameId":{{id}}}]""");

        Assert.Equal("img.northwind.example.edgekey.net", (string?)reply.Items("hostnames")[0]!["cnameTo"]);
    }

    /// <summary>The edge hostname is the account's, and made in a group that this client does not see.</summary>
    [Fact]
    public async Task An_edge_hostname_that_is_not_seen_is_not_named()
    {
        var (client, path) = await NewAsync();
        var confined = await app.ClientAsync(change: row => row.Groups = [10_012]);
        const string body = """[{"cnameFrom":"a.test.example","edgeHostnameId":"ehn_10010701"}]""";

        var refused = await confined.PutAsync(path, body);
        Assert.Equal(400, refused.Status);
        Assert.DoesNotContain("farbound", refused.Text, StringComparison.Ordinal);
        Assert.Equal(404, (await confined.GetAsync($"/papi/v1/edgehostnames/ehn_10010701?{PapiProperties.Scope}")).Status);

        var taken = await client.PutAsync(path, body);
        Assert.Equal("www.farbound.example.edgekey.net", (string?)taken.Items("hostnames")[0]!["cnameTo"]);
        var read = await confined.GetAsync(path);
        Assert.Equal(200, read.Status);
        Assert.DoesNotContain("ehn_10010701", read.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wildcard_is_a_hostname_beside_the_name_it_is_made_of_and_an_underscore_is_told_of()
    {
        var (client, path) = await NewAsync();

        var put = await client.PutAsync(
            $"{path}?validateHostnames=true",
            """
            [{"cnameType":"EDGE_HOSTNAME","cnameFrom":"*.app.test.example","cnameTo":"app.test.example.edgesuite.net"},
             {"cnameType":"EDGE_HOSTNAME","cnameFrom":"app.test.example","cnameTo":"app.test.example.edgesuite.net"},
             {"cnameType":"EDGE_HOSTNAME","cnameFrom":"my_app.test.example","cnameTo":"app.test.example.edgesuite.net"}]
            """
        );
        var patch = await client.PatchAsync(
            path,
            """{"add":[{"cnameFrom":"*.img.test.example","cnameTo":"img.test.example.edgesuite.net"}],"remove":["*.app.test.example"]}"""
        );

        Assert.Equal((200, 200), (put.Status, patch.Status));
        Assert.Equal(
            "*.app.test.example app.test.example my_app.test.example",
            string.Join(' ', put.Items("hostnames").Select(h => (string?)h!["cnameFrom"]))
        );
        var error = Assert.Single(put.Json!["errors"]!.AsArray());
        Assert.Equal(("An underscore in a hostname", "#/hostnames/2"), ((string?)error!["title"], (string?)error["errorLocation"]));
        Assert.Equal(
            "*.img.test.example app.test.example my_app.test.example",
            string.Join(' ', patch.Items("hostnames").Select(h => (string?)h!["cnameFrom"]))
        );
    }

    [Fact]
    public async Task Hostnames_are_added_and_removed()
    {
        var (client, path) = await NewAsync();
        await client.PutAsync(path, Two);

        var reply = await client.PatchAsync(
            path,
            """{"add":[{"cnameFrom":"new.test.example","cnameTo":"new.test.example.edgesuite.net"}],"remove":["www.test.example"]}"""
        );

        Assert.Equal(200, reply.Status);
        var names = (await client.GetAsync(path)).Items("hostnames").Select(h => (string?)h!["cnameFrom"]);
        Assert.Equal("img.test.example new.test.example", string.Join(' ', names));
        Assert.Equal("DEFAULT", (string?)reply.Items("hostnames")[0]!["certProvisioningType"]);
    }

    [Fact]
    public async Task Answers_say_how_many_hostnames_there_can_be_and_how_many_more()
    {
        var (client, path) = await NewAsync();

        var none = await client.GetAsync(path);
        var put = await client.PutAsync(path, Two);
        var patch = await client.PatchAsync(path, """{"remove":["www.test.example"]}""");

        Assert.Equal(
            ["10000 of 10000", "9998 of 10000", "9999 of 10000"],
            new[] { none, put, patch }.Select(reply =>
                $"{reply.Headers["X-Limit-Hosts-Per-Property-Remaining"]} of {reply.Headers["X-Limit-Hosts-Per-Property-Limit"]}"
            ),
            StringComparer.Ordinal
        );
    }

    [Theory]
    [InlineData(
        "PUT",
        """[{"cnameFrom":"a.example","cnameTo":"x.edgekey.net"},{"cnameFrom":"A.example","cnameTo":"x.edgekey.net"}]""",
        "#/1/cnameFrom"
    )]
    [InlineData("PUT", """[{"cnameFrom":"a b.example","cnameTo":"x.edgekey.net"}]""", "#/0/cnameFrom")]
    [InlineData("PUT", """[{"cnameFrom":"*.example","cnameTo":"x.edgekey.net"}]""", "#/0/cnameFrom")]
    [InlineData("PUT", """[{"cnameFrom":"a.example","cnameTo":"*.a.edgekey.net"}]""", "#/0/cnameTo")]
    [InlineData("PUT", """[{"cnameFrom":"a.example","cnameTo":"edge"}]""", "#/0/cnameTo")]
    [InlineData("PUT", """[{"cnameFrom":"a.example"}]""", "#/0")]
    [InlineData("PUT", """[{"cnameTo":"x.edgekey.net"}]""", "#/0")]
    [InlineData("PUT", """[7]""", "#/0")]
    [InlineData("PUT", """[{"cnameFrom":"a.example","edgeHostnameId":"ehn_x"}]""", "#/0/edgeHostnameId")]
    [InlineData("PUT", """[{"cnameFrom":"a.example","edgeHostnameId":1}]""", "#/0/edgeHostnameId")]
    [InlineData("PUT", """[{"cnameFrom":"a.example","cnameTo":"x.edgekey.net","certProvisioningType":"MINE"}]""", "#/0/certProvisioningType")]
    [InlineData("PUT", """[{"cnameFrom":"a.example","cnameTo":"x.edgekey.net","cnameType":"CUSTOM"}]""", "#/0/cnameType")]
    [InlineData("PUT", """{"hostnames":[]}""", "#")]
    [InlineData("PATCH", """[]""", "#")]
    [InlineData("PATCH", """{"add":7}""", "#/add")]
    [InlineData("PATCH", """{"remove":["not.there.example"]}""", "#/remove/0")]
    [InlineData("PATCH", """{"remove":[7]}""", "#/remove/0")]
    [InlineData("PATCH", """{"add":[{"cnameFrom":"www.test.example","cnameTo":"x.edgekey.net"}]}""", "#/add/0/cnameFrom")]
    public async Task Hostnames_that_cannot_be_are_a_problem_that_says_where(string method, string body, string place)
    {
        var (client, path) = await NewAsync();
        await client.PutAsync(path, Two);
        var before = await client.GetAsync(path);

        var reply = await client.SendAsync(new HttpMethod(method), path, body);

        Assert.Equal((400, "hostnames-invalid"), (reply.Status, reply.Kind()));
        Assert.Contains(reply.Json!["errors"]!.AsArray(), error => (string?)error!["instance"] == place);
        Assert.All(reply.Json["errors"]!.AsArray(), error => Assert.Equal(400, (int)error!["status"]!));
        Assert.Equal(before.Text, (await client.GetAsync(path)).Text);
    }

    [Fact]
    public async Task A_version_has_10_000_hostnames_at_most_however_they_come()
    {
        var (client, path) = await NewAsync();
        await client.PutAsync(path, Two);
        var names = Enumerable.Range(0, 9_999).Select(n => $$"""{"cnameFrom":"h{{n}}.test.example","cnameTo":"www.northwind.example.edgekey.net"}""");

        var reply = await client.PatchAsync(path, $$"""{"add":[{{string.Join(',', names)}}]}""");

        Assert.Equal((400, "too-many-hostnames"), (reply.Status, reply.Kind()));
        Assert.Contains("10,001", reply.Text, StringComparison.Ordinal);
        Assert.Equal(2, (await client.GetAsync(path)).Items("hostnames").Count);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("""[{"\ud800":1}]""")]
    [InlineData("""[{"cnameFrom":"\udc00"}]""")]
    [InlineData("""[{"cnameFrom":"a.example","cnameFrom":"b.example"}]""")]
    public async Task Bodies_that_are_no_JSON_are_problems(string body)
    {
        var (client, path) = await NewAsync();

        Assert.Equal(400, (await client.PutAsync(path, body)).Status);
        Assert.Equal(400, (await client.PatchAsync(path, body)).Status);
    }

    [Fact]
    public async Task No_certificate_is_made_where_the_edge_hostname_has_its_own()
    {
        var (client, path) = await NewAsync();

        var reply = await client.PutAsync(
            path,
            """[{"cnameFrom":"a.example","cnameTo":"a.example.akamaized.net","certProvisioningType":"DEFAULT"}]"""
        );

        Assert.Equal((400, "hostname-invalid"), (reply.Status, reply.Kind()));
    }

    [Fact]
    public async Task Certificates_and_what_is_wrong_are_told_where_that_is_asked_for()
    {
        var (client, path) = await NewAsync();
        await client.PutAsync(path, Two);

        var plain = await client.GetAsync(path);
        var full = await client.GetAsync($"{path}?includeCertStatus=true&validateHostnames=true");

        Assert.Null(plain.Items("hostnames")[0]!["certStatus"]);
        var status = full.Items("hostnames")[0]!["certStatus"]!;
        Assert.Equal("_acme-challenge.img.test.example", (string?)status["validationCname"]!["hostname"]);
        Assert.Equal(("PENDING", "PENDING"), ((string?)status["staging"]![0]!["status"], (string?)status["production"]![0]!["status"]));
        // The customer's own is with the edge hostname, and waits for nothing.
        Assert.Equal(
            """{"staging":[{"status":"DEPLOYED"}],"production":[{"status":"DEPLOYED"}]}""",
            full.Items("hostnames")[1]!["certStatus"]!.ToJsonString()
        );
        Assert.Equal(400, (await client.GetAsync($"{path}?includeCertStatus=maybe")).Status);
    }

    [Fact]
    public async Task A_hostname_whose_edge_hostname_serves_no_certificate_has_none()
    {
        var (client, path) = await NewAsync();
        var name = $"{Guid.NewGuid():N}";
        var edge = $$"""{"productId":"prd_SPM","domainPrefix":"{{name}}","domainSuffix":"SUFFIX"}""";
        foreach (var suffix in new[] { "edgesuite.net", "akamaized.net" })
            await client.PostAsync($"/papi/v1/edgehostnames?{PapiProperties.Scope}", edge.Replace("SUFFIX", suffix, StringComparison.Ordinal));

        var reply = await client.PutAsync(
            $"{path}?includeCertStatus=true",
            $$"""
            [{"cnameFrom":"a.{{name}}.example","cnameTo":"{{name}}.akamaized.net"},{"cnameFrom":"b.{{name}}.example","cnameTo":"{{name}}.edgesuite.net"},
            {"cnameFrom":"c.{{name}}.example","cnameTo":"not.made.{{name}}.example.edgekey.net"}]
            """
        );

        Assert.Equal(
            ["DEPLOYED", null, null],
            reply.Items("hostnames").Select(hostname => (string?)hostname!["certStatus"]?["production"]![0]!["status"]),
            StringComparer.Ordinal
        );
    }

    [Fact]
    public async Task Answers_to_changes_say_how_many_default_certificates_the_contract_can_have_where_the_version_has_any()
    {
        var (client, path) = await NewAsync();
        static string? Left(PapiReply reply) => reply.Headers.GetValueOrDefault("X-Limit-Default-Certs-Per-Contract-Remaining");
        static string Hostname(string name) =>
            $$"""{"cnameFrom":"{{name}}","cnameTo":"www.northwind.example.edgekey.net","certProvisioningType":"DEFAULT"}""";
        var (one, other) = ($"{Guid.NewGuid():N}.example", $"{Guid.NewGuid():N}.example");

        var first = await client.PutAsync(path, $"[{Hostname(one)}]");
        var second = await client.PatchAsync(path, $$"""{"add":[{{Hostname(other)}}]}""");
        var read = await client.GetAsync(path);
        var none = await client.PutAsync(path, "[]");

        Assert.Equal("10000", first.Headers["X-Limit-Default-Certs-Per-Contract-Limit"]);
        Assert.Equal(1, int.Parse(Left(first)!, CultureInfo.InvariantCulture) - int.Parse(Left(second)!, CultureInfo.InvariantCulture));
        Assert.Equal((null, null), (Left(read), Left(none)));
    }

    [Fact]
    public async Task A_contract_has_10_000_default_certificates_at_most()
    {
        var (client, path) = await NewAsync();
        static string Names(string of, int count) =>
            $"[{string.Join(',', Enumerable.Range(0, count).Select(n => $$"""{"cnameFrom":"h{{n}}.{{of}}","cnameTo":"www.northwind.example.edgekey.net","certProvisioningType":"DEFAULT"}"""))}]";
        var full = await client.PutAsync(path, Names("full.example", 9_900));
        var left = int.Parse(full.Headers["X-Limit-Default-Certs-Per-Contract-Remaining"], CultureInfo.InvariantCulture);
        var more = $"{await client.MakeAsync()}/versions/1/hostnames";

        var refused = await client.PutAsync(more, Names("more.example", left + 1));
        var same = await client.PutAsync(more, Names("full.example", left + 1));
        await client.PutAsync(path, "[]");

        Assert.Equal((400, "default-certificate-limit"), (refused.Status, refused.Kind()));
        Assert.Equal(200, same.Status);
    }

    [Fact]
    public async Task An_edge_hostname_that_nobody_has_made_is_made_when_a_hostname_with_a_default_certificate_is_activated()
    {
        var (client, path) = await NewAsync();
        var property = path[..path.IndexOf("/versions", StringComparison.Ordinal)];
        var name = $"{Guid.NewGuid():N}.example";
        await client.PutAsync($"{property}/versions/1/rules", PapiProperties.Rules);
        const string stage = """{"propertyVersion":1,"network":"STAGING","notifyEmails":["ann@shop.example"]}""";
        string Named(string certificate) =>
            $$"""[{"cnameFrom":"{{name}}","cnameTo":"{{name}}.edgekey.net","certProvisioningType":"{{certificate}}"}]""";

        await client.PutAsync(path, Named("CPS_MANAGED"));
        var warned = await client.PostAsync($"{property}/activations", stage);
        var named = await client.PutAsync($"{path}?validateHostnames=true", Named("DEFAULT"));
        var accepted = await client.PostAsync($"{property}/activations", stage);

        Assert.Equal((400, "warnings-not-acknowledged"), (warned.Status, warned.Kind()));
        Assert.Equal("", (string?)named.Items("hostnames")[0]!["edgeHostnameId"]);
        Assert.Null(named.Json!["warnings"]);
        Assert.Equal(201, accepted.Status);
        var hostname = (await client.GetAsync($"{path}?includeCertStatus=true")).Items("hostnames")[0]!;
        Assert.NotEqual("PENDING", (string?)hostname["certStatus"]!["staging"]![0]!["status"], StringComparer.Ordinal);
        Assert.Equal("NEEDS_ACTIVATION", (string?)hostname["certStatus"]!["production"]![0]!["status"]);
        var id = (string)hostname["edgeHostnameId"]!;
        var edge = (await client.GetAsync($"/papi/v1/edgehostnames/{id}?{PapiProperties.Scope}")).Items("edgeHostnames")[0]!;
        Assert.Equal($"{name}.edgekey.net", (string?)edge["edgeHostnameDomain"]);
    }

    [Fact]
    public async Task A_version_without_hostnames_is_told_to_lack_them()
    {
        var (client, path) = await NewAsync();

        var reply = await client.GetAsync($"{path}?validateHostnames=true");

        var found = (reply.Json!["errors"] ?? reply.Json["warnings"])!.AsArray();
        Assert.Contains(found, message => (string?)message!["errorLocation"] == "#/hostnames");
    }

    [Fact]
    public async Task The_state_that_is_meant_is_compared_and_rules_and_hostnames_have_the_same()
    {
        var (client, path) = await NewAsync();
        var etag = (await client.GetAsync(path)).Etag();
        await client.PutAsync(path.Replace("hostnames", "rules", StringComparison.Ordinal), PapiProperties.Rules);

        var stale = await client.SaveOverAsync(HttpMethod.Put, path, Two, etag);
        var fresh = await client.SaveOverAsync(HttpMethod.Put, path, Two, (await client.GetAsync(path)).Etag());

        Assert.Equal((412, 200), (stale.Status, fresh.Status));
        var rules = await client.GetAsync(path.Replace("hostnames", "rules", StringComparison.Ordinal));
        Assert.Equal("origin.test.example", (string?)rules.Json!["rules"]!["behaviors"]![0]!["options"]!["hostname"]);
        Assert.Equal(fresh.Etag(), rules.Etag());
    }

    [Fact]
    public async Task A_client_that_reads_and_one_of_another_account_change_nothing()
    {
        var (client, path) = await NewAsync();
        var reader = await app.ClientAsync(change: row => row.IsReadOnly = true);
        var stranger = await app.ClientAsync(change: row => row.Groups = [20001]);

        Assert.Equal(403, (await reader.PutAsync(path, Two)).Status);
        Assert.Equal(404, (await stranger.PutAsync(path, Two)).Status);
        Assert.Equal(404, (await stranger.GetAsync(path)).Status);
        Assert.Empty((await client.GetAsync(path)).Items("hostnames"));
    }

    [Fact]
    public async Task A_version_that_was_activated_keeps_its_hostnames()
    {
        var client = await app.ClientAsync();
        var list = await client.GetAsync($"/papi/v1/properties?{PapiProperties.Scope}");
        var shop = list.Items("properties").Single(item => (string?)item!["propertyName"] == "www.northwind.example")!;
        var path = $"/papi/v1/properties/{shop["propertyId"]}/versions/{shop["productionVersion"]}/hostnames";

        var put = await client.PutAsync(path, Two);
        var patch = await client.PatchAsync(path, """{"remove":["www.northwind.example"]}""");

        Assert.Equal((403, 403), (put.Status, patch.Status));
        Assert.Equal("version-locked", put.Kind());
    }

    private async Task<(PapiClient Client, string Path)> NewAsync()
    {
        var client = await app.ClientAsync();
        return (client, $"{await client.MakeAsync()}/versions/1/hostnames");
    }
}
