using System.Text.RegularExpressions;

namespace PropertyManager.Web.Features.Editor;

/// <summary>What a piece of an XML line is.</summary>
public enum XmlToken
{
    /// <summary>Text, space and punctuation.</summary>
    Text,

    /// <summary>The name of an element, with its brackets.</summary>
    Tag,

    /// <summary>The name of an attribute.</summary>
    Attribute,

    /// <summary>An attribute's value, with its quotes.</summary>
    Value,

    /// <summary>A note: the whole line.</summary>
    Note,
}

/// <summary>A piece of an XML line.</summary>
public readonly record struct XmlPiece(XmlToken Token, string Text);

/// <summary>Colours one line of canonical metadata XML by its look; nothing of a tag goes over the end of a line there.</summary>
internal static partial class XmlColours
{
    /// <summary>The line in pieces, which laid end to end are the line.</summary>
    public static IReadOnlyList<XmlPiece> Of(string line)
    {
        if (Note().IsMatch(line))
            return [new XmlPiece(XmlToken.Note, line)];
        var pieces = new List<XmlPiece>();
        var end = 0;
        foreach (Match match in Token().Matches(line))
        {
            if (match.Index > end)
                pieces.Add(new XmlPiece(XmlToken.Text, line[end..match.Index]));
            pieces.Add(new XmlPiece(Kind(match), match.Value));
            end = match.Index + match.Length;
        }
        if (end < line.Length)
            pieces.Add(new XmlPiece(XmlToken.Text, line[end..]));
        return pieces;
    }

    private static XmlToken Kind(Match match) =>
        match.Groups["attribute"].Success ? XmlToken.Attribute
        : match.Groups["value"].Success ? XmlToken.Value
        : XmlToken.Tag;

    [GeneratedRegex("""</?[\w:.-]+|/?>|\?>|(?<attribute>[\w:.-]+(?==["']))|(?<value>"[^"]*"(?=[\s/>?]))""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Token();

    [GeneratedRegex("""^\s*<comment:note value="[^"]*"/>$""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Note();
}
