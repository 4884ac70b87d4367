using FsCheck;
using FsCheck.Fluent;
using PropertyManager.Domain.Rollouts;

namespace PropertyManager.Domain.Tests.Rollouts;

public sealed class NormalTests
{
    private static readonly Gen<double> Shares = Gen.Choose(1, 999_999).Select(millionths => millionths / 1e6);

    [Theory]
    [InlineData(0, 0.5)]
    [InlineData(1, 0.841344746)]
    [InlineData(-1, 0.158655254)]
    [InlineData(1.959963985, 0.975)]
    [InlineData(-3, 0.001349898)]
    public void Cdf_is_the_tables(double z, double share) => Assert.Equal(share, Normal.Cdf(z), 6);

    [Theory]
    [InlineData(0.5, 0)]
    [InlineData(0.975, 1.959963984540054)]
    [InlineData(0.001, -3.090232306167813)]
    [InlineData(1e-10, -6.361340902404056)]
    public void Quantile_is_the_tables(double share, double z) => Assert.Equal(z, Normal.Quantile(share), 12);

    [Fact]
    public void Each_undoes_the_other() => ForAll(share => Math.Abs(Normal.Cdf(Normal.Quantile(share)) - share) < 1e-6);

    [Fact]
    public void Both_are_symmetric() =>
        ForAll(share =>
            Math.Abs(Normal.Quantile(share) + Normal.Quantile(1 - share)) < 1e-9
            && Math.Abs(Normal.Cdf(Normal.Quantile(share)) + Normal.Cdf(-Normal.Quantile(share)) - 1) < 1e-12
        );

    [Fact]
    public void The_ends_are_infinite()
    {
        Assert.Equal((double.NegativeInfinity, double.PositiveInfinity), (Normal.Quantile(0), Normal.Quantile(1)));
        Assert.Equal((0.0, 1.0), (Normal.Cdf(double.NegativeInfinity), Normal.Cdf(double.PositiveInfinity)));
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1.1)]
    [InlineData(double.NaN)]
    public void A_share_is_between_0_and_1(double share) => Assert.Throws<ArgumentOutOfRangeException>(() => Normal.Quantile(share));

    private static void ForAll(Func<double, bool> holds) => Prop.ForAll(Shares.ToArbitrary(), holds).QuickCheckThrowOnFailure();
}
