using FsCheck;
using FsCheck.Fluent;

namespace PropertyManager.Edge.Tests;

public sealed class ApportionmentTests
{
    [Fact]
    public void Shares_are_proportional_where_the_bounds_allow()
    {
        Assert.Equal([10, 20, 70], Apportionment.Share(100, [1, 2, 7], _ => (0, 100)));
        Assert.Equal([17, 33, 50], Apportionment.Share(100, [1, 2, 7], _ => (0, 50)));
        Assert.Equal([15, 19, 66], Apportionment.Share(100, [1, 2, 7], _ => (15, 100)));
    }

    [Fact]
    public void A_total_outside_the_bounds_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Apportionment.Share(3, [1, 1], _ => (2, 9)));
        Assert.Throws<ArgumentOutOfRangeException>(() => Apportionment.Share(19, [1, 1], _ => (2, 9)));
    }

    [Fact]
    public void Everything_is_shared_out_within_the_bounds_and_more_weight_never_gets_less() =>
        Prop.ForAll(
                Gen.Choose(1, 10_000).Select(w => w / 100.0).NonEmptyListOf().Select(list => list.ToArray()).ToArbitrary(),
                Gen.Choose(0, 100).ToArbitrary(),
                (weights, percent) =>
                {
                    var (min, max) = (weights.Length * 2, weights.Length * 50);
                    var total = min + (max - min) * percent / 100;
                    var shares = Apportionment.Share(total, weights, _ => (2, 50));
                    var byWeight = shares.Zip(weights).OrderBy(pair => pair.Second).ThenBy(pair => pair.First).Select(pair => pair.First).ToList();
                    return shares.Sum() == total && shares.All(s => s is >= 2 and <= 50) && byWeight.SequenceEqual(byWeight.Order());
                }
            )
            .QuickCheckThrowOnFailure();
}
