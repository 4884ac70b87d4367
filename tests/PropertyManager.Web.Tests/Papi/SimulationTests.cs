using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PropertyManager.Domain;
using PropertyManager.Domain.Activations;
using PropertyManager.Edge;
using PropertyManager.Web.Data;
using PropertyManager.Web.Engine;

namespace PropertyManager.Web.Tests.Papi;

/// <summary>What a pipeline controls of the simulated network, over the wire; and that it does what it says.</summary>
public sealed class SimulationTests(PapiApp app) : IClassFixture<PapiApp>
{
    private const string Root = "/simulation/v1";

    [Theory]
    [InlineData("GET", "/speed")]
    [InlineData("PUT", "/speed")]
    [InlineData("GET", "/clock")]
    [InlineData("GET", "/fleet")]
    [InlineData("GET", "/faults")]
    [InlineData("POST", "/faults")]
    [InlineData("POST", "/activations/atv_1/faults")]
    [InlineData("PUT", "/properties/prp_100101/traffic")]
    public async Task Only_who_may_demonstrate_controls_it(string method, string path)
    {
        foreach (
            var client in new[]
            {
                await app.ClientAsync("viewer@demo.example"),
                await app.ClientAsync("support@demo.example"),
                await app.ClientAsync(change: c => c.IsReadOnly = true),
            }
        )
        {
            var reply = await client.SendAsync(new HttpMethod(method), Root + path, method == "GET" ? null : "{}");

            Assert.Equal((403, "application/problem+json"), (reply.Status, reply.MediaType));
        }
    }

    [Fact]
    public async Task A_client_of_chosen_groups_makes_trouble_there_and_nowhere_else()
    {
        await using var db = await app.Services.GetRequiredService<IDbContextFactory<AppDbContext>>().CreateDbContextAsync();
        var group = await db.Properties.Where(p => p.Id == 100108).Select(p => p.GroupId).SingleAsync();
        var client = await app.ClientAsync(change: c => c.Groups = [group]);
        var whole = await app.ClientAsync();
        const string all = """{"fault":{"kind":"CRASH","share":0}}""";
        var standing = $"{Root}/faults/{(await whole.PostAsync(Root + "/faults", all)).Json!["id"]}";

        foreach (
            var reply in new[]
            {
                await client.PutAsync(Root + "/speed", """{"speed":1}"""),
                await client.PostAsync(Root + "/faults", all),
                await client.DeleteAsync(standing),
            }
        )
        {
            Assert.Equal(403, reply.Status);
            Assert.Contains("chosen groups", reply.Detail, StringComparison.Ordinal);
        }
        Assert.Equal(204, (await whole.DeleteAsync(standing)).Status);
        var set = await client.PostAsync(Root + "/faults", """{"propertyId":"prp_100108","fault":{"kind":"CRASH","share":0}}""");
        Assert.Equal(201, set.Status);
        Assert.Equal(204, (await client.DeleteAsync($"{Root}/faults/{set.Json!["id"]}")).Status);
    }

    [Fact]
    public async Task The_speed_which_is_everybody_s_takes_an_administrator()
    {
        var reply = await (await app.ClientAsync()).PutAsync(Root + "/speed", """{"speed":1}""");

        Assert.Equal((403, "application/problem+json"), (reply.Status, reply.MediaType));
        Assert.Contains("role Admin", reply.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_speed_is_what_was_set_last_within_its_bounds()
    {
        var client = await app.ClientAsync("admin@demo.example");

        Assert.Equal(200, (await client.PutAsync(Root + "/speed", """{"speed":120}""")).Status);
        Assert.Equal(120, app.Services.GetRequiredService<SimulationClock>().Speed);
        foreach (var wrong in new[] { "0", "-1", "1000.5", "1e300", "\"fast\"", "null" })
            Assert.Equal(400, (await client.PutAsync(Root + "/speed", $$"""{"speed":{{wrong}}}""")).Status);
        Assert.Equal(120, (double)(await client.GetAsync(Root + "/speed")).Json!["speed"]!);
        var clock = (await client.GetAsync(Root + "/clock")).Json!;
        Assert.Equal(120, (double)clock["speed"]!);
        Assert.True((DateTimeOffset)clock["simulatedTime"]! > DateTimeOffset.UnixEpoch);
    }

    [Fact]
    public async Task The_next_activation_of_a_property_fails_in_its_first_phase_in_Germany_and_the_one_after_does_not()
    {
        var client = await app.ClientAsync();
        var set = await client.PostAsync(
            Root + "/faults",
            """
            {
              "propertyId": "prp_100107",
              "nextActivationOnly": true,
              "fault": { "kind": "CRASH", "share": 1, "phase": "ZONE_1", "scope": { "country": "Germany" } }
            }
            """
        );
        Assert.Equal(201, set.Status);
        Assert.Equal("DE", (string?)set.Json!["fault"]!["scope"]!["country"]);

        app.Services.GetRequiredService<SimulationClock>().Speed = SimulationClock.Fastest;
        var first = await ActivateAsync(100107, 4);
        var faults = (await client.GetAsync($"{Root}/activations/{first}/faults")).Json!["faults"]!.AsArray();
        Assert.Equal(("CRASH", "ZONE_1"), ((string?)Assert.Single(faults)!["kind"], (string?)faults[0]!["phase"]));
        Assert.Equal(ActivationState.Aborted, await EndAsync(first));

        var second = await ActivateAsync(100107, 4);
        Assert.Empty((await client.GetAsync($"{Root}/activations/{second}/faults")).Json!["faults"]!.AsArray());
        Assert.Equal(ActivationState.Active, await EndAsync(second));
    }

    [Fact]
    public async Task Trouble_for_one_property_stands_until_it_is_removed()
    {
        var client = await app.ClientAsync();
        var set = await client.PostAsync(Root + "/faults", """{"propertyId":"100103","fault":{"kind":"crash","share":0.1,"fromSeconds":5}}""");
        Assert.Equal(201, set.Status);
        var id = (long)set.Json!["id"]!;

        Assert.Contains((await ListAsync(client)), fault => (long)fault!["id"]! == id && (string?)fault["propertyId"] == "prp_100103");
        Assert.Equal(204, (await client.DeleteAsync($"{Root}/faults/{id}")).Status);
        Assert.DoesNotContain((await ListAsync(client)), fault => (long)fault!["id"]! == id);
        Assert.Equal(404, (await client.DeleteAsync($"{Root}/faults/{id}")).Status);
    }

    [Fact]
    public async Task A_running_activation_is_struck_and_let_off()
    {
        var client = await app.ClientAsync();
        app.Services.GetRequiredService<SimulationClock>().Speed = 1;
        var activation = await ActivateAsync(100104, 1, Network.Staging);

        var struck = await client.PostAsync($"{Root}/activations/{activation}/faults", """{"kind":"SLOW_INSTALL","slowness":2}""");
        var ended = await client.DeleteAsync($"{Root}/activations/{activation}/faults/0");

        Assert.Equal((201, 2.0), (struck.Status, (double)struck.Json!["faults"]![0]!["slowness"]!));
        Assert.NotNull(ended.Json!["faults"]![0]!["untilSeconds"]);
        Assert.Equal(404, (await client.DeleteAsync($"{Root}/activations/{activation}/faults/7")).Status);
        Assert.Equal(404, (await client.PostAsync($"{Root}/activations/atv_999999/faults", """{"kind":"CRASH"}""")).Status);
    }

    [Theory]
    [InlineData("""{"fault":{"kind":"EARTHQUAKE"}}""", "SERVER_ERRORS, CLIENT_ERRORS")]
    [InlineData("""{"fault":{}}""", "kind is missing")]
    [InlineData("""{"fault":{"kind":"CRASH","phase":"ZONE_9"}}""", "ZONE_1, ZONE_2, ZONE_3")]
    [InlineData("""{"fault":{"kind":"CRASH","scope":{"country":"Atlantis"}}}""", "such as US (United States)")]
    [InlineData("""{"fault":{"kind":"CRASH","scope":{"country":"Atlantis"}}}""", "GET /simulation/v1/fleet lists them.")]
    [InlineData("""{"fault":{"kind":"CRASH","scope":{"city":"Atlantis"}}}""", "No server stands")]
    [InlineData("""{"fault":{"kind":"CRASH","share":7}}""", "0 to 100")]
    [InlineData("""{"fault":{"kind":"CRASH","fromSeconds":1e300}}""", "fromSeconds")]
    [InlineData("""{"fault":{"kind":"CRASH"},"nextActivationOnly":true}""", "one property")]
    [InlineData("""{}""", "fault is missing")]
    public async Task What_cannot_go_wrong_is_refused_with_what_can(string body, string says)
    {
        var reply = await (await app.ClientAsync()).PostAsync(Root + "/faults", body);

        Assert.Equal((400, "application/problem+json"), (reply.Status, reply.MediaType));
        Assert.Contains(says, reply.Detail, StringComparison.Ordinal);
        Assert.True(reply.Text.Length < 1000, reply.Text);
    }

    [Theory]
    [InlineData("""{"fault":{"kind":"CRASH","share":0}}""", "ALL_PROPERTIES")]
    [InlineData("""{"propertyId":"prp_100106","fault":{"kind":"CRASH","share":0}}""", "PROPERTY")]
    [InlineData("""{"propertyId":"prp_100106","nextActivationOnly":true,"fault":{"kind":"CRASH","share":0}}""", "NEXT_ACTIVATION")]
    public async Task What_trouble_strikes_is_said_in_a_word(string body, string strikes)
    {
        var client = await app.ClientAsync();

        var set = await client.PostAsync(Root + "/faults", body);

        Assert.Equal((201, strikes), (set.Status, (string?)set.Json!["strikes"]));
        Assert.Equal(204, (await client.DeleteAsync($"{Root}/faults/{set.Json["id"]}")).Status);
    }

    [Theory]
    [InlineData("de")]
    [InlineData("germany")]
    public async Task A_country_is_named_by_its_code_or_its_name(string country)
    {
        var client = await app.ClientAsync();
        var body = $$$"""{"propertyId":"prp_100106","fault":{"kind":"CRASH","share":0,"scope":{"country":"{{{country}}}"} } }""";

        var set = await client.PostAsync(Root + "/faults", body);

        Assert.Equal("DE", (string?)set.Json!["fault"]!["scope"]!["country"]);
        Assert.Equal(204, (await client.DeleteAsync($"{Root}/faults/{set.Json["id"]}")).Status);
    }

    [Fact]
    public async Task Traffic_is_read_changed_and_bounded()
    {
        var client = await app.ClientAsync();
        const string path = Root + "/properties/prp_100105/traffic";
        var before = (await client.GetAsync(path)).Json!;
        before["hitsPerSecond"] = 1234.5;

        Assert.Equal(200, (await client.PutAsync(path, before.ToJsonString())).Status);
        Assert.Equal(1234.5, (double)(await client.GetAsync(path)).Json!["hitsPerSecond"]!);
        foreach (
            var (member, wrong) in new (string, JsonNode)[]
            {
                ("hitsPerSecond", JsonValue.Create(-1)),
                ("countries", new JsonObject { ["XX"] = 1 }),
                ("countries", new JsonObject()),
                ("mix", new JsonObject { ["ok2xx"] = 0.5 }),
            }
        )
        {
            var body = before.DeepClone();
            body[member] = wrong;
            var reply = await client.PutAsync(path, body.ToJsonString());
            Assert.Equal(400, reply.Status);
            Assert.Contains(member, reply.Detail, StringComparison.Ordinal);
        }
        Assert.Equal(404, (await client.PutAsync(Root + "/properties/prp_999/traffic", before.ToJsonString())).Status);
    }

    [Fact]
    public async Task The_fleet_names_places_that_a_fault_can_be_put_in()
    {
        var client = await app.ClientAsync();

        var fleet = (await client.GetAsync(Root + "/fleet?network=production")).Json!;

        Assert.Contains(fleet["countries"]!.AsArray(), country => (string?)country!["code"] == "DE" && (string?)country["name"] == "Germany");
        Assert.Equal((int)fleet["servers"]!, fleet["isps"]!.AsArray().Sum(isp => (int)isp!["servers"]!));
        var isp = fleet["isps"]![0]!["asn"];
        var set = await client.PostAsync(
            Root + "/faults",
            $$$"""{"propertyId":"prp_100106","fault":{"kind":"CRASH","scope":{"asn":{{{isp}}} } } }"""
        );
        Assert.Equal(201, set.Status);
        Assert.Equal(400, (await client.GetAsync(Root + "/fleet?network=moon")).Status);
    }

    private static async Task<JsonArray> ListAsync(PapiClient client) => (await client.GetAsync(Root + "/faults")).Json!["faults"]!.AsArray();

    private async Task<string> ActivateAsync(long property, int version, Network network = Network.Production)
    {
        await using var db = await app.Services.GetRequiredService<IDbContextFactory<AppDbContext>>().CreateDbContextAsync();
        var user = await db.Users.SingleAsync(u => u.Email == "publisher@demo.example");
        var access = await app.Services.GetRequiredService<AccessReader>().ReadAsync(user.Id, CancellationToken.None);
        var answer = await app
            .Services.GetRequiredService<ActivationDesk>()
            .SubmitAsync(new(property, version, network, Acknowledged: true), access, CancellationToken.None);
        Assert.Null(answer.Refusal);
        return PublicId.Of(PublicId.Activation, answer.Activation!.Id);
    }

    /// <summary>Waits until it is over.</summary>
    private async Task<ActivationState> EndAsync(string activation)
    {
        var id = PublicId.Parse(PublicId.Activation, activation)!.Value;
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var access = new Access("", new Dictionary<long, Role>(), IsSupport: true, MayDemonstrate: false);
        var (watch, _) = await app
            .Services.GetRequiredService<ActivationWatches>()
            .OpenAsync(new(PublicId.Activation, id), _ => ValueTask.FromResult<Access?>(access), patience.Token);
        await foreach (var news in watch!.ReadAllAsync(patience.Token))
        {
            Assert.Equal(activation, news.Message.ActivationId);
        }
        await using var db = await app.Services.GetRequiredService<IDbContextFactory<AppDbContext>>().CreateDbContextAsync();
        return (await db.Activations.AsNoTracking().SingleAsync(a => a.Id == id)).Status.State;
    }
}
