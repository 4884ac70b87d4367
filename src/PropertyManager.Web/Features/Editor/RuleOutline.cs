using System.Text.Json;
using PropertyManager.Domain.Configuration;
using PropertyManager.Domain.Configuration.Catalog;
using PropertyManager.Web.Shell.Parts;

namespace PropertyManager.Web.Features.Editor;

/// <summary>A rule in the outline of a rule tree.</summary>
public sealed class RuleNode
{
    private RuleNode(Rule rule, string pointer, RuleNode? parent)
    {
        (Rule, Place, Parent) = (rule, pointer, parent);
        Children = [.. rule.Children.Select((child, i) => new RuleNode(child, $"{pointer}/children/{i}", this))];
        Below = Children.Sum(child => child.Below + 1);
    }

    public Rule Rule { get; }

    /// <summary>JSON pointer to the rule: <c>/rules/children/2</c>.</summary>
    public string Place { get; }

    /// <summary>The rule above; null for the default rule.</summary>
    public RuleNode? Parent { get; }

    /// <summary>The rules directly below, in the order they are applied.</summary>
    public IReadOnlyList<RuleNode> Children { get; }

    /// <summary>As shown.</summary>
    public string Name => Parent is null ? "Default Rule" : Rule.Name;

    /// <summary>How many rules there are below it, at any depth.</summary>
    public int Below { get; }

    /// <summary>The outline of a tree: its default rule, with all below it.</summary>
    public static RuleNode Of(RuleTree tree) => new(tree.Default, "/rules", parent: null);

    /// <summary>This node and all below it, in the order they are applied.</summary>
    public IEnumerable<RuleNode> All() => Children.SelectMany(child => child.All()).Prepend(this);

    /// <summary>The nodes above it, the default rule first.</summary>
    public IEnumerable<RuleNode> Above() => Parent is null ? [] : Parent.Above().Append(Parent);
}

/// <summary>What of a rule tree answers a search.</summary>
/// <param name="Text">What is searched for: found in names, comments, options and values, in words or as written. Empty finds nothing.</param>
public sealed record RuleSearch(string Text)
{
    /// <summary>The rule itself, not those below it, has the text somewhere.</summary>
    public bool Finds(Rule rule) =>
        Finds(rule.Name)
        || Finds(rule.Comments)
        || rule.Criteria.Any(Finds)
        || rule.Behaviors.Any(Finds)
        || rule.Variables.Any(fields => FindsIn(fields, item: null));

    /// <summary>The behavior has the text somewhere.</summary>
    public bool Finds(Behavior behavior) =>
        Finds(behavior.Name)
        || Finds(RuleCatalog.BehaviorLabel(behavior.Name))
        || FindsIn(behavior.Options, RuleCatalog.Behaviors.GetValueOrDefault(behavior.Name));

    /// <summary>The criterion has the text somewhere.</summary>
    public bool Finds(Criterion criterion) =>
        Finds(criterion.Name)
        || Finds(RuleCatalog.CriterionLabel(criterion.Name))
        || Finds(CriterionSentence.Of(criterion).ToString())
        || FindsIn(criterion.Options, RuleCatalog.Criteria.GetValueOrDefault(criterion.Name));

    private bool FindsIn(OptionSet options, CatalogItem? item) =>
        options.Any(option => FindsName(option.Key, item) || FindsIn(option.Key, option.Value, item));

    private bool FindsIn(string option, JsonElement value, CatalogItem? item) =>
        value.ValueKind switch
        {
            JsonValueKind.Object => value.EnumerateObject().Any(field => FindsName(field.Name, null) || FindsIn(field.Name, field.Value, null)),
            JsonValueKind.Array => value.EnumerateArray().Any(entry => FindsIn(option, entry, item)),
            _ when Finds(item?.Find(option)?.ChoiceOf(value)?.Label) => true,
            JsonValueKind.String => Finds(value.GetString()) || Finds(OptionWords.Value(option, value.GetString()!)),
            JsonValueKind.Number => Finds(value.GetRawText()),
            _ => false,
        };

    private bool FindsName(string option, CatalogItem? item) => Finds(option) || Finds(RuleCatalog.OptionLabel(item, option));

    private bool Finds(string? text) => Text.Length > 0 && text is not null && text.Contains(Text, StringComparison.OrdinalIgnoreCase);
}
