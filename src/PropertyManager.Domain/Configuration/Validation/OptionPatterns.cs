using System.Collections.Frozen;
using System.Text.Json;
using System.Text.RegularExpressions;
using PropertyManager.Domain.Configuration.Catalog;

namespace PropertyManager.Domain.Configuration.Validation;

/// <summary>The patterns of the catalog, made ready.</summary>
internal static partial class OptionPatterns
{
    private static readonly FrozenDictionary<string, Regex> All = RuleCatalog
        .Behaviors.Values.Concat(RuleCatalog.Criteria.Values)
        .SelectMany(item => item.Options)
        .SelectMany(option => option.Fields.Append(option))
        .Select(option => option.Pattern)
        .OfType<string>()
        .Distinct(StringComparer.Ordinal)
        .ToFrozenDictionary(
            pattern => pattern,
            pattern => new Regex(
                $@"^(?:{pattern})\z", // a $ alone would let a line feed stand at the end
                RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
                TimeSpan.FromSeconds(1)
            ),
            StringComparer.Ordinal
        );

    /// <summary>Whether the whole text is as the option's pattern says; any is where there is none.</summary>
    public static bool Matches(CatalogOption option, string text)
    {
        try
        {
            return option.Pattern is not { } pattern || All[pattern].IsMatch(text);
        }
        catch (RegexMatchTimeoutException)
        {
            return false; // what takes so long is nothing that anybody should send to the edge
        }
    }

    /// <summary>Whether it is a whole number with its unit.</summary>
    public static bool IsDuration(string text) => Duration().IsMatch(text);

    [GeneratedRegex(@"^[0-9]+[DdHhMmSs]\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Duration();
}

/// <summary>Texts with variables in them: <c>{{user.PMUSER_X}}</c>, <c>{{builtin.AK_PATH}}</c>.</summary>
internal static class VariableText
{
    /// <summary>Whether there is one in the text.</summary>
    public static bool IsIn(string text) =>
        text.Contains("{{user.", StringComparison.Ordinal) || text.Contains("{{builtin.", StringComparison.Ordinal);

    /// <summary>Whether it is a text with one in it.</summary>
    public static bool IsIn(JsonElement value) => value.ValueKind == JsonValueKind.String && IsIn(value.GetString()!);
}
