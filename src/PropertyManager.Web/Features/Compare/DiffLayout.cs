using System.Runtime.InteropServices;

namespace PropertyManager.Web.Features.Compare;

/// <summary>How the two texts are laid out on the screen.</summary>
public enum DiffMode
{
    /// <summary>The text before on the left, the text after on the right.</summary>
    SideBySide,

    /// <summary>One column: removed lines above those that stand in their place.</summary>
    Inline,
}

/// <summary>What a row of the screen shows.</summary>
public enum DiffRowKind
{
    /// <summary>A line that both texts have.</summary>
    Unchanged,

    /// <summary>Side by side: a removed line, an added line, or one beside the other.</summary>
    Changed,

    /// <summary>Inline: a removed line; <see cref="DiffRow.After"/> is what stands in its place, if anything does.</summary>
    Removed,

    /// <summary>Inline: an added line; <see cref="DiffRow.Before"/> is what it stands in place of, if anything.</summary>
    Added,

    /// <summary>Unchanged lines that are folded away.</summary>
    Fold,
}

/// <summary>A row of the screen.</summary>
/// <param name="Kind">What it shows.</param>
/// <param name="Before">A line of the text before, from 0; −1 is none. The first hidden line of a fold.</param>
/// <param name="After">A line of the text after, from 0; −1 is none. The first hidden line of a fold.</param>
/// <param name="Number">The number of the change that the row belongs to, from 1; for a fold: how many lines it hides; else 0.</param>
[StructLayout(LayoutKind.Sequential)]
public readonly record struct DiffRow(DiffRowKind Kind, int Before, int After, int Number)
{
    /// <summary>Whether the row belongs to a change.</summary>
    public bool IsChange => Kind is DiffRowKind.Changed or DiffRowKind.Removed or DiffRowKind.Added;
}

/// <summary>The rows of a diff: changes with some unchanged lines around them, and what is folded away between.</summary>
public sealed class DiffLayout
{
    /// <summary>Unchanged lines shown above and below a change.</summary>
    public const int Context = 3;

    private readonly List<DiffRow> _rows = [];
    private readonly List<int> _changes = [];

    /// <param name="diff">What to lay out.</param>
    /// <param name="mode">In which manner.</param>
    /// <param name="unfolded">The folds that stay open, each by its first hidden line of the text before.</param>
    public DiffLayout(DiffModel diff, DiffMode mode, IReadOnlySet<int> unfolded)
    {
        for (var k = 0; k < diff.Blocks.Count; k++)
        {
            var block = diff.Blocks[k];
            if (!block.IsChange)
            {
                AddUnchanged(block, unfolded, isFirst: k == 0, isLast: k == diff.Blocks.Count - 1);
                continue;
            }

            _changes.Add(_rows.Count);
            if (mode == DiffMode.SideBySide)
                AddPairs(diff, block);
            else
                AddRemovedThenAdded(diff, block);
        }
    }

    /// <summary>The rows from top to bottom.</summary>
    public ICollection<DiffRow> Rows => _rows;

    /// <summary>The row at which a change begins.</summary>
    /// <param name="change">The number of the change, from 1.</param>
    public int RowOf(int change) => _changes[change - 1];

    private void AddPairs(DiffModel diff, DiffBlock block)
    {
        foreach (var (before, after) in LinePairs.Of(diff, block))
            _rows.Add(new DiffRow(DiffRowKind.Changed, before, after, _changes.Count));
    }

    private void AddRemovedThenAdded(DiffModel diff, DiffBlock block)
    {
        var pairs = LinePairs.Of(diff, block).ToList();
        foreach (var (before, after) in pairs.Where(pair => pair.Before >= 0))
            _rows.Add(new DiffRow(DiffRowKind.Removed, before, after, _changes.Count));
        foreach (var (before, after) in pairs.Where(pair => pair.After >= 0))
            _rows.Add(new DiffRow(DiffRowKind.Added, before, after, _changes.Count));
    }

    private void AddUnchanged(DiffBlock block, IReadOnlySet<int> unfolded, bool isFirst, bool isLast)
    {
        var above = isFirst ? 0 : Context; // lines shown below the change above, and so on
        var below = isLast ? 0 : Context;
        var hidden = block.BeforeCount - above - below;
        if (hidden < 2 || unfolded.Contains(block.Before + above)) // a fold of one line would save nothing
            (above, hidden, below) = (block.BeforeCount, 0, 0);

        Add(0, above);
        if (hidden > 0)
            _rows.Add(new DiffRow(DiffRowKind.Fold, block.Before + above, block.After + above, hidden));
        Add(above + hidden, below);

        void Add(int first, int count)
        {
            for (var k = first; k < first + count; k++)
                _rows.Add(new DiffRow(DiffRowKind.Unchanged, block.Before + k, block.After + k, 0));
        }
    }
}
