namespace PropertyManager.Domain.Configuration.Comparison;

/// <summary>Makes the changes of a comparison on the tree before.</summary>
internal sealed class ChangeApplier
{
    private readonly Dictionary<string, RuleChange> _from;
    private readonly ILookup<string, RuleChange> _arrivals;

    /// <param name="changes">Of a whole tree.</param>
    public ChangeApplier(IReadOnlyList<RuleChange> changes)
    {
        _from = changes.Where(change => !change.IsAdded).ToDictionary(change => change.Before!.Pointer, StringComparer.Ordinal);
        _arrivals = changes.Where(change => change.IsAdded || change.IsMoved).ToLookup(change => change.After!.Parent!, StringComparer.Ordinal);
    }

    /// <summary>The default rule after, with all below it.</summary>
    public Rule Apply(Rule before)
    {
        var places = new RuleTree(before).Rules().ToDictionary(placed => placed.Pointer, placed => placed.Rule, StringComparer.Ordinal);
        if (_from.Values.FirstOrDefault(change => places.GetValueOrDefault(change.Before!.Pointer)?.Name != change.Before!.Rule.Name) is { } lost)
        {
            throw new ArgumentException(
                $"The changes are of another tree: it has no rule \"{lost.Before!.Rule.Name}\" at {lost.Before.Pointer}.",
                nameof(before)
            );
        }

        return Build(places, "/rules", "/rules");
    }

    // Built along the tree after: under each rule are those that stayed there, in their order, and at their places those that came.
    private Rule Build(Dictionary<string, Rule> places, string before, string after)
    {
        var rule = places[before];
        var stayed = Enumerable
            .Range(0, rule.Children.Count)
            .Select(i => $"{before}/children/{i}")
            .Where(pointer => !_from.TryGetValue(pointer, out var change) || !(change.IsRemoved || change.IsMoved));
        var edited = _from.TryGetValue(before, out var own) ? Edit(rule, own) : rule;
        return edited with { Children = Children(places, after, stayed) };
    }

    private List<Rule> Children(Dictionary<string, Rule> places, string after, IEnumerable<string> stayed)
    {
        var origins = new List<(string? Before, RuleChange? Change)>(stayed.Select(pointer => ((string?)pointer, (RuleChange?)null)));
        foreach (var arrival in _arrivals[after].OrderBy(change => change.After!.Index))
        {
            origins.Insert(arrival.After!.Index, (arrival.Before?.Pointer, arrival));
        }

        return
        [
            .. origins.Select(
                (origin, i) =>
                    origin.Before is { } pointer
                        ? Build(places, pointer, $"{after}/children/{i}")
                        : origin.Change!.After!.Rule with
                        {
                            Children = Children(places, $"{after}/children/{i}", []),
                        }
            ),
        ];
    }

    private static Rule Edit(Rule rule, RuleChange change) =>
        rule with
        {
            Name = change.Name?.After ?? rule.Name,
            Comments = change.Comments is { } comments ? comments.After : rule.Comments,
            CriteriaMustSatisfy = change.CriteriaMustSatisfy?.After ?? rule.CriteriaMustSatisfy,
            Criteria = Edit(
                rule.Criteria,
                change.Criteria,
                item => new RuleItem(item.Name, item.Options, item.Extra),
                item => new Criterion(item.Name, item.Options) { Extra = item.Extra }
            ),
            Behaviors = Edit(
                rule.Behaviors,
                change.Behaviors,
                item => new RuleItem(item.Name, item.Options, item.Extra),
                item => new Behavior(item.Name, item.Options) { Extra = item.Extra }
            ),
            Variables = Edit(rule.Variables, change.Variables, ItemNode.OfVariable, ItemNode.AsVariable),
            Options = Edit(rule.Options, change.Options),
            Extra = Edit(rule.Extra, change.Extra),
        };

    private static IReadOnlyList<T> Edit<T>(
        IReadOnlyList<T> items,
        IReadOnlyList<ItemChange> changes,
        Func<T, RuleItem> open,
        Func<RuleItem, T> close
    )
    {
        if (changes.Count == 0)
        {
            return items;
        }

        var from = changes.Where(change => !change.IsAdded).ToDictionary(change => change.Before!.Value.Index);
        var edited = items.Select((item, i) => from.TryGetValue(i, out var change) ? close(Edit(open(item), change)) : item).ToList();
        var result = edited.Where((_, i) => !from.TryGetValue(i, out var change) || !(change.IsRemoved || change.IsMoved)).ToList();
        foreach (var change in changes.Where(change => change.IsAdded || change.IsMoved).OrderBy(change => change.After!.Value.Index))
        {
            var (item, index) = change.After!.Value;
            result.Insert(index, change.IsAdded ? close(item) : edited[change.Before!.Value.Index]);
        }

        return result;
    }

    private static RuleItem Edit(RuleItem item, ItemChange change) =>
        item with
        {
            Options = Edit(item.Options, change.Options),
            Extra = Edit(item.Extra, change.Extra),
        };

    // Changed options keep their place; new ones follow.
    private static OptionSet Edit(OptionSet fields, IReadOnlyList<OptionChange> changes)
    {
        if (changes.Count == 0)
        {
            return fields;
        }

        var after = changes.ToDictionary(change => change.Name, change => change.After, StringComparer.Ordinal);
        return new OptionSet(
            fields
                .Select(field => (field.Key, Value: after.TryGetValue(field.Key, out var value) ? value : field.Value))
                .Concat(changes.Where(change => fields.Find(change.Name) is null).Select(change => (Key: change.Name, Value: change.After)))
                .Where(field => field.Value is not null)
                .Select(field => KeyValuePair.Create(field.Key, field.Value!.Value))
        );
    }
}
