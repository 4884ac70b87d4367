namespace PropertyManager.Domain.Configuration.Validation;

/// <summary>A rule with what stands above it.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Pointer">JSON pointer of the rule.</param>
/// <param name="Path">Its name and those above it: "default / Static images".</param>
/// <param name="Above">The rule it stands in; null for the default rule.</param>
internal sealed record RulePlace(Rule Rule, string Pointer, string Path, RulePlace? Above)
{
    /// <summary>The default rule and all below it, in the order they are applied.</summary>
    public static List<RulePlace> All(RuleTree tree)
    {
        var places = new List<RulePlace>();
        var open = new Stack<RulePlace>([new RulePlace(tree.Default, "/rules", tree.Default.Name, null)]);
        while (open.TryPop(out var place))
        {
            places.Add(place);
            for (var i = place.Rule.Children.Count - 1; i >= 0; i--)
            {
                var child = place.Rule.Children[i];
                open.Push(new RulePlace(child, $"{place.Pointer}/children/{i}", $"{place.Path} / {child.Name}", place));
            }
        }

        return places;
    }

    /// <summary>The rule itself and those above it, up to the default rule.</summary>
    public IEnumerable<RulePlace> Upwards()
    {
        for (var place = this; place is not null; place = place.Above)
        {
            yield return place;
        }
    }
}
