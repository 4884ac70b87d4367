using PropertyManager.Domain;
using PropertyManager.Domain.Activations;
using PropertyManager.Web.Data;
using PropertyManager.Web.Features.Properties;

namespace PropertyManager.Web.Tests.Properties;

public sealed class GroupQueriesTests : IDisposable
{
    private readonly PropertyDatabase _database = new();

    public void Dispose() => _database.Dispose();

    [Fact]
    public async Task Another_accounts_property_never_shows()
    {
        var foreign = _database.Add("theirs.example", PropertyDatabase.Foreign, ["www.theirs.example"]);
        _database.Add("ours.example", PropertyDatabase.Shop, ["www.ours.example"]);
        await using var db = _database.CreateDbContext();

        foreach (var access in new[] { PropertyDatabase.Ours(), Access.None })
        {
            Assert.Empty((await GroupQueries.ReadPageAsync(db, access, new(2), default)).Rows);
            Assert.Empty((await GroupQueries.ReadPageAsync(db, access, new(2, [PropertyDatabase.Foreign], "theirs"), default)).Rows);
            Assert.Empty(await GroupQueries.ReadFactsAsync(db, access, [foreign], default));
        }
        Assert.Equal("Ours", Assert.Single(await GroupQueries.ReadAccountsAsync(db, PropertyDatabase.Ours(), default)).Name);
        var support = Access.None with { IsSupport = true };
        Assert.Equal("theirs.example", Assert.Single((await GroupQueries.ReadPageAsync(db, support, new(2), default)).Rows).Name);
    }

    [Fact]
    public async Task A_role_on_an_inner_group_shows_only_what_is_in_it()
    {
        _database.Add("top.example", PropertyDatabase.Top);
        _database.Add("shop.example", PropertyDatabase.Shop);
        var access = PropertyDatabase.Ours() with { Roles = new Dictionary<long, Role> { [PropertyDatabase.Shop] = Role.Viewer } };
        await using var db = _database.CreateDbContext();

        Assert.Equal(["shop.example"], await NamesAsync(new(1), access));
        var root = Assert.Single((await GroupQueries.ReadForestAsync(db, access, 1, default)).Roots);
        Assert.Equal(("Shop", "Shop", 1), (root.Name, root.Path, root.Properties));
    }

    [Theory]
    [InlineData("WWW.SHOP", "www.shop.example", 2)]
    [InlineData("old.shop", "old.shop.example", 1)]
    public async Task The_filter_finds_hostnames_of_any_version_and_says_which(string text, string hostname, int version)
    {
        _database.Add("shop", PropertyDatabase.Shop, ["www.shop.example", "old.shop.example"], ["www.shop.example"]);
        _database.Add("other", PropertyDatabase.Shop, ["www.other.example"]);
        await using var db = _database.CreateDbContext();

        var row = Assert.Single((await GroupQueries.ReadPageAsync(db, PropertyDatabase.Ours(), new(1, null, text), default)).Rows);

        Assert.Equal(new HostnameMatch(hostname, version), row.Match);
    }

    [Fact]
    public async Task The_filter_finds_names_and_takes_every_character_as_it_is()
    {
        _database.Add("a_b.example");
        _database.Add("axb.example");

        Assert.Equal(["a_b.example"], await NamesAsync(new(1, null, "A_B")));
        Assert.Empty(await NamesAsync(new(1, null, "%")));
        Assert.Empty(await NamesAsync(new(1, null, "\\")));
    }

    [Fact]
    public async Task Orders_by_what_is_active_and_by_the_last_activity()
    {
        var one = _database.Add(
            "one",
            PropertyDatabase.Shop,
            [
                [],
                [],
            ]
        );
        var two = _database.Add(
            "two",
            PropertyDatabase.Shop,
            [
                [],
                [],
            ]
        );
        _database.Add(
            "none",
            PropertyDatabase.Shop,
            [
                [],
            ]
        );
        _database.Activate(one, 2, Network.Staging, ActivationState.Active, minutes: 1);
        _database.Activate(two, 1, Network.Staging, ActivationState.Active, minutes: 90);
        _database.Activate(one, 1, Network.Staging, ActivationState.Pending, minutes: 80);

        Assert.Equal(["one", "two", "none"], await NamesAsync(new(1, Order: new(PropertyColumn.Staging, Descending: true))));
        Assert.Equal(["two", "one", "none"], await NamesAsync(new(1, Order: new(PropertyColumn.Updated, Descending: true))));
        await using var db = _database.CreateDbContext();
        var row = Assert.Single((await GroupQueries.ReadPageAsync(db, PropertyDatabase.Ours(), new(1, Text: "one"), default)).Rows, r => r.Id == one);
        var facts = (await GroupQueries.ReadFactsAsync(db, PropertyDatabase.Ours(), [one], default))[one];
        Assert.Equal((2, 1, 2), (row.Staging.Active?.Version, row.Staging.Open?.Version, row.Latest));
        Assert.Equal(NetworkStanding.Empty, row.Production);
        Assert.Equal(PropertyDatabase.Noon.AddMinutes(80), row.LastActivity);
        Assert.Equal((row.Latest, row.LastActivity), (facts.Latest, facts.LastActivity));
    }

    [Fact]
    public async Task Pages_have_25_rows_and_the_nearest_that_exists_is_shown()
    {
        foreach (var number in Enumerable.Range(1, 26))
            _database.Add($"p{number:00}");
        await using var db = _database.CreateDbContext();

        var last = await GroupQueries.ReadPageAsync(db, PropertyDatabase.Ours(), new(1, Page: 99), default);

        Assert.Equal((2, 26, "p26"), (last.Number, last.Total, Assert.Single(last.Rows).Name));
        Assert.Equal(25, (await NamesAsync(new(1))).Count);
    }

    [Theory]
    [InlineData(null, PropertyColumn.Name, false)]
    [InlineData("-updated", PropertyColumn.Updated, true)]
    [InlineData("staging", PropertyColumn.Staging, false)]
    [InlineData("3", PropertyColumn.Name, false)]
    [InlineData("-", PropertyColumn.Name, false)]
    [InlineData("drop table", PropertyColumn.Name, false)]
    public void The_address_says_the_order(string? text, PropertyColumn column, bool descending) =>
        Assert.Equal(new(column, descending), Paging.Order(text, new SortOrder<PropertyColumn>(PropertyColumn.Name, Descending: false)));

    private async Task<IReadOnlyList<string>> NamesAsync(PropertyFilter filter, Access? access = null)
    {
        await using var db = _database.CreateDbContext();
        var page = await GroupQueries.ReadPageAsync(db, access ?? PropertyDatabase.Ours(), filter, default);
        return [.. page.Rows.Select(row => row.Name)];
    }
}
