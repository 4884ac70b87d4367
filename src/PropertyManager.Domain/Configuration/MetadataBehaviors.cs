using System.Globalization;
using System.Text;
using System.Text.Json;

namespace PropertyManager.Domain.Configuration;

/// <summary>
/// Behavior → elements. Three forms, and in none is an option dropped, so that whatever people change shows in a comparison: a form of its own
/// where the metadata says it in another shape (<see cref="MetadataForms" />), an element with a child for each option where the behavior is a
/// named feature, and a list of named options for behaviors this program does not know.
/// </summary>
internal static class MetadataBehaviors
{
    private static readonly Dictionary<string, string> Elements = new(StringComparer.Ordinal)
    {
        ["adaptiveAcceleration"] = "edgeservices:adaptive-acceleration",
        ["allHttpInCacheHierarchy"] = "cache:hierarchy.all-methods",
        ["allowDelete"] = "edgeservices:allow-method.delete",
        ["allowHTTPSCacheKeySharing"] = "cache:key.share-https",
        ["allowOptions"] = "edgeservices:allow-method.options",
        ["allowPatch"] = "edgeservices:allow-method.patch",
        ["allowPost"] = "edgeservices:allow-method.post",
        ["allowPut"] = "edgeservices:allow-method.put",
        ["allowTransferEncoding"] = "edgeservices:allow-chunked-request",
        ["baseDirectory"] = "forward:base-directory",
        ["brotli"] = "edgeservices:brotli",
        ["cacheError"] = "cache:negative",
        ["cacheId"] = "cache:key.part",
        ["cacheKeyIgnoreCase"] = "cache:key.ignore-case",
        ["cacheKeyQueryParams"] = "cache:key.query",
        ["cachePost"] = "cache:post",
        ["cacheRedirect"] = "cache:redirect",
        ["contentCharacteristics"] = "akamai:content-characteristics",
        ["corsSupport"] = "edgeservices:cors",
        ["downstreamCache"] = "cache:downstream",
        ["edgeRedirector"] = "edgeservices:redirect-policy",
        ["edgeScape"] = "edgeservices:location-header",
        ["enhancedAkamaiProtocol"] = "network:enhanced-protocol",
        ["failAction"] = "forward:failover",
        ["gzipResponse"] = "edgeservices:compress",
        ["healthDetection"] = "forward:health-detection",
        ["http2"] = "network:http2",
        ["http3"] = "network:http3",
        ["httpStrictTransportSecurity"] = "edgeservices:strict-transport-security",
        ["imageManager"] = "edgeservices:image-manager",
        ["largeFileOptimization"] = "cache:large-file",
        ["mPulse"] = "reporting:mpulse",
        ["originCharacteristics"] = "forward:origin-characteristics",
        ["prefreshCache"] = "cache:prefresh",
        ["prefetch"] = "edgeservices:prefetch",
        ["prefetchable"] = "edgeservices:prefetchable",
        ["readTimeout"] = "forward:timeout.read",
        ["realUserMonitoring"] = "reporting:real-user-monitoring",
        ["removeQueryParameter"] = "edgeservices:modify-query.remove",
        ["removeVary"] = "cache:ignore-vary",
        ["report"] = "reporting:log",
        ["rewriteUrl"] = "edgeservices:rewrite-url",
        ["segmentedContentProtection"] = "auth:segmented-content",
        ["segmentedMediaOptimization"] = "akamai:segmented-media",
        ["siteShield"] = "forward:site-shield",
        ["strictHeaderParsing"] = "edgeservices:strict-header-parsing",
        ["sureRoute"] = "forward:sure-route",
        ["tieredDistribution"] = "cache:hierarchy.tiered",
        ["timeout"] = "forward:timeout.connect",
        ["validateEntityTag"] = "cache:validate-etag",
        ["verifyTokenAuthorization"] = "auth:token",
        ["visitorPrioritization"] = "edgeservices:visitor-prioritization",
        ["webSockets"] = "network:web-sockets",
    };

    /// <summary>Writes one behavior: its options in one order, whatever the order of the JSON, and with the defaults of those left out.</summary>
    public static void Write(MetadataWriter xml, Behavior behavior)
    {
        behavior = behavior with { Options = NormalOptions.Of(behavior) };
        if (MetadataForms.TryWrite(xml, behavior))
        {
            return;
        }

        if (!Elements.TryGetValue(behavior.Name, out var element))
        {
            xml.Open("akamai:behavior", ("name", behavior.Name));
            foreach (var (name, value) in behavior.Options)
            {
                WriteOption(xml, name, value);
            }

            xml.Close("akamai:behavior");
        }
        else if (
            behavior.Options
            is [
                {
                    Key: "enabled" or "enable" or "behavior" or "value",
                    Value: { ValueKind: not (JsonValueKind.Object or JsonValueKind.Array) } value
                },
            ]
        )
        {
            xml.Text(element, Scalar(value)); // the behavior has one setting, and its name says nothing more
        }
        else if (behavior.Options.Count == 0)
        {
            xml.Empty(element);
        }
        else
        {
            xml.Open(element);
            WriteChildren(xml, behavior.Options);
            xml.Close(element);
        }
    }

    /// <summary>Options as child elements, named in the metadata's manner, in the namespace of configuration.</summary>
    public static void WriteChildren(MetadataWriter xml, IEnumerable<KeyValuePair<string, JsonElement>> options)
    {
        foreach (var (name, value) in options)
        {
            var isElementName = name.Length > 0 && char.IsAsciiLetter(name[0]) && name.All(char.IsAsciiLetterOrDigit);
            if (!isElementName || value.ValueKind is JsonValueKind.Object || IsListOfObjects(value))
            {
                WriteOption(xml, name, value);
            }
            else if (value.ValueKind == JsonValueKind.Array)
            {
                xml.Text(Kebab(name), MetadataWriter.AnyOf(value.EnumerateArray().Select(Scalar)));
            }
            else
            {
                xml.Text(name is "enabled" or "enable" ? "status" : Kebab(name), Scalar(value));
            }
        }
    }

    /// <summary>An option of whatever name and shape.</summary>
    public static void WriteOption(MetadataWriter xml, string name, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                xml.Open("akamai:option", ("name", name));
                foreach (var field in value.EnumerateObject())
                {
                    WriteOption(xml, field.Name, field.Value);
                }

                xml.Close("akamai:option");
                break;
            case JsonValueKind.Array:
                // One line an item: in a comparison an added item is an added line.
                xml.Open("akamai:option", ("name", name));
                foreach (var item in value.EnumerateArray())
                {
                    WriteOption(xml, "item", item);
                }

                xml.Close("akamai:option");
                break;
            default:
                xml.Empty("akamai:option", ("name", name), ("value", Scalar(value)));
                break;
        }
    }

    /// <summary>A single value in the metadata's words: switches are on and off, variables are interpolated.</summary>
    public static string Scalar(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.String => MetadataWriter.Interpolate(value.GetString()!),
            JsonValueKind.True => "on",
            JsonValueKind.False => "off",
            JsonValueKind.Null => "",
            JsonValueKind.Number => value.GetRawText(),
            // Where a single value was expected: compact, whatever the spaces in the text it came from.
            _ => JsonSerializer.Serialize(value),
        };

    /// <summary><c>minTlsVersion</c> → <c>min-tls-version</c>.</summary>
    private static string Kebab(string name)
    {
        var kebab = new StringBuilder();
        for (var i = 0; i < name.Length; i++)
        {
            var startsWord =
                char.IsAsciiLetterUpper(name[i])
                && i > 0
                && (!char.IsAsciiLetterUpper(name[i - 1]) || (i + 1 < name.Length && char.IsAsciiLetterLower(name[i + 1])));
            kebab.Append(startsWord ? "-" : "").Append(char.ToLower(name[i], CultureInfo.InvariantCulture));
        }

        return kebab.ToString();
    }

    private static bool IsListOfObjects(JsonElement value) =>
        value.ValueKind == JsonValueKind.Array && value.EnumerateArray().Any(item => item.ValueKind is JsonValueKind.Object or JsonValueKind.Array);
}
