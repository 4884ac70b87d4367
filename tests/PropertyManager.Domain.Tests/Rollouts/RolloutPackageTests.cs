using System.Security.Cryptography;
using System.Text;
using PropertyManager.Domain.Rollouts;

namespace PropertyManager.Domain.Tests.Rollouts;

/// <summary>What a server finds when it checks its copy.</summary>
public sealed class RolloutPackageTests
{
    private const string Revision = "prp_12 v5";
    private static readonly ECDsa Key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private static readonly ECDsa Stranger = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private static readonly byte[] Content = Encoding.UTF8.GetBytes("<configs/>");
    private static readonly RolloutPackage Good = RolloutPackage.Sign(Revision, Content, Key);

    [Fact]
    public void A_good_copy_is_taken() => Assert.Null(Good.Check(Revision, Key));

    [Fact]
    public void A_copy_of_nothing_takes_the_property_off() =>
        Assert.Null(RolloutPackage.Sign("prp_12 off", ReadOnlyMemory<byte>.Empty, Key).Check(RolloutPackage.RevisionOf(12, null), Key));

    [Fact]
    public void A_bit_that_changed_in_transit_is_noticed_wherever_it_is()
    {
        for (var bit = 0; bit < Content.Length * 8; bit++)
        {
            var content = Content.ToArray();
            content[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.Equal(PackageDefect.Damaged, (Good with { Content = content }).Check(Revision, Key));
        }
    }

    [Fact]
    public void Another_revision_is_refused_even_where_it_is_signed() =>
        Assert.Equal(PackageDefect.WrongRevision, RolloutPackage.Sign("prp_12 v4", Content, Key).Check(Revision, Key));

    [Fact]
    public void A_revision_that_was_written_over_is_not_trusted() =>
        Assert.Equal(PackageDefect.NotTrusted, (RolloutPackage.Sign("prp_12 v4", Content, Key) with { Revision = Revision }).Check(Revision, Key));

    [Fact]
    public void A_stranger_s_signature_is_not_trusted() =>
        Assert.Equal(PackageDefect.NotTrusted, RolloutPackage.Sign(Revision, Content, Stranger).Check(Revision, Key));

    [Fact]
    public void Content_and_hash_that_were_changed_together_are_not_trusted()
    {
        byte[] other = [.. Content, 0x20];
        Assert.Equal(PackageDefect.NotTrusted, (Good with { Content = other, Sha256 = SHA256.HashData(other) }).Check(Revision, Key));
    }
}
