using System.Text;
using DiffPlex;
using FsCheck;
using FsCheck.Fluent;
using PropertyManager.Web.Features.Compare;

namespace PropertyManager.Web.Tests.Compare;

public sealed class TextDiffTests
{
    [Fact]
    public void The_diff_turns_the_text_before_into_the_text_after()
    {
        var texts =
            from seed in Gen.Choose(0, int.MaxValue)
            from lines in Gen.Elements(0, 1, 5, 20, 200, 3_000)
            from distinct in Gen.Elements(1, 2, 5, 30, 100_000)
            from changed in Gen.Elements(0, 1, 10, 50, 100)
            select Edited(seed, lines, distinct, changed);

        Prop.ForAll(texts.ToArbitrary(), pair => AssertCorrect(pair.Before, pair.After)).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("", "a\n")]
    [InlineData("a", "")]
    [InlineData("a", "a\n")]
    [InlineData("a\r\nb\r\n", "a\nb\n")]
    [InlineData("\n\n\n", "\n")]
    [InlineData("é\ne\u0301\n", "e\u0301\né\n")]
    [InlineData("a\nA\n", "A\na\n")]
    public void Line_ends_case_and_characters_count(string before, string after) => AssertCorrect(before, after);

    [Fact]
    public void Equal_texts_have_no_change()
    {
        var text = Lines(Enumerable.Range(0, 500).Select(i => $"line {i % 7}"));

        var diff = TextDiff.Compare(text, text);

        Assert.Equal((0, 0, 0, 0), (diff.Changes, diff.Changed, diff.Added, diff.Removed));
        Assert.Equal([new DiffBlock(0, 500, 0, 500, IsChange: false)], diff.Blocks);
    }

    [Fact]
    public void Counts_lines_changed_added_and_removed()
    {
        var diff = TextDiff.Compare("a\nb\nc\nd\ne\nf\ng\n", "a\nB\nB2\nc\ne\nf\ng\nh\n");

        Assert.Equal((3, 1, 2, 1), (diff.Changes, diff.Changed, diff.Added, diff.Removed));
    }

    [Fact]
    public void Small_texts_get_a_diff_as_small_as_DiffPlex_finds()
    {
        var texts =
            from before in Gen.Elements("a", "b", "c", "d").ArrayOf(14)
            from after in Gen.Elements("a", "b", "c", "d", "e").ArrayOf(14)
            select (Before: Lines(before), After: Lines(after));

        Prop.ForAll(
                texts.ToArbitrary(),
                pair =>
                {
                    var plain = new Differ().CreateLineDiffs(pair.Before, pair.After, ignoreWhitespace: false).DiffBlocks;
                    Assert.Equal(plain.Sum(b => b.DeleteCountA + b.InsertCountB), Touched(TextDiff.Compare(pair.Before, pair.After)));
                }
            )
            .QuickCheckThrowOnFailure();
    }

    [Fact]
    public void A_few_changes_among_many_unique_lines_are_found_exactly()
    {
        var before = Enumerable.Range(0, 20_000).Select(i => $"<match value=\"{i}\">").ToArray();
        var after = before.ToArray();
        for (var i = 10; i < after.Length; i += 100)
            after[i] = "<changed/>";

        var diff = TextDiff.Compare(Lines(before), Lines(after));

        Assert.Equal((200, 200, 0, 0), (diff.Changes, diff.Changed, diff.Added, diff.Removed));
    }

    [Fact]
    public void Runs_of_lines_are_anchors_where_every_line_repeats()
    {
        var random = new Random(1);
        var before = Enumerable.Range(0, 20_000).Select(_ => $"<tag{random.Next(40)}/>").ToArray();
        var after = before.ToList();
        for (var i = 19_000; i > 0; i -= 1_000)
            after.Insert(i, "<new/>");

        var diff = TextDiff.Compare(Lines(before), Lines(after));

        Assert.Equal((19, 0, 19, 0), (diff.Changes, diff.Changed, diff.Added, diff.Removed));
    }

    [Fact]
    public void Without_any_anchor_the_texts_are_compared_side_by_side()
    {
        var before = Enumerable.Range(0, 20_000).Select(i => $"<tag{i % 7}/>").ToList();
        var after = before.Where((_, i) => i % 500 != 0);

        var diff = TextDiff.Compare(Lines(before), Lines(after));

        Assert.InRange(Touched(diff), 40, 400);
    }

    [Fact]
    public void Texts_without_a_foothold_are_given_up_as_changed_not_compared_for_ever()
    {
        var random = new Random(1);
        string Noise() => Lines(Enumerable.Range(0, 30_000).Select(_ => random.Next(2) == 0 ? "a" : "b"));

        AssertCorrect(Noise(), Noise());
    }

    [Fact]
    public void An_added_element_is_shown_from_its_start_tag_to_its_end_tag()
    {
        const string one = "  <rule>\n    <name>one</name>\n  </rule>\n";
        const string two = "  <rule>\n    <name>two</name>\n  </rule>\n";

        Assert.Equal(two, AddedText($"<rules>\n{one}</rules>\n", $"<rules>\n{one}{two}</rules>\n"));
        Assert.Equal(two, AddedText($"<rules>\n{one}</rules>\n", $"<rules>\n{two}{one}</rules>\n"));
        Assert.Equal(one, AddedText($"{one}", $"{one}{one}"));
    }

    private static string AddedText(string before, string after)
    {
        var diff = TextDiff.Compare(before, after);
        var change = Assert.Single(diff.Blocks, block => block.IsChange);
        Assert.Equal(0, change.BeforeCount);
        return Text(diff.After, change.After, change.AfterCount);
    }

    private static void AssertCorrect(string before, string after)
    {
        var diff = TextDiff.Compare(before, after);
        var rebuilt = new StringBuilder();
        var (nextBefore, nextAfter) = (0, 0);
        bool? wasChange = null;
        foreach (var block in diff.Blocks)
        {
            Assert.Equal((nextBefore, nextAfter), (block.Before, block.After));
            Assert.NotEqual(wasChange, block.IsChange);
            Assert.True(block.BeforeCount + block.AfterCount > 0);
            (nextBefore, nextAfter) = (block.Before + block.BeforeCount, block.After + block.AfterCount);
            wasChange = block.IsChange;
            rebuilt.Append(block.IsChange ? Text(diff.After, block.After, block.AfterCount) : Text(diff.Before, block.Before, block.BeforeCount));
        }

        Assert.Equal((diff.Before.Count, diff.After.Count), (nextBefore, nextAfter));
        Assert.Equal(after, rebuilt.ToString());
        Assert.Equal(before == after, diff.Changes == 0);
    }

    private static (string Before, string After) Edited(int seed, int lines, int distinct, int changedPercent)
    {
        var random = new Random(seed);
        string Line() => $"{new string(' ', random.Next(3))}<tag{random.Next(distinct)}/>";
        var before = Enumerable.Range(0, lines).Select(_ => Line()).ToList();
        var after = new List<string>();
        foreach (var line in before)
        {
            var edit = random.Next(100) < changedPercent ? random.Next(4) : -1;
            if (edit != 0)
                after.Add(edit == 1 ? Line() : line);
            if (edit == 2)
                after.Add(Line());
            if (edit == 3 && after.Count > 1)
                (after[^1], after[^2]) = (after[^2], after[^1]);
        }
        return (Lines(before), random.Next(4) == 0 ? Lines(after) + "no line end" : Lines(after));
    }

    private static int Touched(DiffModel diff) => (2 * diff.Changed) + diff.Added + diff.Removed;

    private static string Lines(IEnumerable<string> lines) => string.Concat(lines.Select(line => line + "\n"));

    private static string Text(TextLines lines, int start, int count) =>
        string.Concat(Enumerable.Range(start, count).Select(line => lines[line].ToString()));
}
