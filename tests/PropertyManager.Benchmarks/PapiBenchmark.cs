using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PropertyManager.Domain.Properties;
using PropertyManager.Tests;
using PropertyManager.Web.Data;
using PropertyManager.Web.Engine;

namespace PropertyManager.Benchmarks;

/// <summary>
/// The API of the application, in a process of its own, with signed requests; against a server that answers the same bytes and does nothing
/// else, sent the same signed requests over as many connections in turn with it.
/// </summary>
internal static class PapiBenchmark
{
    private const int Connections = 32;
    private const int Rounds = 7;
    private const int Running = 100;
    private const int Orders = 300;
    private const int OrdersPerSecond = 10;
    private const int Rules = 600;
    private const int Million = 1_000_000;

    private const string ClientToken = "akab-client";
    private const string AccessToken = "akab-access";
    private const string Secret = "not secret: it guards a benchmark";

    private const string Plain = """
        {
          "rules": {
            "name": "default",
            "behaviors": [
              { "name": "origin", "options": { "originType": "CUSTOMER", "hostname": "origin.shop.example" } },
              { "name": "cpCode", "options": { "value": { "id": 12345 } } }
            ]
          }
        }
        """;

    public static async Task<IReadOnlyList<Figure>> RunAsync()
    {
        // A limit that is never met: what it costs to count is measured with the rest.
        await using var app = new AppProcess(("Simulation:Speed", "1"), ("Api:RequestsPerMinute", "10000000")) { Environment = "Production" };
        await EngineHost.WriteAsync(app.DataDirectory, TimeSpan.FromMinutes(5), Running);
        await AddAsync(app.DataDirectory);
        SqliteConnection.ClearAllPools();
        await app.StartAsync();
        try
        {
            return await MeasureAsync(app);
        }
        catch (InvalidOperationException)
        {
            // What was answered says only where the reason is.
            await app.KillAsync();
            await Console.Error.WriteLineAsync(app.Output + app.Errors);
            throw;
        }
    }

    private static async Task<IReadOnlyList<Figure>> MeasureAsync(AppProcess app)
    {
        var client = new LoadClient(app.Address, ClientToken, AccessToken, Secret);
        // A server that has just started compiles as it goes. That is a figure of its own: the bar is for one that runs.
        var cold = await OrderAsync(client, Running + 2);
        var order = await OrderAsync(client, Running + 2 + Orders);
        var (one, bareOne, ratio) = await CompareAsync(client, "/papi/v1/properties/prp_1/activations/atv_1", 500);
        var tree = $"/papi/v1/properties/prp_{Running + 1}/versions/1/rules?validateRules=true";
        var (rules, bareRules, rulesRatio) = await CompareAsync(client, tree, 50);
        var (early, late) = await RepeatAsync(client, app.Id);
        SqliteConnection.ClearAllPools();
        return
        [
            new("GET activation, signed, at 32 connections", one, "/s"),
            new("the bare endpoint with the same bytes", bareOne, "/s"),
            new("GET activation against the bare endpoint", ratio, "x", Least: 0.5),
            new("GET rules of a tree of 600 rules, signed, at 32 connections", rules, "/s"),
            new("the bare endpoint with the tree", bareRules, "/s"),
            new("GET rules against the bare endpoint", rulesRatio, "x", Least: 0.6),
            new("POST activation, 10 a second, 100 rollouts running: P50", order.P50, "ms"),
            new("POST activation: P99", order.P99, "ms", Most: 50),
            new("POST activation in the first half minute after the start: P99", cold.P99, "ms"),
            new("memory of the process after 200,000 requests", early, "MB"),
            new("memory after 1,000,000 requests against that", late / early, "x", Most: 1.15),
        ];
    }

    /// <summary>Requests a second of the application and of a bare server, and the median of their ratios, each round measuring one after the other.</summary>
    private static async Task<(double App, double Bare, double Ratio)> CompareAsync(LoadClient client, string path, int each)
    {
        var (status, body) = await client.SendAsync("GET", path);
        if (status != 200)
            throw new InvalidOperationException($"{path} was answered with {status}: {Encoding.UTF8.GetString(body)}");
        using var bare = await BareServer.StartAsync(body);
        var floor = new LoadClient(bare.Address, ClientToken, AccessToken, Secret);
        // Both are warm before it counts.
        for (var i = 0; i < 3; i++)
        {
            await client.GetAsync(Connections, each, path);
            await floor.GetAsync(Connections, each, path);
        }
        List<(double App, double Bare)> rounds = [];
        for (var i = 0; i < Rounds; i++)
        {
            rounds.Add((await client.GetAsync(Connections, each, path), await floor.GetAsync(Connections, each, path)));
            Console.WriteLine(FormattableString.Invariant($"{path}: {rounds[^1].App:N0}/s, bare {rounds[^1].Bare:N0}/s"));
        }
        return (
            new Distribution(rounds.Select(round => round.App)).P50,
            new Distribution(rounds.Select(round => round.Bare)).P50,
            new Distribution(rounds.Select(round => round.App / round.Bare)).P50
        );
    }

    /// <summary>How long orders take to be accepted, ms: one for each property from the first on.</summary>
    private static async Task<Distribution> OrderAsync(LoadClient client, int first)
    {
        List<Task<double>> sent = [];
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1.0 / OrdersPerSecond));
        for (var i = 0; i < Orders; i++)
        {
            await timer.WaitForNextTickAsync();
            sent.Add(OneAsync(client, first + i));
        }
        return new(await Task.WhenAll(sent));
    }

    private static async Task<double> OneAsync(LoadClient client, int property)
    {
        const string Body =
            """{"propertyVersion":1,"network":"PRODUCTION","note":"","notifyEmails":["ops@shop.example"],"acknowledgeAllWarnings":true}""";
        var began = Stopwatch.GetTimestamp();
        var (status, answer) = await client.SendAsync("POST", $"/papi/v1/properties/prp_{property}/activations", Body);
        return status == 201
            ? Stopwatch.GetElapsedTime(began).TotalMilliseconds
            : throw new InvalidOperationException($"Answered with {status}: {Encoding.UTF8.GetString(answer)}");
    }

    /// <summary>What the process holds, MB, after a fifth of the requests and after all.</summary>
    private static async Task<(double Early, double Late)> RepeatAsync(LoadClient client, int process)
    {
        const int Each = 1_250;
        double early = 0;
        for (var sent = 0; sent < Million; sent += Connections * Each)
        {
            await client.GetAsync(Connections, Each, "/papi/v1/properties/prp_1/activations/atv_1");
            if (early == 0 && sent + (Connections * Each) >= Million / 5)
                early = Held(process);
        }
        return (early, Held(process));
    }

    private static double Held(int process)
    {
        using var found = Process.GetProcessById(process);
        return found.WorkingSet64 / 1e6;
    }

    /// <summary>A person with a program, a property with a large tree, and properties that are activated.</summary>
    private static async Task AddAsync(string directory)
    {
        using var host = await EngineHost.BuildAsync(directory);
        var callers = host.Services.GetRequiredService<ApiCallers>();
        await using var db = await host.Services.GetRequiredService<IDbContextFactory<AppDbContext>>().CreateDbContextAsync();
        var user = new AppUser
        {
            UserName = "ann@shop.example",
            Email = "ann@shop.example",
            Name = "Ann",
        };
        db.Users.Add(user);
        db.RoleAssignments.Add(
            new RoleAssignment
            {
                UserId = user.Id,
                GroupId = 1,
                Role = Role.Publisher,
            }
        );
        db.ApiClients.Add(
            new ApiClient
            {
                UserId = user.Id,
                Name = "Benchmark",
                AccessToken = AccessToken,
                CreatedAt = DateTimeOffset.UnixEpoch,
                Credentials =
                [
                    new ApiCredential
                    {
                        ClientToken = ClientToken,
                        ProtectedSecret = callers.Protect(Secret),
                        CreatedAt = DateTimeOffset.UnixEpoch,
                    },
                ],
            }
        );
        db.CpCodes.Add(
            new CpCode
            {
                Id = 12345,
                AccountId = 1,
                GroupId = 1,
                ContractId = "ctr_1",
                ProductId = "prd_1",
                Name = "Benchmark",
                CreatedAt = DateTimeOffset.UnixEpoch,
            }
        );
        for (var id = Running + 1; id < Running + 2 + (2 * Orders); id++)
        {
            db.EdgeHostnames.Add(
                new EdgeHostname
                {
                    AccountId = 1,
                    GroupId = 1,
                    ContractId = "ctr_1",
                    ProductId = "prd_1",
                    Prefix = $"www.site{id}.example",
                    Suffix = "edgekey.net",
                    CreatedAt = DateTimeOffset.UnixEpoch,
                }
            );
            db.Properties.Add(EngineHost.Property(id, Fleets.Traffic(200)));
            var version = EngineHost.Version(id, id == Running + 1 ? LargeTree() : Plain);
            version.Hostnames.Add(new Hostname { CnameFrom = $"www.site{id}.example", EdgeHostname = $"www.site{id}.example.edgekey.net" });
            db.Versions.Add(version);
        }
        await db.SaveChangesAsync();
    }

    private static string LargeTree()
    {
        var tree = JsonNode.Parse(Plain)!;
        tree["rules"]!["children"] = new JsonArray([
            .. Enumerable
                .Range(1, Rules - 1)
                .Select(i =>
                    JsonNode.Parse(
                        $$"""
                        {
                          "name": "Section {{i}}",
                          "criteria": [ { "name": "path", "options": { "matchOperator": "MATCHES_ONE_OF", "values": [ "/section-{{i}}/*" ], "matchCaseSensitive": false } } ],
                          "behaviors": [ { "name": "caching", "options": { "behavior": "MAX_AGE", "mustRevalidate": false, "ttl": "{{i}}m" } } ]
                        }
                        """
                    )
                ),
        ]);
        return tree.ToJsonString();
    }
}
