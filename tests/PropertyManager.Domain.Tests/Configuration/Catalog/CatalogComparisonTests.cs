using System.Globalization;
using System.Text.Json;
using PropertyManager.Domain.Configuration.Catalog;

namespace PropertyManager.Domain.Tests.Configuration.Catalog;

/// <summary>
/// The catalog against the public one of the same rule format, option by option: its type, whether it is a list, and its choices. What stays different
/// is listed with its reason in <c>CatalogDifferences.txt</c>; that list is compared with this catalog everywhere, and with the public one where
/// there is a copy of it. Which options are required and what they start with is not compared: the public catalog does not say it.
/// </summary>
public sealed class CatalogComparisonTests
{
    /// <summary>Options of the 92 described behaviors and criteria.</summary>
    private const int DescribedOptions = 499;

    private static readonly IReadOnlyDictionary<string, CatalogItem> Items = RuleCatalog
        .Behaviors.Concat(RuleCatalog.Criteria)
        .ToDictionary(item => item.Key, item => item.Value, StringComparer.Ordinal);

    public static TheoryData<string> Listed => [.. Difference.All.Select(difference => difference.Name)];

    [Theory]
    [MemberData(nameof(Listed))]
    public void What_is_listed_as_different_is_so_here(string name)
    {
        var difference = Assert.Single(Difference.All, difference => difference.Name == name);
        var (item, option) = (Items[name.Split('.')[0]], name.Split('.')[1]);

        Assert.True(difference.Reason.Length > 20, "A reason is a sentence.");
        if (difference.Here == "kept")
            Assert.Contains(option, item.Kept, StringComparer.Ordinal);
        else
            Assert.Equal(difference.Here, Described(item.Find(option)!));
    }

    [Fact]
    public void The_list_of_differences_is_in_order() =>
        Assert.Equal(
            Difference.All.Select(difference => difference.Name).Order(StringComparer.Ordinal),
            Difference.All.Select(difference => difference.Name),
            StringComparer.Ordinal
        );

    [Fact]
    public void All_options_of_what_is_described_are_compared() =>
        Assert.Equal((92, DescribedOptions), (Items.Count, Items.Values.Sum(item => item.Options.Count)));

    [PublicCatalogFact]
    public void Everything_else_is_as_the_public_catalog_has_it()
    {
        using var document = PublicCatalogFactAttribute.Open();
        var found = Compare(document.RootElement, "behaviors", RuleCatalog.Behaviors)
            .Concat(Compare(document.RootElement, "criteria", RuleCatalog.Criteria))
            .Order(StringComparer.Ordinal);

        Assert.Equal(
            Difference.All.Select(difference => $"{difference.Name}: {difference.Here}; there {difference.There}"),
            found,
            StringComparer.Ordinal
        );
    }

    [PublicCatalogFact]
    public void Its_names_are_the_names_here()
    {
        using var document = PublicCatalogFactAttribute.Open();
        Assert.Equal(RuleCatalog.RuleFormat, document.RootElement.GetProperty("ruleFormat").GetString());
        Assert.Equal(Names("behaviors"), RuleCatalog.BehaviorNames.Order(StringComparer.Ordinal), StringComparer.Ordinal);
        Assert.Equal(Names("criteria"), RuleCatalog.CriterionNames.Order(StringComparer.Ordinal), StringComparer.Ordinal);

        IEnumerable<string> Names(string kind) =>
            document.RootElement.GetProperty(kind).EnumerateObject().Select(item => item.Name).Order(StringComparer.Ordinal);
    }

    private static IEnumerable<string> Compare(JsonElement catalog, string kind, IReadOnlyDictionary<string, CatalogItem> items) =>
        items.Values.SelectMany(item =>
        {
            var there = catalog.GetProperty(kind).GetProperty(item.Name).GetProperty("options");
            var own = item.Options.SelectMany(option => Compare($"{item.Name}.{option.Name}", option, Find(there, option.Name)));
            var kept = item.Kept.Where(name => Find(there, name) is null).Select(name => $"{item.Name}.{name}: kept; there it is not known");
            var unknown = there
                .EnumerateObject()
                .Where(option => item.Find(option.Name) is null && !item.Kept.Contains(option.Name, StringComparer.Ordinal))
                .Select(option => $"{item.Name}.{option.Name}: not known; there it is {option.Value.GetProperty("type")}");
            return own.Concat(kept).Concat(unknown);
        });

    private static IEnumerable<string> Compare(string name, CatalogOption option, JsonElement? found)
    {
        if (found is not { } there)
            return [$"{name}: {Described(option)}; there it is not known"];
        var type = there.GetProperty("type").GetString()!;
        var isObject = type == "list" && there.TryGetProperty("maxItems", out var most) && most.GetInt32() == 1;
        var choices = Find(there, "enum") is { } values ? string.Join(' ', values.EnumerateArray().Select(value => value.ToString())) : "";
        var own = string.Join(' ', option.Choices.Select(choice => choice.Value));
        var wanted = option.Type switch
        {
            OptionType.Switch => "bool",
            OptionType.Integer => "int",
            OptionType.Number => "float",
            OptionType.Choice when option.Default is { ValueKind: JsonValueKind.Number } => "int",
            OptionType.Texts or OptionType.Choices => "list of string",
            OptionType.Object => "object",
            _ => "string",
        };
        var is_ = isObject ? "object" : type;
        var range = (Number(there, "min"), Number(there, "max"));
        var isSame = wanted == is_ && Sorted(choices) == Sorted(own) && (range is (null, null) || range == (option.Min, option.Max));
        var fields = isObject
            ? option.Fields.SelectMany(field => Compare($"{name}.{field.Name}", field, Find(there.GetProperty("options"), field.Name)))
            : [];
        return isSame ? fields : [$"{name}: {Described(option)}; there {is_}{(choices.Length == 0 ? "" : $" of {choices}")}", .. fields];
    }

    /// <summary>The type, and the choices where there are some: "Choice of 302 301".</summary>
    private static string Described(CatalogOption option) =>
        option.Choices.Count == 0 ? $"{option.Type}" : $"{option.Type} of {string.Join(' ', option.Choices.Select(choice => choice.Value))}";

    private static string Sorted(string words) => string.Join(' ', words.Split(' ').Order(StringComparer.Ordinal));

    private static double? Number(JsonElement option, string name) => Find(option, name)?.GetDouble();

    private static JsonElement? Find(JsonElement json, string name) => json.TryGetProperty(name, out var found) ? found : null;

    /// <summary>A line of the list.</summary>
    /// <param name="Name">Of the behavior or criterion and its option: <c>redirect.queryString</c>.</param>
    /// <param name="Here">What it is in this catalog.</param>
    /// <param name="There">What the public one says.</param>
    /// <param name="Reason">Why it stays so.</param>
    private sealed record Difference(string Name, string Here, string There, string Reason)
    {
        public static IReadOnlyList<Difference> All { get; } =
        [
            .. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Configuration", "Catalog", "CatalogDifferences.txt"))
                .Where(line => line.Length > 0 && line[0] != '#')
                .Select(line => line.Split(" | "))
                .Select(cells => new Difference(cells[0], cells[1], cells[2], cells[3])),
        ];
    }
}

/// <summary>A test that needs a copy of the public catalog: skipped, and said so, where the variable <c>PAPI_CATALOG</c> names none.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class PublicCatalogFactAttribute : FactAttribute
{
    private const string Variable = "PAPI_CATALOG";

    public PublicCatalogFactAttribute() => Skip = File.Exists(Where) ? null : $"{Variable} names no file with the public catalog";

    private static string? Where => Environment.GetEnvironmentVariable(Variable);

    /// <summary>The file's JSON.</summary>
    public static JsonDocument Open() => JsonDocument.Parse(File.ReadAllText(Where!));
}
