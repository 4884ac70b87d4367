using System.Runtime.InteropServices;

namespace PropertyManager.Domain.Configuration.Comparison;

/// <summary>Something of one tree that can be the same thing as something of the other.</summary>
internal interface IPairable<T>
    where T : class
{
    /// <summary>What it is in the other tree; null as long as nothing is found.</summary>
    T? Match { get; }

    /// <summary>What it is made of: two are alike when they have much of it in common. Each number once.</summary>
    IReadOnlyList<int> Features { get; }
}

/// <summary>Ways to find out what of one list is what in another. All leave out what has a match, and depend on nothing but the order given.</summary>
internal static class Pairing
{
    /// <summary>How many that are most alike are considered for each.</summary>
    private const int Choices = 4;

    /// <summary>Pairs equal ones from both ends inwards, so that of several equal ones those in between are taken for added or removed.</summary>
    public static void Ends<T>(IReadOnlyList<T> before, IReadOnlyList<T> after, Func<T, int> key, Action<T, T> pair)
        where T : class, IPairable<T>
    {
        var shorter = Math.Min(before.Count, after.Count);
        var head = 0;
        while (head < shorter && key(before[head]) == key(after[head]))
        {
            PairFree(before[head], after[head], pair);
            head++;
        }

        for (var tail = 1; tail <= shorter - head && key(before[^tail]) == key(after[^tail]); tail++)
        {
            PairFree(before[^tail], after[^tail], pair);
        }
    }

    /// <summary>Pairs those with equal keys, in the order given; one without a key is left out.</summary>
    public static void Equal<T>(IEnumerable<T> before, IEnumerable<T> after, Func<T, int?> key, Action<T, T> pair)
        where T : class, IPairable<T>
    {
        var waiting = new Dictionary<int, Queue<T>>();
        foreach (var one in before)
        {
            if (one.Match is null && key(one) is { } known)
            {
                (CollectionsMarshal.GetValueRefOrAddDefault(waiting, known, out _) ??= new Queue<T>()).Enqueue(one);
            }
        }

        foreach (var other in after)
        {
            if (other.Match is not null || key(other) is not { } known || !waiting.TryGetValue(known, out var queue))
            {
                continue;
            }

            // Pairing two may pair those below them too, which are in this queue as well.
            while (queue.TryDequeue(out var one))
            {
                if (one.Match is null)
                {
                    pair(one, other);
                    break;
                }
            }
        }
    }

    /// <summary>Pairs those that are most alike.</summary>
    /// <param name="before">Of the tree before.</param>
    /// <param name="after">Of the tree after.</param>
    /// <param name="atLeast">How alike two have to be, from 0 (nothing in common) to 1.</param>
    /// <param name="may">Whether two may be paired at all.</param>
    /// <param name="pair">Told of each two.</param>
    public static void Similar<T>(IReadOnlyList<T> before, IReadOnlyList<T> after, double atLeast, Func<T, T, bool> may, Action<T, T> pair)
        where T : class, IPairable<T>
    {
        var owners = Owners(before);
        var found = new List<(double Alike, int Before, int After)>();
        var shared = new int[before.Count];
        for (var j = 0; j < after.Count; j++)
        {
            if (after[j].Match is null)
            {
                Array.Clear(shared);
                foreach (var feature in after[j].Features)
                {
                    foreach (var owner in owners.GetValueOrDefault(feature) ?? [])
                    {
                        shared[owner]++;
                    }
                }

                AddBest(j);
            }
        }

        foreach (var (_, i, j) in found.OrderByDescending(two => two.Alike).ThenBy(two => Math.Abs(two.Before - two.After)).ThenBy(two => two.Before))
        {
            PairFree(before[i], after[j], pair);
        }

        // Kept sorted by hand, the most alike first and of equals the nearest: among 600 rules there are 360,000 of these.
        void AddBest(int j)
        {
            var start = found.Count;
            for (var i = 0; i < shared.Length; i++)
            {
                var alike = shared[i] == 0 ? 0 : 2.0 * shared[i] / (before[i].Features.Count + after[j].Features.Count);
                if (alike == 0 || alike < atLeast || !may(before[i], after[j]))
                {
                    continue;
                }

                var at = found.Count;
                while (at > start && (found[at - 1].Alike, -Math.Abs(found[at - 1].Before - j)).CompareTo((alike, -Math.Abs(i - j))) < 0)
                {
                    at--;
                }

                if (at - start < Choices)
                {
                    found.Insert(at, (alike, i, j));
                    if (found.Count - start > Choices)
                    {
                        found.RemoveAt(found.Count - 1);
                    }
                }
            }
        }
    }

    /// <summary>Which of the numbers stay when as few as possible are taken out to leave them ascending.</summary>
    /// <param name="numbers">All different.</param>
    public static bool[] Ascending(IReadOnlyList<int> numbers)
    {
        var ends = new List<int>(); // for each length: where the ascending row of this length with the lowest end has its end
        var previous = new int[numbers.Count];
        for (var k = 0; k < numbers.Count; k++)
        {
            var (low, high) = (0, ends.Count);
            while (low < high)
            {
                var middle = (low + high) / 2;
                (low, high) = numbers[ends[middle]] < numbers[k] ? (middle + 1, high) : (low, middle);
            }

            previous[k] = low == 0 ? -1 : ends[low - 1];
            if (low == ends.Count)
            {
                ends.Add(k);
            }
            else
            {
                ends[low] = k;
            }
        }

        var stays = new bool[numbers.Count];
        for (var k = ends.Count == 0 ? -1 : ends[^1]; k >= 0; k = previous[k])
        {
            stays[k] = true;
        }

        return stays;
    }

    // For each feature, the places of those that have it and no match.
    private static Dictionary<int, List<int>> Owners<T>(IReadOnlyList<T> list)
        where T : class, IPairable<T>
    {
        var owners = new Dictionary<int, List<int>>();
        for (var i = 0; i < list.Count; i++)
        {
            foreach (var feature in list[i].Match is null ? list[i].Features : [])
            {
                (CollectionsMarshal.GetValueRefOrAddDefault(owners, feature, out _) ??= []).Add(i);
            }
        }

        return owners;
    }

    private static void PairFree<T>(T before, T after, Action<T, T> pair)
        where T : class, IPairable<T>
    {
        if (before.Match is null && after.Match is null)
        {
            pair(before, after);
        }
    }
}
