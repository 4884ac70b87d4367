namespace PropertyManager.Edge;

/// <summary>Shares a whole number out by weight, within bounds.</summary>
internal static class Apportionment
{
    /// <summary>
    /// Whole numbers that add up to <paramref name="total"/>, as close to proportional to <paramref name="weights"/> as the bounds let them be.
    /// </summary>
    /// <param name="total">What is shared out.</param>
    /// <param name="weights">At least one positive weight, none negative.</param>
    /// <param name="bounds">The least and the most that item i may get.</param>
    /// <exception cref="ArgumentOutOfRangeException">The bounds leave no room for the total.</exception>
    public static int[] Share(int total, double[] weights, Func<int, (int Min, int Max)> bounds)
    {
        var limits = Enumerable.Range(0, weights.Length).Select(bounds).ToArray();
        if (total < limits.Sum(l => l.Min) || total > limits.Sum(l => (long)l.Max))
        {
            throw new ArgumentOutOfRangeException(nameof(total), total, "Not between the sums of the bounds.");
        }

        // The level is what a weight of 1 gets. More level never gives anybody less, so the right one is found by halving.
        var low = 0.0;
        var high = 1.0;
        while (Total(high) < total)
        {
            high *= 2;
        }

        for (var halvings = 0; halvings < 64; halvings++)
        {
            var middle = (low + high) / 2;
            (low, high) = Total(middle) <= total ? (middle, high) : (low, middle);
        }

        var shares = new int[weights.Length];
        for (var i = 0; i < shares.Length; i++)
        {
            shares[i] = At(i, low);
        }

        // What rounding down left over goes to the largest fractions, one each.
        var left = total - shares.Sum();
        var next = Enumerable.Range(0, shares.Length).Where(i => shares[i] < limits[i].Max).OrderByDescending(i => weights[i] * low - shares[i]);
        foreach (var i in next.Take(left).ToList())
        {
            shares[i]++;
        }

        return shares;

        int At(int i, double level) => (int)Math.Clamp(Math.Floor(weights[i] * level), limits[i].Min, limits[i].Max);

        long Total(double level)
        {
            var sum = 0L;
            for (var i = 0; i < limits.Length; i++)
            {
                sum += At(i, level);
            }

            return sum;
        }
    }
}
