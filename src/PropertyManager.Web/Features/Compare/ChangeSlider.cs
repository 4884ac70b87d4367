namespace PropertyManager.Web.Features.Compare;

/// <summary>
/// Chooses among equal diffs the one that reads best. Where an element is added beside another, "from its end tag to before the next
/// end tag" is as right as "from its start tag to its end tag"; a pure addition or removal is slid to begin at the least indented
/// line, and the furthest down of these.
/// </summary>
internal static class ChangeSlider
{
    /// <summary>Slides the changes in place; they stay apart by at least one line.</summary>
    public static void Slide(List<DiffBlock> changes, int[] before, int[] after, TextLines beforeLines, TextLines afterLines)
    {
        for (var k = 0; k < changes.Count; k++)
        {
            var change = changes[k];
            if (change.BeforeCount > 0 && change.AfterCount > 0)
                continue;
            var adds = change.BeforeCount == 0;
            var first = k == 0 ? 0 : End(changes[k - 1], adds) + 1;
            var end = k + 1 < changes.Count ? Start(changes[k + 1], adds) - 1 : (adds ? after : before).Length;
            var shift = adds
                ? BestShift(after, afterLines, change.After, change.AfterCount, first, end)
                : BestShift(before, beforeLines, change.Before, change.BeforeCount, first, end);
            changes[k] = change with { Before = change.Before + shift, After = change.After + shift };
        }
    }

    private static int Start(DiffBlock change, bool adds) => adds ? change.After : change.Before;

    private static int End(DiffBlock change, bool adds) => adds ? change.After + change.AfterCount : change.Before + change.BeforeCount;

    private static int BestShift(int[] numbers, TextLines lines, int start, int count, int first, int end)
    {
        var top = start;
        while (top > first && numbers[top - 1] == numbers[top + count - 1])
            top--;
        var (best, bestIndent) = (start, int.MaxValue);
        for (var at = top; ; at++)
        {
            var indent = Indent(lines[at]);
            if (indent <= bestIndent)
                (best, bestIndent) = (at, indent);
            if (at + count >= end || numbers[at] != numbers[at + count])
                return best - start;
        }
    }

    // A blank line has no place of its own: a change should not begin with one.
    private static int Indent(ReadOnlySpan<char> line)
    {
        var indent = line.IndexOfAnyExcept(" \t\r\n");
        return indent < 0 ? int.MaxValue : indent;
    }
}
