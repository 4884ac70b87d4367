using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.JsonPatch.SystemTextJson;
using PropertyManager.Domain.Configuration;

namespace PropertyManager.Web.Engine;

/// <summary>Why a patch is not carried out.</summary>
/// <param name="Index">Of the operation, from 0; null where it is the patch as a whole.</param>
/// <param name="Message">The rest of a sentence that begins with the operation, or with the patch.</param>
internal sealed record PatchFault(int? Index, string Message)
{
    /// <summary>The sentence.</summary>
    public string Sentence => Index is null ? $"the patch {Message}." : string.Create(CultureInfo.InvariantCulture, $"operation {Index} {Message}.");
}

/// <summary>
/// Changes the rules of a version by a JSON patch (RFC 6902): all of its operations, or none. What the library lets pass is refused here:
/// operations that there are not, and copies of copies that would fill the memory, or moves to and fro that would take all day.
/// </summary>
internal static class TreePatch
{
    /// <summary>Operations of a patch, at most.</summary>
    private const int Most = 5000;

    /// <summary>The operations of RFC 6902.</summary>
    public static IReadOnlyList<string> All { get; } = ["add", "remove", "replace", "move", "copy", "test"];

    /// <summary>Those that can be asked for in bulk.</summary>
    public static IReadOnlyList<string> InBulk { get; } = ["add", "remove", "replace", "test"];

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { MaxDepth = 300 };

    /// <summary>Why this is no patch; null when it is one.</summary>
    /// <param name="patch">An array of operations.</param>
    /// <param name="operations">Those that it may have.</param>
    public static PatchFault? Wrong(JsonElement patch, IReadOnlyList<string> operations)
    {
        if (patch.ValueKind != JsonValueKind.Array || patch.GetArrayLength() > Most)
            return new(null, $"is no array of at most {Most} operations");
        foreach (var (index, operation) in patch.EnumerateArray().Index())
        {
            if (WrongIn(operation, operations) is { } wrong)
                return new(index, wrong);
        }
        return null;
    }

    /// <summary>The changed rules as text, which may be no rules any more; or why they cannot be changed so.</summary>
    /// <param name="content">It stays as it is. Paths of the patch are those of its <see cref="RuleDocument"/>.</param>
    /// <param name="patch">One that is not <see cref="Wrong"/>.</param>
    public static (string? Rules, PatchFault? Fault) Apply(PropertyVersionDocument content, JsonElement patch)
    {
        var document = RuleDocument.Of(content);
        var carried = 0L;
        foreach (var (index, operation) in patch.EnumerateArray().Index())
        {
            if (Apply(document, operation, ref carried) is { } problem)
                return (null, new(index, $"({Text(operation, "op")} {Text(operation, "path")}) cannot be done: {problem.TrimEnd('.')}"));
        }
        return (RuleDocument.Text(document), null);
    }

    private static string? WrongIn(JsonElement operation, IReadOnlyList<string> operations)
    {
        if (operation.ValueKind != JsonValueKind.Object)
            return "is no object";
        var op = Text(operation, "op");
        if (!operations.Contains(op, StringComparer.Ordinal))
            return $"has no “op” of {string.Join(", ", operations)}";
        if (Text(operation, "path") is not ['/', ..])
            return "has no “path”: a JSON pointer such as /rules/behaviors/0";
        if (op is "move" or "copy" && Text(operation, "from") is not ['/', ..])
            return "has no “from”: a JSON pointer such as /rules/behaviors/0";
        return op is "add" or "replace" or "test" && !operation.TryGetProperty("value", out _) ? "has no “value”" : null;
    }

    private static string? Apply(JsonObject document, JsonElement operation, ref long carried)
    {
        var (op, path) = (Text(operation, "op"), Text(operation, "path")!);
        if (op == "test")
        {
            return !TryFind(document, path, out var there) ? $"there is nothing at {path}"
                : JsonNode.DeepEquals(there, operation.GetProperty("value").Deserialize<JsonNode>(Json)) ? null
                : $"{path} is {Brief(there)}, and not what the test wants";
        }
        if (op is "move" or "copy")
        {
            var from = Text(operation, "from")!;
            if (!TryFind(document, from, out var source))
                return $"there is nothing at {from}";
            if (op == "move" && path.StartsWith(from + "/", StringComparison.Ordinal))
                return "nothing can be moved into itself";
            // What is moved is written and read again, like a copy.
            if ((carried += source?.ToJsonString(Json).Length ?? 4) > RuleTreeJson.MaxBytes)
                return $"what this patch copies and moves has more than {RuleTreeJson.MaxBytes:N0} bytes together";
        }
        string? problem = null;
        try
        {
            var one = JsonSerializer.Deserialize<JsonPatchDocument>($"[{operation.GetRawText()}]", Json)!;
            one.ApplyTo(document, error => problem ??= error.ErrorMessage);
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException or InvalidOperationException or FormatException)
        {
            problem = exception.Message;
        }
        return problem;
    }

    private static bool TryFind(JsonNode root, string pointer, out JsonNode? found)
    {
        found = root;
        foreach (var step in pointer.Split('/').Skip(1).Select(step => step.Replace("~1", "/").Replace("~0", "~")))
        {
            switch (found)
            {
                case JsonObject members when members.TryGetPropertyValue(step, out var member):
                    found = member;
                    break;
                case JsonArray items when int.TryParse(step, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < items.Count:
                    found = items[index];
                    break;
                default:
                    return false;
            }
        }
        return true;
    }

    private static string Brief(JsonNode? node)
    {
        var text = node?.ToJsonString(Json) ?? "null";
        return text.Length <= 100 ? text : text[..100] + "…";
    }

    private static string? Text(JsonElement operation, string name) =>
        operation.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
