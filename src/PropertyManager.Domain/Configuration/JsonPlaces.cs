using System.Globalization;
using System.Text.Json;

namespace PropertyManager.Domain.Configuration;

/// <summary>
/// Finds the values that some JSON pointers lead to while a <see cref="Utf8JsonReader" /> goes through the text. It knows where it is by a step a
/// token: a pointer written out for each would cost the text's length times its depth in names.
/// </summary>
internal sealed class JsonPlaces
{
    private readonly Step _root = new();
    private readonly Stack<Open> _open = new();

    /// <summary>Pointers that were not come to yet.</summary>
    public int Left { get; private set; }

    /// <summary>Wants this pointer, too.</summary>
    public void Want(string pointer)
    {
        var step = _root;
        foreach (var name in pointer.Split('/').Skip(1))
        {
            step = step.Make(Unescape(name));
        }

        if (step.Pointer is null)
        {
            step.Pointer = pointer;
            Left++;
        }
    }

    /// <summary>Takes the reader's token in. The pointer that is wanted and leads to the value that begins with it; null where none does.</summary>
    public string? Advance(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.PropertyName:
                var members = _open.Peek();
                members.Next = members.Step?.HasSteps == true ? members.Step.Find(reader.GetString()!) : null;
                return null;
            case JsonTokenType.EndObject or JsonTokenType.EndArray:
                _open.Pop();
                return null;
        }

        var step = _open.TryPeek(out var parent) ? parent.Value() : _root;
        if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
        {
            _open.Push(new Open { Step = step, IsArray = reader.TokenType == JsonTokenType.StartArray });
        }

        if (step?.Pointer is not null)
        {
            Left--;
        }

        return step?.Pointer;
    }

    private static string Unescape(string name) => name.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);

    /// <summary>What is wanted at one place and below it.</summary>
    private sealed class Step
    {
        private Dictionary<string, Step>? _below;

        public string? Pointer { get; set; }

        public bool HasSteps => _below is not null;

        public Step? Find(string name) => _below?.GetValueOrDefault(name);

        public Step Make(string name)
        {
            _below ??= new Dictionary<string, Step>(StringComparer.Ordinal);
            return _below.TryGetValue(name, out var step) ? step : _below[name] = new Step();
        }
    }

    /// <summary>A container that is being read.</summary>
    private sealed class Open
    {
        private int _index = -1;

        public required bool IsArray { get; init; }

        /// <summary>Null where nothing below it is wanted.</summary>
        public required Step? Step { get; init; }

        /// <summary>Of the member whose name was read.</summary>
        public Step? Next { get; set; }

        /// <summary>Of the value that begins.</summary>
        public Step? Value()
        {
            if (!IsArray)
            {
                return Next;
            }

            _index++;
            return Step?.HasSteps == true ? Step.Find(_index.ToString(CultureInfo.InvariantCulture)) : null;
        }
    }
}
