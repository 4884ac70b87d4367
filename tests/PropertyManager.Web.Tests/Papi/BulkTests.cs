using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PropertyManager.Domain;
using PropertyManager.Domain.Activations;
using PropertyManager.Web.Engine;
using PropertyManager.Web.Engine.Bulk;
using static PropertyManager.Web.Tests.Papi.BulkSteps;

namespace PropertyManager.Web.Tests.Papi;

public sealed class BulkTests(PapiApp app) : IClassFixture<PapiApp>
{
    private const string Publisher = "publisher@demo.example";

    [Fact]
    public async Task Versions_are_made_each_with_its_own_outcome()
    {
        var client = await app.ClientAsync("editor@demo.example");

        var done = await DoAsync(
            client,
            Versions,
            """
            {"createPropertyVersions":[{"propertyId":"prp_100101","createFromVersion":1},{"propertyId":100107,"createFromVersion":1},
            {"propertyId":"prp_100104","createFromVersion":1},{"propertyId":"prp_100101","createFromVersion":999},
            {"propertyId":"100101","createFromVersion":1,"createFromVersionEtag":"another"}]}
            """
        );

        var parts = done["createPropertyVersions"]!.AsArray();
        Assert.Equal(
            "COMPLETE COMPLETE SUBMISSION_ERROR SUBMISSION_ERROR SUBMISSION_ERROR",
            string.Join(' ', parts.Select(part => (string?)part!["createVersionStatus"]))
        );
        await using var db = await app.DbAsync();
        var number = (int)parts[0]!["propertyVersion"]!;
        var made = await db.Versions.SingleAsync(v => v.PropertyId == 100_101 && v.Number == number);
        Assert.Equal((1, "editor@demo.example"), (made.BasedOn, made.Author));
        Assert.Equal(VersionEtag.Of(100_101, number, made.Revision), (string?)parts[0]!["etag"]);
        Assert.Equal($"/papi/v1/properties/prp_100101/versions/{number}", (string?)parts[0]!["propertyVersionLink"]);
        Assert.Contains("saved anew", (string?)done["message"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rules_are_patched_and_one_patch_that_cannot_be_leaves_its_version_as_it_is()
    {
        var client = await app.ClientAsync("editor@demo.example");
        var first = await app.NewVersionAsync(100_111);
        var second = await app.NewVersionAsync(100_111);

        var done = await DoAsync(
            client,
            Patches,
            $$"""
            {"patchPropertyVersions":[
            {"propertyId":"prp_100111","propertyVersion":{{first}},"etag":"{{VersionEtag.Of(100_111, first, 1)}}",
             "patches":[{"op":"test","path":"/rules/name","value":"default"},{"op":"add","path":"/rules/comments","value":"patched"},
                        {"op":"add","path":"/rules/children/-","value":{"name":"Patched","behaviors":[],"children":[]} }]},
            {"propertyId":"prp_100111","propertyVersion":{{second}},
             "patches":[{"op":"replace","path":"/rules/comments","value":"half"},{"op":"test","path":"/rules/name","value":"other"}]},
            {"propertyId":"prp_100111","propertyVersion":{{second}},"patches":[{"op":"remove","path":"/rules/behaviors/999"}]},
            {"propertyId":"prp_100111","propertyVersion":{{second}},"patches":[{"op":"replace","path":"/rules/behaviors","value":"none"}]},
            {"propertyId":"prp_100111","propertyVersion":{{second}},"etag":"another","patches":[{"op":"add","path":"/rules/comments","value":"x"}]},
            {"propertyId":"prp_100111","propertyVersion":1,"patches":[{"op":"add","path":"/rules/comments","value":"x"}]},
            {"propertyId":"prp_100104","propertyVersion":1,"patches":[{"op":"add","path":"/rules/comments","value":"x"}]}]}
            """
        );

        var parts = done["patchPropertyVersions"]!.AsArray();
        Assert.Equal("COMPLETE", (string?)parts[0]!["patchPropertyVersionStatus"]);
        Assert.All(parts.Skip(1), part => Assert.Equal("SUBMISSION_ERROR", (string?)part!["patchPropertyVersionStatus"]));
        Assert.Contains("operation 1 (test /rules/name)", (string?)parts[1]!["fatalError"], StringComparison.Ordinal);
        Assert.Contains("stays as it is", (string?)parts[5]!["fatalError"], StringComparison.Ordinal);
        await using var db = await app.DbAsync();
        var changed = await db.Versions.SingleAsync(v => v.PropertyId == 100_111 && v.Number == first);
        Assert.Equal((2, "patched"), (changed.Revision, (string?)JsonNode.Parse(changed.Rules)!["rules"]!["comments"]));
        Assert.Equal(VersionEtag.Of(100_111, first, 2), (string?)parts[0]!["etag"]);
        Assert.Equal(1, (await db.Versions.SingleAsync(v => v.PropertyId == 100_111 && v.Number == second)).Revision);
    }

    [Fact]
    public async Task Versions_are_activated_and_the_same_order_twice_is_one_activation()
    {
        var client = await app.ClientAsync();
        var version = await app.NewVersionAsync(100_112);
        var body = $$"""
            {"defaultActivationSettings":{"acknowledgeAllWarnings":true,"notifyEmails":["ops@blog.example"]},"activatePropertyVersions":[
            {"propertyId":"prp_100112","propertyVersion":{{version}},"network":"STAGING","note":"from the pipeline"},
            {"propertyId":"prp_100112","propertyVersion":{{version}},"network":"STAGING"},
            {"propertyId":"prp_100112","propertyVersion":1,"network":"STAGING"},
            {"propertyId":"prp_100112","propertyVersion":999,"network":"STAGING"}]}
            """;

        var done = await DoAsync(client, Activations, body);

        var parts = done["activatePropertyVersions"]!.AsArray();
        Assert.Equal("COMPLETE COMPLETE SUBMISSION_ERROR SUBMISSION_ERROR", string.Join(' ', parts.Select(part => (string?)part!["taskStatus"])));
        var link = (string)parts[0]!["propertyActivationLink"]!;
        Assert.Equal(link, (string?)parts[1]!["propertyActivationLink"]);
        Assert.Contains("still running", (string?)parts[2]!["fatalError"], StringComparison.Ordinal);
        await using var db = await app.DbAsync();
        var started = await db.Activations.SingleAsync(a => a.PropertyId == 100_112 && a.Version == version);
        Assert.EndsWith($"/properties/prp_100112/activations/atv_{started.Id}", link, StringComparison.Ordinal);
        Assert.Equal(("from the pipeline", "ops@blog.example"), (started.Intent.Note, Assert.Single(started.Intent.NotifyEmails)));
        // As the single order has it, where nothing else is said.
        Assert.False(started.Intent.CancelIfErrorRateIncreases);
    }

    [Fact]
    public async Task Warnings_are_named_and_acknowledged_by_their_names()
    {
        var client = await app.ClientAsync();
        var version = await app.NewVersionAsync(100_108);
        string Body(string ids) =>
            $$"""
                {"activatePropertyVersions":[{"propertyId":"prp_100108","propertyVersion":{{version}},"network":"PRODUCTION","acknowledgeWarnings":[{{ids}}]}]}
                """;

        var refused = (await DoAsync(client, Activations, Body("")))["activatePropertyVersions"]![0]!;
        var ids = refused["activationWarnings"]!.AsArray().Select(warning => $"\"{warning!["messageId"]}\"").ToList();
        var taken = (await DoAsync(client, Activations, Body(string.Join(',', ids))))["activatePropertyVersions"]![0]!;

        Assert.Equal(("SUBMISSION_ERROR", "COMPLETE"), ((string?)refused["taskStatus"], (string?)taken["taskStatus"]));
        Assert.EndsWith("/warnings-not-acknowledged", (string)refused["activationErrors"]![0]!["type"]!, StringComparison.Ordinal);
        Assert.Equal(ids.Count, (int)taken["numberOfWarningsFromActivation"]!);
    }

    [Fact]
    public async Task A_fast_fallback_is_asked_for_at_the_same_desk_as_on_the_screen()
    {
        var done = await DoAsync(
            await app.ClientAsync(),
            Activations,
            """
            {"defaultActivationSettings":{"useFastFallback":true},"activatePropertyVersions":[
            {"propertyId":"prp_100101","propertyVersion":1,"network":"STAGING"},{"propertyId":"prp_100101","propertyVersion":1,"network":"PRODUCTION"}]}
            """
        );

        // What the demo has on its networks was put there long ago.
        var parts = done["activatePropertyVersions"]!.AsArray();
        Assert.EndsWith("/fast_fallback_not_possible", (string)parts[0]!["activationErrors"]![0]!["type"]!, StringComparison.Ordinal);
        Assert.NotNull(parts[1]!["fatalError"]);
        await using var db = await app.DbAsync();
        Assert.False(await db.Activations.AnyAsync(a => a.PropertyId == 100_101 && a.Type == ActivationType.FastFallback && a.Status.IsOpen));
    }

    [Fact]
    public async Task Rules_are_searched_at_once_and_in_the_background()
    {
        var client = await app.ClientAsync();
        const string body = """
            {"bulkSearchQuery":{"syntax":"JSONPATH","match":"$..behaviors[?(@.name == \"origin\")]","bulkSearchQualifiers":["$.rules.name"]}}
            """;

        var now = await client.PostAsync($"{Searches}-synch?groupId=grp_10012", body);
        var later = await DoAsync(client, Searches, body, "?contractId=ctr_3-HBR002");

        Assert.Equal((202, "COMPLETE"), (now.Status, (string?)now.Json!["searchTargetStatus"]));
        var hits = now.Json["results"]!.AsArray();
        Assert.All(hits, hit => Assert.Equal("prp_100101", (string?)hit!["propertyId"]));
        Assert.Contains(hits, hit => (string?)hit!["productionStatus"] == "ACTIVE");
        Assert.Single(hits, hit => (bool)hit!["isLatest"]!);
        Assert.StartsWith("/rules/", (string)hits[0]!["matchLocations"]![0]!, StringComparison.Ordinal);
        Assert.Equal(now.Text, (await client.GetAsync($"{Searches}/{now.Json["bulkSearchId"]}")).Text);
        Assert.Equal(
            ["prp_100104", "prp_100109"],
            later["results"]!.AsArray().Select(hit => (string)hit!["propertyId"]!).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal),
            StringComparer.Ordinal
        );
    }

    [Theory]
    [InlineData("$..behaviors[?(@.name == 'cpCode')].options.value.id", "/rules/behaviors/1/options/value/id")]
    [InlineData("$.behaviors[?(@.name == 'cpCode')].options.value[?(@.id == 12345)].id", "/rules/behaviors/1/options/value/id")]
    [InlineData("$.rules.behaviors[*].options[?(@.hostname == 'origin.shop.example')]", "/rules/behaviors/0/options")]
    public async Task What_is_found_is_named_by_its_place_in_the_document_whichever_root_is_meant(string match, string place)
    {
        var version = await app.NewVersionAsync(100_105);
        const string rules = """
            {"rules":{"name":"default","behaviors":[{"name":"origin","options":{"hostname":"origin.shop.example"}},
            {"name":"cpCode","options":{"value":{"id":12345}}}]}}
            """;
        await using (var db = await app.DbAsync())
        {
            await db
                .Versions.Where(v => v.PropertyId == 100_105 && v.Number == version)
                .ExecuteUpdateAsync(set => set.SetProperty(v => v.Rules, rules));
        }
        var body = $$"""
            {"bulkSearchQuery":{"syntax":"JSONPATH","match":"{{match}}","bulkSearchQualifiers":["$.behaviors[?(@.name == 'origin')]"]} }
            """;

        var reply = await (await app.ClientAsync()).PostAsync(Searches + "-synch", body);

        var hit = Assert.Single(
            reply.Json!["results"]!.AsArray(),
            hit => (string?)hit!["propertyId"] == "prp_100105" && (int)hit["propertyVersion"]! == version
        );
        Assert.Equal([place], hit!["matchLocations"]!.AsArray().Select(pointer => (string)pointer!), StringComparer.Ordinal);
    }

    [Theory]
    [InlineData("""{"bulkSearchQuery":{"syntax":"JSONPATH","match":"$..nothingOfTheKind"}}""")]
    [InlineData("""{"bulkSearchQuery":{"syntax":"JSONPATH","match":"$.rules","bulkSearchQualifiers":["$.rules.nothing"]}}""")]
    [InlineData("""{"bulkSearchQuery":{"syntax":"JSONPATH","match":"$.rules"},"propertyType":"INCLUDE"}""")]
    public async Task A_search_can_find_nothing(string body)
    {
        var reply = await (await app.ClientAsync()).PostAsync(Searches + "-synch/", body);

        Assert.Equal(202, reply.Status);
        Assert.Empty(reply.Json!["results"]!.AsArray());
    }

    [Theory]
    [InlineData(Searches, """{"bulkSearchQuery":{"syntax":"JSONPATH","match":"$..a[0:2]"}}""", "ranges")]
    [InlineData(Searches + "-synch", """{"bulkSearchQuery":{"match":"$","bulkSearchQualifiers":["rules"]}}""", "begins with $")]
    [InlineData(Searches, """{"bulkSearchQuery":{"match":"$","syntax":"XPATH"}}""", "syntax")]
    [InlineData(Searches, """{"bulkSearchQuery":{"match":"$"},"propertyType":"BUCKET"}""", "propertyType")]
    [InlineData(Searches, "{}", "match is missing")]
    [InlineData(Versions, "{}", "from 1 to 500")]
    [InlineData(Versions, """{"createPropertyVersions":[null]}""", "[0].propertyId")]
    [InlineData(Versions, """{"createPropertyVersions":[{"propertyId":"prp_100101","createFromVersion":0}]}""", "[0].createFromVersion")]
    [InlineData(
        Versions,
        """{"createPropertyVersions":[{"propertyId":{},"createFromVersion":1}]}""",
        "/createPropertyVersions/0/propertyId is an object: it is an identifier"
    )]
    [InlineData(Activations, """{"activatePropertyVersions":[]}""", "from 1 to 500")]
    [InlineData(Activations, """{"activatePropertyVersions":[{"propertyId":"1","propertyVersion":1,"network":"LAB"}]}""", "[0].network")]
    [InlineData(Patches, """{"patchPropertyVersions":[{"propertyId":"1","propertyVersion":1}]}""", "no array of at most")]
    [InlineData(
        Patches,
        """{"patchPropertyVersions":[{"propertyId":"1","propertyVersion":1,"patches":[{"op":"move","path":"/a"}]}]}""",
        "operation 0"
    )]
    [InlineData(Patches, """{"patchPropertyVersions":[{"propertyId":"1","propertyVersion":1,"patches":[{"op":"add","path":"/a"}]}]}""", "no “value”")]
    public async Task What_cannot_be_asked_for_is_a_problem(string path, string body, string why)
    {
        var reply = await (await app.ClientAsync()).PostAsync(path, body);

        Assert.Equal((400, "application/problem+json"), (reply.Status, reply.MediaType));
        Assert.Contains(why, reply.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_search_that_finds_too_much_says_so()
    {
        var version = await app.NewVersionAsync(100_106);
        var behaviors = string.Join(',', Enumerable.Repeat("""{"name":"caching","options":{"behavior":"NO_STORE"}}""", 1100));
        var rules = $$"""{"rules":{"name":"default","behaviors":[{{behaviors}}],"children":[]} }""";
        await using (var db = await app.DbAsync())
        {
            await db
                .Versions.Where(v => v.PropertyId == 100_106 && v.Number == version)
                .ExecuteUpdateAsync(set => set.SetProperty(v => v.Rules, rules));
        }
        const string body = """{"bulkSearchQuery":{"match":"$..behaviors[*]"}}""";

        var client = await app.ClientAsync();
        var reply = await client.PostAsync(Searches + "-synch?groupId=grp_10023", body);
        var later = await client.PostAsync(Searches + "?groupId=grp_10023", body);
        var failed = await UntilAsync(async () =>
        {
            var read = (await client.GetAsync((string)later.Json!["bulkSearchLink"]!)).Json!;
            return (string?)read["searchTargetStatus"] == "ERROR" ? read : null;
        });

        Assert.Equal(400, reply.Status);
        Assert.EndsWith("/query-too-broad", (string)reply.Json!["type"]!, StringComparison.Ordinal);
        Assert.Equal(reply.Detail, (string?)failed["errors"]![0]!["detail"]);
    }

    [Fact]
    public async Task More_parts_than_a_request_takes_are_a_problem()
    {
        var part = """{"propertyId":"prp_100101","createFromVersion":1}""";
        var body = $$"""{"createPropertyVersions":[{{string.Join(',', Enumerable.Repeat(part, BulkDesk.MostParts + 1))}}]}""";

        Assert.Equal(400, (await (await app.ClientAsync()).PostAsync(Versions, body)).Status);
    }

    [Theory]
    [InlineData("viewer@demo.example", false)]
    [InlineData(Publisher, true)]
    public async Task Who_only_reads_changes_nothing_and_searches(string email, bool isReadOnly)
    {
        var client = await app.ClientAsync(email, c => c.IsReadOnly = isReadOnly);

        Assert.Equal(403, (await client.PostAsync(Versions, """{"createPropertyVersions":[{"propertyId":"1","createFromVersion":1}]}""")).Status);
        Assert.Equal(
            403,
            (
                await client.PostAsync(Activations, """{"activatePropertyVersions":[{"propertyId":"1","propertyVersion":1,"network":"STAGING"}]}""")
            ).Status
        );
        Assert.Equal(202, (await client.PostAsync(Searches + "-synch", """{"bulkSearchQuery":{"match":"$.rules.name"}}""")).Status);
    }

    [Fact]
    public async Task A_client_that_is_confined_does_no_more_in_the_background()
    {
        var client = await app.ClientAsync(change: c => c.Groups = [10_012]);

        var done = await DoAsync(
            client,
            Versions,
            """{"createPropertyVersions":[{"propertyId":"prp_100101","createFromVersion":1},{"propertyId":"prp_100102","createFromVersion":1}]}"""
        );

        Assert.Equal(
            "COMPLETE SUBMISSION_ERROR",
            string.Join(' ', done["createPropertyVersions"]!.AsArray().Select(part => (string?)part!["createVersionStatus"]))
        );
    }

    [Theory]
    [InlineData("""{"op":"\ud800","path":"/rules"}""")]
    [InlineData("""{"op":"add","path":"/\ud800","value":1}""")]
    [InlineData("""{"op":"add","path":"/rules/x","value":{"\ud800":1}}""")]
    public async Task Half_a_character_is_a_problem(string operation)
    {
        var body = $$"""{"patchPropertyVersions":[{"propertyId":"prp_100101","propertyVersion":1,"patches":[{{operation}}]}]}""";

        Assert.Equal(400, (await (await app.ClientAsync()).PostAsync(Patches, body)).Status);
    }

    [Fact]
    public async Task Requests_of_others_are_not_there()
    {
        var reply = await (await app.ClientAsync()).PostAsync(Searches, """{"bulkSearchQuery":{"match":"$.rules.name"}}""");
        var link = (string)reply.Json!["bulkSearchLink"]!;

        Assert.Equal(404, (await (await app.ClientAsync("editor@demo.example")).GetAsync(link)).Status);
        // Another client of the same person that sees less.
        Assert.Equal(404, (await (await app.ClientAsync(change: c => c.Groups = [10_012])).GetAsync(link)).Status);
        Assert.Equal(404, (await (await app.ClientAsync()).GetAsync(link.Replace("search", "patch", StringComparison.Ordinal))).Status);
        Assert.Equal(404, (await (await app.ClientAsync()).GetAsync($"{Searches}/perhaps")).Status);
        Assert.Equal(404, (await (await app.ClientAsync()).PostAsync($"{Searches}?groupId=1", "{\"bulkSearchQuery\":{\"match\":\"$\"}}")).Status);
    }

    [Fact]
    public async Task After_a_restart_what_was_done_is_found_and_the_rest_is_done()
    {
        var client = await app.ClientAsync();
        var version = await app.NewVersionAsync(100_110);
        var begun = DateTimeOffset.UtcNow - TimeSpan.FromMinutes(5);
        // Asked for, and not noted: here the process ended.
        var desk = app.Services.GetRequiredService<ActivationDesk>();
        var access = (await app.CallerAsync(client)).Access;
        var before = await desk.SubmitAsync(new(100_110, version, Network.Staging, Acknowledged: true), access, CancellationToken.None);
        var made = await app.Services.GetRequiredService<VersionDesk>().CopyAsync(100_110, version, null, access, CancellationToken.None);
        var defaults = new ActivationDefaults(true, true, false, []);
        await app.SaveAsync(
            client,
            BulkDesk.Activations,
            begun,
            new ActivationPart(100_110, version, Network.Staging, "", [], defaults) { State = BulkState.InProgress, StartedAt = begun },
            new ActivationPart(100_110, version, Network.Production, "", [], defaults)
        );
        await app.SaveAsync(
            client,
            BulkDesk.Versions,
            begun,
            new VersionPart(100_110, version, null) { State = BulkState.InProgress, StartedAt = begun },
            new VersionPart(100_110, 1, null)
        );

        var activations = await EndOfAsync(BulkDesk.Activations, client);
        var versions = await EndOfAsync(BulkDesk.Versions, client);

        Assert.Equal([before.Activation!.Id], activations.Take(1).Cast<ActivationPart>().Select(part => part.ActivationId!.Value));
        Assert.NotNull(((ActivationPart)activations[1]).ActivationId);
        Assert.Equal(made.Number, ((VersionPart)versions[0]).Made);
        Assert.True(((VersionPart)versions[1]).Made > made.Number);
        await using var db = await app.DbAsync();
        Assert.Equal(2, await db.Activations.CountAsync(a => a.PropertyId == 100_110 && a.Version == version));
        Assert.Equal(1, await db.Versions.CountAsync(v => v.PropertyId == 100_110 && v.BasedOn == version));
    }

    [Fact]
    public async Task What_a_revoked_client_asked_for_is_not_done()
    {
        var client = await app.ClientAsync(change: c => c.RevokedAt = DateTimeOffset.UnixEpoch);
        await app.SaveAsync(client, BulkDesk.Versions, DateTimeOffset.UtcNow, new VersionPart(100_105, 1, null));

        var parts = await EndOfAsync(BulkDesk.Versions, client);

        Assert.Equal("client-revoked", parts[0].Refusal!.Code);
    }

    [Fact]
    public async Task Schemas_describe_rules_and_requests()
    {
        var client = await app.ClientAsync();

        var rules = await client.GetAsync("/papi/v1/schemas/products/SPM/latest");
        var request = await client.GetAsync("/papi/v1/schemas/request/BulkPatchRequestV0.json");

        Assert.NotNull(rules.Json!["definitions"]!["behavior"]);
        Assert.NotNull(request.Json!["properties"]!["patchPropertyVersions"]);
        Assert.Equal(404, (await client.GetAsync("/papi/v1/schemas/products/prd_No/latest")).Status);
        Assert.Equal(404, (await client.GetAsync("/papi/v1/schemas/products/prd_SPM/v1999-01-01")).Status);
        Assert.Contains("FindByValueRequestV0.json", (await client.GetAsync("/papi/v1/schemas/request/No.json")).Detail, StringComparison.Ordinal);
    }

    private async Task<IReadOnlyList<BulkPart>> EndOfAsync(string kind, PapiClient client)
    {
        var caller = await app.CallerAsync(client);
        return await UntilAsync(async () =>
        {
            await using var db = await app.DbAsync();
            var done = await db.BulkRequests.Where(b => b.Kind == kind && b.IsDone).ToListAsync();
            var outcomes = (await db.BulkOutcomes.ToListAsync()).ToLookup(o => o.RequestId);
            return done.Select(b => BulkJob.Read(b.Document, outcomes[b.Id])).FirstOrDefault(job => job.By.ClientId == caller.ClientId)?.Parts;
        });
    }
}
