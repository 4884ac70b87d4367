using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PropertyManager.Domain;
using PropertyManager.Edge;
using PropertyManager.Web.Data;
using PropertyManager.Web.Engine;
using PropertyManager.Web.Papi.Hub;
using PropertyManager.Web.Papi.Limits;
using SQLitePCL;

namespace PropertyManager.Web.Tests.Papi;

/// <summary>The hub on the wire: a web socket whose GET is signed, and the JSON hub protocol.</summary>
public sealed class ActivationHubTests(PapiApp app) : IClassFixture<PapiApp>
{
    private const string Path = "/hubs/activations";
    private const char End = '\u001e';

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task An_activation_is_watched_to_its_end()
    {
        app.Services.GetRequiredService<SimulationClock>().Speed = SimulationClock.Fastest;
        var activation = await ActivateAsync();
        using var socket = await ConnectAsync(await app.ClientAsync(change: client => client.IsReadOnly = true));
        await StreamAsync(socket, "1", "WatchActivation", activation);

        List<JsonNode> items = [],
            turns = [];
        JsonNode message;
        for (message = await ReadAsync(socket); (int)message["type"]! != 3; message = await ReadAsync(socket))
        {
            if ((int)message["type"]! == 2)
                items.Add(message["item"]!);
            else if ((string?)message["target"] == nameof(IActivationListener.Transition))
                turns.Add(message["arguments"]![0]!);
        }

        Assert.Null(message["error"]);
        Assert.All(items, item => Assert.Equal(activation, (string?)item["activationId"]));
        Assert.Equal(("ACTIVE", 100, true), ((string?)items[^1]["status"], (int)items[^1]["percent"]!, (bool)items[^1]["isOver"]!));
        Assert.Equal("ACTIVE", (string?)turns[^1]["status"]);
    }

    [Theory]
    [InlineData("WatchActivation", "atv_999999")]
    [InlineData("WatchProperty", "prp_999999")]
    [InlineData("WatchProperty", "nothing")]
    [InlineData("WatchAccount", "act_999999")]
    public async Task What_there_is_not_ends_the_stream_with_a_word(string method, string id)
    {
        using var socket = await ConnectAsync(await app.ClientAsync("viewer@demo.example"));
        await StreamAsync(socket, "1", method, id);

        var message = await ReadAsync(socket);

        Assert.Equal(3, (int)message["type"]!);
        Assert.Contains(id, (string?)message["error"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_that_fails_ends_the_stream_with_the_cause()
    {
        using var socket = await ConnectAsync(await app.ClientAsync());
        using var queries = new SentQueries(app.App)
        {
            Before = text =>
            {
                if (text.Contains("\"Activations\"", StringComparison.Ordinal))
                    throw new SqliteException("as the test says", raw.SQLITE_FULL);
            },
        };
        await StreamAsync(socket, "1", "WatchActivation", "atv_1");

        var message = await ReadAsync(socket);

        Assert.EndsWith("The disk of the database is full. Watch it again in 30 s.", (string?)message["error"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Support_staff_watch_the_account_that_they_switched_to_and_no_other()
    {
        using var socket = await ConnectAsync(await app.ClientAsync("support@demo.example"), Path + "?accountSwitchKey=act_1");
        await StreamAsync(socket, "1", "WatchAccount", "act_2");

        var message = await ReadAsync(socket);

        Assert.Contains("There is no account act_2", (string?)message["error"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_revoked_key_ends_the_stream()
    {
        var client = await app.ClientAsync();
        using var socket = await ConnectAsync(client);
        await StreamAsync(socket, "1", "WatchAccount", "act_1");

        await using (var db = await app.Services.GetRequiredService<IDbContextFactory<AppDbContext>>().CreateDbContextAsync())
        {
            await db
                .ApiCredentials.Where(c => c.ClientToken == client.ClientToken)
                .ExecuteUpdateAsync(set => set.SetProperty(c => c.RevokedAt, DateTimeOffset.UtcNow));
        }

        var message = await ReadAsync(socket);
        while ((int)message["type"]! != 3)
            message = await ReadAsync(socket);
        Assert.Contains("revoked", (string?)message["error"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Streams_of_a_connection_are_bounded()
    {
        using var socket = await ConnectAsync(await app.ClientAsync());
        for (var i = 0; i <= ActivationHub.MostWatches; i++)
            await StreamAsync(socket, $"{i}", "WatchProperty", "prp_100102");

        var message = await ReadAsync(socket);
        while ((int)message["type"]! != 3)
            message = await ReadAsync(socket);
        Assert.Contains("at most", (string?)message["error"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Streams_of_a_client_are_bounded_over_all_its_connections_and_what_ends_makes_room()
    {
        var client = await app.ClientAsync();
        var id = (await app.Services.GetRequiredService<ApiCallers>().FindAsync(client.ClientToken, CancellationToken.None))!.ClientId;
        var watches = app.Services.GetRequiredService<ActivationWatches>();
        var places = Enumerable.Range(0, ActivationWatches.Most).Select(_ => watches.Take(id)).ToList();
        using var socket = await ConnectAsync(client);

        await StreamAsync(socket, "1", "WatchProperty", "prp_999999");
        Assert.Contains("over all its connections", (string?)(await ReadAsync(socket))["error"], StringComparison.Ordinal);
        places[0]!.Dispose();
        await StreamAsync(socket, "2", "WatchProperty", "prp_999999");
        Assert.Contains("There is no property", (string?)(await ReadAsync(socket))["error"], StringComparison.Ordinal);
        await StreamAsync(socket, "3", "WatchProperty", "prp_999999");
        Assert.Contains("There is no property", (string?)(await ReadAsync(socket))["error"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stream_counts_as_a_request()
    {
        // Connecting is one of the two, and the first stream the other.
        var limited = new PapiApp(("Api:RequestsPerMinute", "2"));
        using var socket = await ConnectAsync(await limited.ClientAsync(), of: limited);

        await StreamAsync(socket, "1", "WatchProperty", "prp_999999");
        await StreamAsync(socket, "2", "WatchProperty", "prp_999999");

        string?[] errors = [(string?)(await ReadAsync(socket))["error"], (string?)(await ReadAsync(socket))["error"]];
        Assert.Single(errors, error => error!.Contains("There is no property", StringComparison.Ordinal));
        Assert.Matches(@"may ask 2 times a minute, streams included, and has\. Watch it again in [0-9]+ s\.", Assert.Single(errors, IsOfLimit)!);
        await limited.DisposeAsync();

        static bool IsOfLimit(string? error) => !error!.Contains("There is no property", StringComparison.Ordinal);
    }

    [Fact]
    public async Task Connections_of_a_client_are_bounded_and_one_that_ends_makes_room()
    {
        var client = await app.ClientAsync();
        var limits = app.Services.GetRequiredService<ApiLimits>();
        var caller = (await app.Services.GetRequiredService<ApiCallers>().FindAsync(client.ClientToken, CancellationToken.None))!;
        var places = Enumerable.Range(0, ApiLimits.MostConnections).Select(_ => limits.TakeConnection(caller)).ToList();

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => ConnectAsync(client));
        var negotiation = await client.PostAsync($"{Path}/negotiate?negotiateVersion=1", "");
        Assert.Contains("429", refused.Message, StringComparison.Ordinal);
        Assert.Equal((429, "connections-at-once"), (negotiation.Status, (string?)negotiation.Json!["limitKey"]));

        places[0]!.Dispose();
        using var socket = await ConnectAsync(client);
        Assert.Null(limits.TakeConnection(caller));
    }

    [Fact]
    public async Task A_signed_negotiation_is_answered_and_an_unsigned_one_is_not()
    {
        var client = await app.ClientAsync();

        var signed = await client.PostAsync($"{Path}/negotiate?negotiateVersion=1", "");
        var unsigned = await client.SendAsync(new HttpRequestMessage(HttpMethod.Post, $"{Path}/negotiate?negotiateVersion=1"));

        Assert.Equal("WebSockets", (string?)signed.Json!["availableTransports"]![0]!["transport"]);
        Assert.Equal((401, "application/problem+json"), (unsigned.Status, unsigned.MediaType));
    }

    [Theory]
    [InlineData("lock out")]
    [InlineData("security stamp")]
    public async Task The_connections_of_somebody_who_is_locked_out_or_made_new_are_ended(string change)
    {
        using var socket = await ConnectAsync(await app.ClientAsync("support@demo.example"));
        using var other = await ConnectAsync(await app.ClientAsync("editor@demo.example"));

        await using (var db = await app.Services.GetRequiredService<IDbContextFactory<AppDbContext>>().CreateDbContextAsync())
        {
            var support = await db.Users.SingleAsync(u => u.Email == "support@demo.example");
            if (change == "lock out")
                support.LockoutEnd = DateTimeOffset.UtcNow.AddMinutes(5);
            else
                support.SecurityStamp = Guid.NewGuid().ToString();
            await db.SaveChangesAsync();

            await AssertEndedAsync(socket);
            support.LockoutEnd = null;
            await db.SaveChangesAsync();
        }
        await StreamAsync(other, "1", "WatchActivation", "nothing");
        Assert.Equal(3, (int)(await ReadAsync(other))["type"]!);
    }

    [Fact]
    public async Task Nobody_connects_unsigned()
    {
        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() =>
            app.App.Server.CreateWebSocketClient().ConnectAsync(new Uri(app.App.Server.BaseAddress, Path), CancellationToken.None)
        );

        Assert.Contains("401", exception.Message, StringComparison.Ordinal);
    }

    /// <summary>Reads what is still on its way, until the other side is gone.</summary>
    private static async Task AssertEndedAsync(WebSocket socket)
    {
        using var patience = new CancellationTokenSource(Patience);
        var buffer = new byte[1024];
        try
        {
            while ((await socket.ReceiveAsync(buffer.AsMemory(), patience.Token)).MessageType != WebSocketMessageType.Close) { }
        }
        catch (Exception exception) when (exception is WebSocketException or IOException)
        {
            // It was cut off.
        }
        Assert.False(patience.IsCancellationRequested, "The connection goes on.");
    }

    private async Task<string> ActivateAsync()
    {
        await using var db = await app.Services.GetRequiredService<IDbContextFactory<AppDbContext>>().CreateDbContextAsync();
        var user = await db.Users.SingleAsync(u => u.Email == "publisher@demo.example");
        var access = await app.Services.GetRequiredService<AccessReader>().ReadAsync(user.Id, CancellationToken.None);
        var answer = await app
            .Services.GetRequiredService<ActivationDesk>()
            .SubmitAsync(new(100110, 3, Network.Production, Acknowledged: true), access, CancellationToken.None);
        Assert.Null(answer.Refusal);
        return PublicId.Of(PublicId.Activation, answer.Activation!.Id);
    }

    private async Task<WebSocket> ConnectAsync(PapiClient client, string path = Path, PapiApp? of = null)
    {
        var server = (of ?? app).App.Server;
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        client.Sign(request, null);
        var sockets = server.CreateWebSocketClient();
        sockets.ConfigureRequest = http => http.Headers.Authorization = request.Headers.GetValues("Authorization").Single();
        var socket = await sockets.ConnectAsync(new Uri(server.BaseAddress, path), CancellationToken.None);
        await SendAsync(socket, """{"protocol":"json","version":1}""");
        Assert.Equal("{}", await ReadTextAsync(socket));
        return socket;
    }

    private static Task StreamAsync(WebSocket socket, string invocation, string method, string id) =>
        SendAsync(socket, $$"""{"type":4,"invocationId":"{{invocation}}","target":"{{method}}","arguments":["{{id}}"]}""");

    private static Task SendAsync(WebSocket socket, string message) =>
        socket.SendAsync(Encoding.UTF8.GetBytes(message + End), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);

    /// <summary>The next message that is no ping.</summary>
    private static async Task<JsonNode> ReadAsync(WebSocket socket)
    {
        while (true)
        {
            var message = JsonNode.Parse(await ReadTextAsync(socket))!;
            if ((int)message["type"]! != 6)
                return message;
        }
    }

    private static async Task<string> ReadTextAsync(WebSocket socket)
    {
        using var patience = new CancellationTokenSource(Patience);
        var (text, buffer) = (new StringBuilder(), new byte[1]);
        while (true)
        {
            await socket.ReceiveAsync(buffer.AsMemory(), patience.Token);
            if (buffer[0] == End)
                return text.ToString();
            text.Append((char)buffer[0]);
        }
    }
}
