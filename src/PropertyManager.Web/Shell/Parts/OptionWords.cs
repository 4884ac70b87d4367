using System.Globalization;
using System.Text.RegularExpressions;
using PropertyManager.Domain.Configuration.Catalog;

namespace PropertyManager.Web.Shell.Parts;

/// <summary>Names and values of rule trees as people read them.</summary>
public static partial class OptionWords
{
    /// <summary>A name in Title Case: <c>allowHTTPSCacheKeySharing</c> is "Allow HTTPS Cache Key Sharing".</summary>
    public static string Title(string name) => NameWords.Title(name);

    /// <summary>A name as the start of a sentence: <c>matchCaseSensitive</c> is "Match case sensitive".</summary>
    public static string Sentence(string name) => NameWords.Sentence(name);

    /// <summary>The same within a sentence: <c>IS_NOT_ONE_OF</c> is "is not one of".</summary>
    public static string Lower(string name)
    {
        var words = Sentence(name);
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
            return string.Join('-', value.Split('_').Select(word => Title(word)));
        if (Length().Match(value) is { Success: true } length && (option == "value" || !FreeText().IsMatch(option)))
            return Words.Count(long.Parse(length.Groups["count"].ValueSpan, CultureInfo.InvariantCulture), Unit(value[^1]));
        if (FreeText().IsMatch(option) || !Constant().IsMatch(value))
            return value;
        return TlsVersion().Match(value) is { Success: true } tls ? $"TLS {tls.Groups["major"].Value}.{tls.Groups["minor"].Value}" : Sentence(value);
    }

    private static string Unit(char letter) =>
        letter switch
        {
            's' => "second",
            'm' => "minute",
            'h' => "hour",
            _ => "day",
        };

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
