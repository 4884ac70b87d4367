using System.Text.Json;

namespace PropertyManager.Domain.Configuration.Comparison;

/// <summary>A value that is another one now.</summary>
public readonly record struct Changed<T>(T Before, T After);

/// <summary>An option that was set, unset or set otherwise.</summary>
/// <param name="Name">As in the JSON.</param>
/// <param name="Before">Null when it was not there.</param>
/// <param name="After">Null when it is not there any more.</param>
public readonly record struct OptionChange(string Name, JsonElement? Before, JsonElement? After);

/// <summary>A behavior, a criterion or a variable: what has a place in a list of a rule.</summary>
/// <param name="Name">Which behavior or criterion it is; of a variable, its own name.</param>
/// <param name="Options">Its settings; of a variable, the fields beside its name.</param>
/// <param name="Extra">Fields beside name and options; a variable has none.</param>
public sealed record RuleItem(string Name, OptionSet Options, OptionSet Extra);

/// <summary>What happened to a behavior, a criterion or a variable.</summary>
/// <param name="Before">As it was; null when it was added.</param>
/// <param name="After">As it is now; null when it was removed.</param>
public sealed record ItemChange(Placed<RuleItem>? Before, Placed<RuleItem>? After)
{
    /// <summary>It was not there before.</summary>
    public bool IsAdded => Before is null;

    /// <summary>It is not there any more.</summary>
    public bool IsRemoved => After is null;

    /// <summary>It stands elsewhere among those that are in both.</summary>
    public bool IsMoved { get; init; }

    /// <summary>Options that changed; none when it was added or removed.</summary>
    public IReadOnlyList<OptionChange> Options { get; init; } = [];

    /// <summary>Fields beside name and options that changed; none when it was added or removed.</summary>
    public IReadOnlyList<OptionChange> Extra { get; init; } = [];

    /// <summary>It is set otherwise than it was.</summary>
    public bool IsChanged => Options.Count > 0 || Extra.Count > 0;

    /// <summary>As it is now; as it was when it was removed.</summary>
    public RuleItem Item => (After ?? Before)!.Value.Item;
}

/// <summary>Something and its place in a list.</summary>
/// <param name="Item">What stands there.</param>
/// <param name="Index">From 0.</param>
public readonly record struct Placed<T>(T Item, int Index);

/// <summary>Where a rule stands in one of the trees.</summary>
/// <param name="Pointer">JSON pointer (RFC 6901) into the tree as it is written: <c>/rules/children/0</c>.</param>
/// <param name="Above">Names of the rules above it, the default rule's first; empty for the default rule.</param>
/// <param name="Rule">The rule, with all below it.</param>
public sealed record RulePlace(string Pointer, IReadOnlyList<string> Above, Rule Rule)
{
    /// <summary>Its place among its siblings, from 0; 0 for the default rule.</summary>
    public int Index { get; init; }

    /// <summary>Pointer of the rule above; null for the default rule.</summary>
    public string? Parent { get; init; }
}

/// <summary>
/// What happened to one rule, by itself: the rules in it have changes of their own. A rule can be moved, renamed and changed at once.
/// </summary>
/// <param name="Before">Where it was; null when it was added.</param>
/// <param name="After">Where it is now; null when it was removed.</param>
public sealed record RuleChange(RulePlace? Before, RulePlace? After)
{
    /// <summary>It was not there before.</summary>
    public bool IsAdded => Before is null;

    /// <summary>It is not there any more.</summary>
    public bool IsRemoved => After is null;

    /// <summary>It stands below another rule, or elsewhere among the siblings that are in both.</summary>
    public bool IsMoved { get; init; }

    /// <summary>Its name, where it has another.</summary>
    public Changed<string>? Name { get; init; }

    /// <summary>Its comments, where they are others; null and empty are the same.</summary>
    public Changed<string?>? Comments { get; init; }

    /// <summary>Whether one criterion is enough, where that changed.</summary>
    public Changed<CriteriaMustSatisfy>? CriteriaMustSatisfy { get; init; }

    /// <summary>Criteria that were added, removed, moved or changed.</summary>
    public IReadOnlyList<ItemChange> Criteria { get; init; } = [];

    /// <summary>Behaviors that were added, removed, moved or changed.</summary>
    public IReadOnlyList<ItemChange> Behaviors { get; init; } = [];

    /// <summary>Variables that were added, removed, moved or changed.</summary>
    public IReadOnlyList<ItemChange> Variables { get; init; } = [];

    /// <summary>Options of the rule that changed.</summary>
    public IReadOnlyList<OptionChange> Options { get; init; } = [];

    /// <summary>Fields that this program has no use for and that changed; never one that the service gives.</summary>
    public IReadOnlyList<OptionChange> Extra { get; init; } = [];

    /// <summary>What it does, or what is said of it, is not what it was: anything but its name and its place.</summary>
    public bool IsChanged =>
        Comments is not null
        || CriteriaMustSatisfy is not null
        || Criteria.Count + Behaviors.Count + Variables.Count + Options.Count + Extra.Count > 0;

    /// <summary>Where it is now; where it was when it was removed.</summary>
    public RulePlace Place => (After ?? Before)!;
}
