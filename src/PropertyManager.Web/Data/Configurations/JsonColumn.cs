using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PropertyManager.Web.Data.Configurations;

/// <summary>Values that are read and written whole, kept as JSON in one column.</summary>
internal static class JsonColumn
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Converters = { new System.Text.Json.Serialization.JsonStringEnumConverter() },
    };

    public static PropertyBuilder<T> AsJson<T>(this PropertyBuilder<T> property)
    {
        property.HasConversion(value => Write(value), text => Read<T>(text), Comparer<T>());
        return property;
    }

    public static ComplexTypePropertyBuilder<T> AsJson<T>(this ComplexTypePropertyBuilder<T> property)
    {
        property.HasConversion(value => Write(value), text => Read<T>(text), Comparer<T>());
        return property;
    }

    // The values are immutable: as long as it is the same object, it is the same value, and a snapshot is the object itself.
    private static ValueComparer<T> Comparer<T>() =>
        new((a, b) => ReferenceEquals(a, b) || Write(a!) == Write(b!), value => Write(value).GetHashCode(StringComparison.Ordinal), value => value);

    private static string Write<T>(T value) => JsonSerializer.Serialize(value, Options);

    private static T Read<T>(string text) => JsonSerializer.Deserialize<T>(text, Options)!;
}
