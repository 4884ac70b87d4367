using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace PropertyManager.Domain.Configuration;

/// <summary>
/// A JSON text that remembers its lines. <see cref="JsonElement" /> knows none, so shapes are read from it and the few pointers that turn out to
/// be problems are looked up by a second pass: a good text costs nothing extra.
/// </summary>
internal sealed class JsonText
{
    /// <summary>Deeper than any rule tree within its limits, shallow enough to be walked by recursion.</summary>
    public const int MaxDepth = 256;

    /// <summary>Nobody reads more, and finding the line of each of a million would take hours.</summary>
    private const int MaxProblems = 100;

    /// <summary>Characters of pointers, at most: names that stand above many problems are written out with each of them.</summary>
    private const int MaxPointers = 1_000_000;

    private readonly byte[] _utf8;

    private JsonText(byte[] utf8, JsonElement root) => (_utf8, Root) = (utf8, root);

    public JsonElement Root { get; }

    /// <summary>Reads the text, or says where it is not JSON, names a key twice, or holds half a surrogate pair.</summary>
    public static JsonText? Open(string json, int maxBytes, List<ConfigurationProblem> problems)
    {
        var text = json.AsSpan().TrimStart('\uFEFF'); // files from Windows editors start with a byte-order mark
        var size = Encoding.UTF8.GetByteCount(text);
        if (size > maxBytes)
        {
            problems.Add(
                new("", null, null, string.Create(CultureInfo.InvariantCulture, $"The text has {size:N0} bytes; at most {maxBytes:N0} are allowed."))
            );
            return null;
        }

        if (text.IsWhiteSpace())
        {
            problems.Add(new("", 1, 1, "The text is empty; a JSON object is expected."));
            return null;
        }

        var utf8 = new byte[size];
        Encoding.UTF8.GetBytes(text, utf8);
        try
        {
            FindFaultyStrings(utf8, problems);
        }
        catch (JsonException e)
        {
            problems.Add(JsonFault.Of(utf8, e));
        }

        return problems.Count > 0 ? null : new JsonText(utf8, JsonElement.Parse(utf8, new JsonDocumentOptions { MaxDepth = MaxDepth }));
    }

    /// <summary>The same problems with line and column where the pointer, or what comes nearest above it, stands in the text.</summary>
    public IReadOnlyList<ConfigurationProblem> Place(IReadOnlyList<ConfigurationProblem> problems)
    {
        var open = problems.Take(MaxProblems).ToLookup(p => p.Pointer, StringComparer.Ordinal);
        var places = new JsonPlaces();
        foreach (var group in open)
        {
            places.Want(group.Key);
        }

        var placed = new List<ConfigurationProblem>();
        var reader = Reader(_utf8);
        while (places.Left > 0 && reader.Read())
        {
            if (places.Advance(ref reader) is { } pointer)
            {
                var (line, column) = Position(_utf8, (int)reader.TokenStartIndex);
                placed.AddRange(open[pointer].Select(p => p with { Line = line, Column = column }));
            }
        }

        var found = placed.Select(p => p.Pointer).ToHashSet(StringComparer.Ordinal);
        placed.AddRange(open.Where(group => !found.Contains(group.Key)).SelectMany(group => group));
        if (problems.Count > MaxProblems)
        {
            placed.Add(
                new("", null, null, string.Create(CultureInfo.InvariantCulture, $"There are {problems.Count - MaxProblems:N0} more problems."))
            );
        }

        return placed;
    }

    private static void FindFaultyStrings(byte[] utf8, List<ConfigurationProblem> problems)
    {
        var path = new JsonPath();
        var reader = Reader(utf8);
        var written = 0;
        while (problems.Count < MaxProblems && written < MaxPointers && reader.Read())
        {
            // "\ud800" passes the tokenizer and throws when it is read as text.
            if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName && reader.ValueIsEscaped && !IsText(ref reader))
            {
                var (line, column) = Position(utf8, (int)reader.TokenStartIndex);
                problems.Add(new(path.Pointer(), line, column, "The string holds half of a surrogate pair, which is no character."));
                return;
            }

            if (!path.Advance(ref reader))
            {
                var (line, column) = Position(utf8, (int)reader.TokenStartIndex);
                problems.Add(new(path.Pointer(), line, column, $"The key \"{path.Name}\" stands twice in the same object."));
                written += problems[^1].Pointer.Length;
            }
        }
    }

    private static bool IsText(ref Utf8JsonReader reader)
    {
        try
        {
            reader.GetString();
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>Where a byte stands: line and column, both from 1, columns in UTF-16 units.</summary>
    public static (int Line, int Column) Position(byte[] utf8, int offset)
    {
        var before = utf8.AsSpan(0, offset);
        var lineStart = before.LastIndexOf((byte)'\n') + 1;
        return (before.Count((byte)'\n') + 1, Encoding.UTF8.GetCharCount(before[lineStart..]) + 1);
    }

    private static Utf8JsonReader Reader(byte[] utf8) => new(new ReadOnlySequence<byte>(utf8), new JsonReaderOptions { MaxDepth = MaxDepth });
}
