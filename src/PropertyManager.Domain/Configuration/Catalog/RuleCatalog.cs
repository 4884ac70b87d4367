using System.Text.Json;

namespace PropertyManager.Domain.Configuration.Catalog;

/// <summary>
/// The behaviors and criteria of rule format v2025-10-16. Those that people meet most are described in full, with forms, checks and evaluation;
/// of the others only the names are known: they are kept as they are and not evaluated here.
/// </summary>
public static partial class RuleCatalog
{
    /// <summary>The rule format that this catalog describes.</summary>
    public const string RuleFormat = "v2025-10-16";

    /// <summary>What is deprecated, and the name of what takes its place. Not all of these are described.</summary>
    /// <remarks>Source for Real User Monitoring: the public product documentation names mPulse in its place. QUIC became HTTP/3.</remarks>
    public static IReadOnlyDictionary<string, string> Replacements { get; } =
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["realUserMonitoring"] = "mPulse",
            ["rumCustom"] = "mPulse",
            ["quicBeta"] = "http3",
            ["manualServerPush"] = "earlyHints",
        };

    /// <summary>Behaviors that are described, by name.</summary>
    public static IReadOnlyDictionary<string, CatalogItem> Behaviors { get; } =
        ByName([
            .. OriginBehaviors(),
            .. CachingBehaviors(),
            .. ResponseBehaviors(),
            FailAction(),
            .. HeaderBehaviors(),
            SetVariable(),
            .. AccessBehaviors(),
            .. ReportingBehaviors(),
            .. DeliveryBehaviors(),
            .. ContentBehaviors(),
        ]);

    /// <summary>Criteria that are described, by name.</summary>
    public static IReadOnlyDictionary<string, CatalogItem> Criteria { get; } =
        ByName([.. RequestCriteria(), .. ClientCriteria(), .. ResponseCriteria()]);

    /// <summary>The known name that is most like this one (fewest letters changed, whatever their case); null when none is near.</summary>
    /// <remarks>Near is what differs in no more than about a third of its letters.</remarks>
    public static string? Nearest(string name, IReadOnlySet<string> names)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(names);
        // No name of the catalog is half as long; a longer one is not worth the work.
        if (name.Length is 0 or > 100)
        {
            return null;
        }

        var best = names
            .Select(known => (Known: known, Distance: Distance(name, known)))
            .OrderBy(candidate => candidate.Distance)
            .ThenBy(candidate => candidate.Known, StringComparer.Ordinal)
            .FirstOrDefault();
        return best.Known is not null && best.Distance <= Math.Max(1, (name.Length + 1) / 3) ? best.Known : null;
    }

    /// <summary>Whether an option is on the form, given what the others are set to. One that is left out counts as its default.</summary>
    public static bool IsShown(CatalogOption option, OptionSet options)
    {
        ArgumentNullException.ThrowIfNull(option);
        ArgumentNullException.ThrowIfNull(options);
        return Hold(option.When, options) || option.OrWhen.Any(set => Hold(set, options));
    }

    /// <summary>
    /// A new behavior, with the defaults of the options that its form shows. Required ones without a default are there and empty, for people to
    /// fill in and for programs that replace values by their keys.
    /// </summary>
    public static Behavior Start(CatalogItem item)
    {
        ArgumentNullException.ThrowIfNull(item);
        return new Behavior(item.Name, Defaults(item));
    }

    /// <summary>A new criterion, made as <see cref="Start"/> makes behaviors.</summary>
    public static Criterion StartCriterion(CatalogItem item)
    {
        ArgumentNullException.ThrowIfNull(item);
        return new Criterion(item.Name, Defaults(item));
    }

    // A choice is the same in another case of letters; see CatalogOption.ChoiceOf.
    private static bool Hold(IReadOnlyList<ShownWhen> conditions, OptionSet options) =>
        conditions.All(when =>
            options.Find(when.Option) is { } value ? when.Values.Contains(Describe.Plain(value), StringComparer.OrdinalIgnoreCase) : when.ByDefault
        );

    private static OptionSet Defaults(CatalogItem item) =>
        new(
            item.Options.Where(option => IsShown(option, OptionSet.Empty))
                .Select(option => (option.Name, Value: option.Default ?? (option.Required ? EmptyOf(option.Type) : null)))
                .Where(option => option.Value is not null)
                .Select(option => KeyValuePair.Create(option.Name, option.Value!.Value))
        );

    /// <summary>Null where every value of the type says something: switches and numbers.</summary>
    private static JsonElement? EmptyOf(OptionType type) =>
        type switch
        {
            OptionType.Switch or OptionType.Integer or OptionType.Number => null,
            OptionType.Texts or OptionType.Choices => JsonElement.Parse("[]"),
            OptionType.Object => JsonElement.Parse("{}"),
            _ => JsonElement.Parse("\"\""),
        };

    /// <summary>How many letters have to be put in, taken out or changed to make one of the other (Levenshtein), letters of any case.</summary>
    private static int Distance(string one, string other)
    {
        var row = Enumerable.Range(0, other.Length + 1).ToArray();
        for (var i = 1; i <= one.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= other.Length; j++)
            {
                var same = char.ToUpperInvariant(one[i - 1]) == char.ToUpperInvariant(other[j - 1]);
                var change = diagonal + (same ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(change, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }

    private static Dictionary<string, CatalogItem> ByName(IReadOnlyList<CatalogItem> items) =>
        items
            .Select(item => item with { Deprecated = Replacements.GetValueOrDefault(item.Name) is { } better ? $"use {better} instead" : null })
            .ToDictionary(item => item.Name, StringComparer.Ordinal);
}
