using System.Text.Json;

namespace PropertyManager.Domain.Configuration;

/// <summary>Single values of JSON as text.</summary>
internal static class JsonScalar
{
    /// <summary>
    /// A string's own text, a whole number's digits, any other number as it is written, true or false. Null for what is no single value, and for a text
    /// that JSON allows and Unicode does not: half of a surrogate pair.
    /// </summary>
    public static string? Text(JsonElement value)
    {
        try
        {
            return value.ValueKind switch
            {
                JsonValueKind.String => value.GetString(),
                JsonValueKind.Number => WholeNumber.Plain(value),
                JsonValueKind.True => "true",
                JsonValueKind.False => "false",
                _ => null,
            };
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
