using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PropertyManager.Domain;
using PropertyManager.Domain.Activations;
using PropertyManager.Domain.Properties;
using PropertyManager.Web.Data;
using PropertyManager.Web.Engine;

namespace PropertyManager.Web.Tests.Papi;

public sealed class ActivationApiTests(PapiApp app) : IClassFixture<PapiApp>
{
    private const string Stage =
        """{"propertyVersion":1,"network":"STAGING","note":"try","notifyEmails":["ann@shop.example"],"acknowledgeAllWarnings":true}""";

    /// <summary>What runs stays as it is while a test looks at it.</summary>
    private const double RealTime = 1;

    [Fact]
    public async Task An_activation_goes_from_pending_to_active_and_off_again()
    {
        var (client, path) = await StartAsync();

        Speed.Set(RealTime);
        var created = await client.PostAsync($"{path}/", Stage);

        Assert.Equal(201, created.Status);
        var link = (string)created.Json!["activationLink"]!;
        Assert.Equal(link, created.Headers["Location"]);
        var running = await client.GetAsync(link);
        Assert.Equal("PENDING", Status(running));
        Assert.Equal("received", (string?)Item(running)["fmaActivationState"]);
        Assert.True(int.Parse(running.Headers["Retry-After"], null) is >= 1 and < 300);
        Assert.Equal("try", (string?)Item(running)["note"]);
        Assert.StartsWith("act_", (string?)Item(running)["accountId"], StringComparison.Ordinal);
        Assert.StartsWith("grp_", (string?)Item(running)["groupId"], StringComparison.Ordinal);

        Speed.Set(SimulationSettings.FastestSpeed);
        var active = await WaitAsync(client, link, "ACTIVE");
        Assert.False(active.Headers.ContainsKey("Retry-After"));
        Assert.Equal("steady", (string?)Item(active)["fmaActivationState"]);

        Speed.Set(RealTime);
        var off = await client.PostAsync(
            path,
            """{"propertyVersion":1,"network":"STAGING","activationType":"DEACTIVATE","notifyEmails":["ann@shop.example"]}"""
        );
        Assert.Equal(201, off.Status);
        var offLink = (string)off.Json!["activationLink"]!;
        Assert.Equal("PENDING_DEACTIVATION", Status(await client.GetAsync(offLink)));
        Speed.Set(SimulationSettings.FastestSpeed);
        var gone = await WaitAsync(client, offLink, "ACTIVE");
        Assert.Equal("DEACTIVATE", (string?)Item(gone)["activationType"]);
        Assert.Equal(("DEACTIVATED", "INACTIVE"), await StandsAsync(client, path, version: 1));
        Assert.Equal(2, (await client.GetAsync(path)).Json!["activations"]!["items"]!.AsArray().Count);
    }

    [Fact]
    public async Task What_clients_look_for_in_a_refusal_is_there()
    {
        var (client, path) = await StartAsync();

        var off = await client.PostAsync(path, Stage.Replace("{", """{"activationType":"DEACTIVATE",""", StringComparison.Ordinal));

        Assert.Equal(422, off.Status);
        Assert.EndsWith("/property_version_not_active", (string?)off.Json!["type"], StringComparison.Ordinal);

        Speed.Set(SimulationSettings.FastestSpeed);
        var link = (string)(await client.PostAsync(path, Stage)).Json!["activationLink"]!;
        await WaitAsync(client, link, "ACTIVE");
        var cancelled = await client.DeleteAsync(link);

        Assert.Equal((422, "Activation Unprocessable"), (cancelled.Status, (string?)cancelled.Json!["title"]));
    }

    [Fact]
    public async Task A_repeated_order_finds_the_one_that_runs()
    {
        var (client, path) = await StartAsync();
        Speed.Set(RealTime);
        var first = await client.PostAsync(path, Stage);

        var again = await client.PostAsync(path, Stage);

        Assert.Equal(422, again.Status);
        Assert.EndsWith("property_activation_still_pending", (string?)again.Json!["type"], StringComparison.Ordinal);
        Assert.Equal((string?)first.Json!["activationLink"], (string?)again.Json["details"]!["activationLink"]);
        Assert.Single((await client.GetAsync(path)).Json!["activations"]!["items"]!.AsArray());
    }

    [Fact]
    public async Task A_cancelled_one_leaves_the_list_and_can_still_be_read()
    {
        var (client, path) = await StartAsync();
        Speed.Set(RealTime);
        var link = (string)(await client.PostAsync(path, Stage)).Json!["activationLink"]!;

        var cancelled = await client.DeleteAsync(link);

        Assert.Equal(200, cancelled.Status);
        Assert.True(Status(cancelled) is "PENDING_CANCELLATION" or "ABORTED", cancelled.Text);
        Speed.Set(SimulationSettings.FastestSpeed);
        var aborted = await WaitAsync(client, link, "ABORTED");
        Assert.Equal("steady", (string?)Item(aborted)["fmaActivationState"]);
        Assert.Empty((await client.GetAsync(path)).Json!["activations"]!["items"]!.AsArray());
        Assert.Equal(204, (await client.DeleteAsync(link)).Status);
    }

    [Fact]
    public async Task One_that_the_system_cancelled_stays_in_the_list_and_says_why()
    {
        var (client, path) = await StartAsync();
        var id = path.Split('/')[4];
        var fault = $$$"""{"propertyId":"{{{id}}}","nextActivationOnly":true,"fault":{"kind":"CRASH","share":1}}""";
        Assert.Equal(201, (await client.PostAsync("/simulation/v1/faults", fault)).Status);
        var order = """{"propertyVersion":1,"network":"PRODUCTION","notifyEmails":["ann@shop.example"],"acknowledgeAllWarnings":true}""";
        var link = (string)(await client.PostAsync(path, order)).Json!["activationLink"]!;

        await WaitAsync(client, link, "ABORTED");

        var listed = Assert.Single((await client.GetAsync(path)).Json!["activations"]!["items"]!.AsArray())!;
        Assert.Equal(("ABORTED", "Activation cancelled"), ((string?)listed["status"], (string?)listed["failureCause"]!["title"]));
        Assert.NotEmpty((string)listed["failureCause"]!["detail"]!);
    }

    [Fact]
    public async Task A_cancel_that_came_too_late_is_told_with_who_asked_and_when()
    {
        var (client, path) = await StartAsync();
        var link = (string)(await client.PostAsync(path, Stage)).Json!["activationLink"]!;
        Assert.Null(Item(await WaitAsync(client, link, "ACTIVE"))["lateCancellation"]);
        var (at, number) = (new DateTimeOffset(2026, 3, 2, 11, 52, 3, TimeSpan.Zero), PublicId.Parse(PublicId.Activation, link.Split('/', '?')[6]));
        await using (var db = await app.Services.GetRequiredService<IDbContextFactory<AppDbContext>>().CreateDbContextAsync())
        {
            await db
                .Activations.Where(a => a.Id == number)
                .ExecuteUpdateAsync(set =>
                    set.SetProperty(a => a.Status.CancelLapsed, true)
                        .SetProperty(a => a.Intent.CancelRequestedBy, "ada@shop.example")
                        .SetProperty(a => a.Intent.CancelRequestedAt, at)
                );
        }
        app.Services.GetRequiredService<ActivationMemory>().Forget(PublicId.Parse(PublicId.Property, path.Split('/')[4])!.Value);

        var late = Item(await client.GetAsync(link))["lateCancellation"]!;

        Assert.Equal(("ada@shop.example", "2026-03-02T11:52:03Z"), ((string?)late["requestedBy"], (string?)late["requestDate"]));
        Assert.Equal(
            "ada@shop.example asked to cancel at 2026-03-02T11:52:03Z, after the last servers had been updated; it could not be canceled any more.",
            (string?)late["detail"]
        );
    }

    [Fact]
    public async Task What_has_ended_cannot_be_cancelled()
    {
        var (client, path) = await StartAsync();
        var link = (string)(await client.PostAsync(path, Stage)).Json!["activationLink"]!;
        await WaitAsync(client, link, "ACTIVE");

        Assert.Equal(422, (await client.DeleteAsync(link)).Status);
        Assert.Equal(422, (await client.PostAsync(path, Stage)).Status);
    }

    [Fact]
    public async Task A_warning_about_several_rules_keeps_its_id_while_they_are_the_same()
    {
        var (client, path) = await StartAsync();
        async Task<string> IdAsync(params string[] names)
        {
            var rules = path.Replace("activations", "versions/1/rules", StringComparison.Ordinal);
            var children = string.Join(',', names.Select(name => $$"""{"name":"{{name}}"}"""));
            await client.PutAsync(rules, $$$"""{"rules":{"name":"default","behaviors":[],"children":[{{{children}}}]}}""");
            var dry = await client.PostAsync($"{path}?dryRun=true", Stage);
            return (string)Assert.Single(dry.Json!["warnings"]!.AsArray(), w => (string?)w!["title"] == "The rule does nothing")!["messageId"]!;
        }

        var of = await IdAsync("a", "b", "c");

        Assert.Equal(of, await IdAsync("c", "b", "a"));
        Assert.NotEqual(of, await IdAsync("a", "b", "c", "d"), StringComparer.Ordinal);
        Assert.NotEqual(of, await IdAsync("a", "b"), StringComparer.Ordinal);
    }

    [Fact]
    public async Task Warnings_are_acknowledged_by_their_ids()
    {
        var (client, path) = await StartAsync();
        const string production = """{"propertyVersion":1,"network":"PRODUCTION","notifyEmails":["ann@shop.example"],"acknowledgeWarnings":[ids]}""";

        var refused = await client.PostAsync(path, production.Replace("ids", "", StringComparison.Ordinal));

        Assert.Equal(400, refused.Status);
        Assert.Contains("warnings-not-acknowledged", (string?)refused.Json!["type"], StringComparison.Ordinal);
        var ids = refused.Json["warnings"]!.AsArray().Select(warning => (string)warning!["messageId"]!).ToList();
        Assert.NotEmpty(ids);
        Assert.All(ids, id => Assert.StartsWith("msg_", id, StringComparison.Ordinal));
        var accepted = await client.PostAsync(
            path,
            production.Replace("ids", string.Join(',', ids.Select(id => $"\"{id}\"")), StringComparison.Ordinal)
        );
        Assert.Equal(201, accepted.Status);
    }

    [Fact]
    public async Task A_dry_run_checks_everything_and_starts_nothing()
    {
        var (client, path) = await StartAsync();

        var dry = await client.PostAsync(
            $"{path}?dryRun=true",
            """{"propertyVersion":1,"network":"PRODUCTION","notifyEmails":["ann@shop.example"]}"""
        );

        Assert.Equal(200, dry.Status);
        Assert.False((bool)dry.Json!["wouldActivate"]!);
        Assert.Equal("never-on-staging", (string?)dry.Json["refusal"]!["code"]);
        var well = await client.PostAsync(
            $"{path}?dryRun=true",
            """{"propertyVersion":1,"network":"PRODUCTION","notifyEmails":["ann@shop.example"],"acknowledgeAllWarnings":true}"""
        );
        Assert.True((bool)well.Json!["wouldActivate"]!);
        Assert.True((int)well.Json["servers"]! > 300_000);
        Assert.True((int)well.Json["secondsUntilLive"]! < (int)well.Json["secondsUntilActive"]!);
        Assert.Empty((await client.GetAsync(path)).Json!["activations"]!["items"]!.AsArray());
    }

    [Theory]
    [InlineData("True", 200)]
    [InlineData("1", 400)]
    [InlineData("true&dryRun=false", 400)]
    public async Task A_dry_run_is_never_taken_for_the_real_thing(string value, int status)
    {
        var (client, path) = await StartAsync();

        Assert.Equal(status, (await client.PostAsync($"{path}?dryRun={value}", Stage)).Status);
        Assert.Empty((await client.GetAsync(path)).Json!["activations"]!["items"]!.AsArray());
    }

    [Fact]
    public async Task Only_the_version_that_is_active_is_taken_off()
    {
        var (client, path) = await StartAsync(versions: 2);
        await WaitAsync(client, (string)(await client.PostAsync(path, Stage)).Json!["activationLink"]!, "ACTIVE");
        const string off = """{"propertyVersion":2,"network":"STAGING","activationType":"DEACTIVATE","notifyEmails":["ann@shop.example"]}""";

        var tried = await client.PostAsync($"{path}?dryRun=true", off);
        var wrong = await client.PostAsync(path, off);

        Assert.Equal((200, "not-active"), (tried.Status, (string?)tried.Json!["refusal"]!["code"]));
        Assert.Equal(422, wrong.Status);
        Assert.Contains("Version 1 is active on staging", wrong.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_cancels_at_once_with_others_is_told_the_same()
    {
        var (client, path) = await StartAsync();
        Speed.Set(RealTime);
        var link = (string)(await client.PostAsync(path, Stage)).Json!["activationLink"]!;

        var replies = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => client.DeleteAsync(link)));

        Assert.All(replies, reply => Assert.True(reply.Status is 200 or 204, reply.Text));
    }

    [Fact]
    public async Task Fast_fallback_brings_back_the_version_before()
    {
        var (client, path) = await StartAsync(versions: 2);
        foreach (var version in new[] { 1, 2 })
        {
            var order =
                $$"""{"propertyVersion":{{version}},"network":"PRODUCTION","notifyEmails":["ann@shop.example"],"acknowledgeAllWarnings":true}""";
            await WaitAsync(client, (string)(await client.PostAsync(path, order)).Json!["activationLink"]!, "ACTIVE");
        }
        var info = (await client.GetAsync(path)).Json!["activations"]!["items"]![0]!["fallbackInfo"]!;
        Assert.True((bool)info["canFastFallback"]!);
        Assert.Equal(1, (int)info["fallbackVersion"]!);
        Assert.Equal((long)info["steadyStateTime"]! + 3600, (long)info["fastFallbackExpirationTime"]!);

        var wrong = await client.PostAsync(
            path,
            """{"propertyVersion":2,"network":"PRODUCTION","notifyEmails":["ann@shop.example"],"useFastFallback":true}"""
        );
        Assert.Equal(422, wrong.Status);
        Assert.Contains("brings back version 1", wrong.Detail, StringComparison.Ordinal);
        Assert.Contains("Send that one as propertyVersion", wrong.Detail, StringComparison.Ordinal);
        var trial = await client.PostAsync(
            $"{path}?dryRun=true",
            """{"propertyVersion":1,"network":"PRODUCTION","notifyEmails":["ann@shop.example"],"useFastFallback":true}"""
        );
        Assert.True((bool)trial.Json!["wouldActivate"]!);
        Assert.True((int)trial.Json["servers"]! > 300_000);
        Assert.Equal(2, (await client.GetAsync(path)).Json!["activations"]!["items"]!.AsArray().Count);
        var back = await client.PostAsync(
            path,
            """{"propertyVersion":1,"network":"PRODUCTION","notifyEmails":["ann@shop.example"],"useFastFallback":true}"""
        );
        Assert.Equal(201, back.Status);
        await WaitAsync(client, (string)back.Json!["activationLink"]!, "ACTIVE");

        var left = (await client.GetAsync(path)).Json!["activations"]!["items"]![1]!;
        Assert.Equal("INACTIVE", (string?)left["status"]);
        Assert.Equal("DEACTIVATED", (await StandsAsync(client, path, version: 2)).Production);
        Assert.True((bool)left["fallbackInfo"]!["fastFallbackAttempted"]!);
        Assert.False((bool)left["fallbackInfo"]!["canFastFallback"]!);
        Assert.Equal((long)info["steadyStateTime"]!, (long)left["fallbackInfo"]!["steadyStateTime"]!);
        // Whichever version is named, the cause is the same.
        foreach (var version in new[] { 1, 2 })
        {
            var order = $$"""{"propertyVersion":{{version}},"network":"PRODUCTION","notifyEmails":["ann@shop.example"],"useFastFallback":true}""";
            var again = await client.PostAsync(path, order);
            Assert.Equal(422, again.Status);
            Assert.Contains("is a Fast Fallback itself", again.Detail, StringComparison.Ordinal);
            Assert.Contains("Activate the version that you want without useFastFallback", again.Detail, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_dry_run_says_plainly_whether_errors_would_cancel_it()
    {
        var property = await app.AddPropertyAsync(versions: 2);
        var (client, _) = await StartAsync();
        var path = $"/papi/v1/properties/prp_{property}";
        var traffic = (await client.GetAsync($"/simulation/v1/properties/prp_{property}/traffic")).Json!;
        traffic["hitsPerSecond"] = 5_000;
        Assert.Equal(200, (await client.PutAsync($"/simulation/v1/properties/prp_{property}/traffic", traffic.ToJsonString())).Status);
        const string first = """{"propertyVersion":1,"network":"PRODUCTION","notifyEmails":["ann@shop.example"],"acknowledgeAllWarnings":true}""";
        await WaitAsync(client, (string)(await client.PostAsync($"{path}/activations", first)).Json!["activationLink"]!, "ACTIVE");
        var denying = PapiProperties.Rules.Replace(
            "\"behaviors\": [",
            "\"behaviors\": [ { \"name\": \"denyAccess\", \"options\": { \"enabled\": true, \"reason\": \"closed\" } },",
            StringComparison.Ordinal
        );
        Assert.Equal(200, (await client.PutAsync($"{path}/versions/2/rules", denying)).Status);

        // Its warnings are not acknowledged: what it would do is told all the same.
        var ignoring = (
            await client.PostAsync(
                $"{path}/activations?dryRun=true",
                """{"propertyVersion":2,"network":"PRODUCTION","notifyEmails":["ann@shop.example"]}"""
            )
        ).Json!;
        var watching = (
            await client.PostAsync(
                $"{path}/activations?dryRun=true",
                """{"propertyVersion":2,"network":"PRODUCTION","notifyEmails":["ann@shop.example"],"ignoreHttpErrors":false}"""
            )
        ).Json!;

        Assert.False((bool)ignoring["wouldActivate"]!);
        Assert.Equal((false, true), ((bool)ignoring["impact"]!["wouldBeCancelled"]!, (bool)ignoring["impact"]!["ignoreHttpErrors"]!));
        Assert.Contains("would not cancel this activation", (string?)ignoring["impact"]!["verdict"], StringComparison.Ordinal);
        Assert.Contains("ignoreHttpErrors is true", (string?)ignoring["impact"]!["verdict"], StringComparison.Ordinal);
        Assert.Equal((true, false), ((bool)watching["impact"]!["wouldBeCancelled"]!, (bool)watching["impact"]!["ignoreHttpErrors"]!));
        Assert.StartsWith(
            "Error-rate monitoring would cancel this activation: 4xx+5xx ",
            (string?)watching["impact"]!["verdict"],
            StringComparison.Ordinal
        );
        Assert.Contains("over 10 times what they were", (string?)watching["impact"]!["limit"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_expression_that_no_engine_can_run_is_an_error_and_a_trial_says_what_it_did_not_evaluate()
    {
        var property = await app.AddPropertyAsync(versions: 2);
        var (client, _) = await StartAsync();
        var path = $"/papi/v1/properties/prp_{property}";
        const string first = """{"propertyVersion":1,"network":"PRODUCTION","notifyEmails":["ann@shop.example"],"acknowledgeAllWarnings":true}""";
        await WaitAsync(client, (string)(await client.PostAsync($"{path}/activations", first)).Json!["activationLink"]!, "ACTIVE");
        var text = string.Concat(Enumerable.Repeat("/section", 20));
        var slow = PapiProperties.Rules.Replace(
            "\"children\": []",
            $$$"""
            "children": [ { "name": "Slow", "behaviors": [ { "name": "denyAccess", "options": { "enabled": true, "reason": "x" } } ], "criteria": [
              { "name": "regularExpression", "options": { "matchString": "{{{text}}}", "regex": "^(([a-z/]{0,60}){0,60}){0,60}zz$", "caseSensitive": true } } ] } ]
            """,
            StringComparison.Ordinal
        );

        var saved = await client.PutAsync($"{path}/versions/2/rules", slow);
        var order = first.Replace("\"propertyVersion\":1", "\"propertyVersion\":2", StringComparison.Ordinal);
        var activated = await client.PostAsync($"{path}/activations", order);
        var impact = (await client.PostAsync($"{path}/activations?dryRun=true", order)).Json!["impact"]!;

        const string place = "#/rules/children/0/criteria/0/options/regex";
        Assert.Equal(200, saved.Status);
        Assert.Contains(saved.Json!["errors"]!.AsArray(), error => (string?)error!["errorLocation"] == place);
        Assert.InRange(activated.Status, 400, 499);
        Assert.Equal(0, (double)impact["evaluatedShare"]!);
        Assert.StartsWith("Not evaluated", (string?)impact["evaluation"], StringComparison.Ordinal);
        Assert.Contains("/rules/children/0/criteria/0/options/regex", (string?)impact["evaluation"], StringComparison.Ordinal);
        Assert.Contains("not known", (string?)impact["verdict"], StringComparison.Ordinal);
        Assert.False((bool)impact["wouldBeCancelled"]!);
    }

    [Fact]
    public async Task Errors_of_a_version_are_told_where_they_are_and_where_to_correct_them()
    {
        var (client, path) = await StartAsync();
        var rules = path.Replace("activations", "versions/1/rules", StringComparison.Ordinal);
        Assert.Equal(200, (await client.PutAsync(rules, """{"rules":{"name":"default","behaviors":[]}}""")).Status);

        var refused = await client.PostAsync(path, Stage);
        var dry = await client.PostAsync($"{path}?dryRun=true", Stage);

        Assert.Equal((400, "validation-errors"), (refused.Status, refused.Kind()));
        Assert.Contains("in this version, or in a new one where", refused.Detail, StringComparison.Ordinal);
        Assert.Equal(refused.Detail, (string?)dry.Json!["refusal"]!["detail"]);
        Assert.All(refused.Json!["errors"]!.AsArray(), error => Assert.StartsWith("#", (string?)error!["instance"], StringComparison.Ordinal));
        Assert.All(dry.Json["errors"]!.AsArray(), error => Assert.StartsWith("#", (string?)error!["errorLocation"], StringComparison.Ordinal));
    }

    [Fact]
    public async Task Compliance_is_checked_and_kept()
    {
        var (client, path) = await StartAsync();
        const string order =
            """{"propertyVersion":1,"network":"STAGING","notifyEmails":["ann@shop.example"],"acknowledgeAllWarnings":true,"complianceRecord":{"noncomplianceReason":"NONE"rest}}""";

        var lacking = await client.PostAsync(path, order.Replace("rest", "", StringComparison.Ordinal));
        Assert.Equal(400, lacking.Status);
        Assert.Contains("customerEmail", lacking.Detail, StringComparison.Ordinal);
        var whole = await client.PostAsync(
            path,
            order.Replace(
                "rest",
                ""","customerEmail":"c@shop.example","peerReviewedBy":"p@shop.example","unitTested":true,"ticketId":"T-1" """,
                StringComparison.Ordinal
            )
        );

        Assert.Equal(201, whole.Status);
        await using var db = await Contexts.CreateDbContextAsync();
        var kept = await db.Activations.OrderByDescending(a => a.Id).Where(a => a.Intent.Compliance != null).Select(a => a.Intent).FirstAsync();
        Assert.Equal(("T-1", true), (kept.Compliance!.TicketId, kept.Client!.StartsWith("Test", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("{", 400)]
    [InlineData("[]", 400)]
    [InlineData("null", 400)]
    [InlineData("""{"propertyVersion":1}""", 400)]
    [InlineData("""{"propertyVersion":1,"network":"STAGING"}""", 400)]
    [InlineData("""{"propertyVersion":1,"network":"STAGING","notifyEmails":[]}""", 400)]
    [InlineData("""{"propertyVersion":1,"network":"STAGING","notifyEmails":[" "]}""", 400)]
    [InlineData("""{"propertyVersion":0,"network":"STAGING"}""", 400)]
    [InlineData("""{"propertyVersion":99,"network":"STAGING","notifyEmails":["ann@shop.example"]}""", 404)]
    [InlineData("""{"propertyVersion":"one","network":"STAGING"}""", 400)]
    [InlineData("""{"propertyVersion":1,"network":"MOON"}""", 400)]
    [InlineData("""{"propertyVersion":1,"network":"STAGING","activationType":"EXPLODE"}""", 400)]
    [InlineData("""{"propertyVersion":1,"network":"STAGING","notifyEmails":["nobody"]}""", 400)]
    [InlineData("""{"propertyVersion":1,"network":"STAGING","activationType":"DEACTIVATE","notifyEmails":["ann@shop.example"]}""", 422)]
    public async Task What_cannot_be_done_is_a_problem(string body, int status)
    {
        var (client, path) = await StartAsync();

        var reply = await client.PostAsync(path, body);

        Assert.Equal((status, "application/problem+json"), (reply.Status, reply.MediaType));
        Assert.NotEmpty(reply.Detail);
    }

    [Fact]
    public async Task Who_may_not_see_or_publish_is_refused()
    {
        var (_, path) = await StartAsync();
        var reader = await app.ClientAsync(change: client => client.IsReadOnly = true);
        var elsewhere = await app.ClientAsync(change: client => client.Groups = [999_999]);

        var refused = await reader.PostAsync(path, Stage);
        Assert.Equal(403, refused.Status);
        Assert.StartsWith("This API client is read-only", refused.Detail, StringComparison.Ordinal);
        Assert.Contains("page API clients", refused.Detail, StringComparison.Ordinal);
        var viewer = await app.ClientAsync("viewer@demo.example");
        Assert.Contains(
            "You need the role Publisher",
            (await viewer.PostAsync("/papi/v1/properties/prp_100101/activations", Stage)).Detail,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "say with each request what is meant",
            (await reader.PutAsync("/papi/v1/client-settings", "{}")).Detail,
            StringComparison.Ordinal
        );
        Assert.Equal(200, (await reader.GetAsync(path)).Status);
        Assert.Equal(404, (await elsewhere.PostAsync(path, Stage)).Status);
        Assert.Equal(404, (await elsewhere.GetAsync(path)).Status);
        Assert.Equal(404, (await elsewhere.GetAsync($"{path}/atv_1")).Status);
    }

    [Fact]
    public async Task A_read_only_client_tries_out_what_its_person_may_do_and_does_nothing()
    {
        var (client, path) = await StartAsync();
        var rules = path.Replace("activations", "versions/1/rules", StringComparison.Ordinal);
        var reader = await app.ClientAsync(change: c => c.IsReadOnly = true);
        var viewer = await app.ClientAsync("viewer@demo.example", c => c.IsReadOnly = true);
        var before = (await client.GetAsync(rules)).Etag();

        var activation = await reader.PostAsync($"{path}?dryRun=true", Stage);
        var put = await reader.PutAsync($"{rules}?dryRun=true", PapiProperties.Rules);
        const string patch = """[{"op":"replace","path":"/rules/name","value":"default"}]""";
        var patched = await reader.PatchAsync($"{rules}?dryRun=true", patch, "application/json-patch+json");

        Assert.Equal((200, 200, 200), (activation.Status, put.Status, patched.Status));
        Assert.True((bool)activation.Json!["wouldActivate"]!);
        Assert.Equal(before, (await client.GetAsync(rules)).Etag());
        Assert.Empty((await client.GetAsync(path)).Json!["activations"]!["items"]!.AsArray());
        Assert.Equal(403, (await reader.PutAsync(rules, PapiProperties.Rules)).Status);
        Assert.Equal(403, (await viewer.PostAsync($"/papi/v1/properties/prp_100101/activations?dryRun=true", Stage)).Status);
    }

    [Fact]
    public async Task Identifiers_come_and_go_without_prefixes()
    {
        var (client, path) = await StartAsync();
        var link = (string)(await client.PostAsync(path, Stage)).Json!["activationLink"]!;
        using var request = new HttpRequestMessage(
            HttpMethod.Get,
            link.Replace("prp_", "", StringComparison.Ordinal).Replace("atv_", "", StringComparison.Ordinal)
        );
        request.Headers.Add("PAPI-Use-Prefixes", "false");
        client.Sign(request, null);

        var reply = await client.SendAsync(request);

        Assert.Equal(200, reply.Status);
        Assert.True(IsNumber(Item(reply)["activationId"]));
        Assert.True(IsNumber(reply.Json!["groupId"]));
        Assert.Equal(
            ((string?)reply.Json["accountId"], (string?)reply.Json["groupId"]),
            ((string?)Item(reply)["accountId"], (string?)Item(reply)["groupId"])
        );
    }

    private SimulatedSpeed Speed => app.Services.GetRequiredService<SimulatedSpeed>();

    private IDbContextFactory<AppDbContext> Contexts => app.Services.GetRequiredService<IDbContextFactory<AppDbContext>>();

    /// <summary>A client, and where the activations of a new property are; time runs so fast that nobody waits.</summary>
    private async Task<(PapiClient Client, string Path)> StartAsync(int versions = 1)
    {
        Speed.Set(SimulationSettings.FastestSpeed);
        return (await app.ClientAsync(), $"/papi/v1/properties/prp_{await app.AddPropertyAsync(versions)}/activations");
    }

    private static System.Text.Json.Nodes.JsonNode Item(PapiReply reply) => reply.Json!["activations"]!["items"]![0]!;

    private static bool IsNumber(System.Text.Json.Nodes.JsonNode? id) => ((string)id!).All(char.IsAsciiDigit);

    private static string Status(PapiReply reply) => (string)Item(reply)["status"]!;

    /// <summary>How a version stands on both networks.</summary>
    private static async Task<(string? Staging, string? Production)> StandsAsync(PapiClient client, string activations, int version)
    {
        var reply = await client.GetAsync(activations.Replace("activations", $"versions/{version}", StringComparison.Ordinal));
        var item = reply.Items("versions").Single()!;
        return ((string?)item["stagingStatus"], (string?)item["productionStatus"]);
    }

    private static async Task<PapiReply> WaitAsync(PapiClient client, string link, string status)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        for (var look = 0; ; look++)
        {
            var reply = await client.GetAsync(link);
            if (Status(reply) == status)
                return reply;
            Assert.True(look < 600, $"It stays {Status(reply)}.");
            await timer.WaitForNextTickAsync();
        }
    }
}
