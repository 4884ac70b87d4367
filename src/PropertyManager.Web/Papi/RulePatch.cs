using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.JsonPatch.SystemTextJson;
using PropertyManager.Domain.Configuration;
using PropertyManager.Web.Papi.Problems;

namespace PropertyManager.Web.Papi;

/// <summary>
/// Applies a JSON patch (RFC 6902) to a rule tree: all of its operations, or none. What the library lets pass is refused here: operations that
/// there are not, and copies of copies that would fill the memory.
/// </summary>
internal static class RulePatch
{
    /// <summary>Operations of a patch, at most.</summary>
    private const int Most = 5000;

    private static readonly string[] Operations = ["add", "remove", "replace", "move", "copy", "test"];

    /// <summary>Changes the tree; it is of no use any more where there is a problem.</summary>
    /// <param name="tree">With the member <c>rules</c>.</param>
    /// <param name="patch">An array of operations.</param>
    public static PapiProblem? Apply(JsonObject tree, JsonElement patch)
    {
        if (patch.ValueKind != JsonValueKind.Array)
            return PapiProblems.BadRequest("A JSON patch is an array of operations (RFC 6902).");
        if (patch.GetArrayLength() > Most)
            return PapiProblems.BadRequest($"The patch has {patch.GetArrayLength()} operations: {Most} at most.");
        var copied = 0L;
        foreach (var (index, operation) in patch.EnumerateArray().Index())
        {
            if ((Wrong(operation) ?? Apply(tree, operation, ref copied)) is { } problem)
                return PapiProblems.BadRequest($"Operation {index} of the patch cannot be carried out, so none was: {problem}") with
                {
                    Errors = [new($"{PapiProblem.Types}papi/v1/json-patch", "Operation not possible", problem, $"#/{index}")],
                };
        }
        return null;
    }

    private static string? Wrong(JsonElement operation)
    {
        if (operation.ValueKind != JsonValueKind.Object)
            return "it is no object.";
        var op = Text(operation, "op");
        if (!Operations.Contains(op, StringComparer.Ordinal))
            return $"“op” is “{op}”: it is {string.Join(", ", Operations)}.";
        if (Text(operation, "path") is not ['/', ..])
            return "“path” is a JSON pointer into the rules, such as /rules/behaviors/0.";
        if (op is "move" or "copy" && Text(operation, "from") is not ['/', ..])
            return "“from” is a JSON pointer into the rules, such as /rules/behaviors/0.";
        return op is "add" or "replace" or "test" && !operation.TryGetProperty("value", out _) ? "“value” is missing." : null;
    }

    private static string? Apply(JsonObject tree, JsonElement operation, ref long copied)
    {
        var (op, path) = (Text(operation, "op"), Text(operation, "path")!);
        if (op == "test")
        {
            return !TryFind(tree, path, out var there) ? $"there is nothing at {path}."
                : JsonNode.DeepEquals(there, JsonNode.Parse(operation.GetProperty("value").GetRawText())) ? null
                : $"{path} is {Brief(there)}, and not what the test wants.";
        }
        if (op is "move" or "copy")
        {
            var from = Text(operation, "from")!;
            if (!TryFind(tree, from, out var source))
                return $"there is nothing at {from}.";
            if (op == "move" && path.StartsWith(from + "/", StringComparison.Ordinal))
                return "nothing can be moved into itself.";
            if (op == "copy" && (copied += source?.ToJsonString().Length ?? 4) > RuleTreeJson.MaxBytes)
                return $"the copies of this patch have more than {RuleTreeJson.MaxBytes:N0} bytes together.";
        }
        string? problem = null;
        try
        {
            var one = JsonSerializer.Deserialize<JsonPatchDocument>($"[{operation.GetRawText()}]", PapiRequest.Json)!;
            one.ApplyTo(tree, error => problem ??= error.ErrorMessage);
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException or InvalidOperationException)
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
        var text = node?.ToJsonString() ?? "null";
        return text.Length <= 100 ? text : text[..100] + "…";
    }

    private static string? Text(JsonElement operation, string name) =>
        operation.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
