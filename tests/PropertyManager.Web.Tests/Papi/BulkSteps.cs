using System.Diagnostics;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PropertyManager.Web.Data;
using PropertyManager.Web.Engine;
using PropertyManager.Web.Engine.Bulk;

namespace PropertyManager.Web.Tests.Papi;

/// <summary>What the tests of bulk requests do again and again.</summary>
internal static class BulkSteps
{
    public const string Versions = "/papi/v1/bulk/property-version-creations";
    public const string Patches = "/papi/v1/bulk/rules-patch-requests";
    public const string Activations = "/papi/v1/bulk/activations";
    public const string Searches = "/papi/v1/bulk/rules-search-requests";

    /// <summary>Asks for it, and waits until each part has its outcome.</summary>
    public static async Task<JsonNode> DoAsync(PapiClient client, string path, string body, string query = "")
    {
        var asked = await client.PostAsync(path + query, body);
        Assert.True(asked.Status == 202, asked.Text);
        var link = asked.Headers["Location"];
        Assert.Equal(link, asked.Json!.AsObject().Single().Value!.ToString());
        return await UntilAsync(async () =>
        {
            var reply = await client.GetAsync(link);
            Assert.Equal(200, reply.Status);
            return reply
                .Json!.AsObject()
                .Any(member => member.Key.EndsWith("Status", StringComparison.Ordinal) && (string?)member.Value == "COMPLETE")
                ? reply.Json
                : null;
        });
    }

    public static async Task<T> UntilAsync<T>(Func<Task<T?>> look)
        where T : class
    {
        for (var clock = Stopwatch.StartNew(); clock.Elapsed < TimeSpan.FromSeconds(60); await Task.Delay(20))
        {
            if (await look() is { } found)
                return found;
        }
        throw new TimeoutException("The bulk request does not come to its end.");
    }

    /// <summary>Keeps a request as if it had been asked for then.</summary>
    public static async Task<long> SaveAsync(this PapiApp app, PapiClient client, string kind, DateTimeOffset at, params BulkPart[] parts)
    {
        var caller = await app.CallerAsync(client);
        await using var db = await app.DbAsync();
        var request = new BulkRequest
        {
            Kind = kind,
            UserId = caller.UserId,
            SubmittedAt = at,
            UpdatedAt = at,
            IsDone = parts.All(part => part.IsOver),
            Document = new BulkJob(new(caller.ClientId, [.. caller.Access.Roles.Keys]), parts).Write(),
        };
        db.BulkRequests.Add(request);
        await db.SaveChangesAsync();
        return request.Id;
    }

    public static async Task<ApiCaller> CallerAsync(this PapiApp app, PapiClient client) =>
        (await app.Services.GetRequiredService<ApiCallers>().FindAsync(client.ClientToken, CancellationToken.None))!;

    public static Task<AppDbContext> DbAsync(this PapiApp app) =>
        app.Services.GetRequiredService<IDbContextFactory<AppDbContext>>().CreateDbContextAsync();

    /// <summary>A version that says what the first does; its number.</summary>
    public static async Task<int> NewVersionAsync(this PapiApp app, long propertyId)
    {
        var (access, from) = (await app.CallerAsync(await app.ClientAsync()), 1);
        var made = await app.Services.GetRequiredService<VersionDesk>().CopyAsync(propertyId, from, null, access.Access, CancellationToken.None);
        return made.Number!.Value;
    }
}
