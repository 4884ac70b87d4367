using System.Globalization;
using System.Text;
using System.Text.Json;

namespace PropertyManager.Domain.Configuration;

/// <summary>Why a text is no JSON, and where, in words for whoever wrote it.</summary>
public static class JsonFault
{
    /// <summary>The first problem of a text: it is no JSON, names a key twice, or holds half a character. Null where it has none of these.</summary>
    /// <param name="json">A byte-order mark before it is passed over.</param>
    public static ConfigurationProblem? FirstIn(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        var problems = new List<ConfigurationProblem>();
        return JsonText.Open(json, int.MaxValue, problems) is null ? problems[0] : null;
    }

    /// <summary>What the reader stumbled over.</summary>
    /// <param name="utf8">The whole text.</param>
    /// <param name="exception">As the reader threw it.</param>
    internal static ConfigurationProblem Of(byte[] utf8, JsonException exception)
    {
        var offset = OffsetOf(utf8, exception);
        var before = utf8.AsSpan(0, offset).TrimEnd(" \t\r\n"u8);
        var isComma = before is [.., (byte)','] && offset < utf8.Length && utf8[offset] is (byte)'}' or (byte)']';
        var (line, column) = JsonText.Position(utf8, isComma ? before.Length - 1 : offset);
        return new ConfigurationProblem(
            "",
            line,
            column,
            $"This is not JSON: {Words(utf8, offset, before, exception.Message.Split(" LineNumber:")[0])}."
        );
    }

    private static int OffsetOf(byte[] utf8, JsonException exception)
    {
        var start = 0;
        for (var i = 0; i < (exception.LineNumber ?? 0); i++)
        {
            start += utf8.AsSpan(start).IndexOf((byte)'\n') + 1;
        }

        return start + (int)Math.Min(exception.BytePositionInLine ?? 0, utf8.Length - start);
    }

    /// <summary>The reader says what it expected; where that helps nobody who did not write a reader, what stands there decides.</summary>
    private static string Words(byte[] utf8, int offset, ReadOnlySpan<byte> before, string message)
    {
        if (Has("maximum configured depth"))
        {
            return "more objects and arrays stand in one another than are read";
        }

        if (offset >= utf8.Length)
        {
            return Has("end of string") ? "the text ends in the middle of a string" : "the text ends before all that was opened is closed";
        }

        var found =
            Rune.DecodeFromUtf8(utf8.AsSpan(offset), out var rune, out _) == System.Buffers.OperationStatus.Done
                ? Shown(rune)
                : "a byte that is no character";
        return (char)utf8[offset] switch
        {
            '}' when before is [.., (byte)','] => "unexpected comma before the closing brace",
            ']' when before is [.., (byte)','] => "unexpected comma before the closing bracket",
            '}' or ']' when before is [.., (byte)':'] => "a value is missing after the colon",
            ',' when before is [.., (byte)','] => "there is a comma too many",
            '/' when !Has("within a JSON string") => "comments are not part of JSON",
            '\'' when !Has("within a JSON string") => "strings stand in double quotes, not in single ones",
            '\n' or '\r' when Has("within a JSON string") => "a string ends at the end of its line: a line break in it is written \\n",
            '\t' when Has("within a JSON string") => "a tab in a string is written \\t",
            _ when Has("escapable character") => $"\\{found} means nothing: a backslash in a string is written \\\\",
            _ when Has("hex digit") => "\\u takes four hexadecimal digits",
            _ when Has("within a JSON string") => "a string holds a character that has to be escaped",
            _ when Has("after a single JSON value") => $"{found} follows after the end",
            _ when Has("after a value") => $"unexpected {found}: a comma or a closing bracket is missing before it",
            _ when Has("start of a property name") || Has("property name") && Has("Expected a '\"'") =>
                $"unexpected {found}: the name of a member stands in double quotes",
            _ when Has("Expected a ':'") => $"unexpected {found}: a colon is missing after the name",
            _ when Has("number") || Has("digit") || Has("leading zero") => "a number is not written as JSON writes it",
            _ when Has("start of a value") || Has("literal") =>
                $"unexpected {found}: outside of double quotes there are numbers, true, false and null, in lower case",
            _ => $"unexpected {found}",
        };

        bool Has(string part) => message.Contains(part, StringComparison.OrdinalIgnoreCase);
    }

    private static string Shown(Rune rune) =>
        Rune.IsControl(rune) ? string.Create(CultureInfo.InvariantCulture, $"control character U+{rune.Value:X4}") : $"“{rune}”";
}
