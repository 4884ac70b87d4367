namespace PropertyManager.Web.Features.Compare;

/// <summary>A stretch of both texts: lines that both have, or lines of the one in place of lines of the other.</summary>
/// <param name="Before">The first line of the stretch in the text before, from 0.</param>
/// <param name="BeforeCount">How many lines of the text before belong to it.</param>
/// <param name="After">The first line of the stretch in the text after, from 0.</param>
/// <param name="AfterCount">How many lines of the text after belong to it; the same number when unchanged.</param>
/// <param name="IsChange">Whether the lines differ. An unchanged stretch is equal line by line.</param>
public readonly record struct DiffBlock(int Before, int BeforeCount, int After, int AfterCount, bool IsChange)
{
    /// <summary>Lines of this change that stand against a line of the other text; the rest is removed or added outright.</summary>
    public int Paired => IsChange ? Math.Min(BeforeCount, AfterCount) : 0;
}

/// <summary>Two texts, and the blocks that cover both from the first line to the last. Changed and unchanged blocks alternate.</summary>
public sealed class DiffModel
{
    internal DiffModel(TextLines before, TextLines after, IReadOnlyList<DiffBlock> blocks)
    {
        (Before, After, Blocks) = (before, after, blocks);
        foreach (var block in blocks)
        {
            if (!block.IsChange)
                continue;
            Changes++;
            Changed += block.Paired;
            Removed += block.BeforeCount - block.Paired;
            Added += block.AfterCount - block.Paired;
        }
    }

    /// <summary>The lines of the text before.</summary>
    public TextLines Before { get; }

    /// <summary>The lines of the text after.</summary>
    public TextLines After { get; }

    /// <summary>The stretches in order; none when both texts are empty.</summary>
    public IReadOnlyList<DiffBlock> Blocks { get; }

    /// <summary>How many blocks are changes: 0 says that the texts are equal.</summary>
    public int Changes { get; }

    /// <summary>Lines that stand in place of a line of the text before.</summary>
    public int Changed { get; }

    /// <summary>Lines of the text before that nothing stands in place of.</summary>
    public int Removed { get; }

    /// <summary>Lines of the text after that stand in place of nothing.</summary>
    public int Added { get; }
}
