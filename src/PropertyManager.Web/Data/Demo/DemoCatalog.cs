using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using PropertyManager.Domain.Configuration;
using PropertyManager.Domain.Properties;

namespace PropertyManager.Web.Data.Demo;

/// <summary>
/// Reads the demo data out of the JSON files beside it, which are part of the program: accounts.json, and one file a property. There the first
/// version is written out, and each later one is a short list of edits (<see cref="DemoEdits" />) to the version it is based on.
/// </summary>
public static class DemoCatalog
{
    private const string Folder = "Demo/";
    private const string AccountsFile = Folder + "accounts.json";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        Converters = { new JsonStringEnumConverter() },
    };

    /// <summary>
    /// Reads everything. Throws <see cref="InvalidDataException" /> that names the file when one is faulty: they are the program's own.
    /// </summary>
    public static DemoData Read()
    {
        var assembly = typeof(DemoCatalog).Assembly;
        var accounts = ReadFile<AccountsJson>(assembly, AccountsFile);
        var properties = assembly
            .GetManifestResourceNames()
            .Where(name => name.StartsWith(Folder, StringComparison.Ordinal) && name != AccountsFile)
            .Select(name => ToProperty(ReadFile<PropertyJson>(assembly, name), name))
            .OrderBy(property => property.Id, StringComparer.Ordinal);
        return new DemoData(accounts.Products, accounts.Accounts, [.. properties]);
    }

    private static T ReadFile<T>(Assembly assembly, string name)
    {
        using var stream = assembly.GetManifestResourceStream(name)!;
        try
        {
            return JsonSerializer.Deserialize<T>(stream, Json)!;
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{name}: {e.Message}", e);
        }
    }

    private static DemoProperty ToProperty(PropertyJson file, string name)
    {
        var contents = new Dictionary<int, JsonObject>();
        var versions = new List<DemoVersion>();
        foreach (var version in file.Versions)
        {
            var content = Content(version, contents, name);
            contents.Add(version.Number, content);
            versions.Add(ToVersion(version, content, name));
        }

        return new DemoProperty(
            file.Id,
            file.Name,
            file.Account,
            file.Group,
            file.Contract,
            file.Product,
            file.Traffic,
            file.Audience,
            file.CpCodes,
            file.EdgeHostnames,
            versions,
            [.. file.Activations.Select(ToActivation).OrderByDescending(activation => activation.Age)]
        );
    }

    private static JsonObject Content(VersionJson version, Dictionary<int, JsonObject> earlier, string name)
    {
        if (version.BasedOn is not { } basedOn)
        {
            return new JsonObject
            {
                ["rules"] = version.Rules,
                ["hostnames"] = version.Hostnames,
                ["ruleFormat"] = version.RuleFormat,
            };
        }

        try
        {
            return DemoEdits.Apply(earlier[basedOn], version.Edits ?? []);
        }
        catch (InvalidDataException e)
        {
            throw new InvalidDataException($"{name}, version {version.Number}: {e.Message}", e);
        }
    }

    private static DemoVersion ToVersion(VersionJson version, JsonObject content, string name)
    {
        var parsed = PropertyVersionDocument.Parse(content.ToJsonString());
        if (!parsed.Succeeded)
        {
            var first = parsed.Problems[0];
            throw new InvalidDataException($"{name}, version {version.Number}: {first.Pointer}: {first.Message}");
        }

        return new DemoVersion(
            version.Number,
            version.BasedOn,
            version.Author,
            TimeSpan.FromHours(version.HoursAgo),
            version.Note,
            parsed.Value.RuleFormat,
            parsed.Value.Rules,
            parsed.Value.Hostnames
        );
    }

    private static DemoActivation ToActivation(ActivationJson activation) =>
        new(
            activation.Version,
            activation.Network,
            activation.Type,
            activation.Outcome,
            TimeSpan.FromHours(activation.HoursAgo),
            TimeSpan.FromMinutes(activation.Minutes),
            activation.By,
            activation.Note,
            activation.Cause
        );

    private sealed record AccountsJson(IReadOnlyList<DemoProduct> Products, IReadOnlyList<DemoAccount> Accounts);

    private sealed record PropertyJson(
        string Id,
        string Name,
        string Account,
        string Group,
        string Contract,
        string Product,
        TrafficProfile Traffic,
        IReadOnlyList<AudienceRequest> Audience,
        IReadOnlyList<DemoCpCode> CpCodes,
        IReadOnlyList<DemoEdgeHostname> EdgeHostnames,
        IReadOnlyList<VersionJson> Versions,
        IReadOnlyList<ActivationJson> Activations
    );

    private sealed record VersionJson(
        int Number,
        string Author,
        double HoursAgo,
        string Note,
        int? BasedOn = null,
        string? RuleFormat = null,
        JsonNode? Rules = null,
        JsonArray? Hostnames = null,
        IReadOnlyList<DemoEdit>? Edits = null
    );

    private sealed record ActivationJson(
        int Version,
        DemoNetwork Network,
        DemoActivationType Type,
        DemoOutcome Outcome,
        double HoursAgo,
        double Minutes,
        string By,
        string Note,
        DemoCause? Cause = null
    );
}
