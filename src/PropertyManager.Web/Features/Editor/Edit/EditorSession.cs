using System.Diagnostics.CodeAnalysis;
using PropertyManager.Domain.Configuration;

namespace PropertyManager.Web.Features.Editor.Edit;

/// <summary>
/// One person's editing of one version: what it says now, the steps that led there, and the text of the JSON view where that cannot be read yet.
/// Every change goes through <see cref="Do(string, Func{PropertyVersionDocument, PropertyVersionDocument}, string?)"/>.
/// </summary>
public sealed class EditorSession(PropertyVersionDocument saved, int revision)
{
    /// <summary>Steps that can be undone, at most; older ones are forgotten.</summary>
    private const int MaxSteps = 500;

    private readonly LinkedList<Step> _done = new();
    private readonly Stack<Step> _undone = new();

    /// <summary>Something changed: the content, or what can be undone.</summary>
    [SuppressMessage("Design", "MA0046", Justification = "Whoever listens has the session, and there is nothing more to say.")]
    public event Action? Changed;

    /// <summary>As it was saved last, or as somebody else saved it and it was taken over.</summary>
    public PropertyVersionDocument Saved { get; private set; } = saved;

    /// <summary>The revision of <see cref="Saved"/>.</summary>
    public int Revision { get; private set; } = revision;

    /// <summary>As it is now.</summary>
    public PropertyVersionDocument Content { get; private set; } = saved;

    /// <summary>What stands in the JSON view and cannot be read yet; null when it can. It is not part of what is saved.</summary>
    public string? Unread { get; private set; }

    /// <summary>What would be undone: "Add Caching". Null when nothing can be.</summary>
    public string? UndoName => _done.Last?.Value.Name;

    /// <summary>What would be done again; null when nothing can be.</summary>
    public string? RedoName => _undone.TryPeek(out var step) ? step.Name : null;

    /// <summary>There is something to save, or to lose.</summary>
    public bool IsChanged => Unread is not null || !ReferenceEquals(Content, Saved);

    /// <summary>Changes the content; a step that can be undone.</summary>
    /// <param name="name">What it does, in words: "Add Caching".</param>
    /// <param name="change">Gives the new content; the same object where there is nothing to change.</param>
    /// <param name="field">
    /// Where somebody types, the place of the field: letters that follow one another there are one step. Null for a step of its own.
    /// </param>
    public void Do(string name, Func<PropertyVersionDocument, PropertyVersionDocument> change, string? field = null)
    {
        ArgumentNullException.ThrowIfNull(change);
        var content = change(Content);
        if (ReferenceEquals(content, Content))
            return;
        if (field is null || _done.Last?.Value.Field != field)
        {
            _done.AddLast(new Step(name, field, Content, Unread));
            if (_done.Count > MaxSteps)
                _done.RemoveFirst();
        }
        _undone.Clear();
        Content = content;
        Changed?.Invoke();
    }

    /// <summary>Changes the rules; a step that can be undone.</summary>
    public void Do(string name, Func<RuleTree, RuleTree> change, string? field = null) =>
        Do(
            name,
            content =>
            {
                var rules = change(content.Rules);
                return ReferenceEquals(rules, content.Rules) ? content : content with { Rules = rules };
            },
            field
        );

    public void Undo()
    {
        if (_done.Last is not { Value: var step })
            return;
        _done.RemoveLast();
        _undone.Push(step with { Content = Content, Unread = Unread, Field = null });
        (Content, Unread) = (step.Content, step.Unread);
        Changed?.Invoke();
    }

    public void Redo()
    {
        if (!_undone.TryPop(out var step))
            return;
        _done.AddLast(step with { Content = Content, Unread = Unread });
        (Content, Unread) = (step.Content, step.Unread);
        Changed?.Invoke();
    }

    /// <summary>What was typed into the JSON view: rules where it can be read, kept as text where it cannot.</summary>
    /// <returns>What stands in the way; empty when it was taken over.</returns>
    public IReadOnlyList<ConfigurationProblem> Type(string json)
    {
        var parsed = RuleTreeJson.Parse(json);
        Unread = parsed.Succeeded ? null : json;
        if (parsed.Value is { } rules)
            Do(
                "Edit as JSON",
                content => RuleTreeJson.Write(content.Rules) == RuleTreeJson.Write(rules) ? content : content with { Rules = rules },
                "json"
            );
        Changed?.Invoke();
        return parsed.Problems;
    }

    /// <summary>It is saved: what is edited now starts there. What was done can still be undone.</summary>
    /// <param name="content">What was saved; more may have been typed since.</param>
    /// <param name="revision">Its revision.</param>
    public void Save(PropertyVersionDocument content, int revision)
    {
        (Saved, Revision) = (content, revision);
        Changed?.Invoke();
    }

    /// <summary>Goes on from what somebody else saved.</summary>
    /// <param name="theirs">What they saved.</param>
    /// <param name="revision">Its revision.</param>
    /// <param name="content">What is edited from now on: theirs, or theirs with one's own changes.</param>
    public void TakeOver(PropertyVersionDocument theirs, int revision, PropertyVersionDocument content)
    {
        (Saved, Revision) = (theirs, revision);
        Replace("Take over what was saved meanwhile", content);
    }

    /// <summary>Puts back what an earlier session left.</summary>
    public void Restore(PropertyVersionDocument content, string? unread)
    {
        Content = content;
        Unread = unread;
        Changed?.Invoke();
    }

    /// <summary>Drops all changes; a step that can be undone.</summary>
    public void Discard() => Replace("Discard all changes", Saved);

    /// <summary>Another content, and no text that cannot be read; a step, also where only that text goes.</summary>
    private void Replace(string name, PropertyVersionDocument content)
    {
        if (Unread is null)
        {
            Do(name, _ => content);
            Changed?.Invoke();
            return;
        }
        _done.AddLast(new Step(name, Field: null, Content, Unread));
        _undone.Clear();
        (Content, Unread) = (content, null);
        Changed?.Invoke();
    }

    private sealed record Step(string Name, string? Field, PropertyVersionDocument Content, string? Unread);
}
