using PropertyManager.Domain.Configuration;

namespace PropertyManager.Domain.Tests.Configuration;

public sealed class HostnameChangesTests
{
    [Fact]
    public void Added_removed_and_reconfigured_hostnames_are_told_apart_and_counted()
    {
        HostnameEntry[] current = [new("b.example", "b.edge"), new("a.example", "a.edge"), new("same.example", "same.edge")];
        HostnameEntry[] next =
        [
            new("SAME.example", "same.EDGE"),
            new("a.example", "other.edge"),
            new("d.example", "d.edge"),
            new("c.example", "c.edge"),
        ];

        var changes = HostnameChanges.Between(current, next);

        Assert.Equal<string>(["c.example", "d.example"], [.. changes.Added.Select(h => h.CnameFrom)]);
        Assert.Equal([new("b.example", "b.edge")], changes.Removed);
        Assert.Equal([new("a.example", "other.edge")], changes.Reconfigured);
        Assert.Equal(4, changes.Count);
    }

    [Theory]
    [InlineData(null, null, null)]
    [InlineData(null, "a.edge", HostnameChange.Added)]
    [InlineData("a.edge", null, HostnameChange.Removed)]
    [InlineData("a.edge", "A.edge", null)]
    [InlineData("a.edge", "b.edge", HostnameChange.Reconfigured)]
    [InlineData("a.edge", "a.edge DEFAULT", HostnameChange.Reconfigured)]
    [InlineData("a.edge DEFAULT", "a.edge", HostnameChange.Reconfigured)]
    [InlineData("a.edge DEFAULT", "a.edge DEFAULT", null)]
    public void A_hostname_is_reconfigured_when_it_leads_elsewhere_or_its_certificate_comes_from_elsewhere(
        string? before,
        string? after,
        HostnameChange? change
    )
    {
        var (current, next) = (Entry(before), Entry(after));

        Assert.Equal(change, HostnameChanges.Of(current, next));
        var between = HostnameChanges.Between(current is null ? [] : [current], next is null ? [] : [next]);
        Assert.Equal(change is null ? 0 : 1, between.Count);
        Assert.Equal(change == HostnameChange.Reconfigured ? [next!] : [], between.Reconfigured);

        static HostnameEntry? Entry(string? text) =>
            text?.Split(' ') is { } words
                ? new("a.example", words[0]) { Certificate = words.Length > 1 ? CertificateProvisioning.Default : CertificateProvisioning.CpsManaged }
                : null;
    }

    [Fact]
    public void Nothing_changes_between_a_version_and_itself_in_another_order()
    {
        HostnameEntry[] current = [new("b.example", "b.edge"), new("a.example", "a.edge")];

        Assert.Equal(0, HostnameChanges.Between(current, current.Reverse()).Count);
        Assert.Equal(2, HostnameChanges.Between(current, []).Removed.Count);
    }

    [Fact]
    public void A_hostname_is_migrated_by_the_version_that_adds_it_and_never_again()
    {
        HostnameEntry kept = new("a.example", "a.edge");
        HostnameEntry legacy = new("old.example", "a.edge", MigratedFromLegacy: true);

        Assert.Equal(1, HostnameChanges.Between([kept], [kept, legacy]).Migrated);
        Assert.Equal(0, HostnameChanges.Between([kept, legacy], [kept, legacy]).Migrated);
        Assert.Equal(0, HostnameChanges.Between([kept, legacy], [kept]).Migrated);
    }
}
