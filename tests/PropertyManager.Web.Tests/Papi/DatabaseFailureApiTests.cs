using System.Net;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using PropertyManager.Domain;
using PropertyManager.Web.Data;
using SQLitePCL;

namespace PropertyManager.Web.Tests.Papi;

/// <summary>A database that another program has locked, that is full or that is away: programs are told so, soon, and with the time to try again.</summary>
public sealed class DatabaseFailureApiTests(PapiApp app) : IClassFixture<PapiApp>
{
    /// <summary>Far less than the half minute after which a request failed, and far more than one takes on a busy machine.</summary>
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task While_another_program_holds_the_lock_writes_are_refused_soon_and_reads_are_answered()
    {
        var client = await app.ClientAsync();
        var property = PublicId.Of(PublicId.Property, await app.AddPropertyAsync());
        var version = $"/papi/v1/properties/{property}/versions/1";
        var group = PapiProperties.Scope;
        var activation = $$"""{"propertyVersion":1,"network":"STAGING","notifyEmails":["a@b.example"],"acknowledgeAllWarnings":true}""";
        var rules = (await client.GetAsync($"{version}/rules?{group}")).Text;
        var traffic = (await client.GetAsync($"/simulation/v1/properties/{property}/traffic")).Text;
        Func<Task<PapiReply>>[] writes =
        [
            () => client.PostAsync($"/papi/v1/properties/{property}/activations?{group}", activation),
            () => client.PutAsync($"{version}/rules?{group}", rules),
            () => client.PostAsync($"/papi/v1/properties/{property}/versions?{group}", """{"createFromVersion":1}"""),
            () => client.PostAsync("/webhooks/v1/webhooks", """{"url":"https://receiver.example/hook"}"""),
            () => client.PutAsync($"/simulation/v1/properties/{property}/traffic", traffic),
        ];
        await using (await LockAsync())
        {
            foreach (var reply in await Task.WhenAll(writes.Select(write => write())).WaitAsync(Soon))
            {
                Assert.Equal((503, "application/problem+json"), (reply.Status, reply.MediaType));
                Assert.Equal("2", reply.Headers["Retry-After"]);
                Assert.Equal("https://problems.luna.akamaiapis.net/papi/v1/database-locked", (string?)reply.Json!["type"]);
                Assert.Equal("Database locked", (string?)reply.Json["title"]);
                Assert.StartsWith("The request was not completed. Another program has locked the database. ", reply.Detail, StringComparison.Ordinal);
            }
            Assert.Equal(200, (await client.GetAsync($"/papi/v1/properties/{property}?{group}").WaitAsync(Soon)).Status);
        }
        Assert.Equal(201, (await client.PostAsync($"/papi/v1/properties/{property}/activations?{group}", activation)).Status);
    }

    [Theory]
    [InlineData(raw.SQLITE_FULL, "database-full", "30", "Send the request again")]
    [InlineData(raw.SQLITE_READONLY, "database-read-only", "60", "Send the request again")]
    [InlineData(raw.SQLITE_IOERR, "database-disk-error", "30", "A change may have been made")]
    [InlineData(raw.SQLITE_CORRUPT, "database-damaged", "60", "Send the request again")]
    [InlineData(raw.SQLITE_CANTOPEN, "database-unreachable", "5", "A change may have been made")]
    public async Task Whatever_the_database_fails_at_the_problem_names_it(int code, string kind, string retryAfter, string remedy)
    {
        var client = await app.ClientAsync();
        var property = PublicId.Of(PublicId.Property, await app.AddPropertyAsync());
        var group = PapiProperties.Scope;
        using var queries = new SentQueries(app.App) { Before = text => FailAt(text, "\"Properties\"", code) };
        foreach (
            var path in new[]
            {
                $"/papi/v1/properties/{property}?{group}",
                $"/papi/v1/properties/{property}/versions/1/rules?{group}",
                $"/papi/v1/properties/{property}/activations?{group}",
                $"/simulation/v1/properties/{property}/traffic",
            }
        )
        {
            var reply = await client.GetAsync(path);
            Assert.Equal((503, retryAfter), (reply.Status, reply.Headers["Retry-After"]));
            Assert.EndsWith($"/papi/v1/{kind}", (string?)reply.Json!["type"], StringComparison.Ordinal);
            Assert.Contains(remedy, reply.Detail, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_key_that_cannot_be_looked_up_is_not_refused_as_unknown()
    {
        var client = await app.ClientAsync();
        using var queries = new SentQueries(app.App) { Before = text => FailAt(text, "\"ApiCredentials\"", raw.SQLITE_CANTOPEN) };
        Assert.Equal(503, (await client.GetAsync("/papi/v1/build")).Status);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/openapi/v1.json");
        client.Sign(request, null);
        Assert.Equal(503, (await client.SendAsync(request)).Status);
    }

    [Fact]
    public async Task A_fault_of_the_program_is_no_failure_of_the_database()
    {
        var client = await app.ClientAsync();
        var property = PublicId.Of(PublicId.Property, await app.AddPropertyAsync());
        var group = PapiProperties.Scope;
        using var queries = new SentQueries(app.App) { Before = text => FailAt(text, "\"Properties\"", raw.SQLITE_CONSTRAINT) };
        Assert.Equal(500, (await client.SendAsync(HttpMethod.Get, $"/papi/v1/properties/{property}?{group}", check: false)).Status);
    }

    [Fact]
    public async Task Somebody_who_signs_in_meanwhile_is_told_in_words_and_keeps_the_address()
    {
        using var browser = app.App.CreateClient();
        var address = new Uri("/account/login", UriKind.Relative);
        var token = Field(await browser.GetStringAsync(address), "__RequestVerificationToken");
        using var form = new FormUrlEncodedContent(
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["__RequestVerificationToken"] = token,
                ["_handler"] = "login",
                ["Input.Email"] = "viewer@demo.example",
                ["Input.Password"] = "not the password",
            }
        );
        await using var held = await LockAsync();
        using var answer = await browser.PostAsync(address, form).WaitAsync(Soon);

        var page = await answer.Content.ReadAsStringAsync();
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(2), answer.Headers.RetryAfter!.Delta);
        Assert.Contains("Another program has locked the database.", page, StringComparison.Ordinal);
        Assert.Equal("viewer@demo.example", Field(page, "Input.Email"));
        Assert.DoesNotContain("not the password", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"Properties\"")]
    [InlineData("\"Sessions\"")]
    public async Task A_page_that_cannot_be_answered_says_why_and_where_to_try_again(string table)
    {
        using var browser = await SignedInAsync();
        // The session is read with the next request.
        app.App.Services.GetRequiredService<AccessChanges>().Publish(null);
        using var queries = new SentQueries(app.App) { Before = text => FailAt(text, table, raw.SQLITE_FULL) };
        using var answer = await browser.GetAsync(new Uri("/properties/prp_1?tab=history", UriKind.Relative));

        var page = await answer.Content.ReadAsStringAsync();
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(30), answer.Headers.RetryAfter!.Delta);
        Assert.Contains("The disk of the database is full.", page, StringComparison.Ordinal);
        Assert.Contains("href=\"/properties/prp_1?tab=history\"", page, StringComparison.Ordinal);
    }

    private static void FailAt(string text, string at, int code)
    {
        if (text.Contains(at, StringComparison.Ordinal))
            throw new SqliteException("as the test says", code);
    }

    private static string Field(string page, string name)
    {
        var input = page.Split("<input").Single(part => part.Contains($"name=\"{name}\"", StringComparison.Ordinal));
        return input.Split("value=\"")[1].Split('"')[0];
    }

    private async Task<HttpClient> SignedInAsync()
    {
        var browser = app.App.CreateClient();
        var address = new Uri("/account/login", UriKind.Relative);
        var token = Field(await browser.GetStringAsync(address), "__RequestVerificationToken");
        using var form = new FormUrlEncodedContent(
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["__RequestVerificationToken"] = token,
                ["_handler"] = "login",
                ["Input.Email"] = "publisher@demo.example",
                ["Input.Password"] = DemoUsers.Password,
            }
        );
        using var answer = await browser.PostAsync(address, form);
        return browser;
    }

    /// <summary>Another program writes to the database, until the result is disposed of.</summary>
    private async Task<SqliteConnection> LockAsync()
    {
        var file = Path.Combine(app.App.DataDirectory, "property-manager.db");
        var other = new SqliteConnection($"Data Source={file};Pooling=False;Default Timeout=30");
        await other.OpenAsync();
        await using var command = other.CreateCommand();
        command.CommandText = "begin exclusive";
        await command.ExecuteNonQueryAsync();
        return other;
    }
}
