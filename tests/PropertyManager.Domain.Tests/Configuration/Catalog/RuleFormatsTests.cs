using System.Globalization;
using System.Text.Json;
using PropertyManager.Domain.Configuration;
using PropertyManager.Domain.Configuration.Catalog;

namespace PropertyManager.Domain.Tests.Configuration.Catalog;

/// <summary>A tree is judged by the rule format that it names: what there was in it is no error, and what there was not is none of it.</summary>
public sealed class RuleFormatsTests
{
    [Fact]
    public void All_are_days_in_order_and_the_newest_is_the_catalog_s()
    {
        Assert.Equal(RuleCatalog.RuleFormat, RuleFormats.Newest);
        Assert.Equal(PropertyVersionDocument.DefaultRuleFormat, RuleFormats.Newest);
        Assert.Equal(RuleFormats.Latest, RuleFormats.All[0]);
        Assert.Equal("v2015-08-08", RuleFormats.All[^1]);
        Assert.Equal(
            RuleFormats.All.Skip(1).Distinct(StringComparer.Ordinal).OrderDescending(StringComparer.Ordinal),
            RuleFormats.All.Skip(1),
            StringComparer.Ordinal
        );
        Assert.All(
            RuleFormats.All.Skip(1),
            name => Assert.True(DateOnly.TryParseExact(name, "'v'yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _), name)
        );
    }

    [Theory]
    [InlineData("latest", true)]
    [InlineData("v2015-08-08", true)]
    [InlineData("v2024-10-21", true)]
    [InlineData("v2024-10-22", false)]
    [InlineData("v2099-01-01", false)]
    [InlineData("v2015-08-07", false)]
    [InlineData("Latest", false)]
    [InlineData("", false)]
    public void Only_days_of_a_format_are_names_of_one(string name, bool isKnown) => Assert.Equal(isKnown, RuleFormats.IsKnown(name));

    [Theory]
    [InlineData("v2018-02-27", "A retired behavior")]
    [InlineData("v2024-10-21", "A retired behavior")]
    [InlineData("v2025-03-24", "A retired behavior")]
    [InlineData("v2025-04-29", "Unknown behavior")]
    [InlineData("latest", "Unknown behavior")]
    public void A_behavior_that_was_retired_is_known_as_long_as_it_was_there(string format, string title)
    {
        var message = Behavior("adaptiveImageCompression", """{ "compressMobile": true }""", format);

        Assert.Equal((title, title.StartsWith("Un", StringComparison.Ordinal)), (message?.Title, message?.Severity == Severity.Error));
        Assert.Contains($"ule format {format}", message!.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("v2018-02-27", "A behavior that is not known here")]
    [InlineData("v2025-05-30", "Unknown behavior")]
    [InlineData("v2025-07-07", "Kept, not evaluated here")]
    [InlineData("latest", "Kept, not evaluated here")]
    public void A_behavior_that_came_later_is_not_there_before(string format, string title)
    {
        var message = Behavior("pqcClientToEdge", """{ "enabled": true }""", format);

        Assert.Equal((title, title.StartsWith("Un", StringComparison.Ordinal)), (message?.Title, message?.Severity == Severity.Error));
    }

    [Theory]
    [InlineData("v2022-10-18", "A behavior that is not known here", Severity.Warning)]
    [InlineData("v2023-01-05", "Unknown behavior", Severity.Error)]
    public void What_nobody_knows_is_an_error_only_where_all_is_known(string format, string title, Severity severity)
    {
        var message = Behavior("neverWasThere", "{}", format);

        Assert.Equal((title, severity), (message!.Title, message.Severity));
    }

    [Theory]
    [InlineData("v2022-10-18", "tls13Support", "An option that is not known here", Severity.Warning)]
    [InlineData("v2023-09-20", "tls13Support", "A retired option", Severity.Warning)]
    [InlineData("v2024-02-12", "tls13Support", "A retired option", Severity.Warning)]
    [InlineData("v2024-05-31", "tls13Support", "Unknown option", Severity.Error)]
    [InlineData("v2023-05-30", "minTlsVersion", "Unknown option", Severity.Error)]
    [InlineData("v2022-10-18", "minTlsVersion", "An option that is not known here", Severity.Warning)]
    [InlineData("v2022-10-18", "neverWasThere", "An option that is not known here", Severity.Warning)]
    [InlineData("v2023-05-30", "neverWasThere", "Unknown option", Severity.Error)]
    public void So_are_options(string format, string option, string title, Severity severity)
    {
        var message = Assert.Single(
            RuleTreeValidator.Validate(Tree("origin", $$"""{ "hostname": "o.example", "{{option}}": "x" }"""), [], format),
            message => message.Pointer == $"/rules/behaviors/0/options/{option}"
        );

        Assert.Equal((title, severity), (message.Title, message.Severity));
        if (severity == Severity.Error)
            Assert.Contains(format, message.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void An_option_that_came_later_is_not_missed_before()
    {
        var later = RuleCatalog
            .Behaviors.Values.Concat(RuleCatalog.Criteria.Values)
            .SelectMany(item => item.Options.Select(option => (Item: item, Option: option)))
            .Where(pair => FormatHistory.Of("v2023-01-05", $"{pair.Item.Name}.{pair.Option.Name}", isInCatalog: true) == Presence.Absent)
            .ToList();

        Assert.NotEmpty(later);
        Assert.All(
            later.Where(pair => RuleCatalog.Behaviors.ContainsKey(pair.Item.Name)),
            pair =>
                Assert.DoesNotContain(
                    RuleTreeValidator.Validate(Tree(pair.Item.Name, "{}"), [], "v2023-01-05"),
                    message => message.Pointer.StartsWith($"/rules/behaviors/0/options/{pair.Option.Name}", StringComparison.Ordinal)
                )
        );
    }

    [Fact]
    public void The_schema_is_of_the_format()
    {
        Assert.Contains("\"adaptiveImageCompression\"", RuleSchema.Of("v2024-10-21"), StringComparison.Ordinal);
        Assert.DoesNotContain("\"adaptiveImageCompression\"", RuleSchema.Of("latest"), StringComparison.Ordinal);
        Assert.DoesNotContain("\"minTlsVersion\"", RuleSchema.Of("v2023-05-30"), StringComparison.Ordinal);
        Assert.Contains("\"minTlsVersion\"", RuleSchema.Of("latest"), StringComparison.Ordinal);
        Assert.DoesNotContain("\"pqcOrigin\"", RuleSchema.Of("v2018-02-27"), StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => RuleSchema.Of("v2024-10-22"));
    }

    /// <summary>Facts of public tables, where they are at hand: what they have in a format, is no error in it.</summary>
    [HistoryFact]
    public void Nothing_that_a_format_has_is_an_error_in_it()
    {
        using var history = JsonDocument.Parse(File.ReadAllText(HistoryFactAttribute.File!));
        var formats = history.RootElement.GetProperty("formats").EnumerateArray().Select(f => f.GetString()!).ToList();
        List<string> wrong = [];
        foreach (var (list, isBehavior) in new[] { ("behaviors", true), ("criteria", false) })
        {
            foreach (var item in history.RootElement.GetProperty(list).EnumerateObject())
            {
                foreach (var format in formats.Where(format => IsWithin(format, item.Value.GetProperty("first"), item.Value.GetProperty("last"))))
                    wrong.AddRange(Unknown(item, isBehavior, format));
                foreach (var format in formats.Where(format => !IsWithin(format, item.Value.GetProperty("first"), item.Value.GetProperty("last"))))
                    if (FormatHistory.Of(format, item.Name, isInCatalog: true) != Presence.Absent)
                        wrong.Add($"{format} has no {item.Name}");
            }
        }

        Assert.Equal(
            RuleFormats.All.Where(f => string.CompareOrdinal(f, formats[0]) >= 0).Order(StringComparer.Ordinal),
            formats,
            StringComparer.Ordinal
        );
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    private static IEnumerable<string> Unknown(JsonProperty item, bool isBehavior, string format)
    {
        var only = item.Value.TryGetProperty("optionsOnlyIn", out var some) ? some : default;
        var options = item
            .Value.GetProperty("options")
            .EnumerateArray()
            .Select(option => option.GetString()!)
            .Where(option =>
                only.ValueKind == JsonValueKind.Undefined || !only.TryGetProperty(option, out var span) || IsWithin(format, span[0], span[1])
            )
            .ToDictionary(option => option, _ => (object?)null, StringComparer.Ordinal);
        var set = JsonSerializer.Serialize(options);
        var tree = isBehavior
            ? Tree(item.Name, set)
            : new RuleTree(new Rule("default") { Children = [new Rule("child") { Criteria = [new Criterion(item.Name, OptionSet.Parse(set))] }] });
        return RuleTreeValidator
            .Validate(tree, [], format)
            .Where(message => message.Severity == Severity.Error && message.Title.StartsWith("Unknown", StringComparison.Ordinal))
            .Select(message => $"{format}: {message.Detail}");
    }

    private static bool IsWithin(string format, JsonElement first, JsonElement last) =>
        string.CompareOrdinal(format, first.GetString()) >= 0 && string.CompareOrdinal(format, last.GetString()) <= 0;

    private static RuleTree Tree(string behavior, string options) =>
        new(new Rule("default") { Behaviors = [new Behavior(behavior, OptionSet.Parse(options))] });

    private static ValidationMessage? Behavior(string name, string options, string format) =>
        Assert.Single(RuleTreeValidator.Validate(Tree(name, options), [], format), message => message.Pointer == "/rules/behaviors/0");
}

/// <summary>A test that needs the tables of public rule formats: skipped, and said so, where the file is not.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class HistoryFactAttribute : FactAttribute
{
    /// <summary>Names the file; null where it is not.</summary>
    public static string? File { get; } =
        Environment.GetEnvironmentVariable("PAPI_RULE_FORMATS") is { Length: > 0 } path && System.IO.File.Exists(path) ? path : null;

    public HistoryFactAttribute() => Skip = File is null ? "PAPI_RULE_FORMATS names no file with the tables of public rule formats." : null;
}
