using System.Globalization;
using System.Text;
using System.Text.Json;

namespace PropertyManager.Domain.Configuration;

/// <summary>Follows a <see cref="Utf8JsonReader" /> and knows at each token which JSON pointer it is at.</summary>
internal sealed class JsonPath
{
    private readonly Stack<Place> _open = new();
    private bool _entered;

    /// <summary>The last property name that was read.</summary>
    public string Name { get; private set; } = "";

    /// <summary>Takes the reader's token in. False when it is a property name that the object already has.</summary>
    public bool Advance(ref Utf8JsonReader reader)
    {
        _entered = false;
        switch (reader.TokenType)
        {
            case JsonTokenType.PropertyName:
                Name = reader.GetString()!;
                _open.Peek().Name = Name;
                return _open.Peek().Names.Add(Name);
            case JsonTokenType.EndObject or JsonTokenType.EndArray:
                _open.Pop();
                return true;
        }

        if (_open.TryPeek(out var parent))
        {
            parent.Index++;
        }

        if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
        {
            _open.Push(new Place { IsArray = reader.TokenType == JsonTokenType.StartArray });
            _entered = true;
        }

        return true;
    }

    /// <summary>The JSON pointer of the token that was taken in last.</summary>
    public string Pointer()
    {
        var pointer = new StringBuilder();
        // A container that was just opened is not yet at any of its members: its own pointer leaves it out.
        foreach (var place in _open.Skip(_entered ? 1 : 0).Reverse())
        {
            pointer.Append('/').Append(place.IsArray ? place.Index.ToString(CultureInfo.InvariantCulture) : Escape(place.Name));
        }

        return pointer.ToString();
    }

    /// <summary>A name as a step of a JSON pointer.</summary>
    public static string Escape(string name) => name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);

    private sealed class Place
    {
        public required bool IsArray { get; init; }
        public int Index { get; set; } = -1;
        public string Name { get; set; } = "";
        public HashSet<string> Names { get; } = new(StringComparer.Ordinal);
    }
}
