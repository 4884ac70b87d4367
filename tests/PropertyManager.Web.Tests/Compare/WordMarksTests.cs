using FsCheck;
using FsCheck.Fluent;
using PropertyManager.Web.Features.Compare;

namespace PropertyManager.Web.Tests.Compare;

public sealed class WordMarksTests
{
    [Fact]
    public void Marks_the_words_that_changed_and_no_more()
    {
        var (before, after) = WordMarks.Between("<cache max-age=\"10m\" mode=\"on\"/>", "<cache max-age=\"30m\" mode=\"on\" via=\"x\"/>");

        Assert.Equal(["10m"], Marked(before), StringComparer.Ordinal);
        Assert.Equal(["30m", " via=\"x\""], Marked(after), StringComparer.Ordinal);
    }

    [Theory]
    [InlineData("<body>closed&#13;&#10;for today</body>", "<body>closed&#10;for today</body>", "&#13;", "")]
    [InlineData("<body>closed, Smith &amp; Sons</body>", "<body>closed, Smith &lt; Sons</body>", "&amp;", "&lt;")]
    [InlineData("<body>this has a tab&#9;here</body>", "<body>this has a tab&#x20;here</body>", "&#9;", "&#x20;")]
    public void A_character_reference_is_marked_whole(string one, string other, string removed, string added)
    {
        var (before, after) = WordMarks.Between(one, other);

        Assert.Equal(removed, string.Concat(Marked(before)));
        Assert.Equal(added, string.Concat(Marked(after)));
    }

    [Fact]
    public void A_line_with_hardly_a_word_in_common_is_marked_whole_but_for_its_indent()
    {
        var (before, after) = WordMarks.Between("  <origin host=\"a.example\"/>", "  <waf mode=\"deny\" host=\"firewall\"/>");

        Assert.Equal(["<origin host=\"a.example\"/>"], Marked(before), StringComparer.Ordinal);
        Assert.Equal(["<waf mode=\"deny\" host=\"firewall\"/>"], Marked(after), StringComparer.Ordinal);
    }

    [Fact]
    public void A_very_long_line_is_marked_between_its_common_head_and_tail()
    {
        var words = Enumerable.Range(0, 20_000).Select(i => $"w{i}").ToArray();
        var changed = words.ToArray();
        for (var i = 100; i < 19_900; i += 7)
            changed[i] += "x";

        var (before, after) = WordMarks.Between(string.Join(' ', words), string.Join(' ', changed));

        Assert.Equal(3, before.Count);
        Assert.Equal(3, after.Count);
        Assert.EndsWith(" w99 ", after[0].Text, StringComparison.Ordinal);
        Assert.StartsWith("w100x w101", after[1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Equal_lines_have_no_mark_even_without_a_word() =>
        Assert.Empty(Marked(WordMarks.Between("<", "<").Before.Concat(WordMarks.Between("", "").After)));

    [Fact]
    public void The_parts_are_the_line_and_what_is_unmarked_is_the_same_on_both_sides()
    {
        var words = Gen.Elements("a", "b", "cc", "&amp;", "&", "#13;", " ", "  ", "=", "\"", "<", "😀").ArrayOf().Select(string.Concat);

        Prop.ForAll(
                words.ToArbitrary(),
                words.ToArbitrary(),
                (before, after) =>
                {
                    var parts = WordMarks.Between(before, after);
                    Assert.Equal(before, string.Concat(parts.Before.Select(part => part.Text)));
                    Assert.Equal(after, string.Concat(parts.After.Select(part => part.Text)));
                    Assert.Equal(Unmarked(parts.Before), Unmarked(parts.After));
                    Assert.Equal(before == after, !parts.Before.Concat(parts.After).Any(part => part.IsMarked));
                }
            )
            .QuickCheckThrowOnFailure();
    }

    // Spaces between marked words are marked with them, though both lines may have them.
    private static string Unmarked(IEnumerable<LinePart> parts) =>
        string.Concat(parts.Where(part => !part.IsMarked).SelectMany(part => part.Text).Where(character => !char.IsWhiteSpace(character)));

    private static IEnumerable<string> Marked(IEnumerable<LinePart> parts) => parts.Where(part => part.IsMarked).Select(part => part.Text);
}
