using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace PropertyManager.Domain.Configuration;

/// <summary>
/// The fields of a JSON object, in the order they were written and never changed. Equal to another that has the same names with the same
/// values, whatever the order: that is what JSON says of objects.
/// </summary>
public sealed class OptionSet : IReadOnlyList<KeyValuePair<string, JsonElement>>, IEquatable<OptionSet>
{
    private readonly KeyValuePair<string, JsonElement>[] _fields;

    /// <param name="fields">Names are unique; values do not belong to a disposed <see cref="JsonDocument" />.</param>
    public OptionSet(IEnumerable<KeyValuePair<string, JsonElement>> fields) => _fields = [.. fields];

    /// <summary>No options at all.</summary>
    public static OptionSet Empty { get; } = new([]);

    /// <inheritdoc />
    public int Count => _fields.Length;

    /// <inheritdoc />
    public KeyValuePair<string, JsonElement> this[int index] => _fields[index];

    /// <summary>Takes the text of a JSON object. Throws <see cref="JsonException" /> when it is not one: for texts of our own.</summary>
    public static OptionSet Parse([StringSyntax(StringSyntaxAttribute.Json)] string json) => Of(JsonElement.Parse(json));

    internal static OptionSet Of(JsonElement json) => new(json.EnumerateObject().Select(field => KeyValuePair.Create(field.Name, field.Value)));

    /// <summary>The value of an option; null when the option is not there.</summary>
    public JsonElement? Find(string name)
    {
        foreach (var (key, value) in _fields)
        {
            if (key == name)
            {
                return value;
            }
        }

        return null;
    }

    /// <summary>The text of an option; null when it is not there or is not a string.</summary>
    public string? Text(string name) => Find(name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    /// <summary>Whether an option is <c>true</c>; false when it is not there or is not a boolean.</summary>
    public bool IsOn(string name) => Find(name) is { ValueKind: JsonValueKind.True };

    /// <summary>The strings of an option: of an array, or the one string it is. Empty when it is not there.</summary>
    public IReadOnlyList<string> Texts(string name) =>
        Find(name) switch
        {
            { ValueKind: JsonValueKind.String } value => [value.GetString()!],
            { ValueKind: JsonValueKind.Array } value =>
            [
                .. value.EnumerateArray().Select(item => item.ValueKind == JsonValueKind.String ? item.GetString()! : item.GetRawText()),
            ],
            _ => [],
        };

    /// <inheritdoc />
    public bool Equals(OptionSet? other) =>
        other is not null
        && Count == other.Count
        && _fields.All(field => other.Find(field.Key) is { } value && JsonElement.DeepEquals(field.Value, value));

    /// <inheritdoc />
    public override bool Equals(object? obj) => Equals(obj as OptionSet);

    /// <inheritdoc />
    public override int GetHashCode() => _fields.Aggregate(Count, (hash, field) => hash ^ field.Key.GetHashCode(StringComparison.Ordinal));

    /// <inheritdoc />
    public IEnumerator<KeyValuePair<string, JsonElement>> GetEnumerator() => _fields.AsEnumerable().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
