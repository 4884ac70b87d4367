using System.Globalization;
using System.Text.Json.Nodes;

namespace PropertyManager.Web.Data.Demo;

/// <summary>One edit, as in JSON Patch (RFC 6902).</summary>
/// <param name="Op"><c>add</c>, <c>replace</c> or <c>remove</c>.</param>
/// <param name="Path">JSON pointer; a last step <c>-</c> adds at the end of an array.</param>
/// <param name="Value">What is put there; not used by remove.</param>
internal sealed record DemoEdit(string Op, string Path, JsonNode? Value = null);

/// <summary>The part of JSON Patch (RFC 6902) that the demo data need: add, replace and remove.</summary>
internal static class DemoEdits
{
    /// <summary>A changed copy. Throws <see cref="InvalidDataException" /> when an edit points nowhere.</summary>
    public static JsonObject Apply(JsonObject content, IReadOnlyList<DemoEdit> edits)
    {
        var copy = content.DeepClone().AsObject();
        foreach (var edit in edits)
        {
            Apply(copy, edit);
        }

        return copy;
    }

    private static void Apply(JsonObject content, DemoEdit edit)
    {
        var steps = edit.Path.Split('/')[1..];
        JsonNode? parent = content;
        foreach (var step in steps[..^1])
        {
            parent = parent switch
            {
                JsonObject branch => branch[Unescape(step)],
                JsonArray list when Index(step) < list.Count => list[Index(step)],
                _ => null,
            };
        }

        var done = parent switch
        {
            JsonObject branch => OnObject(branch, Unescape(steps[^1]), edit),
            JsonArray list => OnArray(list, steps[^1] == "-" ? list.Count : Index(steps[^1]), edit),
            _ => false,
        };
        if (!done)
        {
            throw new InvalidDataException($"The edit \"{edit.Op}\" of {edit.Path} points nowhere.");
        }
    }

    private static bool OnObject(JsonObject branch, string name, DemoEdit edit)
    {
        if (branch.ContainsKey(name) == (edit.Op == "add"))
        {
            return false; // stricter than the RFC: in our own data an add that replaces is a slip
        }

        if (edit.Op == "remove")
        {
            return branch.Remove(name);
        }

        branch[name] = edit.Value?.DeepClone();
        return true;
    }

    private static bool OnArray(JsonArray list, int index, DemoEdit edit)
    {
        switch (edit.Op)
        {
            case "add" when index <= list.Count:
                list.Insert(index, edit.Value?.DeepClone());
                return true;
            case "replace" when index < list.Count:
                list[index] = edit.Value?.DeepClone();
                return true;
            case "remove" when index < list.Count:
                list.RemoveAt(index);
                return true;
            default:
                return false;
        }
    }

    private static int Index(string step) => int.Parse(step, NumberStyles.None, CultureInfo.InvariantCulture);

    private static string Unescape(string step) => step.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
}
