using System.Text;
using System.Text.Json;

namespace PropertyManager.Domain.Configuration.Evaluation;

/// <summary>Settings as people read them: "cache for 7d".</summary>
internal static class SettingWords
{
    private static readonly HashSet<string> Headers = new(StringComparer.Ordinal)
    {
        "modifyIncomingRequestHeader",
        "modifyIncomingResponseHeader",
        "modifyOutgoingRequestHeader",
        "modifyOutgoingResponseHeader",
    };

    /// <summary>Options whose value is secret: never told.</summary>
    private static readonly HashSet<string> Secrets = new(StringComparer.OrdinalIgnoreCase)
    {
        "key",
        "transitionKey",
        "salt",
        "secretKey",
        "encryptionKey",
        "hmacKey",
        "mslkey",
        "awsSecretAccessKey",
        "gcsHmacKeySecret",
        "aosHmacKeySecret",
    };

    /// <summary>What the setting is called.</summary>
    public static Func<EvaluationRun, string> Name(Behavior behavior, OptionReader reader)
    {
        if (Headers.Contains(behavior.Name))
        {
            var header = HeaderChange.NameOf(reader);
            return run => $"{behavior.Name} {header.Expand(run)}";
        }

        var variable = behavior.Name == "setVariable" ? $" {reader.Text("variableName")}" : "";
        var name = behavior.Name + variable;
        return _ => name;
    }

    /// <summary>What it is set to.</summary>
    public static Func<EvaluationRun, string> Of(Behavior behavior, OptionReader reader)
    {
        if (Headers.Contains(behavior.Name))
        {
            return Header(reader);
        }

        switch (behavior.Name)
        {
            case "origin":
                var kind = reader.Text("originType", "an origin without a name");
                return run => $"ask {ForwardBehaviors.Host(run) ?? kind}";
            case "cpCode":
                var code = $"{reader.Field("value", "id")} {reader.Field("value", "name")}".Trim();
                return _ => code;
            case "caching":
                var caching = Caching(reader);
                return _ => caching;
            case "denyAccess":
                var denial = !reader.Flag("enabled", fallback: true) ? "allow" : $"deny with 403 {Parenthesis(reader.Text("reason"))}".Trim();
                return _ => denial;
            case "constructResponse" when reader.Flag("enabled", fallback: true):
                var response = $"answer {reader.Text("responseCode", "200")}";
                return _ => response;
            case "redirect" or "redirectplus" when reader.Flag("enabled", fallback: true):
                return run =>
                    run.State.Redirect.Value is { } redirection ? $"send to {redirection.Location(run)} with {redirection.Status}" : "send nowhere";
            case "advanced":
                return _ => "metadata written by hand";
            case "setVariable":
                var variable = reader.Scope.Variable(reader.Text("variableName"));
                return run => run.VariableErrors[variable] ? "could not be set" : $"\"{run.Variables[variable]}\"";
            default:
                var words = Options(behavior.Options, reader);
                return words.Expand;
        }
    }

    private static string Caching(OptionReader reader) =>
        reader.Text("behavior", "MAX_AGE") switch
        {
            "MAX_AGE" => $"cache for {reader.Text("ttl")}{(reader.Flag("mustRevalidate") ? ", then always ask the origin" : "")}",
            "NO_STORE" => "never cache",
            "BYPASS_CACHE" => "pass through",
            _ => $"cache as the origin says, or else for {reader.Text("defaultTtl", "0s")}",
        };

    private static Func<EvaluationRun, string> Header(OptionReader reader)
    {
        var value = reader.Template(reader.Text("action", "ADD") == "MODIFY" ? "newHeaderValue" : "headerValue");
        switch (reader.Text("action", "ADD"))
        {
            case "ADD":
                return run => $"add \"{value.Expand(run)}\"";
            case "MODIFY":
                return run => $"set to \"{value.Expand(run)}\"";
            case "DELETE":
                return _ => "remove";
            case "PASS":
                return _ => "pass on";
            default:
                var regex = $"replace {reader.Text("regexHeaderMatch")} by \"{reader.Text("regexHeaderReplace")}\"";
                return _ => regex;
        }
    }

    private static string Parenthesis(string text) => text.Length == 0 ? "" : $"({text})";

    /// <summary>On or off, and whatever else is a single value or a list of them.</summary>
    private static Template Options(OptionSet options, OptionReader reader)
    {
        var words = new List<string>();
        foreach (var (name, value) in options)
        {
            var text = Secrets.Contains(name) ? null : Text(value);
            if (name is "enabled" or "enable")
            {
                // http2 has its switch as an empty text: that it stands there is what turns it on.
                words.Insert(0, text is "false" ? "off" : "on");
            }
            else if (text is { Length: > 0 })
            {
                words.Add(name is "behavior" or "value" ? Lower(text) : $"{Spaced(name)} {Lower(text)}");
            }
        }

        var told = words is ["off", ..] ? "off" : string.Join(", ", words);
        return Template.Parse(told.Length == 0 ? "on" : told, reader.Scope, reader.Pointer);
    }

    private static string? Text(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.Array => string.Join(' ', value.EnumerateArray().Select(JsonScalar.Text).OfType<string>()),
            JsonValueKind.Object => value.TryGetProperty("name", out var name) ? JsonScalar.Text(name) : null,
            JsonValueKind.True => "yes",
            JsonValueKind.False => "false",
            _ => JsonScalar.Text(value),
        };

    /// <summary>The catalog's constants without their shouting: PARTIAL_OBJECT_CACHING.</summary>
    private static string Lower(string text) =>
        text == "false" ? "no"
        : text.Contains('_', StringComparison.Ordinal) && text.All(c => char.IsAsciiLetterUpper(c) || c == '_' || char.IsAsciiDigit(c))
            ? text.ToLowerInvariant().Replace('_', ' ')
        : text;

    private static string Spaced(string name)
    {
        var text = new StringBuilder();
        for (var i = 0; i < name.Length; i++)
        {
            var startsWord = char.IsAsciiLetterUpper(name[i]) && i > 0 && !char.IsAsciiLetterUpper(name[i - 1]);
            text.Append(startsWord ? " " : "").Append(char.ToLowerInvariant(name[i]));
        }

        return text.ToString();
    }
}
