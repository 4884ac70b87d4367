using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;
using PropertyManager.Domain.Configuration.Catalog;

namespace PropertyManager.Domain.Configuration.Validation;

/// <summary>The options of one behavior or criterion against what the catalog says of them.</summary>
internal static class OptionChecks
{
    /// <summary>The messages, in the order of the form; unknown options last.</summary>
    /// <param name="item">The behavior or criterion in the catalog.</param>
    /// <param name="options">What it is set to.</param>
    /// <param name="hints">Finds the names that were meant.</param>
    /// <param name="format">The rule format that the tree is written in.</param>
    /// <param name="pointer">Where it stands.</param>
    public static IEnumerable<ValidationMessage> Of(CatalogItem item, OptionSet options, Hints hints, string format, string pointer)
    {
        foreach (var option in item.Options.Where(option => IsIn(format, item, option.Name) && RuleCatalog.IsShown(option, options)))
        {
            var place = $"{pointer}/options/{JsonPath.Escape(option.Name)}";
            foreach (var message in OfOption($"{item.Label}: {option.Label}", item, option, options.Find(option.Name), place))
            {
                yield return message;
            }
        }

        foreach (var (name, _) in options)
        {
            if (OfName(item, name, hints, format, $"{pointer}/options/{JsonPath.Escape(name)}") is { } message)
            {
                yield return message;
            }
        }
    }

    private static bool IsIn(string format, CatalogItem item, string option) =>
        FormatHistory.Of(format, $"{item.Name}.{option}", isInCatalog: true) != Presence.Absent;

    /// <summary>What there is to say of an option's name, whatever its value.</summary>
    private static ValidationMessage? OfName(CatalogItem item, string name, Hints hints, string format, string place)
    {
        var isInCatalog = item.Find(name) is not null || item.Kept.Contains(name, StringComparer.Ordinal);
        var presence = FormatHistory.Of(format, $"{item.Name}.{name}", isInCatalog);
        if (presence == Presence.There)
        {
            return null;
        }

        if (presence == Presence.Retired)
        {
            return new(
                Severity.Warning,
                "A retired option",
                $"{item.Name} has the option \"{name}\" in rule format {format}, and newer formats have not. It goes to the edge as it stands.",
                place
            )
            {
                Criteria = ValidationMessage.NoRequest,
            };
        }

        var hint =
            presence == Presence.Absent ? "Other rule formats have it: save the version in one of those, or remove it."
            : hints.Nearest(name, item.Options.Select(option => option.Name).ToFrozenSet(StringComparer.Ordinal)) is { } nearest
                ? $"Did you mean {nearest}?"
            : "Remove it, or correct its name.";
        return FormatHistory.IsComplete(format)
            ? new(
                Severity.Error,
                "Unknown option",
                $"{item.Name} has no option \"{name}\" in rule format {format}, so it would have no effect. {hint}",
                place
            )
            {
                Kind = MessageKind.UnknownAttribute,
            }
            : new(
                Severity.Warning,
                "An option that is not known here",
                $"It is not known whether {item.Name} has an option \"{name}\" in rule format {format}. It is kept and goes to the edge as it stands. {hint}",
                place
            )
            {
                Criteria = ValidationMessage.NoRequest,
            };
    }

    private static IEnumerable<ValidationMessage> OfOption(string subject, CatalogItem item, CatalogOption option, JsonElement? value, string place)
    {
        if (value is not { } given || IsEmpty(given))
        {
            return option.Required
                ? [Missing(subject, item, option, place) with { Kind = MessageKind.OfMissing(value) }]
                : WrongKind(subject, option, value, place);
        }

        // Where a variable stands, what it will hold is known at the edge only.
        if (given.ValueKind == JsonValueKind.String && option.Type is not (OptionType.Choice or OptionType.Switch) && VariableText.IsIn(given))
        {
            return WrongKind(subject, option, option.Type is OptionType.Integer or OptionType.Number or OptionType.Moment ? null : given, place);
        }

        return option.Type switch
        {
            OptionType.Object => OfObject(subject, item, option, given, place),
            OptionType.Texts or OptionType.Choices => OfList(subject, option, given, place),
            _ => WrongKind(subject, option, given, place) is { Count: > 0 } wrong ? wrong : Wrong(subject, option, given, place),
        };
    }

    private static IReadOnlyList<ValidationMessage> WrongKind(string subject, CatalogOption option, JsonElement? value, string place)
    {
        if (value is not { ValueKind: not JsonValueKind.Null } given)
        {
            return [];
        }

        var (fits, wanted) = option.Type switch
        {
            OptionType.Switch => (given.ValueKind is JsonValueKind.True or JsonValueKind.False, "true or false"),
            OptionType.Integer or OptionType.Number => (given.ValueKind == JsonValueKind.Number, "a number"),
            OptionType.Choice when IsNumbers(option) => (given.ValueKind == JsonValueKind.Number, "a number"),
            OptionType.Choices or OptionType.Texts => (given.ValueKind == JsonValueKind.Array, "a list of texts"),
            OptionType.Object => (given.ValueKind == JsonValueKind.Object, "an object"),
            _ => (given.ValueKind == JsonValueKind.String, "a text"),
        };
        return fits ? [] : [new(Severity.Error, "The wrong kind of value", $"{subject} is {RuleReader.Kind(given)}, and must be {wanted}.", place)];
    }

    private static IEnumerable<ValidationMessage> OfObject(string subject, CatalogItem item, CatalogOption option, JsonElement value, string place)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            return WrongKind(subject, option, value, place);
        }

        return option.Fields.SelectMany(field =>
            OfOption(
                $"{subject}: {field.Label}",
                item,
                field,
                value.TryGetProperty(field.Name, out var inner) ? inner : null,
                $"{place}/{JsonPath.Escape(field.Name)}"
            )
        );
    }

    private static IEnumerable<ValidationMessage> OfList(string subject, CatalogOption option, JsonElement value, string place)
    {
        if (value.ValueKind != JsonValueKind.Array)
        {
            return WrongKind(subject, option, value, place);
        }

        return value
            .EnumerateArray()
            .SelectMany((entry, i) => OfEntry(subject, option, entry, $"{place}/{i.ToString(CultureInfo.InvariantCulture)}"));
    }

    private static IEnumerable<ValidationMessage> OfEntry(string subject, CatalogOption option, JsonElement entry, string place)
    {
        if (entry.ValueKind != JsonValueKind.String)
        {
            return
            [
                new(Severity.Error, "The wrong kind of value", $"{subject} is a list of texts, and {RuleReader.Kind(entry)} stands in it.", place),
            ];
        }

        return VariableText.IsIn(entry) ? [] : Wrong(subject, option, entry, place);
    }

    /// <summary>What is wrong with a value of the right kind.</summary>
    private static IEnumerable<ValidationMessage> Wrong(string subject, CatalogOption option, JsonElement value, string place)
    {
        var (title, wanted) = option.Type switch
        {
            OptionType.Choice or OptionType.Choices => ("Not one of the choices", option.ChoiceOf(value) is null ? Choices(option) : null),
            OptionType.Integer => ("A number that is not allowed", OutsideWhole(option, value)),
            OptionType.Number => ("A number that is not allowed", value.TryGetDouble(out var number) ? Outside(option, number) : "a number"),
            OptionType.Duration => (Unreadable, OptionPatterns.IsDuration(value.GetString()!) ? null : "a whole number and d, h, m or s, such as 7d"),
            OptionType.Moment => (Unreadable, IsMoment(value.GetString()!) ? null : "a date and time such as 2026-01-31T12:00:00Z"),
            OptionType.Switch => (Unreadable, null),
            _ => (Unreadable, OptionPatterns.Matches(option, value.GetString()!) ? null : option.PatternWords),
        };
        if (wanted is not null)
        {
            yield return new(Severity.Error, title, $"{subject} is {Shown(value)}, and must be {wanted}.", place);
        }
    }

    private const string Unreadable = "Not written as it should be";

    private static ValidationMessage Missing(string subject, CatalogItem item, CatalogOption option, string place) =>
        option.Type is OptionType.Texts or OptionType.Choices && RuleCatalog.Criteria.ContainsKey(item.Name)
            ? new(
                Severity.Error,
                $"{item.Name} compares with nothing",
                "The list of values is empty, so this criterion can never tell requests apart. Give at least one value.",
                place
            )
            : new(Severity.Error, "A value is missing", $"{subject} has no value, and {item.Name} cannot work without it. Fill it in.", place);

    /// <summary>Whether there is no content: null, white space, an array or an object without members.</summary>
    internal static bool IsEmpty(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.Null or JsonValueKind.Undefined => true,
            JsonValueKind.String => string.IsNullOrWhiteSpace(value.GetString()),
            JsonValueKind.Array => value.GetArrayLength() == 0,
            JsonValueKind.Object => value.GetPropertyCount() == 0,
            _ => false,
        };

    private static bool IsNumbers(CatalogOption option) => option.Default is { ValueKind: JsonValueKind.Number };

    private static string? OutsideWhole(CatalogOption option, JsonElement value) =>
        WholeNumber.Read(value) is { } whole ? Outside(option, whole)
        : !WholeNumber.IsOne(value) ? "a whole number"
        : Outside(option, value.GetRawText()[0] == '-' ? double.NegativeInfinity : double.PositiveInfinity) ?? "a whole number of at most 18 digits";

    private static string? Outside(CatalogOption option, double number) =>
        (number >= (option.Min ?? number)) && (number <= (option.Max ?? number))
            ? null
            : (option.Min, option.Max) switch
            {
                ({ } min, { } max) => string.Create(CultureInfo.InvariantCulture, $"between {min} and {max}"),
                ({ } min, null) => string.Create(CultureInfo.InvariantCulture, $"at least {min}"),
                _ => string.Create(CultureInfo.InvariantCulture, $"at most {option.Max}"),
            };

    private static bool IsMoment(string text) =>
        text.Length >= 10 && text[4] == '-' && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _);

    /// <summary>The choices as they are written, as many as fit in a sentence.</summary>
    private static string Choices(CatalogOption option)
    {
        const int many = 8;
        var values = option.Choices.Select(choice => choice.Value).ToList();
        return values.Count <= many
            ? $"one of {string.Join(", ", values)}"
            : $"one of {string.Join(", ", values.Take(many))} and {values.Count - many} others";
    }

    private static string Shown(JsonElement value)
    {
        const int longest = 80;
        var text = Describe.Plain(value);
        return text.Length <= longest ? $"\"{text}\"" : $"\"{text[..longest]}…\"";
    }
}
