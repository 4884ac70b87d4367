using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using PropertyManager.Web.Papi.Problems;

namespace PropertyManager.Web.Papi;

/// <summary>Says in words of the API where a body is not as it has to be, what stands there and what is expected.</summary>
internal static class BodyShape
{
    private const int LongestValue = 50;

    /// <summary>The problem of a body that could not be read as <typeparamref name="T"/>.</summary>
    /// <param name="body">As it was sent.</param>
    /// <param name="exception">Why not: what it says speaks of this program's types.</param>
    /// <param name="json">How it was read.</param>
    public static PapiProblem Wrong<T>(JsonElement body, JsonException exception, JsonSerializerOptions json)
    {
        JsonElement? value = body;
        var type = (JsonTypeInfo?)json.GetTypeInfo(typeof(T));
        var (pointer, member) = ("", (JsonPropertyInfo?)null);
        foreach (var step in Steps(exception.Path ?? "$"))
        {
            value = Below(value, step);
            member =
                type?.Kind == JsonTypeInfoKind.Object
                    ? type.Properties.FirstOrDefault(property => property.Name.Equals(step, StringComparison.OrdinalIgnoreCase))
                    : null;
            type = (member?.PropertyType ?? type?.ElementType) is { } next ? json.GetTypeInfo(next) : null;
            pointer += $"/{step.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}";
        }
        var expected = member?.CustomConverter is IdText ? "an identifier, a text or a number" : Expected(type);
        var detail = $"{(pointer.Length == 0 ? "The body" : pointer)} is {(value is { } there ? Of(there) : "not readable")}: it is {expected}.";
        return PapiProblems.BadRequest(detail) with
        {
            Errors = [new($"{PapiProblem.Types}papi/v1/http/bad-request", "Another type is expected", detail, "#" + pointer)],
        };
    }

    /// <summary>What stands there: the value where it is short, else its kind.</summary>
    public static string Of(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.Object => "an object",
            JsonValueKind.Array => "an array",
            _ when value.GetRawText() is { Length: > LongestValue } text => text[..LongestValue] + "…",
            _ => value.GetRawText(),
        };

    /// <summary>The member or the place in an array by which the path of an exception goes on: <c>$.add[0]['a.b']</c>.</summary>
    private static IEnumerable<string> Steps(string path)
    {
        for (var at = 1; at < path.Length; )
        {
            var quoted = path.AsSpan(at).StartsWith("['", StringComparison.Ordinal);
            var from = at + (quoted ? 2 : 1);
            var end =
                quoted ? path.IndexOf("']", from, StringComparison.Ordinal)
                : path[at] == '[' ? path.IndexOf(']', from)
                : path.AsSpan(from).IndexOfAny('.', '[') is >= 0 and var length ? from + length
                : path.Length;
            if (end < 0)
                end = path.Length;
            yield return path[from..end];
            at = path[at] == '.' ? end : end + (quoted ? 2 : 1);
        }
    }

    private static JsonElement? Below(JsonElement? value, string step)
    {
        if (value is { ValueKind: JsonValueKind.Array } array)
            return int.TryParse(step, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < array.GetArrayLength()
                ? array[index]
                : null;
        if (value is not { ValueKind: JsonValueKind.Object } item)
            return null;
        // Members are read whatever their case is.
        foreach (var member in item.EnumerateObject().Where(member => member.Name.Equals(step, StringComparison.OrdinalIgnoreCase)))
            return member.Value;
        return null;
    }

    private static string Expected(JsonTypeInfo? type)
    {
        if (type?.Kind == JsonTypeInfoKind.Enumerable)
            return "an array";
        if (type?.Kind is JsonTypeInfoKind.Object or JsonTypeInfoKind.Dictionary)
            return "an object";
        var simple = type is null ? null : Nullable.GetUnderlyingType(type.Type) ?? type.Type;
        return simple == typeof(string) ? "a text"
            : simple == typeof(bool) ? "true or false"
            : simple == typeof(int) || simple == typeof(long) ? "a whole number"
            : simple == typeof(double) ? "a number"
            : simple == typeof(JsonArray) ? "an array"
            : simple == typeof(JsonObject) ? "an object"
            : "something else";
    }
}
