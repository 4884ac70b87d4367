using System.Globalization;
using System.Text;
using System.Text.Json;

namespace PropertyManager.Domain.Configuration.Comparison;

/// <summary>
/// A text that two values have in common exactly when a comparison takes them for the same: the order of fields is nothing, an empty array or
/// object in a field is as good as no field, and <c>1.0</c> is 1. Only for comparing; it is no JSON.
/// </summary>
internal static class CanonicalText
{
    /// <summary>Given by whatever writes the tree, and passed over when they come back: they say nothing about it.</summary>
    /// <remarks>Source: the public API's schema of a tree that is sent, where they are read-only.</remarks>
    private static readonly string[] Given = ["uuid", "templateUuid", "templateLink", "criteriaLocked"];

    /// <summary>The fields that are compared, in an order of their own.</summary>
    public static IEnumerable<KeyValuePair<string, JsonElement>> Fields(OptionSet fields) =>
        fields.Where(field => !NormalOptions.IsEmpty(field.Value)).OrderBy(field => field.Key, StringComparer.Ordinal);

    /// <summary>Those beside the known ones: without what the service gives.</summary>
    public static OptionSet WithoutGiven(OptionSet extra) =>
        extra.Any(field => Given.Contains(field.Key)) ? new OptionSet(extra.Where(field => !Given.Contains(field.Key))) : extra;

    public static string Of(JsonElement value) => new StringBuilder().AppendValue(value).ToString();

    public static StringBuilder AppendName(this StringBuilder text, string name) =>
        text.Append(CultureInfo.InvariantCulture, $"{name.Length}:").Append(name); // its length, so that no name can look like two

    public static StringBuilder AppendFields(this StringBuilder text, IEnumerable<KeyValuePair<string, JsonElement>> fields)
    {
        text.Append('{');
        foreach (var (name, value) in fields)
        {
            text.AppendName(name).AppendValue(value);
        }

        return text.Append('}');
    }

    private static StringBuilder AppendValue(this StringBuilder text, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                return text.AppendFields(Fields(OptionSet.Of(value)));
            case JsonValueKind.Array:
                text.Append('[');
                foreach (var item in value.EnumerateArray())
                {
                    text.AppendValue(item).Append(',');
                }

                return text.Append(']');
            case JsonValueKind.String:
                return text.Append('"').AppendName(value.GetString()!);
            case JsonValueKind.Number:
                return text.Append(JsonNumber.Canonical(value.GetRawText())).Append(';');
            default:
                return text.Append(value.GetRawText());
        }
    }
}
