namespace PropertyManager.Web.Features.Compare;

/// <summary>
/// Compares two texts by lines. The texts are cut at anchors, which are lines that occur once in each, before DiffPlex compares what
/// lies between: DiffPlex takes time in the square of the number of changes, and an anchored diff reads better where closing tags repeat.
/// </summary>
public static class TextDiff
{
    /// <summary>Finds what changed. Time and memory grow with the length of the texts, however much of them changed.</summary>
    /// <param name="before">The text before; lines are compared with their line ends, character by character.</param>
    /// <param name="after">The text after.</param>
    public static DiffModel Compare(string before, string after)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);

        var beforeLines = new TextLines(before);
        var afterLines = new TextLines(after);
        var (old, @new, distinct) = TextLines.Number(beforeLines, afterLines);
        var matches = new LineMatcher(old, @new, distinct).Match();

        var changes = Changes(matches, @new.Length);
        ChangeSlider.Slide(changes, old, @new, beforeLines, afterLines);
        return new DiffModel(beforeLines, afterLines, Blocks(changes, old.Length));
    }

    private static List<DiffBlock> Changes(int[] matches, int afterCount)
    {
        var changes = new List<DiffBlock>();
        var (before, after) = (0, 0); // the first lines that no block holds yet
        for (var i = 0; i <= matches.Length; i++)
        {
            var match = i < matches.Length ? matches[i] : afterCount;
            if (match < 0)
                continue;
            if (i > before || match > after)
                changes.Add(new DiffBlock(before, i - before, after, match - after, IsChange: true));
            (before, after) = (i + 1, match + 1);
        }
        return changes;
    }

    private static List<DiffBlock> Blocks(List<DiffBlock> changes, int beforeCount)
    {
        var blocks = new List<DiffBlock>((changes.Count * 2) + 1);
        var (before, after) = (0, 0);
        foreach (var change in changes)
        {
            Unchanged(change.Before);
            blocks.Add(change);
            (before, after) = (change.Before + change.BeforeCount, change.After + change.AfterCount);
        }
        Unchanged(beforeCount);
        return blocks;

        void Unchanged(int end)
        {
            if (end > before)
                blocks.Add(new DiffBlock(before, end - before, after, end - before, IsChange: false));
        }
    }
}
