using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using PropertyManager.Domain.Configuration;

namespace PropertyManager.Web.Features.Editor.Edit;

/// <summary>The rules of the version that is edited: choose, add, copy, delete, and move by dragging, by buttons or by Alt and the arrow keys.</summary>
public sealed partial class RuleTreeForm
{
    private RuleTree? _of;
    private IReadOnlyList<ValidationMessage>? _counted;
    private Dictionary<(string Rule, Severity Severity), int> _counts = [];
    private RuleNode _root = null!;
    private string? _dragged;
    private (string, int)? _over;

    [Parameter, EditorRequired]
    public required EditorSession Session { get; set; }

    /// <summary>JSON pointer to the chosen rule.</summary>
    [Parameter, EditorRequired]
    public required string Chosen { get; set; }

    [Parameter]
    public EventCallback<string> ChosenChanged { get; set; }

    /// <summary>What the validator says.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<ValidationMessage> Messages { get; set; }

    /// <summary>What is searched for: rules without it, and without it below them, are left out.</summary>
    [Parameter]
    public string Query { get; set; } = "";

    private bool IsDefault => Chosen == RuleTreeEdits.DefaultRule;

    private RuleTree Tree => Session.Content.Rules;

    protected override void OnParametersSet()
    {
        CountMessages();
        if (ReferenceEquals(_of, Tree))
            return;
        _of = Tree;
        _root = RuleNode.Of(Tree);
    }

    /// <summary>Messages of the rule itself: those of the rules below it stand there.</summary>
    private int CountOf(RuleNode node, Severity severity) => _counts.GetValueOrDefault((node.Place, severity));

    private void CountMessages()
    {
        if (ReferenceEquals(_counted, Messages))
            return;
        _counted = Messages;
        _counts = Messages
            .SelectMany(message => message.Places.Select(place => (place.Rule, message.Severity)))
            .CountBy(found => found)
            .ToDictionary();
    }

    private bool Shows(RuleNode node) =>
        Query.Length == 0
        || node.All().Any(one => new RuleSearch(Query).Finds(one.Rule) || one.Name.Contains(Query, StringComparison.OrdinalIgnoreCase));

    private static int IndexOf(RuleNode node) => RuleTreeEdits.ParentOf(node.Place)?.Index ?? 0;

    private Task Add()
    {
        var index = Tree.At(Chosen)?.Children.Count ?? 0;
        Session.Do("Add rule", tree => tree.Insert(Chosen, index, new Rule("New rule")));
        return ChosenChanged.InvokeAsync(RuleTreeEdits.Child(Chosen, index));
    }

    private Task Copy()
    {
        if (RuleTreeEdits.ParentOf(Chosen) is not var (parent, index) || Tree.At(Chosen) is not { } rule)
            return Task.CompletedTask;
        Session.Do("Copy rule", tree => tree.Insert(parent, index + 1, rule with { Name = $"{rule.Name} (copy)" }));
        return ChosenChanged.InvokeAsync(RuleTreeEdits.Child(parent, index + 1));
    }

    private Task Delete()
    {
        if (RuleTreeEdits.ParentOf(Chosen) is not var (parent, index))
            return Task.CompletedTask;
        Session.Do($"Delete {Tree.At(Chosen)?.Name}", tree => tree.Remove(Chosen));
        return ChosenChanged.InvokeAsync(index > 0 ? RuleTreeEdits.Child(parent, index - 1) : parent);
    }

    private Task Step(int by) =>
        RuleTreeEdits.ParentOf(Chosen) is var (parent, index) && index + by >= 0
            ? Move(Chosen, parent, by < 0 ? index - 1 : index + 2)
            : Task.CompletedTask;

    private Task Out() =>
        RuleTreeEdits.ParentOf(Chosen) is var (parent, _) && RuleTreeEdits.ParentOf(parent) is var (above, index)
            ? Move(Chosen, above, index + 1)
            : Task.CompletedTask;

    private Task In() =>
        RuleTreeEdits.ParentOf(Chosen) is var (parent, index) && index > 0
            ? Move(Chosen, RuleTreeEdits.Child(parent, index - 1), int.MaxValue)
            : Task.CompletedTask;

    private Task Key(KeyboardEventArgs key) =>
        (key.AltKey, key.Key) switch
        {
            (true, "ArrowUp") => Step(-1),
            (true, "ArrowDown") => Step(1),
            (true, "ArrowLeft") => Out(),
            (true, "ArrowRight") => In(),
            _ => Task.CompletedTask,
        };

    private Task Drop(string parent, int index)
    {
        var dragged = _dragged;
        EndDrag();
        return dragged is null || dragged == parent ? Task.CompletedTask : Move(dragged, parent, index);
    }

    private void EndDrag() => (_dragged, _over) = (null, null);

    private Task Move(string place, string parent, int index)
    {
        var stands = place;
        Session.Do(
            $"Move {Tree.At(place)?.Name}",
            tree =>
            {
                (tree, stands) = tree.Move(place, parent, index);
                return tree;
            }
        );
        return ChosenChanged.InvokeAsync(stands);
    }
}
