using System.Text.Json;
using PropertyManager.Domain.Configuration.Catalog;
using PropertyManager.Domain.Configuration.Comparison;
using PropertyManager.Web.Shell.Parts;

namespace PropertyManager.Web.Features.Compare;

/// <summary>A line of what changed: an option, or anything else that has a name and a value.</summary>
/// <param name="Name">In words; of a field within an option, after the option's: "Content Provider Code › ID".</param>
/// <param name="Before">Null when it was not set, and no default is known.</param>
/// <param name="After">Null when it is not set any more, and no default is known.</param>
public sealed record OptionDelta(string Name, OptionValue? Before, OptionValue? After)
{
    /// <summary>Of two lists of which some stayed: what is new in it. The whole lists are not shown then.</summary>
    public IReadOnlyList<OptionValue> Added { get; init; } = [];

    /// <summary>Of two lists of which some stayed: what is gone from it.</summary>
    public IReadOnlyList<OptionValue> Removed { get; init; } = [];

    /// <summary>Said item by item: the lists are long, and most of them is as it was.</summary>
    public bool IsByItem => Added.Count + Removed.Count > 0;

    /// <summary>Of the items of the other list the one that looks the same; null when none does.</summary>
    public static OptionValue? Likeness(OptionValue item, IReadOnlyList<OptionValue> others) =>
        item.AsText is { } text ? others.FirstOrDefault(other => other.AsText is { } own && InvisibleSigns.LookTheSame(own, text)) : null;

    /// <summary>The lines of changed options.</summary>
    /// <param name="changes">What changed.</param>
    /// <param name="item">The behavior or criterion in the catalog whose options these are; null where it is not described.</param>
    public static IReadOnlyList<OptionDelta> Of(IEnumerable<OptionChange> changes, CatalogItem? item = null) =>
        [.. changes.SelectMany(change => Of("", change, item))];

    /// <summary>The line of a text: a name, comments.</summary>
    public static OptionDelta OfText(string name, string? before, string? after) => new(name, Text(before), Text(after));

    private static OptionValue? Text(string? text) =>
        string.IsNullOrEmpty(text) ? null : OptionValue.Of("text", JsonSerializer.SerializeToElement(text)); // as it was typed, not in words

    private static IEnumerable<OptionDelta> Of(string above, OptionChange change, CatalogItem? item)
    {
        var name = above + RuleCatalog.OptionLabel(item, change.Name);
        if (change is { Before: { ValueKind: JsonValueKind.Object } old, After: { ValueKind: JsonValueKind.Object } @new })
            return Fields(old, @new).SelectMany(field => Of(name + " › ", field, item: null));
        var line = new OptionDelta(name, Value(change.Name, change.Before, item), Value(change.Name, change.After, item));
        return [change is { Before: { } before, After: { } after } ? ByItem(line, change.Name, before, after, item) : line];
    }

    private static IEnumerable<OptionChange> Fields(JsonElement before, JsonElement after) =>
        before
            .EnumerateObject()
            .Concat(after.EnumerateObject())
            .Select(field => field.Name)
            .Distinct(StringComparer.Ordinal)
            .Select(name => new OptionChange(name, Find(before, name), Find(after, name)))
            .Where(field => !(IsNothing(field.Before) && IsNothing(field.After)))
            .Where(field => !(field is { Before: { } old, After: { } @new } && JsonElement.DeepEquals(old, @new)));

    private static bool IsNothing(JsonElement? value) =>
        value is not { } json
        || (json.ValueKind == JsonValueKind.Array && json.GetArrayLength() == 0)
        || (json.ValueKind == JsonValueKind.Object && json.EnumerateObject().All(field => IsNothing(field.Value)));

    private static JsonElement? Find(JsonElement json, string name) => json.TryGetProperty(name, out var value) ? value : null;

    private static OptionDelta ByItem(OptionDelta line, string option, JsonElement before, JsonElement after, CatalogItem? known)
    {
        if (before.ValueKind != JsonValueKind.Array || after.ValueKind != JsonValueKind.Array)
            return line;
        var (old, @new) = (before.EnumerateArray().ToList(), after.EnumerateArray().ToList());
        var added = @new.Where(item => !old.Exists(other => JsonElement.DeepEquals(item, other))).ToList();
        var removed = old.Where(item => !@new.Exists(other => JsonElement.DeepEquals(item, other))).ToList();
        return removed.Count == old.Count
            ? line
            : line with
            {
                Added = [.. added.Select(item => OptionValue.Of(option, item, known))],
                Removed = [.. removed.Select(item => OptionValue.Of(option, item, known))],
            };
    }

    private static OptionValue? Value(string option, JsonElement? value, CatalogItem? item) =>
        value is { } json ? OptionValue.Of(option, json, item) : OptionValue.Unset(option, item);
}
