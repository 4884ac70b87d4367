using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using PropertyManager.Domain.Activations;
using PropertyManager.Web.Engine.Bulk;
using static PropertyManager.Web.Tests.Papi.BulkSteps;

namespace PropertyManager.Web.Tests.Papi;

/// <summary>What became of parts of bulk requests is told as single requests tell it.</summary>
public sealed class BulkAnswerTests(PapiApp app) : IClassFixture<PapiApp>
{
    [Fact]
    public async Task Changed_rules_are_checked_as_an_activation_checks_them()
    {
        var client = await app.ClientAsync();
        var property = await app.AddPropertyAsync();
        await using (var db = await app.DbAsync())
            await db.EdgeHostnames.Where(e => db.Properties.Any(p => p.Id == property && p.Name == e.Prefix)).ExecuteDeleteAsync();

        var patched = await PatchAsync(client, property, """{"op":"replace","path":"/rules/behaviors/1/options/value/id","value":999999}""");
        var dry = await client.PostAsync(
            $"/papi/v1/properties/prp_{property}/activations?dryRun=true",
            """{"propertyVersion":1,"network":"STAGING","notifyEmails":["ops@shop.example"]}"""
        );

        var told = patched["papiWarnings"]!.AsArray().Select(message => (string)message!["title"]!).Order(StringComparer.Ordinal).ToList();
        Assert.Contains("An unknown CP code", told, StringComparer.Ordinal);
        Assert.Contains("An unknown edge hostname", told, StringComparer.Ordinal);
        Assert.Equal(
            told,
            dry.Json!["warnings"]!.AsArray().Select(message => (string)message!["title"]!).Order(StringComparer.Ordinal),
            StringComparer.Ordinal
        );
    }

    [Theory]
    [InlineData("PRODUCTION", "")]
    [InlineData("STAGING", "pending")]
    [InlineData("STAGING", "no origin")]
    [InlineData("PRODUCTION", "fallback")]
    public async Task Activations_are_refused_with_the_types_and_words_of_a_single_order(string network, string why)
    {
        var client = await app.ClientAsync();
        var property = await app.AddPropertyAsync(versions: 2);
        await using (var db = await app.DbAsync())
        {
            if (why == "no origin")
                await db
                    .Versions.Where(v => v.PropertyId == property)
                    .ExecuteUpdateAsync(set => set.SetProperty(v => v.Rules, """{"rules":{"name":"default","behaviors":[]}}"""));
        }
        var path = $"/papi/v1/properties/prp_{property}/activations";
        string Order(int version, string members) =>
            $$"""{"propertyVersion":{{version}},"network":"{{network}}","notifyEmails":["ops@shop.example"]{{members}}}""";
        if (why == "pending")
            Assert.Equal(201, (await client.PostAsync(path, Order(2, ""","acknowledgeAllWarnings":true"""))).Status);

        var single = await client.PostAsync(path, Order(1, why == "fallback" ? ""","useFastFallback":true""" : ""));
        var bulk = await DoAsync(
            client,
            Activations,
            $$"""
            {"defaultActivationSettings":{"useFastFallback":{{(why == "fallback" ? "true" : "false")}} },
            "activatePropertyVersions":[{"propertyId":"prp_{{property}}","propertyVersion":1,"network":"{{network}}"}]}
            """
        );

        var part = bulk["activatePropertyVersions"]![0]!;
        var errors = part["activationErrors"]!.AsArray();
        Assert.Equal((string?)single.Json!["type"], (string?)errors[0]!["type"]);
        Assert.Equal((single.Detail, single.Detail), ((string?)errors[0]!["detail"], (string?)part["fatalError"]));
        // A problem of the status 422 lists itself.
        Assert.Equal(
            single.Status == 422 ? [] : Told(single.Json["errors"]),
            Told(new JsonArray([.. errors.Skip(1).Select(error => error!.DeepClone())])),
            StringComparer.Ordinal
        );
        Assert.Equal(Told(single.Json["warnings"]), Told(part["activationWarnings"]), StringComparer.Ordinal);
        Assert.Equal(why == "no origin", errors.Count > 1);
    }

    [Fact]
    public async Task Changed_rules_are_told_with_the_types_of_a_single_change()
    {
        var client = await app.ClientAsync();
        var property = await app.AddPropertyAsync();

        var patched = await PatchAsync(client, property, """{"op":"remove","path":"/rules/behaviors/0"}""");
        var read = await client.GetAsync($"/papi/v1/properties/prp_{property}/versions/1/rules?validateRules=true");

        Assert.NotEmpty(patched["papiErrors"]!.AsArray());
        // Where the message stands is told beside what it says.
        foreach (var (index, error) in patched["papiErrors"]!.AsArray().Index())
        {
            var instance = (string)error!["instance"]!;
            Assert.EndsWith($"#/patchPropertyVersions/0/papiErrors/{index}", instance, StringComparison.Ordinal);
            Assert.Equal(200, (await client.GetAsync(instance.Split('#')[0])).Status);
            error.AsObject().Remove("instance");
        }
        Assert.Equal(read.Json!["errors"]!.ToJsonString(), patched["papiErrors"]!.ToJsonString());
    }

    [Fact]
    public async Task Warnings_say_where_they_stand()
    {
        var client = await app.ClientAsync();
        var property = await app.AddPropertyAsync();

        var patched = await PatchAsync(client, property, """{"op":"replace","path":"/rules/behaviors/1/options/value/id","value":999999}""");

        Assert.All(
            patched["papiWarnings"]!.AsArray().Index(),
            warning =>
                Assert.EndsWith(
                    $"#/patchPropertyVersions/0/papiWarnings/{warning.Index}",
                    (string?)warning.Item!["instance"],
                    StringComparison.Ordinal
                )
        );
    }

    [Fact]
    public async Task A_version_that_was_made_says_from_which_state_though_nobody_named_one()
    {
        var client = await app.ClientAsync();
        var property = await app.AddPropertyAsync();
        var etag = (await client.GetAsync($"/papi/v1/properties/prp_{property}/versions/1")).Headers["ETag"].Trim('"');

        var done = await DoAsync(
            client,
            Versions,
            $$"""
            {"createPropertyVersions":[{"propertyId":"prp_{{property}}","createFromVersion":1},{"propertyId":"prp_{{property}}","createFromVersion":7}]}
            """
        );

        var parts = done["createPropertyVersions"]!.AsArray();
        Assert.Equal((etag, null), ((string?)parts[0]!["createFromVersionEtag"], (string?)parts[1]!["createFromVersionEtag"]));
        Assert.NotEqual(etag, (string?)parts[0]!["etag"], StringComparer.Ordinal);
    }

    [Fact]
    public async Task What_failed_here_is_told_of_the_whole_request_and_nothing_else_is()
    {
        var client = await app.ClientAsync();
        var now = DateTimeOffset.UtcNow;
        var nothing = System.Text.Json.JsonSerializer.SerializeToElement(Array.Empty<string>());
        Task<long> PatchesAsync(string code, string sentence) =>
            app.SaveAsync(client, BulkDesk.Patches, now, new PatchPart(100_101, 1, null, nothing).Refuse(new(code, sentence)));
        var activation = new ActivationPart(100_101, 1, PropertyManager.Domain.Network.Staging, "", [], new(true, true, false, []));
        var activations = await app.SaveAsync(client, BulkDesk.Activations, now, activation.Refuse(new("interrupted", "See the log.")));
        var (failed, refused) = (await PatchesAsync("interrupted", "See the log."), await PatchesAsync("not-permitted", "You may not."));

        var told = (await client.GetAsync($"{Patches}/{failed}")).Json!["message"];
        var toldToo = (await client.GetAsync($"{Activations}/{activations}")).Json!["message"];

        Assert.Equal(("1 of 1 parts were not done. See the log.", "1 of 1 parts were not done. See the log."), ((string?)told, (string?)toldToo));
        Assert.Null((await client.GetAsync($"{Patches}/{refused}")).Json!["message"]);
    }

    [Theory]
    [InlineData("\\\"{0}\\\"")]
    [InlineData("W/\\\"{0}\\\"")]
    [InlineData("{0}")]
    public async Task A_state_is_named_in_bodies_as_the_header_names_it(string written)
    {
        var client = await app.ClientAsync();
        var property = await app.AddPropertyAsync();
        var header = (await client.GetAsync($"/papi/v1/properties/prp_{property}/versions/1")).Headers["ETag"];
        var etag = string.Format(CultureInfo.InvariantCulture, written, header.Trim('"'));

        var version = await client.PostAsync(
            $"/papi/v1/properties/prp_{property}/versions",
            $$"""{"createFromVersion":1,"createFromVersionEtag":"{{etag}}"}"""
        );
        var clone = await client.PostAsync(
            $"/papi/v1/properties?{PapiProperties.Scope}",
            $$"""
            {"propertyName":"{{Guid.NewGuid()}}","productId":"prd_Fresca",
            "cloneFrom":{"propertyId":"prp_{{property}}","version":1,"cloneFromVersionEtag":"{{etag}}"} }
            """
        );
        var versions = await DoAsync(
            client,
            Versions,
            $$"""{"createPropertyVersions":[{"propertyId":"prp_{{property}}","createFromVersion":1,"createFromVersionEtag":"{{etag}}"}]}"""
        );
        var patched = await PatchAsync(client, property, """{"op":"add","path":"/rules/comments","value":"x"}""", etag);

        Assert.Equal((201, 201), (version.Status, clone.Status));
        Assert.Equal("COMPLETE", (string?)versions["createPropertyVersions"]![0]!["createVersionStatus"]);
        Assert.Equal("COMPLETE", (string?)patched["patchPropertyVersionStatus"]);
    }

    [Fact]
    public async Task An_activation_was_updated_when_its_state_last_changed()
    {
        var client = await app.ClientAsync();
        await using var db = await app.DbAsync();
        var active = await db.Activations.FirstAsync(a => a.PropertyId == 100_101 && a.Status.State == ActivationState.Active);
        var now = DateTimeOffset.UtcNow;
        var part = new ActivationPart(100_101, active.Version, active.Network, "", [], new(true, true, false, []))
        {
            State = BulkState.Complete,
            StartedAt = now,
            EndedAt = now,
        };
        var id = await app.SaveAsync(client, BulkDesk.Activations, now, part with { ActivationId = active.Id }, part);

        var single = await client.GetAsync($"/papi/v1/properties/prp_100101/activations/atv_{active.Id}");
        var parts = (await client.GetAsync($"{Activations}/{id}")).Json!["activatePropertyVersions"]!.AsArray();

        Assert.Equal((string?)single.Items("activations")[0]!["updateDate"], (string?)parts[0]!["activationUpdateDate"]);
        // There is no activation yet.
        Assert.NotEqual((string?)parts[0]!["activationUpdateDate"], (string?)parts[1]!["activationUpdateDate"], StringComparer.Ordinal);
    }

    [Fact]
    public async Task A_version_that_is_not_made_has_no_address_and_says_so()
    {
        var done = await DoAsync(await app.ClientAsync(), Versions, """{"createPropertyVersions":[{"propertyId":"1","createFromVersion":1}]}""");

        var part = done["createPropertyVersions"]![0]!.AsObject();
        Assert.True(part.TryGetPropertyValue("propertyVersionLink", out var link));
        Assert.Null(link);
    }

    private static IEnumerable<string> Told(JsonNode? messages) =>
        messages?.AsArray().Select(message => $"{message!["type"]} {message["messageId"]} {message["detail"]}") ?? [];

    /// <summary>Changes version 1 of a property; what became of it.</summary>
    private static async Task<JsonNode> PatchAsync(PapiClient client, long property, string operation, string? etag = null)
    {
        var state = etag is null
            ? ""
            : $"""
                "etag":"{etag}",
                """;
        var done = await DoAsync(
            client,
            Patches,
            $$"""{"patchPropertyVersions":[{"propertyId":"prp_{{property}}","propertyVersion":1,{{state}}"patches":[{{operation}}]}]}"""
        );
        return done["patchPropertyVersions"]![0]!;
    }
}
