using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace PropertyManager.Domain.Configuration;

/// <summary>
/// Writes the lines of a metadata document: one element a line, four spaces a level, line feeds. Whatever text is handed in, what comes out
/// is well-formed: characters that XML 1.0 cannot hold are written as <c>\uXXXX</c>.
/// </summary>
internal sealed partial class MetadataWriter
{
    private readonly StringBuilder _xml = new();
    private int _level;

    /// <summary>An element with attributes and no content.</summary>
    public void Empty(string element, params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        Start(element, attributes);
        _xml.Append("/>\n");
    }

    /// <summary>An element with text; without content when the text is empty.</summary>
    public void Text(string element, string value, params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        if (value.Length == 0)
        {
            Empty(element, attributes);
            return;
        }

        Start(element, attributes);
        _xml.Append('>').Append(Escape(value)).Append("</").Append(element).Append(">\n");
    }

    /// <summary>Opens an element; what follows is inside it until <see cref="Close" />.</summary>
    public void Open(string element, params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        Start(element, attributes);
        _xml.Append(">\n");
        _level++;
    }

    /// <summary>Closes the element that was opened last.</summary>
    public void Close(string element)
    {
        _level--;
        Indent().Append("</").Append(element).Append(">\n");
    }

    /// <summary>A fact for people, without effect.</summary>
    public void Note(string value) => Empty("comment:note", ("value", value));

    /// <summary>An empty line, to set parts apart.</summary>
    public void Gap() => _xml.Append('\n');

    /// <inheritdoc />
    public override string ToString() => _xml.ToString();

    /// <summary>A switch in the words of the metadata.</summary>
    public static string Switch(bool on) => on ? "on" : "off";

    /// <summary>
    /// Values any of which may match: separated by spaces, so that a space or backslash inside one is written with a backslash.
    /// </summary>
    public static string AnyOf(IEnumerable<string> values) =>
        string.Join(' ', values.Select(value => value.Replace(@"\", @"\\", StringComparison.Ordinal).Replace(" ", @"\ ", StringComparison.Ordinal)));

    /// <summary>
    /// Variables as the metadata writes them: <c>{{user.PMUSER_X}}</c> and <c>{{builtin.AK_PATH}}</c> become <c>%(PMUSER_X)</c> and
    /// <c>%(AK_PATH)</c>.
    /// </summary>
    public static string Interpolate(string value) => Variable().Replace(value, "%(${name})");

    private void Start(string element, ReadOnlySpan<(string Name, string Value)> attributes)
    {
        Indent().Append('<').Append(element);
        foreach (var (name, value) in attributes)
        {
            _xml.Append(' ').Append(name).Append("=\"").Append(Escape(value)).Append('"');
        }
    }

    private StringBuilder Indent() => _xml.Append(' ', _level * 4);

    private static string Escape(string value)
    {
        var escaped = new StringBuilder(value.Length);
        for (var i = 0; i < value.Length; i++)
        {
            var c = value[i];
            if (char.IsHighSurrogate(c) && i + 1 < value.Length && char.IsLowSurrogate(value[i + 1]))
            {
                escaped.Append(c).Append(value[++i]);
                continue;
            }

            _ = c switch
            {
                '&' => escaped.Append("&amp;"),
                '<' => escaped.Append("&lt;"),
                '>' => escaped.Append("&gt;"),
                '"' => escaped.Append("&quot;"),
                '\t' or '\n' or '\r' => escaped.Append(CultureInfo.InvariantCulture, $"&#{(int)c};"),
                < ' ' or '\uFFFE' or '\uFFFF' => Unwritable(c),
                _ when char.IsSurrogate(c) => Unwritable(c),
                _ => escaped.Append(c),
            };
        }

        return escaped.ToString();

        StringBuilder Unwritable(char c) => escaped.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:X4}");
    }

    [GeneratedRegex(@"\{\{(user|builtin)\.(?<name>[A-Za-z_][A-Za-z0-9_]*)\}\}", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Variable();
}
