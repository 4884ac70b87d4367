namespace PropertyManager.Web.Features.Compare;

/// <summary>Says which removed line of a change stands beside which added line: the shorter side's lines each get a partner of the longer side.</summary>
internal static class LinePairs
{
    /// <summary>Pairs of lines beyond which a change is paired from its top, not by likeness.</summary>
    private const int Comparable = 4_096;

    /// <summary>The pairs from top to bottom, as lines of the texts; −1 stands for no line. Together they hold each line of the change once.</summary>
    public static IEnumerable<(int Before, int After)> Of(DiffModel diff, DiffBlock change)
    {
        var partners = Partners(diff, change);
        var removes = change.BeforeCount > change.AfterCount;
        for (var k = 0; k < partners.Length; k++)
        {
            var partner = partners[k];
            yield return removes
                ? (change.Before + k, partner < 0 ? -1 : change.After + partner)
                : (partner < 0 ? -1 : change.Before + partner, change.After + k);
        }
    }

    /// <summary>For each line of the longer side: the line of the shorter side beside it, or −1.</summary>
    private static int[] Partners(DiffModel diff, DiffBlock change)
    {
        var (@short, @long) = (Math.Min(change.BeforeCount, change.AfterCount), Math.Max(change.BeforeCount, change.AfterCount));
        var partners = new int[@long];
        if (@short == 0 || @short == @long || (long)@short * @long > Comparable)
        {
            for (var k = 0; k < @long; k++)
                partners[k] = k < @short ? k : -1;
            return partners;
        }

        // likeness[s, l]: the most that the first s lines can be alike when each has a partner among the first l.
        var likeness = new double[@short + 1, @long + 1];
        for (var s = 1; s <= @short; s++)
        {
            likeness[s, s - 1] = double.NegativeInfinity;
            for (var l = s; l <= @long; l++)
                likeness[s, l] = Math.Max(likeness[s, l - 1], likeness[s - 1, l - 1] + Likeness(s - 1, l - 1));
        }
        for (var (s, l) = (@short, @long); l > 0; l--)
            partners[l - 1] = s == 0 || likeness[s, l - 1] >= likeness[s, l] ? -1 : --s;
        return partners;

        double Likeness(int s, int l) =>
            change.BeforeCount > change.AfterCount
                ? Alike(diff.Before[change.Before + l], diff.After[change.After + s])
                : Alike(diff.Before[change.Before + s], diff.After[change.After + l]);
    }

    /// <summary>The share of both lines that their common head and tail make up: 0 to 1.</summary>
    private static double Alike(ReadOnlySpan<char> one, ReadOnlySpan<char> other)
    {
        one = one.Trim();
        other = other.Trim();
        var length = one.Length + other.Length;
        var head = one.CommonPrefixLength(other);
        one = one[head..];
        other = other[head..];
        var tail = 0;
        while (tail < one.Length && tail < other.Length && one[^(tail + 1)] == other[^(tail + 1)])
            tail++;
        return length == 0 ? 1 : 2.0 * (head + tail) / length;
    }
}
