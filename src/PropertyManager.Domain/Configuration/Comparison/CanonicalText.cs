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
    /// <summary>Given anew by whatever writes the tree, so that they say nothing about it.</summary>
    private static readonly string[] Identifiers = ["uuid", "templateUuid"];

    /// <summary>The fields that are compared, in an order of their own.</summary>
    public static IEnumerable<KeyValuePair<string, JsonElement>> Fields(OptionSet fields) =>
        fields.Where(field => !IsEmpty(field.Value)).OrderBy(field => field.Key, StringComparer.Ordinal);

    /// <summary>Those beside the known ones: without the identifiers.</summary>
    public static OptionSet WithoutIdentifiers(OptionSet extra) =>
        extra.Any(field => Identifiers.Contains(field.Key)) ? new OptionSet(extra.Where(field => !Identifiers.Contains(field.Key))) : extra;

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
                return text.Append(Number(value.GetRawText())).Append(';');
            default:
                return text.Append(value.GetRawText());
        }
    }

    private static bool IsEmpty(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.Array => value.GetArrayLength() == 0,
            JsonValueKind.Object => value.EnumerateObject().All(field => IsEmpty(field.Value)),
            _ => false,
        };

    // By its digits, not as a double: large identifiers that differ in the last digit are not the same.
    private static string Number(string raw)
    {
        var mantissa = raw.TrimStart('-');
        var exponent = 0L;
        if (mantissa.IndexOfAny(['e', 'E']) is >= 0 and var e)
        {
            if (!long.TryParse(mantissa.AsSpan(e + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out exponent))
            {
                return raw;
            }

            mantissa = mantissa[..e];
        }

        if (mantissa.IndexOf('.', StringComparison.Ordinal) is >= 0 and var point)
        {
            exponent -= mantissa.Length - point - 1;
            mantissa = mantissa.Remove(point, 1);
        }

        var digits = mantissa.TrimEnd('0');
        exponent += mantissa.Length - digits.Length;
        digits = digits.TrimStart('0');
        return digits.Length == 0 ? "0" : $"{(raw[0] == '-' ? "-" : "")}{digits}e{exponent}";
    }
}
