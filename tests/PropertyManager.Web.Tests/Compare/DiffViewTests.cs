using AngleSharp.Dom;
using Bunit;
using PropertyManager.Web.Features.Compare;

namespace PropertyManager.Web.Tests.Compare;

/// <summary>The view over 30 lines: line 10 is changed, line 20 removed, two lines are added after the last.</summary>
public sealed class DiffViewTests : BunitContext
{
    private static readonly string[] Numbered = [.. Enumerable.Range(1, 30).Select(i => $"<line id=\"{i}\" on=\"yes\"/>\n")];

    private static readonly string Before = string.Concat(Numbered);

    private static readonly string After =
        string.Concat([.. Numbered[..9], "<line id=\"10\" on=\"no\"/>\n", .. Numbered[10..19], .. Numbered[20..]]) + "<one/>\n<two/>\n";

    public DiffViewTests()
    {
        JSInterop.Mode = JSRuntimeMode.Loose;
        JSInterop.SetupModule("./diff.js").Mode = JSRuntimeMode.Loose;
    }

    [Fact]
    public void Equal_texts_say_that_there_are_no_differences()
    {
        var view = Render<DiffView>(p =>
            p.Add(v => v.Before, Before).Add(v => v.After, Before).Add(v => v.BeforeTitle, "v1").Add(v => v.AfterTitle, "v2")
        );

        Assert.Equal("No differences", view.Find("section").TextContent.Trim());
        Assert.Empty(view.FindAll("button"));
    }

    [Fact]
    public void Counts_stand_above_the_lines()
    {
        Assert.Equal("3 changes, 2 lines added, 1 removed, 1 changed", Show(DiffMode.SideBySide).Find(".counts").TextContent);
    }

    [Fact]
    public void Side_by_side_puts_a_changed_line_beside_what_it_was()
    {
        var row = Show(DiffMode.SideBySide).FindAll(".row").Single(r => r.QuerySelector("del") is not null && r.QuerySelector("ins") is not null);

        Assert.Equal(["10", "10"], row.QuerySelectorAll(".number").Select(n => n.TextContent), StringComparer.Ordinal);
        Assert.Equal("<line id=\"10\" on=\"yes\"/>", TextOf(row, "del"));
        Assert.Equal("<line id=\"10\" on=\"no\"/>", TextOf(row, "ins"));
        Assert.Equal(["yes", "no"], row.QuerySelectorAll("mark").Select(m => m.TextContent), StringComparer.Ordinal);
        Assert.Equal(["Removed", "Added"], row.QuerySelectorAll("[role=img]").Select(s => s.GetAttribute("aria-label")), StringComparer.Ordinal);
    }

    [Fact]
    public void Inline_puts_removed_lines_above_added_ones()
    {
        var rows = Show(DiffMode.Inline).FindAll(".row").Where(r => r.QuerySelector("del, ins") is not null).ToList();

        Assert.Equal(["DEL", "INS", "DEL", "INS", "INS"], rows.Select(r => r.QuerySelector("del, ins")!.NodeName), StringComparer.Ordinal);
        Assert.Equal(["10|", "|10", "20|", "|30", "|31"], rows.Select(Numbers), StringComparer.Ordinal);
    }

    [Fact]
    public void Unchanged_stretches_fold_but_for_three_lines_around_a_change()
    {
        var view = Show(DiffMode.Inline);

        Assert.Equal(
            ["… 6 unchanged lines", "… 3 unchanged lines", "… 4 unchanged lines"],
            view.FindAll(".unfold").Select(button => button.TextContent),
            StringComparer.Ordinal
        );
        Assert.Equal(
            ["7|7", "8|8", "9|9", "10|", "|10", "11|11", "12|12", "13|13"],
            view.FindAll(".row").Skip(1).Take(8).Select(Numbers),
            StringComparer.Ordinal
        );
    }

    [Fact]
    public void A_fold_opens_on_a_click_and_stays_open_in_the_other_mode()
    {
        var view = Show(DiffMode.SideBySide);

        view.FindAll(".unfold")[1].Click();
        Assert.Equal(
            ["… 6 unchanged lines", "… 4 unchanged lines"],
            view.FindAll(".unfold").Select(button => button.TextContent),
            StringComparer.Ordinal
        );
        Assert.Contains(view.FindAll(".row"), row => Numbers(row) == "15|15");

        view.Render(p => p.Add(v => v.Mode, DiffMode.Inline));
        Assert.Equal(2, view.FindAll(".unfold").Count);
    }

    [Fact]
    public void Other_texts_fold_again()
    {
        var view = Show(DiffMode.SideBySide);
        view.Find(".unfold").Click();

        view.Render(p => p.Add(v => v.After, After + "<three/>\n"));

        Assert.Equal(3, view.FindAll(".unfold").Count);
        Assert.StartsWith("3 changes, 3 lines added", view.Find(".counts").TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, "next", 1)]
    [InlineData(0, "previous", 3)]
    [InlineData(1, "next", 2)]
    [InlineData(3, "next", 1)]
    [InlineData(1, "previous", 3)]
    [InlineData(99, "next", 1)]
    public void Next_and_previous_go_round_the_changes(int from, string step, int expected)
    {
        var asked = 0;
        var view = Show(DiffMode.SideBySide, from, change => asked = change);

        view.Find($"[data-diff-step={step}]").Click();

        Assert.Equal(expected, asked);
    }

    [Fact]
    public void The_current_change_is_named_marked_and_scrolled_to()
    {
        var view = Show(DiffMode.Inline, change: 2);

        Assert.Equal("Change 2 of 3", view.Find(".position").TextContent);
        Assert.Equal("20|", Numbers(view.FindAll(".row.current").Single()));
        var row = view.FindAll(".row").ToList().FindIndex(r => r.ClassList.Contains("current"));
        Assert.Equal(row, Assert.Single(JSInterop.Invocations["scrollToRow"]).Arguments[0]);
    }

    [Fact]
    public void The_mode_is_the_pages_to_change()
    {
        DiffMode? asked = null;
        var view = Render<DiffView>(p => Texts(p).Add(v => v.ModeChanged, mode => asked = mode));

        var inline = view.FindAll(".modes button")[1];
        Assert.Equal("false", inline.GetAttribute("aria-pressed"));
        inline.Click();

        Assert.Equal(DiffMode.Inline, asked);
        Assert.NotNull(view.Find(".lines.side"));
    }

    [Fact]
    public async Task Without_room_for_two_columns_it_is_inline()
    {
        var view = Show(DiffMode.SideBySide);

        await view.InvokeAsync(() => view.Instance.SetNarrow(true));
        Assert.NotNull(view.Find(".lines.inline"));

        await view.InvokeAsync(() => view.Instance.SetNarrow(false));
        Assert.NotNull(view.Find(".lines.side"));
    }

    private IRenderedComponent<DiffView> Show(DiffMode mode, int change = 0, Action<int>? changed = null) =>
        Render<DiffView>(p => Texts(p).Add(v => v.Mode, mode).Add(v => v.Change, change).Add(v => v.ChangeChanged, changed ?? (_ => { })));

    private static ComponentParameterCollectionBuilder<DiffView> Texts(ComponentParameterCollectionBuilder<DiffView> parameters) =>
        parameters.Add(v => v.Before, Before).Add(v => v.After, After).Add(v => v.BeforeTitle, "v1").Add(v => v.AfterTitle, "v2");

    private static string Numbers(IElement row) => string.Join('|', row.QuerySelectorAll(".number").Select(n => n.TextContent));

    private static string TextOf(IElement row, string line) => row.QuerySelector($"{line} .text")!.TextContent;
}
