namespace PropertyManager.Web.Features.Editor;

/// <summary>How the outline of the rules is shown. Rules are named by their JSON pointers.</summary>
/// <param name="Chosen">The rule that is read.</param>
/// <param name="Found">The rules that the search found.</param>
/// <param name="Shown">The rules that are shown; null when all are.</param>
/// <param name="Closed">The rules whose children are folded away, as long as nothing is searched for.</param>
/// <param name="LinkOf">The address that chooses a rule.</param>
public sealed record RuleTreeState(
    string Chosen,
    IReadOnlySet<string> Found,
    IReadOnlySet<string>? Shown,
    IReadOnlySet<string> Closed,
    Func<RuleNode, string> LinkOf
)
{
    /// <summary>Whether the rule is in the outline.</summary>
    public bool Shows(RuleNode node) => Shown?.Contains(node.Place) ?? true;

    /// <summary>Whether the rule's children are in the outline.</summary>
    public bool IsOpen(RuleNode node) => Shown is not null || !Closed.Contains(node.Place);
}
