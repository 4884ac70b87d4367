using Microsoft.EntityFrameworkCore;
using PropertyManager.Web.Engine.Bulk;
using static PropertyManager.Web.Tests.Papi.BulkSteps;

namespace PropertyManager.Web.Tests.Papi;

public sealed class BulkLimitTests(PapiApp app) : IClassFixture<PapiApp>
{
    private const string Query = """{"bulkSearchQuery":{"match":"$.name"}}""";

    [Fact]
    public async Task More_open_requests_than_a_person_may_have_are_a_problem_that_names_the_limit()
    {
        var client = await app.ClientAsync("viewer@demo.example");
        // Somebody works at them, for longer than the test lasts: a note further in the future would hold nothing.
        var soon = DateTimeOffset.UtcNow + (BulkWork.Lease * 0.9);
        for (var i = 0; i < BulkDesk.MostOpen; i++)
            await app.SaveAsync(client, BulkDesk.Versions, soon, new VersionPart(1, 1, null) { State = BulkState.InProgress });

        var reply = await client.PostAsync(Searches, Query);
        var ofAnother = await (await app.ClientAsync("editor@demo.example")).PostAsync(Searches, Query);
        var user = (await app.CallerAsync(client)).UserId;
        await using (var db = await app.DbAsync())
            await db.BulkRequests.Where(b => b.UserId == user).ExecuteDeleteAsync();

        Assert.Equal((429, "application/problem+json"), (reply.Status, reply.MediaType));
        Assert.Equal((BulkDesk.MostOpen, "open-bulk-requests"), ((int)reply.Json!["limit"]!, (string?)reply.Json["limitKey"]));
        Assert.Contains("20 bulk requests", reply.Detail, StringComparison.Ordinal);
        Assert.Equal(202, ofAnother.Status);
        Assert.Equal(202, (await client.PostAsync(Searches, Query)).Status);
    }

    [Fact]
    public async Task A_second_search_that_is_waited_for_is_a_problem_that_names_the_limit()
    {
        var client = await app.ClientAsync("viewer@demo.example");
        var reached = new TaskCompletionSource();
        using var goOn = new ManualResetEventSlim();
        using var queries = new SentQueries(app.App)
        {
            Before = text =>
            {
                // The first that asks for trees, as a search does, waits.
                if (text.Contains("\"Rules\"", StringComparison.Ordinal) && text.Contains("DESC", StringComparison.Ordinal) && reached.TrySetResult())
                    goOn.Wait(TimeSpan.FromSeconds(60));
            },
        };

        var first = Task.Run(() => client.PostAsync(Searches + "-synch", Query));
        await reached.Task.WaitAsync(TimeSpan.FromSeconds(60));
        var second = await (await app.ClientAsync("viewer@demo.example")).PostAsync(Searches + "-synch", Query);
        var ofAnother = await (await app.ClientAsync("editor@demo.example")).PostAsync(Searches + "-synch", Query);
        goOn.Set();

        Assert.Equal((429, "application/problem+json"), (second.Status, second.MediaType));
        Assert.Equal((1, "bulk-searches-at-once"), ((int)second.Json!["limit"]!, (string?)second.Json["limitKey"]));
        Assert.Equal("1", second.Headers["Retry-After"]);
        Assert.Contains("one at a time", second.Detail, StringComparison.Ordinal);
        Assert.Equal((202, 202), (ofAnother.Status, (await first).Status));
        Assert.Equal(202, (await client.PostAsync(Searches + "-synch", Query)).Status);
    }
}
