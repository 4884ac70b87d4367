using PropertyManager.Web.Features.Compare;

namespace PropertyManager.Web.Tests.Compare;

public sealed class LinePairsTests
{
    [Fact]
    public void A_changed_line_stands_beside_the_line_it_is_most_like()
    {
        var rows = Rows("<origin host=\"a\"/>\n<age>1d</age>\n", "<new/>\n<origin host=\"b\"/>\n<other/>\n<age>2d</age>\n");

        Assert.Equal([(-1, 0), (0, 1), (-1, 2), (1, 3)], rows);
    }

    [Fact]
    public void Removed_lines_find_their_partners_too()
    {
        var rows = Rows("<new/>\n<origin host=\"b\"/>\n<other/>\n<age>2d</age>\n", "<origin host=\"a\"/>\n<age>1d</age>\n");

        Assert.Equal([(0, -1), (1, 0), (2, -1), (3, 1)], rows);
    }

    [Fact]
    public void Large_changes_are_paired_from_the_top()
    {
        var rows = Rows(
            string.Concat(Enumerable.Range(0, 100).Select(i => $"a{i}\n")),
            string.Concat(Enumerable.Range(0, 101).Select(i => $"b{i}\n"))
        );

        Assert.Equal((0, 0), rows[0]);
        Assert.Equal((-1, 100), rows[100]);
    }

    private static List<(int Before, int After)> Rows(string before, string after)
    {
        var layout = new DiffLayout(TextDiff.Compare(before, after), DiffMode.SideBySide, new HashSet<int>());
        return [.. layout.Rows.Select(row => (row.Before, row.After))];
    }
}
