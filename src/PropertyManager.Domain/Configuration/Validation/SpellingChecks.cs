using System.Globalization;
using System.Text.Json;
using PropertyManager.Domain.Configuration.Catalog;

namespace PropertyManager.Domain.Configuration.Validation;

/// <summary>Choices that are written in another case than the catalog's. They are taken as meant; programs that compare letter by letter would not do so.</summary>
internal static class SpellingChecks
{
    /// <summary>A warning for each, of the options that are on the form; in the order of the form.</summary>
    /// <param name="item">The behavior or criterion in the catalog.</param>
    /// <param name="options">What it is set to, as it was written.</param>
    /// <param name="pointer">Where it stands.</param>
    public static IEnumerable<ValidationMessage> Of(CatalogItem item, OptionSet options, string pointer) =>
        item
            .Options.Where(option => option.Choices.Count > 0 && RuleCatalog.IsShown(option, options))
            .SelectMany(option =>
                OfOption($"{item.Label}: {option.Label}", option, options.Find(option.Name), $"{pointer}/options/{JsonPath.Escape(option.Name)}")
            );

    private static IEnumerable<ValidationMessage> OfOption(string subject, CatalogOption option, JsonElement? value, string place) =>
        (option.Type, value) switch
        {
            (OptionType.Choice, { ValueKind: JsonValueKind.String } text) => OfText(subject, option, text, place),
            (OptionType.Choices, { ValueKind: JsonValueKind.Array } list) => list.EnumerateArray()
                .SelectMany((entry, i) => OfText(subject, option, entry, $"{place}/{i.ToString(CultureInfo.InvariantCulture)}")),
            _ => [],
        };

    private static IEnumerable<ValidationMessage> OfText(string subject, CatalogOption option, JsonElement text, string place) =>
        text.ValueKind == JsonValueKind.String && option.ChoiceOf(text) is { } choice && choice.Value != text.GetString()
            ?
            [
                new(
                    Severity.Warning,
                    "A choice in another case",
                    $"{subject} is \"{text.GetString()}\", which is taken as {choice.Value}: that is how the choice is spelled.",
                    place
                )
                {
                    Criteria = ValidationMessage.NoRequest,
                },
            ]
            : [];
}
