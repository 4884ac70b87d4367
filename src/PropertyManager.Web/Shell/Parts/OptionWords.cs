using System.Collections.Frozen;
using System.Globalization;
using System.Text.RegularExpressions;

namespace PropertyManager.Web.Shell.Parts;

/// <summary>Names and values of rule trees as people read them.</summary>
public static partial class OptionWords
{
    private static readonly FrozenDictionary<string, string> Names = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["cpCode"] = "Content Provider Code",
        ["sureRoute"] = "SureRoute",
        ["imageManager"] = "Image & Video Manager",
        ["matchResponseCode"] = "Response Status",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, string> Spellings = (
        "API CIDR CN CORS CP CPU CSS DNS ETag GraphQL GZIP HSTS HTML HTTP HTTPS ID IP IPv4 IPv6 JSON PCI SHA SNI SSL TCP TLS TTL UDP URI URL WAF XML "
        + "CONNECT DELETE GET HEAD OPTIONS PATCH POST PUT TRACE"
    )
        .Split(' ')
        .Append("HTTP/2")
        .Append("HTTP/3")
        .ToFrozenDictionary(word => word.Replace("/", "", StringComparison.Ordinal), StringComparer.OrdinalIgnoreCase);

    /// <summary>A name in Title Case: <c>allowHTTPSCacheKeySharing</c> is "Allow HTTPS Cache Key Sharing".</summary>
    public static string Title(string name) => Names.GetValueOrDefault(name) ?? Join(name, capitals: true);

    /// <summary>A name as the start of a sentence: <c>matchCaseSensitive</c> is "Match case sensitive".</summary>
    public static string Sentence(string name) => Join(name, capitals: false);

    /// <summary>The same within a sentence: <c>IS_NOT_ONE_OF</c> is "is not one of".</summary>
    public static string Lower(string name)
    {
        var words = Join(name, capitals: false);
        return words.Length > 1 && char.IsLower(words[1]) ? char.ToLowerInvariant(words[0]) + words[1..] : words;
    }

    /// <summary>
    /// A value in words: <c>7d</c> is "7 days", <c>SAME_AS_REQUEST</c> is "Same as request". What people typed themselves (names, header
    /// values, paths) stays as it is.
    /// </summary>
    /// <param name="option">Name of the option that has the value.</param>
    /// <param name="value">As it is written in the rule tree.</param>
    public static string Value(string option, string value)
    {
        if (StandardHeader().IsMatch(option) && Constant().IsMatch(value))
            return string.Join('-', value.Split('_').Select(word => Join(word, capitals: true)));
        if (Length().Match(value) is { Success: true } length && (option == "value" || !FreeText().IsMatch(option)))
            return Words.Count(long.Parse(length.Groups["count"].ValueSpan, CultureInfo.InvariantCulture), Unit(value[^1]));
        if (FreeText().IsMatch(option) || !Constant().IsMatch(value))
            return value;
        return TlsVersion().Match(value) is { Success: true } tls
            ? $"TLS {tls.Groups["major"].Value}.{tls.Groups["minor"].Value}"
            : Join(value, capitals: false);
    }

    private static string Join(string name, bool capitals)
    {
        // A name of other characters is no identifier: taken apart it would lose them.
        if (!Identifier().IsMatch(name))
            return name;
        var words = Word().Matches(name).Select((word, i) => Spell(word.Value, capitals || i == 0));
        return string.Join(' ', words);
    }

    private static string Spell(string word, bool capital) =>
        Spellings.TryGetValue(word, out var spelling) ? spelling
        : capital ? char.ToUpperInvariant(word[0]) + word[1..].ToLowerInvariant()
        : word.ToLowerInvariant();

    private static string Unit(char letter) =>
        letter switch
        {
            's' => "second",
            'm' => "minute",
            'h' => "hour",
            _ => "day",
        };

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9_]*$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Identifier();

    [GeneratedRegex("[A-Z]+[0-9]*(?![a-z])|[A-Z]?[a-z]+[0-9]*|[0-9]+", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Word();

    /// <summary>A word of the catalog, not a country code or a number.</summary>
    [GeneratedRegex("^(?=.{3})[A-Z]+[A-Z0-9]*(_[A-Z0-9]+)*$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Constant();

    [GeneratedRegex("^(?<count>[0-9]{1,9})[smhd]$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Length();

    [GeneratedRegex("^TLSV(?<major>[0-9])_(?<minor>[0-9])$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex TlsVersion();

    [GeneratedRegex("^standard[A-Z].*Name$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex StandardHeader();

    [GeneratedRegex(
        "((?<!host)names?|values?|variable|expression|products|parameters|xml|body|text|description|key)$",
        RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase,
        1000
    )]
    private static partial Regex FreeText();
}
