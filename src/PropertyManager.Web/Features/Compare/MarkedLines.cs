namespace PropertyManager.Web.Features.Compare;

/// <summary>The lines of a diff as the screen shows them, with their changed words marked. Marks are found when a row is first shown.</summary>
internal sealed class MarkedLines(DiffModel diff)
{
    private readonly Dictionary<(int Before, int After), (IReadOnlyList<LinePart> Before, IReadOnlyList<LinePart> After)> _pairs = [];

    /// <summary>The line of the text before that a row shows.</summary>
    public IReadOnlyList<LinePart> Before(DiffRow row) =>
        row is { IsChange: true, Before: >= 0, After: >= 0 } ? Pair(row).Before : [new LinePart(diff.Before.Shown(row.Before), IsMarked: false)];

    /// <summary>The line of the text after that a row shows.</summary>
    public IReadOnlyList<LinePart> After(DiffRow row) =>
        row is { IsChange: true, Before: >= 0, After: >= 0 } ? Pair(row).After : [new LinePart(diff.After.Shown(row.After), IsMarked: false)];

    private (IReadOnlyList<LinePart> Before, IReadOnlyList<LinePart> After) Pair(DiffRow row)
    {
        var key = (row.Before, row.After);
        if (!_pairs.TryGetValue(key, out var pair))
        {
            var (before, after) = (diff.Before.Shown(row.Before), diff.After.Shown(row.After));
            pair = before == after ? (WithEnd(diff.Before, row.Before), WithEnd(diff.After, row.After)) : WordMarks.Between(before, after);
            _pairs[key] = pair;
        }
        return pair;
    }

    // Lines that differ in their ends alone would look the same.
    private static LinePart[] WithEnd(TextLines lines, int line)
    {
        var shown = lines.Shown(line);
        var end = lines[line][shown.Length..].ToString();
        return [new LinePart(shown, IsMarked: false), new LinePart(end.Length == 0 ? CompareText.NoLineEnd : end, IsMarked: true)];
    }
}
