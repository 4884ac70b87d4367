using System.Collections.Frozen;
using System.Text.Json;
using PropertyManager.Domain.Configuration;
using PropertyManager.Domain.Configuration.Catalog;

namespace PropertyManager.Web.Shell.Parts;

/// <summary>A criterion in words: "Request header" "X-Api-Key" "is one of" "a", "b".</summary>
/// <param name="Subject">What is looked at, as the start of a sentence.</param>
/// <param name="Named">Which of them, where there are many: a header's or cookie's name. Null otherwise.</param>
/// <param name="Relation">How it is compared; a negation is said in it.</param>
/// <param name="IsNegated">It holds when the comparison fails.</param>
/// <param name="Values">What it is compared with; any one of them does.</param>
/// <param name="Rest">The options that the sentence does not say.</param>
public sealed record CriterionSentence(
    string Subject,
    string? Named,
    string Relation,
    bool IsNegated,
    IReadOnlyList<string> Values,
    IReadOnlyList<OptionField> Rest
)
{
    private static readonly FrozenDictionary<string, string> Subjects = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["matchResponseCode"] = "Response status",
        ["requestCookie"] = "Cookie",
        ["matchVariable"] = "Variable",
        ["clientIp"] = "Client IP address",
        ["regularExpression"] = "Text",
        ["contentDeliveryNetwork"] = "Network",
        ["matchAdvanced"] = "Metadata written by hand",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The operators that read better otherwise; with the words for a single value where there are several.</summary>
    private static readonly FrozenDictionary<string, (string Many, string One)> Relations = new Dictionary<string, (string, string)>(
        StringComparer.Ordinal
    )
    {
        ["IS_ONE_OF"] = ("is one of", "is"),
        ["IS_NOT_ONE_OF"] = ("is none of", "is not"),
        ["MATCHES_ONE_OF"] = ("matches one of", "matches"),
        ["DOES_NOT_MATCH_ONE_OF"] = ("matches none of", "does not match"),
        ["CONTAINS_ONE_OF"] = ("contains one of", "contains"),
        ["DOES_NOT_CONTAIN_ONE_OF"] = ("contains none of", "does not contain"),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly string[] NameOptions = ["headerName", "cookieName", "parameterName", "variableName", "matchString"];

    /// <summary>The sentence of a criterion; of one whose name is not known too.</summary>
    public static CriterionSentence Of(Criterion criterion)
    {
        var options = criterion.Options;
        var said = new HashSet<string>(["matchOperator"], StringComparer.Ordinal);

        var name = NameOptions.FirstOrDefault(option => options.Texts(option).Count > 0);
        if (name is not null)
            said.Add(name);
        var named = name is null ? null : string.Join(" or ", options.Texts(name));

        var subject = Subjects.GetValueOrDefault(criterion.Name) ?? OptionWords.Sentence(criterion.Name);
        if (criterion.Name == "userLocation" && options.Text("field") is { } field)
        {
            said.Add("field");
            subject = $"User's {OptionWords.Lower(field)}";
        }

        var relation = options.Text("matchOperator") ?? "";
        var values = ValuesOf(criterion, relation, said);
        var words =
            relation.EndsWith("_BETWEEN", StringComparison.Ordinal) ? OptionWords.Lower(relation)
            : Relations.TryGetValue(relation, out var known)
                ? values.Count == 1 ? known.One
                    : known.Many
            : relation.Length > 0 ? OptionWords.Lower(relation)
            : criterion.Name == "regularExpression" ? "matches the expression"
            : values.Count > 1 ? "is one of"
            : values.Count == 1 ? "is"
            : "holds";
        var rest = OptionField.Of(options.Where(option => !said.Contains(option.Key)), RuleCatalog.Criteria.GetValueOrDefault(criterion.Name));
        return new CriterionSentence(subject, named, words, words.Split(' ').Any(word => word is "not" or "none"), values, rest);
    }

    /// <summary>The whole sentence as text.</summary>
    public override string ToString() =>
        string.Join(' ', new[] { Subject, Named, Relation, string.Join(", ", Values) }.Where(part => !string.IsNullOrEmpty(part)));

    private static IReadOnlyList<string> ValuesOf(Criterion criterion, string relation, HashSet<string> said)
    {
        var options = criterion.Options;
        if (relation is "EXISTS" or "DOES_NOT_EXIST" or "IS_EMPTY" or "IS_NOT_EMPTY")
            return [];
        if (
            relation.EndsWith("_BETWEEN", StringComparison.Ordinal)
            && options.Find("lowerBound") is { } lower
            && options.Find("upperBound") is { } upper
        )
        {
            said.Add("lowerBound");
            said.Add("upperBound");
            return [$"{Text(lower)} and {Text(upper)}"];
        }

        string[] candidates =
            criterion.Name == "userLocation"
                ? [$"{options.Text("field")?.ToLowerInvariant()}Values"]
                : ["values", "value", "variableValues", "variableExpression", "regex"];
        foreach (var option in candidates)
        {
            if (options.Find(option) is not { } value || value.ValueKind is JsonValueKind.Object or JsonValueKind.Null)
                continue;
            said.Add(option);
            return value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray().Select(Text)] : [Text(value)];
        }

        // Where nothing is set to compare with, what the catalog has for it.
        var known = RuleCatalog.Criteria.GetValueOrDefault(criterion.Name);
        return
        [
            .. candidates
                .Select(option => known?.Find(option))
                .OfType<CatalogOption>()
                .Where(option => RuleCatalog.IsShown(option, options) && options.Find(option.Name) is null or { ValueKind: JsonValueKind.Null })
                .Select(DefaultWords.Of)
                .OfType<string>()
                .Select(words => $"default ({words})"),
        ];
    }

    private static string Text(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.String => value.GetString() is { Length: > 0 } text ? text : "(empty)",
            JsonValueKind.True => "On",
            JsonValueKind.False => "Off",
            _ => value.GetRawText(),
        };
}
