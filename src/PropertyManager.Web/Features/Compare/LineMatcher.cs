using System.Runtime.InteropServices;
using System.Text;
using DiffPlex;

namespace PropertyManager.Web.Features.Compare;

/// <summary>
/// Finds which lines of one text stay in another, on numbered lines. A gap between known matches is first freed of equal lines at its
/// head and tail and of lines that only one side has; what is left is cut at its anchors, and the small rest is DiffPlex's.
/// </summary>
internal sealed class LineMatcher
{
    /// <summary>Lines, of both sides together, up to which a gap goes to DiffPlex uncut: the smallest diff is then found.</summary>
    private const int Small = 32;

    /// <summary>Lines of each side that DiffPlex gets at once: 2 ms at worst.</summary>
    private const int Window = 512;

    /// <summary>The longest run of lines tried as an anchor where no single line is one.</summary>
    private const int LongestRun = 64;

    /// <summary>How often a line may be looked at, on average, before the gaps left are given up as changed outright.</summary>
    private const int Patience = 100;

    private readonly int[] _before;
    private readonly int[] _after;
    private readonly int[] _matches;
    private readonly Anchors _anchors;
    private readonly Stack<Gap> _gaps = new();
    private readonly List<int> _keptBefore = [];
    private readonly List<int> _keptAfter = [];
    private readonly Differ _differ = new();
    private readonly int[] _seen;
    private int _round;

    public LineMatcher(int[] before, int[] after, int distinct)
    {
        (_before, _after) = (before, after);
        _matches = new int[before.Length];
        _seen = new int[distinct * 2];
        _anchors = new Anchors(distinct);
    }

    /// <summary>For each line before: the line after that it is, or −1 when it is gone. The matches ascend.</summary>
    public int[] Match()
    {
        Array.Fill(_matches, -1);
        _gaps.Push(new Gap(0, _before.Length, 0, _after.Length));
        var work = Patience * ((long)_before.Length + _after.Length + Window);
        while (_gaps.TryPop(out var gap) && work > 0)
        {
            work -= gap.Lines;
            gap = TrimEnds(gap);
            if (gap.IsOneSided)
                continue;
            Keep(gap);
            if (_keptBefore.Count > 0 && _keptAfter.Count > 0)
                work -= Cut(gap);
        }
        return _matches;
    }

    private Gap TrimEnds(Gap gap)
    {
        var (before, beforeEnd, after, afterEnd) = gap;
        while (before < beforeEnd && after < afterEnd && _before[before] == _after[after])
            _matches[before++] = after++;
        while (before < beforeEnd && after < afterEnd && _before[beforeEnd - 1] == _after[afterEnd - 1])
            _matches[--beforeEnd] = --afterEnd;
        return new Gap(before, beforeEnd, after, afterEnd);
    }

    // Lines that the other side of the gap does not have cannot be matched: without them anchors and DiffPlex have less to do.
    private void Keep(Gap gap)
    {
        _round++;
        for (var i = gap.Before; i < gap.BeforeEnd; i++)
            _seen[_before[i] * 2] = _round;
        for (var j = gap.After; j < gap.AfterEnd; j++)
            _seen[(_after[j] * 2) + 1] = _round;

        _keptBefore.Clear();
        for (var i = gap.Before; i < gap.BeforeEnd; i++)
            if (_seen[(_before[i] * 2) + 1] == _round)
                _keptBefore.Add(i);
        _keptAfter.Clear();
        for (var j = gap.After; j < gap.AfterEnd; j++)
            if (_seen[_after[j] * 2] == _round)
                _keptAfter.Add(j);
    }

    /// <returns>The work it took, in lines looked at.</returns>
    private long Cut(Gap gap)
    {
        var lines = _keptBefore.Count + _keptAfter.Count;
        if (lines <= Small)
        {
            MatchInWindows();
            return lines;
        }

        var before = NumbersOf(_keptBefore, _before);
        var after = NumbersOf(_keptAfter, _after);
        var work = lines;
        var anchors = _anchors.Single(before, after);
        for (var run = 2; anchors.Count == 0 && lines > 2 * Window && run <= LongestRun; run *= 2, work += lines)
            anchors = _anchors.Doubled(ref before, ref after, run);
        if (anchors.Count > 0)
            MatchAnchors(gap, anchors);
        else
            MatchInWindows();
        return work;
    }

    private void MatchAnchors(Gap gap, List<(int Before, int After)> anchors)
    {
        var (before, after) = (gap.Before, gap.After);
        foreach (var anchor in anchors)
        {
            var (i, j) = (_keptBefore[anchor.Before], _keptAfter[anchor.After]);
            _matches[i] = j;
            Push(new Gap(before, i, after, j));
            (before, after) = (i + 1, j + 1);
        }
        Push(new Gap(before, gap.BeforeEnd, after, gap.AfterEnd));

        void Push(Gap between)
        {
            if (!between.IsOneSided)
                _gaps.Push(between);
        }
    }

    // Where nothing holds, the two sides are compared side by side, a window at a time. The end of a window is compared in ignorance of
    // what follows, so its last quarter is left to the next window. A rest for which there is no more patience stays changed.
    private void MatchInWindows()
    {
        var (before, after) = (0, 0);
        for (var windows = 1 + (4 * (_keptBefore.Count + _keptAfter.Count) / Window); windows > 0; windows--)
        {
            var beforeEnd = Math.Min(before + Window, _keptBefore.Count);
            var afterEnd = Math.Min(after + Window, _keptAfter.Count);
            MatchByDiffPlex(before, beforeEnd, after, afterEnd);
            if (beforeEnd == _keptBefore.Count && afterEnd == _keptAfter.Count)
                return;

            var last = before + (3 * (beforeEnd - before) / 4);
            while (last > before && _matches[_keptBefore[last - 1]] < 0)
                last--;
            for (var k = last; k < beforeEnd; k++)
                _matches[_keptBefore[k]] = -1;
            (before, after) =
                last > before
                    ? (last, _keptAfter.BinarySearch(_matches[_keptBefore[last - 1]]) + 1)
                    : (before + (3 * (beforeEnd - before) / 4), after + (3 * (afterEnd - after) / 4));
        }
    }

    // DiffPlex compares texts, so each line becomes one character.
    private void MatchByDiffPlex(int before, int beforeEnd, int after, int afterEnd)
    {
        var characters = new Dictionary<int, char>();
        var old = TextOf(CollectionsMarshal.AsSpan(_keptBefore)[before..beforeEnd], _before);
        var @new = TextOf(CollectionsMarshal.AsSpan(_keptAfter)[after..afterEnd], _after);
        foreach (var block in _differ.CreateCharacterDiffs(old, @new, ignoreWhitespace: false).DiffBlocks)
        {
            MatchUpTo(beforeEnd - old.Length + block.DeleteStartA);
            (before, after) = (before + block.DeleteCountA, after + block.InsertCountB);
        }
        MatchUpTo(beforeEnd);

        void MatchUpTo(int end)
        {
            while (before < end)
                _matches[_keptBefore[before++]] = _keptAfter[after++];
        }

        string TextOf(ReadOnlySpan<int> kept, int[] numbers)
        {
            var text = new StringBuilder(kept.Length);
            foreach (var line in kept)
            {
                ref var character = ref CollectionsMarshal.GetValueRefOrAddDefault(characters, numbers[line], out var known);
                if (!known)
                    character = (char)('!' + characters.Count);
                text.Append(character);
            }
            return text.ToString();
        }
    }

    private static int[] NumbersOf(List<int> kept, int[] numbers)
    {
        var result = new int[kept.Count];
        for (var k = 0; k < result.Length; k++)
            result[k] = numbers[kept[k]];
        return result;
    }

    /// <summary>Lines whose matches are not known yet; the ends are exclusive.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct Gap(int Before, int BeforeEnd, int After, int AfterEnd)
    {
        public int Lines => BeforeEnd - Before + AfterEnd - After;

        public bool IsOneSided => Before == BeforeEnd || After == AfterEnd;
    }
}
