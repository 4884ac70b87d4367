using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
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
            """{"propertyVersion":1,"network":"STAGING","notifyEmails":[]}"""
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

    /// <summary>Changes version 1 of a property; what became of it.</summary>
    private static async Task<JsonNode> PatchAsync(PapiClient client, long property, string operation)
    {
        var done = await DoAsync(
            client,
            Patches,
            $$"""{"patchPropertyVersions":[{"propertyId":"prp_{{property}}","propertyVersion":1,"patches":[{{operation}}]}]}"""
        );
        return done["patchPropertyVersions"]![0]!;
    }
}
