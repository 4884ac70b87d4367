using System.Globalization;
using System.Net;
using PropertyManager.Web.Data;
using PropertyManager.Web.Engine;
using PropertyManager.Web.Papi.Limits;

namespace PropertyManager.Web.Tests.Papi;

/// <summary>An application whose limits a test reaches: 20 requests a minute of each client, and 2 that fail from each address.</summary>
public sealed class LimitTests : IClassFixture<LimitTests.Limited>
{
    private const string Build = "/papi/v1/build";

    private readonly PapiApp _app;

    public LimitTests(Limited limited) => _app = limited.App;

    [Fact]
    public async Task Every_answer_says_how_much_is_left_and_one_too_many_is_refused_until_an_instant()
    {
        var key = await _app.KeyAsync();
        var client = _app.Client(key);
        var answered = new List<PapiReply>();
        var reply = await client.GetAsync(Build);
        while (reply.Status == 200 && answered.Count < 100)
        {
            answered.Add(reply);
            reply = await client.GetAsync(Build);
        }

        // On a busy machine one or the other is free again meanwhile.
        Assert.InRange(answered.Count, 20, 99);
        Assert.Equal("19", answered[0].Headers["X-RateLimit-Remaining"]);
        Assert.All(answered, each => Assert.Equal("20", each.Headers["X-RateLimit-Limit"]));
        Assert.All(answered, each => Assert.Equal(each.Headers["X-RateLimit-Remaining"] == "0", each.Headers.ContainsKey("X-RateLimit-Next")));
        Assert.Equal("0", answered[^1].Headers["X-RateLimit-Remaining"]);
        Assert.Equal((429, "application/problem+json"), (reply.Status, reply.MediaType));
        Assert.Equal((20, 0), ((int)reply.Json!["limit"]!, (int)reply.Json["remaining"]!));
        Assert.Equal(("requests-per-minute", key.AccessToken), ((string?)reply.Json["limitKey"], (string?)reply.Json["instanceKey"]));
        Assert.InRange(int.Parse(reply.Headers["Retry-After"], CultureInfo.InvariantCulture), 1, 3);
        var next = DateTimeOffset.Parse(reply.Headers["X-RateLimit-Next"], CultureInfo.InvariantCulture);
        Assert.InRange(next - DateTimeOffset.UtcNow, TimeSpan.FromSeconds(-5), TimeSpan.FromSeconds(4));

        // Others are not held up, nor is a problem free of charge.
        var other = _app.Client(await _app.KeyAsync());
        Assert.Equal("19", (await other.GetAsync(Build)).Headers["X-RateLimit-Remaining"]);
    }

    [Fact]
    public async Task Guessing_is_slow_work_and_holds_up_nobody_else()
    {
        // Of its own: new keys are held up too, as long as somebody guesses.
        var limited = new Limited();
        var app = limited.App;
        var key = await app.KeyAsync();
        var good = app.Client(key);
        Assert.Equal(200, (await good.GetAsync(Build)).Status);
        var guesser = new PapiClient(app.App.CreateDefaultClient(), "akab-guess", "akab-guess", key.ClientSecret);
        var statuses = new List<int>();
        for (var i = 0; i < 3; i++)
            statuses.Add((await guesser.GetAsync(Build)).Status);
        var refused = await guesser.GetAsync(Build);

        Assert.Equal([401, 401, 429], statuses);
        Assert.Equal((429, "failed-requests-per-minute"), (refused.Status, (string?)refused.Json!["limitKey"]));
        // Whose key is known goes on, from the same address.
        Assert.Equal(200, (await good.GetAsync(Build)).Status);
        await limited.DisposeAsync();
    }

    [Fact]
    public async Task Once_too_much_has_failed_with_a_key_not_even_a_right_signature_is_told_from_a_wrong_one()
    {
        var key = await _app.KeyAsync();
        var client = _app.Client(key);
        client.Secret = "guess";
        Assert.Equal(401, (await client.GetAsync(Build)).Status);
        Assert.Equal(401, (await client.GetAsync(Build)).Status);
        Assert.Equal(429, (await client.GetAsync(Build)).Status);
        client.Secret = key.ClientSecret;
        Assert.Equal(429, (await client.GetAsync(Build)).Status);
    }

    [Fact]
    public async Task Addresses_fail_each_for_themselves_and_a_network_is_one()
    {
        await using var limits = new ApiLimits(new ApiLimitSettings(20));
        var caller = new ApiCaller(1, 1, "", [], "", Access.None, IsReadOnly: false, null, null, UsePrefixes: true);
        foreach (var last in (int[])[1, 2, 3])
            limits.Fail(IPAddress.Parse($"2001:db8:1:2::{last}"), null);

        Assert.NotNull(limits.Stopped(IPAddress.Parse("2001:db8:1:2:ffff::9"), null));
        Assert.Null(limits.Stopped(IPAddress.Parse("2001:db8:1:3::1"), null));
        Assert.Null(limits.Stopped(IPAddress.Parse("192.0.2.1"), null));
        Assert.Null(limits.Stopped(IPAddress.Parse("2001:db8:1:2::1"), caller));
    }

    [Fact]
    public async Task Without_a_limit_nothing_is_counted()
    {
        await using var limits = new ApiLimits(new ApiLimitSettings(0));

        Assert.Null(limits.Take(new ApiCaller(1, 1, "", [], "", Access.None, IsReadOnly: false, null, null, UsePrefixes: true)));
        Assert.Null(limits.Fail(IPAddress.Loopback, null));
        Assert.Null(limits.Stopped(IPAddress.Loopback, null));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(90)]
    [InlineData(6_000)]
    [InlineData(ApiLimitSettings.MostRequestsPerMinute)]
    public async Task Any_limit_can_be_set(int perMinute)
    {
        await using var limits = new ApiLimits(new ApiLimitSettings(perMinute));

        var state = limits.Take(new ApiCaller(1, 1, "", [], "", Access.None, IsReadOnly: false, null, null, UsePrefixes: true));

        Assert.Equal((false, perMinute, (long)perMinute - 1), (state!.Value.IsOver, state.Value.Limit, state.Value.Remaining));
    }

    /// <summary>The application with such limits.</summary>
    public sealed class Limited : IAsyncLifetime
    {
        public PapiApp App { get; } = new(("Api:RequestsPerMinute", "20"));

        public Task InitializeAsync() => App.InitializeAsync();

        public Task DisposeAsync() => App.DisposeAsync();
    }
}
