using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.JsonPatch.SystemTextJson;
using PropertyManager.Domain.Configuration;

namespace PropertyManager.Web.Engine;

/// <summary>Changes a rule tree by a JSON patch (RFC 6902): all of its operations, or none.</summary>
internal static class TreePatch
{
    /// <summary>Operations of a patch, at most.</summary>
    private const int MostOperations = 5000;

    private static readonly string[] Operations = ["add", "replace", "remove", "test"];

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { MaxDepth = 300 };

    // Trees may be nested deeper than a reader allows by itself; the domain has its own limit.
    private static readonly JsonDocumentOptions Deep = new() { MaxDepth = 300 };

    /// <summary>Why this is no patch; null when it is one.</summary>
    public static string? Wrong(JsonElement patch)
    {
        if (patch.ValueKind != JsonValueKind.Array || patch.GetArrayLength() is 0 or > MostOperations)
            return $"it is an array of 1 to {MostOperations} operations.";
        foreach (var (index, operation) in patch.EnumerateArray().Index())
        {
            if (WrongIn(operation) is { } wrong)
                return FormattableString.Invariant($"operation {index} {wrong}.");
        }
        return null;
    }

    /// <summary>The changed tree; or why it cannot be changed so.</summary>
    /// <param name="tree">It stays as it is.</param>
    /// <param name="patch">One that is not <see cref="Wrong"/>. Its paths begin with <c>/rules</c>.</param>
    public static (RuleTree? Tree, string? Problem) Apply(RuleTree tree, JsonElement patch)
    {
        var node = JsonNode.Parse(RuleTreeJson.Write(tree), documentOptions: Deep)!.AsObject();
        string? problem = null;
        foreach (var (index, operation) in patch.EnumerateArray().Index())
        {
            try
            {
                var one = JsonSerializer.Deserialize<JsonPatchDocument>($"[{operation.GetRawText()}]", Json)!;
                one.ApplyTo(node, error => problem ??= error.ErrorMessage);
            }
            catch (Exception exception) when (exception is JsonException or ArgumentException or InvalidOperationException or FormatException)
            {
                problem ??= exception.Message;
            }
            if (problem is not null)
                return (
                    null,
                    FormattableString.Invariant($"Operation {index} ({operation.GetProperty("path").GetString()}) cannot be done: {problem}")
                );
        }
        var read = RuleTreeJson.Parse(node.ToJsonString(Json));
        return read.Value is { } changed ? (changed, null) : (null, $"{read.Problems[0].Message} ({read.Problems[0].Pointer})");
    }

    private static string? WrongIn(JsonElement operation)
    {
        if (operation.ValueKind != JsonValueKind.Object)
            return "is no object";
        if (Text(operation, "op") is not { } op || !Operations.Contains(op, StringComparer.Ordinal))
            return $"has no “op” of {string.Join(", ", Operations)}";
        if (Text(operation, "path") is not ['/', ..])
            return "has no “path”: a JSON pointer such as /rules/behaviors/0";
        return op != "remove" && !operation.TryGetProperty("value", out _) ? "has no “value”" : null;
    }

    private static string? Text(JsonElement operation, string name) =>
        operation.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
