using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace PropertyManager.Web.Papi;

/// <summary>
/// Members of bodies that are empty texts are read as if they were left out: programs fill in all that they know of, and send an empty text for
/// what they have no value for.
/// </summary>
internal static class LeftOut
{
    /// <summary>Applies to members that are texts, and to numbers and switches that may be left out.</summary>
    public static void Modify(JsonTypeInfo type)
    {
        if (type.Kind != JsonTypeInfoKind.Object)
            return;
        foreach (var member in type.Properties.Where(member => member.CustomConverter is null))
        {
            if (member.PropertyType == typeof(string))
                member.CustomConverter = new EmptyText();
            else if (Nullable.GetUnderlyingType(member.PropertyType) is { IsPrimitive: true } simple)
                member.CustomConverter = (JsonConverter)Activator.CreateInstance(typeof(EmptyValue<>).MakeGenericType(simple))!;
        }
    }

    private sealed class EmptyText : JsonConverter<string>
    {
        public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType != JsonTokenType.String ? throw new JsonException()
            : reader.GetString() is { Length: > 0 } text ? text
            : null;

        public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);
    }

    private sealed class EmptyValue<T> : JsonConverter<T?>
        where T : struct
    {
        public override T? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            if (reader.TokenType == JsonTokenType.String && reader.ValueTextEquals(""))
                return null;
            try
            {
                return JsonSerializer.Deserialize<T>(ref reader, options);
            }
            catch (JsonException)
            {
                // Without the path that this reading knows: the outer one knows the whole.
                throw new JsonException();
            }
        }

        public override void Write(Utf8JsonWriter writer, T? value, JsonSerializerOptions options) =>
            JsonSerializer.Serialize(writer, value, options);
    }
}
