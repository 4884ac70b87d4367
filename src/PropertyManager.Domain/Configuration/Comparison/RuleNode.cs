namespace PropertyManager.Domain.Configuration.Comparison;

/// <summary>A rule of one of the trees, with what it is compared by.</summary>
internal sealed class RuleNode : IPairable<RuleNode>
{
    // Most rules have an equal in the other tree: they are never asked.
    private readonly Lazy<IReadOnlyList<int>> _features;

    private RuleNode(Rule rule, RuleNode? parent, int index, Keys keys)
    {
        (Rule, Parent, Index) = (rule, parent, index);
        Pointer = parent is null ? "/rules" : $"{parent.Pointer}/children/{index}";
        Criteria = ItemNode.Criteria(rule, keys);
        Behaviors = ItemNode.Behaviors(rule, keys);
        Variables = ItemNode.Variables(rule, keys);
        Children = [.. rule.Children.Select((child, i) => new RuleNode(child, this, i, keys))];

        Size = Children.Sum(child => child.Size) + 1;

        Name = keys.Of("n" + rule.Name);
        var fields = new ItemNode(new RuleItem("", rule.Options, rule.Extra), NormalOptions.SaidOfRule(rule.Options), 0, keys);
        var comments = keys.Of("t" + rule.Comments);
        Own = keys.Of($"r{(int)rule.CriteriaMustSatisfy},{comments},{fields.Whole}[{Wholes(Criteria)}][{Wholes(Behaviors)}][{Wholes(Variables)}]");
        NamedOwn = keys.Of($"s{Name},{Own}");
        Whole = keys.Of($"w{NamedOwn}[{string.Join(',', Children.Select(child => child.Whole))}]");
        _features = new Lazy<IReadOnlyList<int>>(() =>
            [
                .. FeaturesOf("c", Criteria)
                    .Concat(FeaturesOf("b", Behaviors))
                    .Concat(Children.SelectMany(child => new[] { $"k{child.Name}", $"K{child.Whole}" }))
                    .Distinct(StringComparer.Ordinal)
                    .Select(keys.Of),
            ]
        );
    }

    public Rule Rule { get; }

    public RuleNode? Parent { get; }

    /// <summary>Place among its siblings, from 0.</summary>
    public int Index { get; }

    public string Pointer { get; }

    public IReadOnlyList<ItemNode> Criteria { get; }

    public IReadOnlyList<ItemNode> Behaviors { get; }

    public IReadOnlyList<ItemNode> Variables { get; }

    public IReadOnlyList<RuleNode> Children { get; }

    /// <summary>How many rules it is, with all below it.</summary>
    public int Size { get; }

    /// <summary>Number of its name.</summary>
    public int Name { get; }

    /// <summary>Number of what it is, without its name and the rules in it.</summary>
    public int Own { get; }

    /// <summary>Number of what it is, without the rules in it.</summary>
    public int NamedOwn { get; }

    /// <summary>Number of all it is.</summary>
    public int Whole { get; }

    /// <summary>It has criteria or behaviors: equal ones are the same rule more likely than by chance.</summary>
    public bool HasItems => Criteria.Count + Behaviors.Count > 0;

    public RuleNode? Match { get; set; }

    /// <summary>Each criterion, behavior and rule in it counts twice: by its name, and with all it is.</summary>
    public IReadOnlyList<int> Features => _features.Value;

    /// <summary>The default rule of a tree.</summary>
    public static RuleNode Of(RuleTree tree, Keys keys) => new(tree.Default, parent: null, 0, keys);

    /// <summary>This rule and all below it, in the order they are applied.</summary>
    public IEnumerable<RuleNode> All() => Children.SelectMany(child => child.All()).Prepend(this);

    /// <summary>As a comparison names its place.</summary>
    public RulePlace Place() => new(Pointer, [.. Above().Reverse()], Rule) { Index = Index, Parent = Parent?.Pointer };

    private IEnumerable<string> Above()
    {
        for (var above = Parent; above is not null; above = above.Parent)
        {
            yield return above.Rule.Name;
        }
    }

    private static string Wholes(IEnumerable<ItemNode> items) => string.Join(',', items.Select(item => item.Whole));

    private static IEnumerable<string> FeaturesOf(string list, IEnumerable<ItemNode> items) =>
        items.SelectMany(item => new[] { $"{list}{item.Name}", $"{list}+{item.Whole}" });
}
