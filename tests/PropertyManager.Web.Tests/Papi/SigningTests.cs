using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PropertyManager.Tests;
using PropertyManager.Web.Data;
using PropertyManager.Web.Engine;
using PropertyManager.Web.Papi.Signing;

namespace PropertyManager.Web.Tests.Papi;

public sealed class SigningTests(PapiApp app) : IClassFixture<PapiApp>
{
    private const string Build = "/papi/v1/build";
    private const string Deny = "https://problems.luna.akamaiapis.net/-/pep-authn/deny";
    private const string RequestError = "https://problems.luna.akamaiapis.net/-/pep-authn/request-error";

    [Fact]
    public async Task A_signed_request_is_answered()
    {
        var client = await app.ClientAsync();

        var reply = await client.GetAsync("/papi/v1/build/?x=1");

        Assert.Equal(200, reply.Status);
        Assert.Equal("v2025-10-16", (string?)reply.Json!["currentCatalogVersion"]);
    }

    [Fact]
    public async Task An_unsigned_request_is_a_problem()
    {
        var client = await app.ClientAsync();

        AssertRefused(await client.SendAsync(new HttpRequestMessage(HttpMethod.Get, Build)), 401, Deny, "no Authorization header");
    }

    [Theory]
    [InlineData("Bearer x")]
    [InlineData("EG1-HMAC-SHA256 ")]
    [InlineData("EG1-HMAC-SHA256 client_token=a;access_token=b;timestamp=c;nonce=d;")]
    [InlineData("EG1-HMAC-SHA256 signature=a;client_token=a;access_token=b;timestamp=c;nonce=d")]
    public async Task A_header_that_cannot_be_read_is_a_problem(string header)
    {
        var client = await app.ClientAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, Build);
        request.Headers.TryAddWithoutValidation("Authorization", header);

        AssertRefused(await client.SendAsync(request), 400, RequestError, "cannot be read");
    }

    [Fact]
    public async Task A_wrong_secret_is_a_problem()
    {
        var client = await app.ClientAsync();
        client.Secret += "x";

        AssertRefused(await client.GetAsync(Build), 401, Deny, "The signature does not match");
    }

    [Fact]
    public async Task An_unknown_client_token_is_a_problem()
    {
        var known = await app.ClientAsync();
        var client = new PapiClient(app.App.CreateDefaultClient(), "akab-nobody", "akab-nothing", known.Secret);

        AssertRefused(await client.GetAsync(Build), 401, Deny, "Invalid client token");
    }

    [Fact]
    public async Task Another_client_s_access_token_is_a_problem()
    {
        var one = await app.KeyAsync();
        var other = await app.KeyAsync();

        AssertRefused(await app.Client(one with { AccessToken = other.AccessToken }).GetAsync(Build), 401, Deny, "Invalid access token");
    }

    [Theory]
    [InlineData(-31, "behind")]
    [InlineData(32, "ahead of")]
    public async Task A_clock_that_is_off_is_told_by_how_much(int seconds, string where)
    {
        var client = await app.ClientAsync();
        client.Skew = TimeSpan.FromSeconds(seconds * 3);

        var reply = await client.GetAsync(Build);

        AssertRefused(reply, 400, RequestError, $"s {where} this server's");
        Assert.StartsWith("Invalid timestamp", reply.Detail, StringComparison.Ordinal);
        Assert.Equal("Bad request", (string?)reply.Json!["title"]);
    }

    [Theory]
    [InlineData(-20)]
    [InlineData(20)]
    public async Task A_clock_that_is_off_by_little_is_let_in(int seconds)
    {
        var client = await app.ClientAsync();
        client.Skew = TimeSpan.FromSeconds(seconds);

        Assert.Equal(200, (await client.GetAsync(Build)).Status);
    }

    [Fact]
    public async Task A_request_that_comes_again_is_refused()
    {
        var client = await app.ClientAsync();
        var nonce = Guid.NewGuid().ToString();
        var first = await client.SendAsync(Signed(client, nonce));
        var second = await client.SendAsync(Signed(client, nonce));

        Assert.Equal(200, first.Status);
        AssertRefused(second, 400, RequestError, "Duplicate nonce");
    }

    [Theory]
    [InlineData(";nonce=another")]
    [InlineData(";signature=x")]
    [InlineData(";x=y")]
    [InlineData(";;nonce=another")]
    public async Task A_recorded_request_does_not_become_another_by_what_is_put_behind_it(string behind)
    {
        var client = await app.ClientAsync();
        using var recorded = Signed(client, Guid.NewGuid().ToString());
        var header = recorded.Headers.GetValues("Authorization").Single();
        Assert.Equal(200, (await client.SendAsync(recorded)).Status);
        using var again = new HttpRequestMessage(HttpMethod.Get, Build);
        again.Headers.TryAddWithoutValidation("Authorization", header + behind);

        AssertRefused(await client.SendAsync(again), 400, RequestError, "");
    }

    [Fact]
    public async Task What_was_signed_for_one_address_is_not_good_for_another()
    {
        var client = await app.ClientAsync();
        using var signed = Signed(client, Guid.NewGuid().ToString());
        signed.RequestUri = new Uri($"{Build}?x=1", UriKind.Relative);

        AssertRefused(await client.SendAsync(signed), 401, Deny, "The signature does not match");
    }

    [Fact]
    public async Task A_revoked_key_and_a_revoked_client_are_refused_at_once()
    {
        var desk = app.Services.GetRequiredService<ApiClientDesk>();
        var owner = await app.UserAsync();
        var key = await app.KeyAsync();
        Assert.Equal(200, (await app.Client(key).GetAsync(Build)).Status);

        // A second key takes the first one's place: for a while both work.
        var second = (await desk.AddKeyAsync(owner, key.ClientId, default)).Key!;
        Assert.Equal(200, (await app.Client(second).GetAsync(Build)).Status);
        Assert.Equal(200, (await app.Client(key).GetAsync(Build)).Status);

        var facts = (await desk.ListAsync(owner, default)).Single(client => client.Id == key.ClientId);
        Assert.Null(await desk.RevokeKeyAsync(owner, key.ClientId, facts.Keys.Single(k => k.ClientToken == key.ClientToken).Id, default));
        AssertRefused(await app.Client(key).GetAsync(Build), 401, Deny, "was revoked");
        Assert.Equal(200, (await app.Client(second).GetAsync(Build)).Status);

        Assert.Null(await desk.RevokeAsync(owner, key.ClientId, default));
        AssertRefused(await app.Client(second).GetAsync(Build), 401, Deny, "was revoked");
    }

    [Fact]
    public async Task Whoever_does_not_know_the_secret_is_not_told_that_a_key_was_revoked()
    {
        var key = await app.KeyAsync();
        await app.Services.GetRequiredService<ApiClientDesk>().RevokeAsync(await app.UserAsync(), key.ClientId, default);
        var client = app.Client(key);
        client.Secret += "x";

        AssertRefused(await client.GetAsync(Build), 401, Deny, "The signature does not match");
    }

    [Theory]
    [InlineData("www.example:5443", "www.example:5443")]
    [InlineData("www.example:5443", "www.example")]
    [InlineData("www.example", "www.example")]
    [InlineData("www.example", "www.example:80")]
    [InlineData("[::1]:5443", "[::1]")]
    public async Task The_host_is_signed_with_its_port_or_without(string host, string hostSigned)
    {
        var key = await app.KeyAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, Build);
        request.Headers.Host = host;
        Sign(request, key, hostSigned, "");

        Assert.Equal(200, (await app.Client(key).SendAsync(request)).Status);
    }

    [Fact]
    public async Task Another_host_is_not_the_one_that_was_signed()
    {
        var key = await app.KeyAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, Build);
        request.Headers.Host = "www.example:5443";
        Sign(request, key, "www.example:443", "");

        AssertRefused(await app.Client(key).SendAsync(request), 401, Deny, "The signature does not match");
    }

    [Theory]
    [InlineData("{\"a\":1}", "{\"a\":1}", true)]
    [InlineData("{\"a\":1}", "{\"a\":2}", false)]
    [InlineData("", "", true)]
    [InlineData("", "{}", false)]
    public async Task The_body_of_a_POST_is_signed(string signedBody, string sent, bool isLetIn) =>
        Assert.Equal(isLetIn, await IsLetInAsync(HttpMethod.Post, signedBody, sent));

    [Theory]
    [InlineData(131_072, false)]
    [InlineData(131_073, true)]
    public async Task Of_a_long_body_the_first_131072_bytes_are_signed(int changedAt, bool isLetIn)
    {
        var signed = new string('a', 140_000);
        var sent = signed[..(changedAt - 1)] + "b" + signed[changedAt..];

        Assert.Equal(isLetIn, await IsLetInAsync(HttpMethod.Post, signed, sent));
    }

    [Fact]
    public async Task The_body_of_a_PUT_is_not_signed() => Assert.True(await IsLetInAsync(HttpMethod.Put, "{\"a\":1}", "{\"a\":2}"));

    [Fact]
    public async Task A_read_only_client_may_change_nothing_that_its_maker_may()
    {
        var owner = await app.FindAsync(await app.KeyAsync());
        var reader = await app.FindAsync(await app.KeyAsync(wish: new("Reads", IsReadOnly: true, Groups: null)));

        Assert.Contains(Role.Publisher, owner.Access.Roles.Values);
        Assert.True(owner.Access.MayDemonstrate);
        Assert.Equal(owner.Access.Roles.Keys.Order(), reader.Access.Roles.Keys.Order());
        Assert.All(reader.Access.Roles.Values, role => Assert.Equal(Role.Viewer, role));
        Assert.False(reader.Access.MayDemonstrate);
    }

    [Fact]
    public async Task A_locked_out_person_s_client_is_refused_in_words_until_the_lock_out_is_over()
    {
        var client = app.Client(await app.KeyAsync("editor@demo.example"));
        Assert.Equal(200, (await client.GetAsync(Build)).Status);

        await ChangeAsync("editor@demo.example", user => user.LockoutEnd = DateTimeOffset.UtcNow.AddMinutes(5));
        AssertRefused(await client.GetAsync(Build), 403, "https://problems.luna.akamaiapis.net/-/pep-authz/deny", "locked out");

        await ChangeAsync("editor@demo.example", user => user.LockoutEnd = null);
        Assert.Equal(200, (await client.GetAsync(Build)).Status);
    }

    [Fact]
    public async Task A_role_that_was_taken_away_is_gone_for_the_person_s_clients_at_once()
    {
        var key = await app.KeyAsync("viewer@demo.example");
        Assert.NotEmpty((await app.FindAsync(key)).Access.Roles);
        await using var db = await app.Services.GetRequiredService<IDbContextFactory<AppDbContext>>().CreateDbContextAsync();
        var viewer = await app.UserAsync("viewer@demo.example");
        var given = await db.RoleAssignments.Where(a => a.UserId == viewer).ToListAsync();

        db.RoleAssignments.RemoveRange(given);
        await db.SaveChangesAsync();

        Assert.Empty((await app.FindAsync(key)).Access.Roles);
        db.RoleAssignments.AddRange(given);
        await db.SaveChangesAsync();
        Assert.NotEmpty((await app.FindAsync(key)).Access.Roles);
    }

    [Fact]
    public async Task A_read_only_client_tries_out_what_its_maker_may_where_it_is_confined_to_and_no_more()
    {
        var group = (await app.GroupsOfAsync(1))[0];
        var reader = await app.FindAsync(await app.KeyAsync(wish: new("Reads", IsReadOnly: true, [group])));
        var viewer = await app.FindAsync(await app.KeyAsync("viewer@demo.example", new("Reads", IsReadOnly: true, Groups: null)));
        var switched = await app.Services.GetRequiredService<ApiCallers>().SwitchAsync(reader, 1, default);

        Assert.Equal(reader.Access.Roles.Keys.Order(), reader.Trials.Roles.Keys.Order());
        Assert.All(reader.Trials.Roles.Values, role => Assert.Equal(Role.Publisher, role));
        Assert.All(viewer.Trials.Roles.Values, role => Assert.Equal(Role.Viewer, role));
        Assert.Equal(reader.Trials.Roles.OrderBy(pair => pair.Key), switched!.Trials.Roles.OrderBy(pair => pair.Key));
        Assert.False(reader.Trials.MayDemonstrate);
    }

    [Fact]
    public async Task A_client_that_is_confined_to_a_group_sees_it_and_those_under_it()
    {
        var parent = await app.ParentGroupAsync();
        var caller = await app.FindAsync(await app.KeyAsync(wish: new("One group", IsReadOnly: false, [parent.Id])));

        Assert.Equal(parent.WithThoseUnder.Order(), caller.Access.Roles.Keys.Order());
        Assert.All(caller.Access.Roles.Values, role => Assert.Equal(Role.Publisher, role));
        Assert.StartsWith("One group", caller.Access.Client, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Support_looks_at_one_account_whichever_it_is()
    {
        var support = await app.KeyAsync("support@demo.example");
        var callers = app.Services.GetRequiredService<ApiCallers>();
        var caller = await app.FindAsync(support);

        Assert.True(caller.Access.IsSupport);
        var switched = (await callers.SwitchAsync(caller, 2, default))!.Access;
        Assert.False(switched.IsSupport);
        Assert.Equal(await app.GroupsOfAsync(2), switched.Roles.Keys.Order());
        Assert.All(switched.Roles.Values, role => Assert.Equal(Role.Viewer, role));
        Assert.Equal(200, (await app.Client(support).GetAsync($"{Build}?accountSwitchKey=act_2")).Status);
        Assert.Equal(200, (await app.Client(support).GetAsync($"{Build}?accountSwitchKey=2:1-ABC")).Status);
        AssertRefused(await app.Client(support).GetAsync($"{Build}?accountSwitchKey=nobody"), 400, RequestError, "accountSwitchKey");
        AssertRefused(
            await app.Client(support).GetAsync($"{Build}?accountSwitchKey=act_1&accountSwitchKey=act_2"),
            400,
            RequestError,
            "more than once"
        );
    }

    [Fact]
    public async Task Whoever_names_an_account_of_their_own_sees_that_one_alone()
    {
        var key = await app.KeyAsync();
        var editor = await app.KeyAsync("editor@demo.example");

        var groups = await app.Client(key).GetAsync("/papi/v1/groups?accountSwitchKey=act_2");
        var contracts = await app.Client(key).GetAsync("/papi/v1/contracts?accountSwitchKey=2:1-ABC");
        var elsewhere = await app.Client(key).GetAsync("/papi/v1/properties/prp_100101?accountSwitchKey=act_2");
        var own = await app.Client(editor).GetAsync("/papi/v1/properties/prp_100101?accountSwitchKey=act_1");

        Assert.Equal("act_2", (string?)groups.Json!["accountId"]);
        Assert.Equal(
            (await app.GroupsOfAsync(2)).Select(id => $"grp_{id}"),
            groups.Items("groups").Select(group => (string?)group!["groupId"]),
            StringComparer.Ordinal
        );
        Assert.Equal("act_2", (string?)contracts.Json!["accountId"]);
        Assert.NotEmpty(contracts.Items("contracts"));
        Assert.Equal((404, 200), (elsewhere.Status, own.Status));
        var callers = app.Services.GetRequiredService<ApiCallers>();
        var there = await callers.SwitchAsync(await app.FindAsync(key), 2, default);
        Assert.All(there!.Access.Roles.Values, role => Assert.Equal(Role.Publisher, role));
        AssertRefused(
            await app.Client(editor).GetAsync($"{Build}?accountSwitchKey=act_2"),
            403,
            "https://problems.luna.akamaiapis.net/-/pep-authz/deny",
            "sees nothing of the account act_2"
        );
    }

    [Fact]
    public async Task That_a_key_is_used_is_noted()
    {
        var key = await app.KeyAsync();
        await app.Client(key).GetAsync(Build);

        var facts = (await app.Services.GetRequiredService<ApiClientDesk>().ListAsync(await app.UserAsync(), default)).Single(c =>
            c.Id == key.ClientId
        );
        Assert.NotNull(Assert.Single(facts.Keys).LastUsedAt);
    }

    [Fact]
    public async Task A_path_that_there_is_not_is_a_problem()
    {
        var client = await app.ClientAsync();

        var reply = await client.GetAsync("/papi/v1/nothing");

        Assert.Equal((404, "application/problem+json"), (reply.Status, reply.MediaType));
    }

    [Theory]
    [InlineData("GET", "/hapi/v1/edge-hostnames")]
    [InlineData("POST", "/identity-management/v3/user-profile")]
    public async Task Other_APIs_of_the_real_service_are_a_problem_that_says_what_is_spoken_here(string method, string path)
    {
        var client = await app.ClientAsync();

        var signed = await client.SendAsync(new(method), path, method == "POST" ? "{}" : null, accept: "*/*", check: false);
        using var asked = new HttpRequestMessage(new(method), path);
        asked.Headers.Add("Accept", "application/json");
        var unsigned = await client.SendAsync(asked, check: false);
        using var looked = new HttpRequestMessage(HttpMethod.Get, path);
        looked.Headers.Add("Accept", "text/html,application/xhtml+xml,application/json;q=0.9,*/*;q=0.8");
        var page = await client.SendAsync(looked, check: false);

        Assert.Equal((404, "application/problem+json"), (signed.Status, signed.MediaType));
        Assert.Contains("Property Manager API alone, under /papi/v1", signed.Detail, StringComparison.Ordinal);
        Assert.Equal((404, "application/problem+json"), (unsigned.Status, unsigned.MediaType));
        Assert.Equal(404, page.Status);
        Assert.NotEqual("application/problem+json", page.MediaType, StringComparer.Ordinal);
    }

    [Fact]
    public async Task A_method_that_is_not_possible_is_a_problem()
    {
        var client = await app.ClientAsync();

        var reply = await client.DeleteAsync(Build);

        Assert.Equal((405, "application/problem+json"), (reply.Status, reply.MediaType));
    }

    /// <summary>Whether the request passes, whatever its address; the resource reads the whole body either way.</summary>
    private async Task<bool> IsLetInAsync(HttpMethod method, string signed, string sent)
    {
        var key = await app.KeyAsync();
        using var request = new HttpRequestMessage(method, Build);
        var hash =
            signed.Length == 0 || method != HttpMethod.Post
                ? ""
                : Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(signed).AsSpan()[..Math.Min(131_072, signed.Length)]));
        Sign(request, key, "localhost", hash);
        await using var scope = app.Services.CreateAsyncScope();
        using var body = new MemoryStream(Encoding.UTF8.GetBytes(sent));
        var http = new DefaultHttpContext { RequestServices = scope.ServiceProvider };
        (http.Request.Method, http.Request.Scheme, http.Request.Host, http.Request.Path) = (method.Method, "http", new("localhost"), Build);
        (http.Request.Body, http.Request.Headers.Authorization) = (body, request.Headers.GetValues("Authorization").Single());

        var answer = await http.AuthenticateAsync("EdgeGrid");

        using var reader = new StreamReader(http.Request.Body);
        Assert.Equal(sent, await reader.ReadToEndAsync());
        return answer.Succeeded;
    }

    private static HttpRequestMessage Signed(PapiClient client, string nonce)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, Build);
        client.Sign(request, null, nonce);
        return request;
    }

    private static void Sign(HttpRequestMessage request, ApiKey key, string host, string bodyHash)
    {
        var timestamp = DateTimeOffset.UtcNow.ToString("yyyyMMdd'T'HH:mm:ss'+0000'", CultureInfo.InvariantCulture);
        var auth = $"EG1-HMAC-SHA256 client_token={key.ClientToken};access_token={key.AccessToken};timestamp={timestamp};nonce={Guid.NewGuid()};";
        var signing = Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(key.ClientSecret), Encoding.UTF8.GetBytes(timestamp)));
        var data = string.Join('\t', request.Method.Method, "http", host, request.RequestUri!.OriginalString, "", bodyHash, auth);
        var signature = Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(signing), Encoding.UTF8.GetBytes(data)));
        request.Headers.TryAddWithoutValidation("Authorization", $"{auth}signature={signature}");
    }

    private async Task ChangeAsync(string email, Action<AppUser> change)
    {
        await using var db = await app.Services.GetRequiredService<IDbContextFactory<AppDbContext>>().CreateDbContextAsync();
        change(await db.Users.SingleAsync(user => user.Email == email));
        await db.SaveChangesAsync();
    }

    private static void AssertRefused(PapiReply reply, int status, string type, string detail)
    {
        Assert.Equal((status, "application/problem+json", type), (reply.Status, reply.MediaType, (string?)reply.Json!["type"]));
        Assert.Contains(detail, reply.Detail, StringComparison.Ordinal);
    }
}
