using System.Text.Json.Nodes;

namespace PropertyManager.Web.Tests.Papi;

/// <summary>The hostnames of a property that are active, on both networks side by side.</summary>
public sealed class PropertyHostnamesTests(PapiApp app) : IClassFixture<PapiApp>
{
    // Version 5 is active on staging and version 4 on production.
    private const string Shop = "/papi/v1/properties/prp_100101/hostnames";

    [Fact]
    public async Task A_hostname_is_there_once_with_both_networks()
    {
        var reply = await (await app.ClientAsync()).GetAsync($"{Shop}?hostname=www.northwind.example&includeCertStatus=true");

        var item = Assert.Single(reply.Items("hostnames"))!;
        Assert.Equal(
            ("www.northwind.example", "EDGE_HOSTNAME", "www.northwind.example.edgekey.net", "www.northwind.example.edgekey.net", "CPS_MANAGED"),
            (
                (string)item["cnameFrom"]!,
                (string)item["cnameType"]!,
                (string)item["stagingCnameTo"]!,
                (string)item["productionCnameTo"]!,
                (string)item["productionCertType"]!
            )
        );
        Assert.Equal(("ehn_10010102", 1), ((string)item["productionEdgeHostnameId"]!, (int)reply.Json!["hostnames"]!["totalItems"]!));
        Assert.Equal(("act_1", "prp_100101"), ((string)reply.Json["accountId"]!, (string)reply.Json["propertyId"]!));
    }

    [Fact]
    public async Task They_are_read_in_parts_in_either_order()
    {
        var client = await app.ClientAsync();
        var all = Names(await client.GetAsync(Shop));

        var last = await client.GetAsync($"{Shop}?sort=hostname:d&limit=2");
        var next = await client.GetAsync((string)last.Json!["hostnames"]!["nextLink"]!);

        Assert.True(all.Count > 2);
        Assert.Equal(all.AsEnumerable().Reverse(), [.. Names(last), .. Names(next)], StringComparer.Ordinal);
        Assert.StartsWith("/papi/v1/properties/", (string)next.Json!["hostnames"]!["previousLink"]!, StringComparison.Ordinal);
        Assert.Equal(400, (await client.GetAsync($"{Shop}?sort=name")).Status);
        Assert.Equal(400, (await client.GetAsync($"{Shop}?network=MOON")).Status);
    }

    [Fact]
    public async Task What_a_network_has_not_is_left_out_and_is_a_difference()
    {
        var client = await app.ClientAsync();
        var property = await client.MakeAsync(clone: ",\"cloneFrom\":{\"propertyId\":\"prp_100101\",\"version\":5}");
        var name = $"{Guid.NewGuid()}.shop.example";
        var put = await client.PutAsync(
            $"{property}/versions/1/hostnames",
            $$"""[{"cnameFrom":"{{name}}","cnameTo":"{{name}}.edgekey.net","certProvisioningType":"DEFAULT"}]"""
        );
        Assert.Equal(200, put.Status);
        Assert.Empty((await client.GetAsync($"{property}/hostnames")).Items("hostnames"));

        await ActivateAsync(client, property);

        var listed = Assert.Single((await client.GetAsync($"{property}/hostnames?includeCertStatus=true")).Items("hostnames"))!;
        var other = await client.GetAsync($"{property}/hostnames?network=PRODUCTION");
        var diff = Assert.Single((await client.GetAsync($"{property}/hostnames/diff")).Items("hostnames"))!;
        Assert.Equal(
            (name, "DEFAULT", null),
            ((string)listed["cnameFrom"]!, (string)listed["stagingCertType"]!, (string?)listed["productionCertType"])
        );
        Assert.Equal("DEPLOYED", (string?)listed["certStatus"]!["staging"]![0]!["status"]);
        Assert.Empty(other.Items("hostnames"));
        Assert.Equal(($"{name}.edgekey.net", null), ((string)diff["stagingCnameTo"]!, (string?)diff["productionCnameTo"]));
    }

    [Fact]
    public async Task What_both_networks_have_alike_is_no_difference()
    {
        var reply = await (await app.ClientAsync()).GetAsync("/papi/v1/properties/prp_100101/hostnames/diff");

        Assert.Equal(200, reply.Status);
        Assert.DoesNotContain("www.northwind.example", Names(reply), StringComparer.Ordinal);
    }

    private static List<string> Names(PapiReply reply) => [.. reply.Items("hostnames").Select(item => (string)item!["cnameFrom"]!)];

    private static async Task ActivateAsync(PapiClient client, string property)
    {
        var order = await client.PostAsync(
            $"{property}/activations",
            """{"propertyVersion":1,"network":"STAGING","notifyEmails":["ann@shop.example"],"acknowledgeAllWarnings":true}"""
        );
        Assert.True(order.Status == 201, order.Text);
        for (var look = 0; ; look++)
        {
            JsonNode activation = (await client.GetAsync((string)order.Json!["activationLink"]!)).Items("activations")[0]!;
            if ((string)activation["status"]! == "ACTIVE")
                return;
            Assert.True(look < 1200, $"It stays {activation["status"]}.");
            await Task.Delay(TimeSpan.FromMilliseconds(50));
        }
    }
}
