using System.Text.Json;

namespace PropertyManager.Domain.Configuration.Catalog;

/// <summary>
/// Rules as the catalog spells them, for whoever acts by their options: a choice that was written in another case is that choice, and a whole number
/// is written by its digits. What is kept, shown and compared stays as it was written.
/// </summary>
internal static class KnownSpelling
{
    /// <summary>The rule, without those below it, whose children stay as they are; the same instance where nothing is spelled otherwise.</summary>
    public static Rule Of(Rule rule)
    {
        var (criteria, behaviors) = (rule.Criteria, rule.Behaviors);
        var newCriteria = Changed(
            criteria,
            criterion =>
                Of(RuleCatalog.Criteria.GetValueOrDefault(criterion.Name), criterion.Options) is { } options
                    ? criterion with
                    {
                        Options = options,
                    }
                    : criterion
        );
        var newBehaviors = Changed(
            behaviors,
            behavior =>
                Of(RuleCatalog.Behaviors.GetValueOrDefault(behavior.Name), behavior.Options) is { } options
                    ? behavior with
                    {
                        Options = options,
                    }
                    : behavior
        );
        return newCriteria is null && newBehaviors is null
            ? rule
            : rule with
            {
                Criteria = newCriteria ?? criteria,
                Behaviors = newBehaviors ?? behaviors,
            };
    }

    /// <summary>Null where all of it stays the same, instance by instance.</summary>
    private static T[]? Changed<T>(IReadOnlyList<T> items, Func<T, T> spell)
        where T : class
    {
        T[]? changed = null;
        for (var i = 0; i < items.Count; i++)
        {
            var spelled = spell(items[i]);
            if (!ReferenceEquals(spelled, items[i]))
            {
                changed ??= [.. items];
                changed[i] = spelled;
            }
        }

        return changed;
    }

    /// <summary>Null where nothing is spelled otherwise, or the item is not described.</summary>
    private static OptionSet? Of(CatalogItem? item, OptionSet options)
    {
        if (item is null)
        {
            return null;
        }

        KeyValuePair<string, JsonElement>[]? changed = null;
        for (var i = 0; i < options.Count; i++)
        {
            if (item.Find(options[i].Key) is { } option && Of(option, options[i].Value) is { } value)
            {
                changed ??= [.. options];
                changed[i] = KeyValuePair.Create(options[i].Key, value);
            }
        }

        return changed is null ? null : new OptionSet(changed);
    }

    private static JsonElement? Of(CatalogOption option, JsonElement value) =>
        (option.Type, value.ValueKind) switch
        {
            (OptionType.Choice, JsonValueKind.String) => Choice(option, value),
            (OptionType.Choice or OptionType.Integer, JsonValueKind.Number) => Number(value),
            (OptionType.Choices, JsonValueKind.Array) => List(option, value),
            (OptionType.Object, JsonValueKind.Object) => Object(option, value),
            _ => null,
        };

    private static JsonElement? List(CatalogOption option, JsonElement list) =>
        list.EnumerateArray().Any(entry => Choice(option, entry) is not null)
            ? JsonElement.Parse($"[{string.Join(',', list.EnumerateArray().Select(entry => (Choice(option, entry) ?? entry).GetRawText()))}]")
            : null;

    // By its text, and not through a dictionary: an object may have a field twice, or a name that is no Unicode.
    private static JsonElement? Object(CatalogOption option, JsonElement value)
    {
        var isChanged = false;
        var fields = new List<string>();
        foreach (var field in value.EnumerateObject())
        {
            var known = option.Fields.FirstOrDefault(known => field.NameEquals(known.Name));
            var spelled = known is null ? null : Of(known, field.Value);
            isChanged |= spelled is not null;
            fields.Add(spelled is { } other ? $"\"{known!.Name}\":{other.GetRawText()}" : field.ToString());
        }

        return isChanged ? JsonElement.Parse($"{{{string.Join(',', fields)}}}") : null;
    }

    private static JsonElement? Choice(CatalogOption option, JsonElement value) =>
        value.ValueKind == JsonValueKind.String && option.ChoiceOf(value) is { } choice && choice.Value != value.GetString()
            ? JsonSerializer.SerializeToElement(choice.Value)
            : null;

    private static JsonElement? Number(JsonElement value) =>
        WholeNumber.Read(value) is { } number && WholeNumber.Plain(value) != value.GetRawText() ? JsonSerializer.SerializeToElement(number) : null;
}
