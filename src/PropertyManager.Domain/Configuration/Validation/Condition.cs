using System.Globalization;
using System.Text.Json;
using PropertyManager.Domain.Configuration.Catalog;

namespace PropertyManager.Domain.Configuration.Validation;

/// <summary>
/// A criterion as a set of values of one thing: what the thing has to be among, or must not be. Only of criteria whose values exclude each other:
/// a request has one path, and many headers.
/// </summary>
/// <param name="Thing">What is looked at; only conditions on the same thing can contradict each other.</param>
/// <param name="Excludes">The values are those that it must not have.</param>
/// <param name="Values">With wildcards where the criterion allows them.</param>
/// <param name="CaseMatters">Letters are compared as they are.</param>
/// <param name="Words">The criterion as the end of a sentence.</param>
internal sealed record Condition(string Thing, bool Excludes, IReadOnlyList<string> Values, bool CaseMatters, string Words)
{
    /// <summary>No address is longer; what is goes to the edge without this check.</summary>
    private const int LongestValue = 2_000;

    private readonly Lazy<HashSet<string>> _set = new(() => Values.ToHashSet(StringComparer.OrdinalIgnoreCase));

    /// <summary>The criterion as conditions; none where it is not of that kind, or its values are known at the edge only.</summary>
    public static IEnumerable<Condition> Of(Criterion criterion)
    {
        var options = criterion.Options;
        var relation = options.Text("matchOperator");
        var (thing, list) = criterion.Name switch
        {
            "path" or "fileExtension" or "filename" or "hostname" => (criterion.Name, "values"),
            "requestMethod" or "requestProtocol" or "requestType" => (criterion.Name, "value"),
            "contentDeliveryNetwork" => (criterion.Name, "network"),
            "userLocation" when options.Text("field") is "COUNTRY" or "CONTINENT" or "REGION" => (
                $"{options.Text("field")} by {options.Text("checkIps")}",
                $"{options.Text("field")!.ToLowerInvariant()}Values"
            ),
            "matchResponseCode" => (criterion.Name, "values"),
            "requestHeader" or "responseHeader" => ($"{criterion.Name} {options.Text("headerName")?.ToUpperInvariant()}", ""),
            "requestCookie" => ($"{criterion.Name} {options.Text("cookieName")}", ""),
            "queryStringParameter" => ($"{criterion.Name} {options.Text("parameterName")}", ""),
            "bucket" or "random" => (criterion.Name, ""),
            _ => ("", ""),
        };
        var words = $"{criterion.Name} {relation?.ToLowerInvariant().Replace('_', ' ') ?? "is"}";
        return (thing, list) switch
        {
            ("", _) => [],
            ("bucket" or "random", _) => Share(criterion, thing),
            ("matchResponseCode", _) when relation is "IS_BETWEEN" or "IS_NOT_BETWEEN" => Between(options, thing, relation, words),
            (_, "") => Presence(options, thing, relation),
            _ => Listed(options, thing, list, relation, words),
        };
    }

    /// <summary>Whether nothing can be as both say; no where finding out would take more work than is left.</summary>
    public bool Contradicts(Condition other, Effort effort)
    {
        if (Thing != other.Thing || (Excludes && other.Excludes))
        {
            return false;
        }

        if (Excludes != other.Excludes)
        {
            return Excludes ? ExcludesAll(other, effort) : other.ExcludesAll(this, effort);
        }

        if (_set.Value.Overlaps(other._set.Value))
        {
            return false;
        }

        var wild = Values.Any(Wildcard.IsOne) || other.Values.Any(Wildcard.IsOne);
        return !wild || !Values.Any(one => other.Values.Any(two => !effort.TrySpend(one, two) || Wildcard.MayMeet(one, two)));
    }

    private bool ExcludesAll(Condition wanted, Effort effort)
    {
        var same = CaseMatters ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase;
        return wanted.Values.All(value =>
            Values.Any(not =>
                effort.TrySpend(value, not)
                && (string.Equals(value, not, same) || (!Wildcard.IsOne(value) && Wildcard.Matches(value, not, !CaseMatters)))
            )
        );
    }

    private static IEnumerable<Condition> Listed(OptionSet options, string thing, string list, string? relation, string words)
    {
        var values = options.Texts(list);
        if (
            values.Count == 0
            || values.Any(value => value.Length > LongestValue || VariableText.IsIn(value))
            || relation is "IS_EMPTY" or "IS_NOT_EMPTY"
        )
        {
            return [];
        }

        var excludes = relation is "IS_NOT" or "IS_NOT_ONE_OF" or "DOES_NOT_MATCH_ONE_OF";
        return [new Condition(thing, excludes, values, options.IsOn("matchCaseSensitive"), $"{words} {Some(values)}")];
    }

    private static IEnumerable<Condition> Share(Criterion criterion, string thing) =>
        (criterion.Options.Find("percentage") ?? criterion.Options.Find("bucket")) is { ValueKind: JsonValueKind.Number } share
        && share.TryGetInt32(out var percent)
        && percent == 0
            ? [new Condition(thing, Excludes: false, [], CaseMatters: false, $"{thing} is 0 %")]
            : [];

    private static IEnumerable<Condition> Between(OptionSet options, string thing, string relation, string words)
    {
        if (Number(options, "lowerBound") is not { } lower || Number(options, "upperBound") is not { } upper)
        {
            return [];
        }

        // A status has three digits: the whole range is a short list.
        var (first, last) = (Math.Clamp(lower, 100, 999), Math.Clamp(upper, 99, 999));
        var codes = Enumerable.Range(first, Math.Max(0, last - first + 1)).Select(code => code.ToString(CultureInfo.InvariantCulture)).ToList();
        return [new Condition(thing, relation == "IS_NOT_BETWEEN", codes, CaseMatters: false, $"{words} {lower} and {upper}")];
    }

    private static int? Number(OptionSet options, string name) =>
        options.Find(name) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt32(out var number) ? number : null;

    /// <summary>Whether a header, cookie or parameter of a certain name is there.</summary>
    private static IEnumerable<Condition> Presence(OptionSet options, string thing, string? relation)
    {
        if (options.IsOn("matchWildcardName") || VariableText.IsIn(thing))
        {
            return [];
        }

        return relation switch
        {
            "DOES_NOT_EXIST" => [new Condition(thing, Excludes: false, ["absent"], CaseMatters: false, $"{thing} does not exist")],
            "EXISTS" or "IS" or "IS_ONE_OF" or "IS_BETWEEN" or "IS_LESS_THAN" or "IS_MORE_THAN" =>
            [
                new Condition(thing, Excludes: false, ["present"], CaseMatters: false, $"{thing} exists"),
            ],
            _ => [],
        };
    }

    private static string Some(IReadOnlyList<string> values)
    {
        const int many = 3;
        return values.Count <= many ? string.Join(", ", values) : $"{string.Join(", ", values.Take(many))} and {values.Count - many} others";
    }
}

/// <summary>
/// How much comparing one validation may do. A tree that people write needs a small part of it; one made to be slow loses this check, and no time.
/// </summary>
internal sealed class Effort
{
    private long _left = 5_000_000;

    /// <summary>Takes the work of comparing two texts off. False when nothing is left.</summary>
    public bool TrySpend(string one, string other) => (_left -= 1 + ((long)one.Length * other.Length / 100)) >= 0;
}
