using PropertyManager.Domain.Configuration;
using PropertyManager.Web.Features.Editor.Edit;

namespace PropertyManager.Web.Tests.Editor.Edit;

public sealed class EditorSessionTests
{
    private readonly EditorSession _session = new(
        new PropertyVersionDocument(new RuleTree(new Rule("default")), [new("a.example", "a.example.edgekey.net")], "", "v2025-10-16"),
        revision: 3
    );

    private string Names => string.Join(' ', _session.Content.Rules.Rules().Select(placed => placed.Rule.Name));

    [Fact]
    public void Each_step_is_undone_and_done_again_by_its_name()
    {
        Add("one");
        Add("two");

        Assert.Equal(("default one two", "Add two", null), (Names, _session.UndoName, _session.RedoName));
        _session.Undo();
        Assert.Equal(("default one", "Add one", "Add two"), (Names, _session.UndoName, _session.RedoName));
        _session.Undo();
        Assert.Equal(("default", null, "Add one"), (Names, _session.UndoName, _session.RedoName));
        Assert.False(_session.IsChanged);
        _session.Redo();
        _session.Redo();
        Assert.Equal(("default one two", "Add two", null), (Names, _session.UndoName, _session.RedoName));
    }

    [Fact]
    public void Letters_in_one_field_are_one_step_and_those_of_another_are_another()
    {
        Type("comments", "a", "ab", "abc");
        Type("name", "x", "xy");
        Type("comments", "abcd");

        Assert.Equal("abcd", _session.Content.Rules.Default.Comments);
        _session.Undo();
        Assert.Equal("xy", _session.Content.Rules.Default.Comments);
        _session.Undo();
        Assert.Equal("abc", _session.Content.Rules.Default.Comments);
        _session.Undo();
        Assert.Null(_session.Content.Rules.Default.Comments);
    }

    [Fact]
    public void What_changes_nothing_is_no_step_and_a_new_step_ends_what_could_be_done_again()
    {
        _session.Do("Nothing", (RuleTree tree) => tree);
        Assert.Null(_session.UndoName);

        Add("one");
        _session.Undo();
        Add("two");

        Assert.Null(_session.RedoName);
        Assert.Equal("default two", Names);
    }

    [Fact]
    public void Json_that_cannot_be_read_is_kept_as_text_and_the_rules_stay()
    {
        Add("one");

        var problems = _session.Type("{ \"rules\": {");

        Assert.NotEmpty(problems);
        Assert.Equal(("{ \"rules\": {", "default one"), (_session.Unread, Names));
        Assert.True(_session.IsChanged);
        Assert.Empty(_session.Type(RuleTreeJson.Write(new RuleTree(new Rule("default") { Children = [new Rule("typed")] }))));
        Assert.Equal((null, "default typed", "Edit as JSON"), (_session.Unread, Names, _session.UndoName));
        _session.Undo();
        Assert.Equal("default one", Names);
    }

    [Fact]
    public void Text_that_cannot_be_read_comes_back_when_discarding_it_is_undone()
    {
        _session.Type("{ broken");

        _session.Discard();
        Assert.Equal((null, false, "Discard all changes"), (_session.Unread, _session.IsChanged, _session.UndoName));
        _session.Undo();
        Assert.Equal(("{ broken", true), (_session.Unread, _session.IsChanged));
        _session.Redo();
        Assert.Null(_session.Unread);
    }

    [Fact]
    public void Json_that_says_the_same_is_no_step()
    {
        _session.Type(RuleTreeJson.Write(_session.Content.Rules) + "\n\n");

        Assert.Null(_session.UndoName);
        Assert.False(_session.IsChanged);
    }

    [Fact]
    public void What_is_typed_while_it_is_saved_is_still_to_be_saved()
    {
        Add("one");
        var content = _session.Content;
        Add("two");

        _session.Save(content, 4);

        Assert.True(_session.IsChanged);
        Assert.Equal(4, _session.Revision);
        _session.Undo();
        Assert.False(_session.IsChanged);
    }

    [Fact]
    public void Discarded_changes_come_back_by_undo()
    {
        Add("one");

        _session.Discard();
        Assert.Equal(("default", false), (Names, _session.IsChanged));
        _session.Undo();
        Assert.Equal("default one", Names);
    }

    [Fact]
    public void What_somebody_else_saved_is_taken_over_with_its_revision()
    {
        Add("mine");
        var theirs = _session.Saved with { Note = "theirs" };

        _session.TakeOver(theirs, 7, theirs);

        Assert.Equal((7, "theirs", false), (_session.Revision, _session.Content.Note, _session.IsChanged));
        _session.Undo();
        Assert.Equal("default mine", Names);
        Assert.True(_session.IsChanged);
    }

    [Fact]
    public void Whoever_watches_is_told_of_each_change()
    {
        var told = 0;
        _session.Changed += () => told++;

        Add("one");
        _session.Undo();
        _session.Redo();
        _session.Type("{");

        Assert.Equal(4, told);
    }

    private void Add(string name) => _session.Do($"Add {name}", tree => tree.Insert(RuleTreeEdits.DefaultRule, int.MaxValue, new Rule(name)));

    private void Type(string field, params string[] texts)
    {
        foreach (var text in texts)
            _session.Do("Type", tree => tree.Change(RuleTreeEdits.DefaultRule, rule => rule with { Comments = text }), field);
    }
}
