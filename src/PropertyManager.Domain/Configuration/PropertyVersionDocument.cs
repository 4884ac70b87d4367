using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using PropertyManager.Domain.Configuration.Catalog;

namespace PropertyManager.Domain.Configuration;

/// <summary>A property version as a file: what "Import" takes.</summary>
/// <param name="Rules">The rule tree.</param>
/// <param name="Hostnames">In the order of the file, no name twice.</param>
/// <param name="Note">What the version is about; null when nothing is said.</param>
/// <param name="RuleFormat">The catalog the rules are written for: <c>v2025-10-16</c>.</param>
public sealed partial record PropertyVersionDocument(RuleTree Rules, IReadOnlyList<HostnameEntry> Hostnames, string? Note, string RuleFormat)
{
    /// <summary>The rule format of files that name none.</summary>
    public const string DefaultRuleFormat = "v2025-10-16";

    private static readonly JsonWriterOptions Indented = new()
    {
        Indented = true,
        IndentSize = 4,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // a file for people and diffs; never put into HTML unescaped
    };

    private static readonly JsonSerializerOptions Pretty = new()
    {
        WriteIndented = true,
        IndentSize = 4,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>
    /// Reads <c>{ "rules": …, "hostnames": [ { "cnameFrom": …, "cnameTo": …, "migratedFromLegacy": … } ], "note": …,
    /// "ruleFormat": … }</c>. Hostnames may also be bare strings, and everything but the rules may be left out. Fields of the public API beside these (etag, propertyId…) are passed over.
    /// </summary>
    public static Parsed<PropertyVersionDocument> Parse(string json)
    {
        var problems = new List<ConfigurationProblem>();
        if (JsonText.Open(json, RuleTreeJson.MaxBytes, problems) is not { } text)
        {
            return new Parsed<PropertyVersionDocument>(problems);
        }

        var rules = RuleTreeJson.ReadTree(text.Root, problems);
        if (text.Root.ValueKind == JsonValueKind.Object)
        {
            var reader = new RuleReader(problems);
            var hostnames = ReadHostnames(text.Root, reader, problems);
            var note = reader.OptionalText(text.Root, "", "note");
            var ruleFormat = reader.OptionalText(text.Root, "", "ruleFormat") is { Length: > 0 } named ? named : DefaultRuleFormat;
            if (!RuleFormats.IsKnown(ruleFormat))
            {
                problems.Add(new("/ruleFormat", null, null, $"\"{ruleFormat}\" is not a rule format. There are {RuleFormats.Possible}."));
            }

            if (rules is not null && problems.Count == 0)
            {
                return new Parsed<PropertyVersionDocument>(new PropertyVersionDocument(rules, hostnames, note, ruleFormat));
            }
        }

        return new Parsed<PropertyVersionDocument>(text.Place(problems));
    }

    /// <summary>The document as a file: what <see cref="Parse" /> reads gives the same document again.</summary>
    /// <param name="facts">Texts and numbers that stand before it and that reading passes over: whose version it is.</param>
    public string Write(params ReadOnlySpan<(string Name, JsonElement Value)> facts)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var tree = JsonDocument.Parse(RuleTreeJson.Write(Rules));
        using (var json = new Utf8JsonWriter(buffer, Indented))
        {
            json.WriteStartObject();
            foreach (var (name, value) in facts)
            {
                json.WritePropertyName(name);
                value.WriteTo(json);
            }

            json.WriteString("ruleFormat", RuleFormat);
            json.WriteString("note", Note ?? "");
            json.WriteStartArray("hostnames");
            foreach (var hostname in Hostnames)
            {
                json.WriteStartObject();
                json.WriteString("cnameFrom", hostname.CnameFrom);
                json.WriteString("cnameTo", hostname.EdgeHostname);
                if (hostname.MigratedFromLegacy)
                {
                    json.WriteBoolean("migratedFromLegacy", true);
                }

                if (hostname.Certificate != CertificateProvisioning.CpsManaged)
                {
                    json.WriteString("certProvisioningType", CertificateNames.Of(hostname.Certificate));
                }

                json.WriteEndObject();
            }

            json.WriteEndArray();
            foreach (var field in tree.RootElement.EnumerateObject())
            {
                field.WriteTo(json);
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan) + "\n";
    }

    /// <summary>
    /// A document that somebody is still working at: what can be read of it. Hostnames are taken as they are, whether or not they could be saved.
    /// </summary>
    /// <param name="json">As <see cref="Write" /> gave it.</param>
    /// <param name="otherwise">Where the rules cannot be read, it has these, the very same.</param>
    /// <returns>Null where it is no JSON object.</returns>
    public static PropertyVersionDocument? ReadDraft(string json, PropertyVersionDocument otherwise)
    {
        ArgumentNullException.ThrowIfNull(otherwise);
        JsonElement root;
        try
        {
            root = JsonElement.Parse(json);
        }
        catch (JsonException)
        {
            return null;
        }

        if (root.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        var reader = new RuleReader([]);
        return new PropertyVersionDocument(
            RuleTreeJson.Parse(json).Value ?? otherwise.Rules,
            [
                .. reader
                    .Items(root, "", "hostnames")
                    .Select(item => new HostnameEntry(
                        reader.OptionalText(item.Item, item.Pointer, "cnameFrom") ?? "",
                        reader.OptionalText(item.Item, item.Pointer, "cnameTo") ?? "",
                        reader.OptionalSwitch(item.Item, item.Pointer, "migratedFromLegacy")
                    )
                    {
                        Certificate = Certificate(item.Item),
                    }),
            ],
            reader.OptionalText(root, "", "note"),
            reader.OptionalText(root, "", "ruleFormat") is { Length: > 0 } named ? named : DefaultRuleFormat
        );
    }

    /// <summary>The rules of a document as text, read or not: <c>{ "comments": …, "rules": … }</c>. The whole text where it is no JSON object with rules.</summary>
    public static string RulesIn(string json)
    {
        try
        {
            var root = JsonElement.Parse(json);
            return root.ValueKind == JsonValueKind.Object && root.TryGetProperty("rules", out _)
                ? JsonSerializer.Serialize(
                    root.EnumerateObject()
                        .Where(field => field.Name is "comments" or "rules")
                        .ToDictionary(field => field.Name, field => field.Value, StringComparer.Ordinal),
                    Pretty
                )
                : json;
        }
        catch (JsonException)
        {
            return json;
        }
    }

    private static List<HostnameEntry> ReadHostnames(JsonElement root, RuleReader reader, List<ConfigurationProblem> problems)
    {
        var read = new List<HostnameEntry>();
        var seen = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (item, pointer) in reader.Items(root, "", "hostnames"))
        {
            var bare = item.ValueKind == JsonValueKind.String;
            if (!bare && item.ValueKind != JsonValueKind.Object)
            {
                problems.Add(new(pointer, null, null, $"A hostname must be a string or an object with \"cnameFrom\", not {RuleReader.Kind(item)}."));
                continue;
            }

            var name = bare ? item.GetString() : reader.OptionalText(item, pointer, "cnameFrom");
            if (name is null)
            {
                if (!item.TryGetProperty("cnameFrom", out _))
                {
                    problems.Add(new(pointer, null, null, "This hostname has no \"cnameFrom\"."));
                }

                continue;
            }

            var edge = bare ? null : reader.OptionalText(item, pointer, "cnameTo");
            var migrated = !bare && reader.OptionalSwitch(item, pointer, "migratedFromLegacy");
            var namePointer = bare ? pointer : $"{pointer}/cnameFrom";
            if (HostnameSyntax.Fault(name) is { } fault)
            {
                problems.Add(new(namePointer, null, null, $"The hostname \"{name}\" {fault}."));
            }
            else if (!seen.TryAdd(name.ToLowerInvariant(), pointer))
            {
                var first = seen[name.ToLowerInvariant()];
                problems.Add(new(namePointer, null, null, $"The hostname \"{name.ToLowerInvariant()}\" is listed twice, first at {first}."));
            }
            else if (edge is not null && HostnameSyntax.EdgeFault(edge) is { } edgeFault)
            {
                problems.Add(new($"{pointer}/cnameTo", null, null, $"The edge hostname \"{edge}\" {edgeFault}."));
            }
            else
            {
                read.Add(
                    new HostnameEntry(name.ToLowerInvariant(), (edge ?? HostnameSyntax.UsualEdgeHostname(name)).ToLowerInvariant(), migrated)
                    {
                        Certificate = Certificate(item),
                    }
                );
            }
        }

        return read;
    }

    private static CertificateProvisioning Certificate(JsonElement hostname) =>
        hostname.ValueKind == JsonValueKind.Object
        && hostname.TryGetProperty("certProvisioningType", out var type)
        && type.ValueKind == JsonValueKind.String
            ? Enum.GetValues<CertificateProvisioning>().FirstOrDefault(certificate => type.ValueEquals(CertificateNames.Of(certificate)))
            : CertificateProvisioning.CpsManaged;
}
