using System.Text.Json;

namespace PropertyManager.Domain.Configuration;

/// <summary>Behaviors whose metadata has a shape of its own.</summary>
internal static class MetadataForms
{
    private static readonly Dictionary<string, string> Headers = new(StringComparer.Ordinal)
    {
        ["modifyIncomingRequestHeader"] = "edgeservices:modify-incoming-request",
        ["modifyOutgoingRequestHeader"] = "edgeservices:modify-outgoing-request",
        ["modifyIncomingResponseHeader"] = "edgeservices:modify-incoming-response",
        ["modifyOutgoingResponseHeader"] = "edgeservices:modify-outgoing-response",
    };

    /// <summary>Writes the behavior if its form is known here.</summary>
    public static bool TryWrite(MetadataWriter xml, Behavior behavior)
    {
        var options = new Rest(behavior.Options);
        if (Headers.TryGetValue(behavior.Name, out var prefix))
        {
            Header(xml, prefix, options);
            return true;
        }

        switch (behavior.Name)
        {
            case "origin":
                Element(xml, "forward:origin-server", options, ("host", options.Take("hostname")));
                return true;
            case "cpCode":
                CpCode(xml, behavior.Options);
                return true;
            case "caching":
                Caching(xml, options);
                return true;
            case "denyAccess":
                Deny(xml, options);
                return true;
            case "constructResponse":
                Element(
                    xml,
                    "edgeservices:construct-response",
                    options,
                    ("status", options.Take("enabled") ?? "on"),
                    ("http-status", options.Take("responseCode")),
                    ("body", options.Take("body"))
                );
                return true;
            case "redirect" or "redirectplus":
                Element(
                    xml,
                    "edgeservices:redirect",
                    options,
                    ("status", options.Take("enabled") ?? "on"),
                    ("http-status", options.Take("responseCode"))
                );
                return true;
            case "setVariable":
                Element(xml, "assign:variable", options, ("name", options.Take("variableName")), ("value", options.Take("variableValue")));
                return true;
            case "webApplicationFirewall":
                Firewall(xml, behavior.Options);
                return true;
            case "advanced":
                Advanced(xml, options);
                return true;
            default:
                return false;
        }
    }

    private static void Element(MetadataWriter xml, string element, Rest rest, params ReadOnlySpan<(string Name, string? Value)> children)
    {
        xml.Open(element);
        foreach (var (name, value) in children)
        {
            if (value is not null)
            {
                xml.Text(name, value);
            }
        }

        MetadataBehaviors.WriteChildren(xml, rest.Left());
        xml.Close(element);
    }

    private static void Deny(MetadataWriter xml, Rest options) =>
        Element(
            xml,
            "security:firewall.action",
            options,
            ("status", options.Take("enabled") ?? "on"),
            ("action", "deny"),
            ("http-status", "403"),
            ("reason", options.Take("reason"))
        );

    private static void Firewall(MetadataWriter xml, OptionSet options)
    {
        xml.Open("security:firewall");
        foreach (var (name, value) in options)
        {
            MetadataBehaviors.WriteOption(xml, name, value);
        }

        xml.Close("security:firewall");
    }

    private static void CpCode(MetadataWriter xml, OptionSet options)
    {
        xml.Open("reporting:cp-code");
        foreach (var (name, value) in options)
        {
            if (name == "value" && value.ValueKind == JsonValueKind.Object)
            {
                MetadataBehaviors.WriteChildren(xml, OptionSet.Of(value));
            }
            else
            {
                MetadataBehaviors.WriteOption(xml, name, value);
            }
        }

        xml.Close("reporting:cp-code");
    }

    private static void Caching(MetadataWriter xml, Rest options)
    {
        switch (options.Take("behavior"))
        {
            case "MAX_AGE":
                xml.Text("cache:no-store", "off");
                xml.Text("cache:max-age", options.Take("ttl") ?? "");
                break;
            case "NO_STORE":
                xml.Text("cache:no-store", "on");
                break;
            case "BYPASS_CACHE":
                xml.Text("cache:bypass", "on");
                break;
            case var honored:
                xml.Text("cache:no-store", "off");
                xml.Text("cache:honor-origin", (honored ?? "").ToLowerInvariant().Replace('_', '-'));
                xml.Text("cache:max-age", options.Take("defaultTtl") ?? "");
                break;
        }

        var left = options.Left().ToList();
        if (left.Count > 0)
        {
            xml.Open("cache:directives");
            MetadataBehaviors.WriteChildren(xml, left);
            xml.Close("cache:directives");
        }
    }

    private static void Header(MetadataWriter xml, string prefix, Rest options)
    {
        var (verb, standard) = options.Take("action") switch
        {
            "DELETE" => ("remove-header", "standardDeleteHeaderName"),
            "MODIFY" => ("set-header", "standardModifyHeaderName"),
            "PASS" => ("pass-header", "standardPassHeaderName"),
            "REGEX" => ("replace-in-header", "standardModifyHeaderName"),
            _ => ("add-header", "standardAddHeaderName"),
        };
        var name = options.Take(standard);
        var header = name is null or "OTHER" ? options.Take("customHeaderName") : StandardName(name);
        var value = options.Take("newHeaderValue") ?? options.Take("headerValue");
        Element(xml, $"{prefix}.{verb}", options, ("status", "on"), ("name", header), ("value", value));
    }

    /// <summary><c>CACHE_CONTROL</c> → <c>Cache-Control</c>.</summary>
    private static string StandardName(string name) =>
        string.Join('-', name.Split('_').Select(word => word.Length < 2 ? word : word[0] + word[1..].ToLowerInvariant()));

    /// <summary>
    /// Metadata written by hand: its elements as they are; where it is no list of elements, its text with a note that says why.
    /// </summary>
    private static void Advanced(MetadataWriter xml, Rest options)
    {
        var byHand = options.Take("xml") ?? "";
        if (options.Take("description") is { Length: > 0 } description)
        {
            xml.Note($"advanced: {description}");
        }

        if (HandWrittenMetadata.TryWrite(xml, byHand) is { } fault)
        {
            xml.Note($"advanced: passed on as text: {fault}");
            xml.Text("akamai:advanced", byHand);
        }

        MetadataBehaviors.WriteChildren(xml, options.Left());
    }

    /// <summary>The options of a behavior of which some were taken by its form; the rest is written after them.</summary>
    private sealed class Rest(OptionSet options)
    {
        private readonly HashSet<string> _taken = new(StringComparer.Ordinal);

        /// <summary>A single value in the metadata's words; null when the option is not there, or is an object or a list.</summary>
        public string? Take(string name)
        {
            if (options.Find(name) is not { } value || value.ValueKind is JsonValueKind.Object or JsonValueKind.Array)
            {
                return null;
            }

            _taken.Add(name);
            return MetadataBehaviors.Scalar(value);
        }

        public IEnumerable<KeyValuePair<string, JsonElement>> Left() => options.Where(option => !_taken.Contains(option.Key));
    }
}
