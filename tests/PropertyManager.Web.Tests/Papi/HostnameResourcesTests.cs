using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using PropertyManager.Web.Data;
using PropertyManager.Web.Engine;

namespace PropertyManager.Web.Tests.Papi;

public sealed class HostnameResourcesTests(PapiApp app) : IClassFixture<PapiApp>
{
    private const string Editor = "editor@demo.example";

    [Fact]
    public async Task Active_hostnames_are_listed_by_network()
    {
        var client = await app.ClientAsync(Editor);

        var staging = await client.GetAsync("/papi/v1/hostnames?network=STAGING&hostname=www.northwind.example");
        var production = await client.GetAsync("/papi/v1/hostnames/?network=PRODUCTION&hostname=www.northwind.example");

        var item = Assert.Single(production.Json!["hostnames"]!["items"]!.AsArray())!;
        Assert.Equal("www.northwind.example.edgekey.net", (string?)item["productionCnameTo"]);
        Assert.Equal(("ehn_10010102", "prp_100101"), ((string?)item["productionEdgeHostnameId"], (string?)item["propertyId"]));
        Assert.Null(item["stagingCnameTo"]);
        Assert.NotNull(Assert.Single(staging.Json!["hostnames"]!["items"]!.AsArray())!["stagingCnameTo"]);
    }

    [Fact]
    public async Task A_long_list_is_read_in_parts()
    {
        var client = await app.ClientAsync(Editor);
        var whole = await client.GetAsync("/papi/v1/hostnames?sort=hostname:d");
        var names = Names(whole).ToList();
        Assert.Equal(names.OrderDescending(StringComparer.Ordinal), names, StringComparer.Ordinal);

        List<string> read = [];
        var link = "/papi/v1/hostnames?sort=hostname:d&limit=2";
        while (link.Length > 0)
        {
            var part = await client.GetAsync(link);
            read.AddRange(Names(part));
            Assert.Equal(names.Count, (int)part.Json!["hostnames"]!["totalItems"]!);
            link = (string)part.Json["hostnames"]!["nextLink"]!;
        }
        Assert.True(names.Count > 4);
        Assert.Equal(names, read, StringComparer.Ordinal);
    }

    [Fact]
    public async Task Hostnames_are_narrowed_down()
    {
        var client = await app.ClientAsync();

        var byName = Names(await client.GetAsync("/papi/v1/hostnames?hostname=*.northwind.example")).ToList();
        var byEdge = Names(await client.GetAsync("/papi/v1/hostnames?cnameTo=login.harbour*")).ToList();
        var byContract = await client.GetAsync("/papi/v1/hostnames?contractId=ctr_3-HBR002");
        var byGroup = Names(await client.GetAsync("/papi/v1/hostnames?groupId=20021")).ToList();

        Assert.NotEmpty(byName);
        Assert.All(byName, name => Assert.EndsWith(".northwind.example", name, StringComparison.Ordinal));
        Assert.Contains("login.harbourbank.example", byEdge, StringComparer.Ordinal);
        Assert.All(byGroup, name => Assert.EndsWith(".lumen-tv.example", name, StringComparison.Ordinal));
        Assert.Equal("act_3", (string?)byContract.Json!["accountId"]);
        Assert.Empty(Names(await client.GetAsync("/papi/v1/hostnames?hostname=%25northwind%25")));
        Assert.Empty(Names(await client.GetAsync("/papi/v1/hostnames?hostname=no.such.example")));
    }

    [Fact]
    public async Task Hostnames_of_others_are_not_listed()
    {
        var client = await app.ClientAsync(Editor);

        Assert.Empty(Names(await client.GetAsync("/papi/v1/hostnames?hostname=login.harbourbank.example")));
        Assert.Equal(404, (await client.GetAsync("/papi/v1/hostnames?groupId=grp_30042")).Status);
        Assert.Equal(404, (await client.GetAsync("/papi/v1/hostnames/login.harbourbank.example/audit-history")).Status);
    }

    [Theory]
    [InlineData("limit=0")]
    [InlineData("limit=-1")]
    [InlineData("offset=x")]
    [InlineData("offset=99999999999")]
    [InlineData("sort=name")]
    [InlineData("network=LAB")]
    public async Task A_query_that_cannot_be_is_a_problem(string query) =>
        Assert.Equal(400, (await (await app.ClientAsync()).GetAsync($"/papi/v1/hostnames?{query}")).Status);

    [Fact]
    public async Task The_history_of_a_hostname_tells_the_newest_first()
    {
        var client = await app.ClientAsync(Editor);

        var reply = await client.GetAsync("/papi/v1/hostnames/WWW.northwind.example/audit-history");

        var items = reply.Json!["history"]!["items"]!.AsArray();
        Assert.Equal("www.northwind.example", (string?)reply.Json["hostname"]);
        Assert.Contains(items, item => (string?)item!["action"] == "ADD" && (string?)item["network"] == "PRODUCTION");
        Assert.Contains(items, item => (string?)item!["action"] == "ACTIVATE");
        var times = items.Select(item => (string)item!["timestamp"]!).ToList();
        Assert.Equal(times.OrderDescending(StringComparer.Ordinal), times, StringComparer.Ordinal);
    }

    [Fact]
    public async Task The_history_of_a_hostname_tells_of_activations_that_changed_it()
    {
        app.Services.GetRequiredService<SimulatedSpeed>().Set(SimulationSettings.FastestSpeed);
        var client = await app.ClientAsync();
        var property = $"/papi/v1/properties/prp_{await app.AddPropertyAsync(versions: 3)}";
        var hostname = (await client.GetAsync($"{property}/versions/1/hostnames")).Items("hostnames")[0]!;
        var (name, edge) = ((string)hostname["cnameFrom"]!, (string)hostname["cnameTo"]!);
        await client.PutAsync(
            $"{property}/versions/3/hostnames",
            $$"""[{"cnameFrom":"{{name}}","cnameTo":"{{edge}}","certProvisioningType":"DEFAULT"}]"""
        );

        // Version 2 says what version 1 says.
        foreach (var version in new[] { 1, 2, 3 })
            await ActivateAsync(client, property, version);
        await ActivateAsync(client, property, 3, "DEACTIVATE");

        var items = (await client.GetAsync($"/papi/v1/hostnames/{name}/audit-history")).Items("history");
        Assert.Equal(
            "ADD CPS_MANAGED, ACTIVATE CPS_MANAGED, MODIFY DEFAULT, ACTIVATE DEFAULT, REMOVE DEFAULT, DEACTIVATE DEFAULT",
            string.Join(", ", items.Reverse().Select(item => $"{item!["action"]} {item["certProvisioningType"]}"))
        );
    }

    [Fact]
    public async Task Certificate_challenges_are_the_same_each_time()
    {
        var client = await app.ClientAsync(Editor);
        const string body = """{"cnamesFrom":["WWW.new.example","img.new.example"]}""";

        var first = await client.PostAsync("/papi/v1/hostnames/certificate-challenges", body);
        var second = await client.PostAsync("/papi/v1/hostnames/certificate-challenges", body);

        var challenge = first.Json!["hostnames"]!["items"]![0]!["validationCname"]!;
        Assert.Equal("_acme-challenge.www.new.example", (string?)challenge["hostname"]);
        Assert.Equal(first.Text, second.Text);
        Assert.NotEqual(
            (string?)challenge["target"],
            (string?)first.Json["hostnames"]!["items"]![1]!["validationCname"]!["target"],
            StringComparer.Ordinal
        );
    }

    [Theory]
    [InlineData("""{"cnamesFrom":[]}""")]
    [InlineData("""{"cnamesFrom":["no host name"]}""")]
    [InlineData("""{"cnamesFrom":[null]}""")]
    [InlineData("""{"cnamesFrom":[7]}""")]
    [InlineData("{}")]
    [InlineData("[")]
    public async Task Challenges_of_what_is_no_hostname_are_a_problem(string body) =>
        Assert.Equal(400, (await (await app.ClientAsync()).PostAsync("/papi/v1/hostnames/certificate-challenges", body)).Status);

    [Fact]
    public async Task Versions_are_found_by_name_hostname_and_edge_hostname()
    {
        var client = await app.ClientAsync(Editor);

        var byName = await FindAsync(client, """{"propertyName":"www.northwind.example"}""");
        var byHost = await FindAsync(client, """{"hostname":"WWW.northwind.example"}""");
        var byEdge = await FindAsync(client, """{"edgeHostname":"www.northwind.example.edgekey.net"}""");

        Assert.Contains(byName, item => (string?)item!["productionStatus"] == "ACTIVE");
        Assert.Contains(byName, item => (string?)item!["stagingStatus"] == "ACTIVE");
        Assert.All(byName, item => Assert.Equal("prp_100101", (string?)item!["propertyId"]));
        Assert.Contains(byHost, item => (string?)item!["versions"]!["items"]![0]!["edgeHostname"] == "www.northwind.example.edgekey.net");
        Assert.Contains(byEdge, item => item!["versions"]!["items"]!.AsArray().Any(h => (string?)h!["hostname"] == "www.northwind.example"));
        Assert.All(byHost, item => Assert.Equal("www.northwind.example", (string?)item!["hostname"]));
        Assert.All(byEdge, item => Assert.Equal("www.northwind.example.edgekey.net", (string?)item!["edgeHostname"]));
        Assert.All(byName, item => Assert.Null(item!["hostname"]));
        Assert.Empty(await FindAsync(client, """{"propertyName":"login.harbourbank.example"}"""));
        Assert.Empty(await FindAsync(client, """{"hostname":"login.harbourbank.example"}"""));
        Assert.Empty(await FindAsync(client, """{"includeName":"anything"}"""));
    }

    [Fact]
    public async Task However_many_versions_are_found_they_are_found_with_as_many_queries()
    {
        var client = await app.ClientAsync();
        var ids = new[] { await app.AddPropertyAsync(), await app.AddPropertyAsync(versions: 3), await app.AddPropertyAsync() };
        var edgeHostname = $"e{Guid.NewGuid():N}.edgekey.net";
        await PointAsync(ids[..1], edgeHostname);
        var (_, few) = await CountAsync(client, edgeHostname);
        await PointAsync(ids, edgeHostname);

        var (found, many) = await CountAsync(client, edgeHostname);

        Assert.Equal(
            ids.Select(id => ($"prp_{id}", id == ids[1] ? 3 : 1)),
            found.Select(item => ((string)item!["propertyId"]!, (int)item["propertyVersion"]!))
        );
        Assert.InRange(few, 2, 4);
        Assert.Equal(few, many);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"hostname":"a.example","propertyName":"b"}""")]
    [InlineData("""{"hostname":["a"]}""")]
    public async Task A_search_is_for_one_thing(string body) =>
        Assert.Equal(400, (await (await app.ClientAsync()).PostAsync("/papi/v1/search/find-by-value/", body)).Status);

    private static async Task ActivateAsync(PapiClient client, string property, int version, string type = "ACTIVATE")
    {
        var order = await client.PostAsync(
            $"{property}/activations",
            $$"""{"propertyVersion":{{version}},"network":"STAGING","activationType":"{{type}}","notifyEmails":["ann@shop.example"],"acknowledgeAllWarnings":true}"""
        );
        Assert.Equal(201, order.Status);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        for (var look = 0; ; look++)
        {
            var status = (string)(await client.GetAsync((string)order.Json!["activationLink"]!)).Items("activations")[0]!["status"]!;
            if (status == "ACTIVE")
                return;
            Assert.True(look < 600, $"It stays {status}.");
            await timer.WaitForNextTickAsync();
        }
    }

    private async Task PointAsync(long[] propertyIds, string edgeHostname)
    {
        await using var db = await app.Services.GetRequiredService<IDbContextFactory<AppDbContext>>().CreateDbContextAsync();
        await db
            .Hostnames.Where(h => propertyIds.Contains(h.PropertyId))
            .ExecuteUpdateAsync(set => set.SetProperty(h => h.EdgeHostname, edgeHostname));
    }

    private async Task<(System.Text.Json.Nodes.JsonArray Found, int Queries)> CountAsync(PapiClient client, string edgeHostname)
    {
        using var queries = new Queries(app.App.DataDirectory);
        var found = await FindAsync(client, $$"""{"edgeHostname":"{{edgeHostname}}"}""");
        return (found, queries.Count);
    }

    private static async Task<System.Text.Json.Nodes.JsonArray> FindAsync(PapiClient client, string body)
    {
        var reply = await client.PostAsync("/papi/v1/search/find-by-value", body);
        Assert.Equal(200, reply.Status);
        return reply.Json!["versions"]!["items"]!.AsArray();
    }

    /// <summary>Counts what is asked about hostnames and versions of the database in a directory.</summary>
    private sealed class Queries : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>, IDisposable
    {
        private readonly string _directory;
        private readonly List<IDisposable> _subscriptions = [];
        private int _count;

        public Queries(string directory)
        {
            _directory = directory;
            _subscriptions.Add(DiagnosticListener.AllListeners.Subscribe(this));
        }

        public int Count => _count;

        public void OnNext(DiagnosticListener value)
        {
            if (value.Name == DbLoggerCategory.Name)
                _subscriptions.Add(value.Subscribe(this));
        }

        public void OnNext(KeyValuePair<string, object?> value)
        {
            if (
                value is { Value: CommandEventData { Command: { Connection.DataSource: { } file, CommandText: var text } } }
                && value.Key == RelationalEventId.CommandExecuting.Name
                && file.StartsWith(_directory, StringComparison.Ordinal)
                && (text.Contains("\"Hostnames\"", StringComparison.Ordinal) || text.Contains("\"Versions\"", StringComparison.Ordinal))
            )
                Interlocked.Increment(ref _count);
        }

        public void OnCompleted() { }

        public void OnError(Exception error) { }

        public void Dispose() => _subscriptions.ForEach(subscription => subscription.Dispose());
    }

    private static IEnumerable<string> Names(PapiReply reply) => AccountResourcesTests.Texts(reply.Json!["hostnames"], "cnameFrom");
}
