using System.Runtime.InteropServices;

namespace PropertyManager.Web.Features.Compare;

/// <summary>
/// Finds anchors between two sequences of numbers: what occurs exactly once in each, as the longest chain of them that ascends in both
/// ("patience" diff). Where no single number is an anchor, runs of 2, 4, 8 … numbers serve in the same way.
/// </summary>
internal sealed class Anchors(int distinct)
{
    private readonly List<int> _tails = [];
    private Occurrence[] _occurrences = new Occurrence[distinct];

    /// <summary>Anchors of single numbers, each below the number of distinct ones.</summary>
    /// <returns>Positions in both sequences, ascending in both.</returns>
    public List<(int Before, int After)> Single(int[] before, int[] after)
    {
        for (var i = 0; i < before.Length; i++)
        {
            ref var found = ref _occurrences[before[i]];
            found.Before = found.Before == 0 ? i + 1 : Occurrence.Many;
        }
        for (var j = 0; j < after.Length; j++)
        {
            ref var found = ref _occurrences[after[j]];
            found.After = found.After == 0 ? j + 1 : Occurrence.Many;
        }

        var once = new List<(int Before, int After)>();
        for (var i = 0; i < before.Length; i++)
        {
            var found = _occurrences[before[i]];
            if (found is { Before: > 0, After: > 0 })
                once.Add((i, found.After - 1));
        }

        foreach (var number in before)
            _occurrences[number] = default;
        foreach (var number in after)
            _occurrences[number] = default;
        return LongestChain(once);
    }

    /// <summary>Anchors of runs: numbers every run of <paramref name="run"/> from the numbers of its two halves.</summary>
    /// <param name="before">In: the numbers of the runs half as long. Out: those of these runs.</param>
    /// <param name="after">The same for the other sequence.</param>
    /// <param name="run">How long the runs are: 2, then 4, 8 …</param>
    public List<(int Before, int After)> Doubled(ref int[] before, ref int[] after, int run)
    {
        var half = run / 2;
        var numbers = new Dictionary<(int, int), int>();
        before = Double(before);
        after = Double(after);
        if (_occurrences.Length < numbers.Count)
            _occurrences = new Occurrence[numbers.Count];
        return Single(before, after);

        int[] Double(int[] halves)
        {
            var result = new int[Math.Max(0, halves.Length - half)];
            for (var i = 0; i < result.Length; i++)
            {
                var pair = (halves[i], halves[i + half]);
                if (!numbers.TryGetValue(pair, out result[i]))
                    numbers[pair] = result[i] = numbers.Count;
            }
            return result;
        }
    }

    // The pairs ascend in Before; the longest subsequence that ascends in After too, by the piles of a patience game.
    private List<(int Before, int After)> LongestChain(List<(int Before, int After)> pairs)
    {
        var previous = new int[pairs.Count];
        _tails.Clear(); // for each length: the pair with the smallest After that ends a chain of this length
        for (var k = 0; k < pairs.Count; k++)
        {
            var after = pairs[k].After;
            var pile = _tails.Count;
            if (pile > 0 && pairs[_tails[^1]].After > after)
            {
                var low = 0;
                for (pile--; low < pile; )
                {
                    var middle = (low + pile) / 2;
                    if (pairs[_tails[middle]].After < after)
                        low = middle + 1;
                    else
                        pile = middle;
                }
            }
            previous[k] = pile == 0 ? -1 : _tails[pile - 1];
            if (pile == _tails.Count)
                _tails.Add(k);
            else
                _tails[pile] = k;
        }

        var chain = new List<(int Before, int After)>(_tails.Count);
        for (var k = _tails.Count == 0 ? -1 : _tails[^1]; k >= 0; k = previous[k])
            chain.Add(pairs[k]);
        chain.Reverse();
        return chain;
    }

    /// <summary>Where a number occurs, counted from 1: 0 is nowhere, <see cref="Many"/> is more than once.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Occurrence
    {
        public const int Many = -1;
        public int Before;
        public int After;
    }
}
