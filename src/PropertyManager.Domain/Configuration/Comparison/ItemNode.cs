using System.Text;
using System.Text.Json;

namespace PropertyManager.Domain.Configuration.Comparison;

/// <summary>A behavior, a criterion or a variable of one of the trees.</summary>
internal sealed class ItemNode : IPairable<ItemNode>
{
    private const string NameField = "name"; // of a variable

    // Most items have an equal in the other tree: they are never asked.
    private readonly Lazy<IReadOnlyList<int>> _features;

    /// <param name="item">As its author wrote it.</param>
    /// <param name="said">Those of its options that say something: by these it is compared.</param>
    /// <param name="index">Place in its list, from 0.</param>
    /// <param name="keys">Of the comparison.</param>
    public ItemNode(RuleItem item, OptionSet said, int index, Keys keys)
    {
        (Item, Said, Index) = (item, said, index);
        Name = keys.Of("n" + item.Name);
        var text = new StringBuilder("i").AppendName(item.Name);
        text.AppendFields(CanonicalText.Fields(said));
        text.AppendFields(CanonicalText.Fields(CanonicalText.WithoutGiven(item.Extra)));
        Whole = keys.Of(text.ToString());
        _features = new Lazy<IReadOnlyList<int>>(() =>
            [.. CanonicalText.Fields(said).Select(field => keys.Of($"o{field.Key}={CanonicalText.Of(field.Value)}"))]
        );
    }

    public RuleItem Item { get; }

    /// <summary>Those of its options that say something.</summary>
    public OptionSet Said { get; }

    /// <summary>Place in its list, from 0.</summary>
    public int Index { get; }

    /// <summary>Number of its name.</summary>
    public int Name { get; }

    /// <summary>Number of all it is.</summary>
    public int Whole { get; }

    public ItemNode? Match { get; set; }

    public IReadOnlyList<int> Features => _features.Value;

    public static IReadOnlyList<ItemNode> Criteria(Rule rule, Keys keys) =>
        [.. rule.Criteria.Select((item, i) => new ItemNode(new RuleItem(item.Name, item.Options, item.Extra), NormalOptions.Said(item), i, keys))];

    public static IReadOnlyList<ItemNode> Behaviors(Rule rule, Keys keys) =>
        [.. rule.Behaviors.Select((item, i) => new ItemNode(new RuleItem(item.Name, item.Options, item.Extra), NormalOptions.Said(item), i, keys))];

    public static IReadOnlyList<ItemNode> Variables(Rule rule, Keys keys) =>
        [.. rule.Variables.Select(OfVariable).Select((item, i) => new ItemNode(item, NormalOptions.SaidOfVariable(item.Options), i, keys))];

    /// <summary>A variable, taken apart into its name and the rest.</summary>
    public static RuleItem OfVariable(OptionSet variable) =>
        new(variable.Text(NameField) ?? "", new OptionSet(variable.Where(field => field.Key != NameField)), OptionSet.Empty);

    /// <summary>A variable, put together again.</summary>
    public static OptionSet AsVariable(RuleItem item) => new(item.Options.Prepend(new(NameField, JsonSerializer.SerializeToElement(item.Name))));
}
