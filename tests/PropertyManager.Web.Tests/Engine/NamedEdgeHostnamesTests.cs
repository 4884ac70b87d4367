using Microsoft.EntityFrameworkCore;
using PropertyManager.Domain;
using PropertyManager.Domain.Configuration;
using PropertyManager.Domain.Properties;
using PropertyManager.Web.Data;
using PropertyManager.Web.Engine;

namespace PropertyManager.Web.Tests.Engine;

/// <summary>An edge hostname that nobody has made is made by the activation of a hostname with a default certificate.</summary>
public sealed class NamedEdgeHostnamesTests
{
    private const string Unmade = "unmade.example.edgekey.net";
    private static readonly ActivationOrder ShopOnStaging = new(EngineWorld.Shop, 1, Network.Staging);
    private static readonly ActivationOrder BlogOnStaging = new(EngineWorld.Blog, 1, Network.Staging);

    [Theory]
    [InlineData(Unmade)]
    [InlineData("unmade.example.edgesuite.net")]
    public async Task An_activation_makes_it_and_a_dry_run_does_not(string edge)
    {
        await using var world = new EngineWorld();
        var node = world.StartNode();
        await PointAsync(world, EngineWorld.Shop, edge, CertificateProvisioning.Default);

        var preview = await node.PreviewAsync(EngineWorld.Shop, 1, Network.Staging, EngineWorld.Publisher);
        var dryRun = await node.Desk.TryOutAsync(ShopOnStaging, EngineWorld.Publisher, default);
        var before = await NamesAsync(world);
        await node.CompleteAsync(ShopOnStaging);

        Assert.Empty(preview!.Warnings);
        Assert.Null(dryRun.Answer.Refusal);
        Assert.DoesNotContain(edge, before, StringComparer.Ordinal);
        Assert.Single(await NamesAsync(world), edge);
        await using var db = world.CreateDbContext();
        var made = await db.EdgeHostnames.SingleAsync(e => e.Prefix == "unmade.example");
        Assert.Equal((1, 1, "ctr_1", "prd_1"), (made.AccountId, made.GroupId, made.ContractId, made.ProductId));
        // On the other network it is found.
        await node.ActivateAsync(ShopOnStaging with { Network = Network.Production });
        Assert.Single(await NamesAsync(world), edge);
    }

    [Theory]
    [InlineData(Unmade, CertificateProvisioning.CpsManaged)]
    [InlineData("unmade.akamaized.net", CertificateProvisioning.Default)]
    public async Task Without_a_certificate_that_can_be_made_it_stays_a_warning_and_unmade(string edge, CertificateProvisioning certificate)
    {
        await using var world = new EngineWorld();
        var node = world.StartNode();
        await PointAsync(world, EngineWorld.Shop, edge, certificate);

        var preview = await node.PreviewAsync(EngineWorld.Shop, 1, Network.Staging, EngineWorld.Publisher);
        await node.ActivateAsync(ShopOnStaging with { Acknowledged = true });

        Assert.Equal("An unknown edge hostname", Assert.Single(preview!.Warnings).Title);
        Assert.DoesNotContain(edge, await NamesAsync(world), StringComparer.Ordinal);
    }

    [Fact]
    public async Task A_deactivation_makes_none()
    {
        await using var world = new EngineWorld();
        var node = world.StartNode();
        await node.CompleteAsync(ShopOnStaging);
        await PointAsync(world, EngineWorld.Shop, Unmade, CertificateProvisioning.Default);

        var (off, _) = await node.Desk.DeactivateAsync(EngineWorld.Shop, Network.Staging, "", "", EngineWorld.Publisher, default);

        Assert.NotNull(off);
        Assert.DoesNotContain(Unmade, await NamesAsync(world), StringComparer.Ordinal);
    }

    [Fact]
    public async Task Of_two_that_go_out_with_it_at_once_the_second_finds_it_made()
    {
        var meanwhile = new Meanwhile();
        await using var world = new EngineWorld(interceptors: meanwhile.Interceptors);
        var node = world.StartNode();
        await PointAsync(world, EngineWorld.Shop, Unmade, CertificateProvisioning.Default);
        await PointAsync(world, EngineWorld.Blog, Unmade, CertificateProvisioning.Default);
        meanwhile.BeforeTransaction(() => node.ActivateAsync(ShopOnStaging));

        await node.ActivateAsync(BlogOnStaging);

        Assert.Equal(2, (await world.ReadAllAsync()).Count);
        Assert.Single(await NamesAsync(world), Unmade);
    }

    [Fact]
    public async Task Whoever_comes_after_another_account_is_told_so_and_nothing_is_begun()
    {
        var meanwhile = new Meanwhile();
        await using var world = new EngineWorld(interceptors: meanwhile.Interceptors);
        var node = world.StartNode();
        await PointAsync(world, EngineWorld.Shop, Unmade, CertificateProvisioning.Default);
        meanwhile.BeforeTransaction(() => AddForeignAsync(world, "unmade.example"));

        var late = await node.Desk.SubmitAsync(ShopOnStaging, EngineWorld.Publisher, default);
        var later = await node.Desk.TryOutAsync(ShopOnStaging, EngineWorld.Publisher, default);

        Assert.Equal("edge-hostname-taken", late.Refusal?.Code);
        Assert.Equal("The edge hostname unmade.example.edgekey.net is another account's. Use one of this account's.", late.Refusal!.Message);
        Assert.Equal("validation-errors", later.Answer.Refusal?.Code);
        Assert.Empty(await world.ReadAllAsync());
        await using var db = world.CreateDbContext();
        Assert.False((await db.Versions.SingleAsync(v => v.PropertyId == EngineWorld.Shop && v.Number == 1)).IsLocked);
    }

    [Fact]
    public async Task A_contract_without_room_is_told_before_and_in_the_transaction()
    {
        var meanwhile = new Meanwhile();
        await using var world = new EngineWorld(interceptors: meanwhile.Interceptors);
        var node = world.StartNode();
        await PointAsync(world, EngineWorld.Shop, Unmade, CertificateProvisioning.Default);
        meanwhile.BeforeTransaction(() => FillAsync(world));

        var late = await node.Desk.SubmitAsync(ShopOnStaging, EngineWorld.Publisher, default);
        var dryRun = await node.Desk.TryOutAsync(ShopOnStaging, EngineWorld.Publisher, default);

        Assert.Equal("edge-hostname-limit", late.Refusal?.Code);
        Assert.Equal("validation-errors", dryRun.Answer.Refusal?.Code);
        var error = Assert.Single(dryRun.Answer.Preview!.Messages);
        Assert.Equal(
            (
                "No room for edge hostnames",
                "The contract has room for 0 more edge hostnames, of 1,000 in all, and 1 would have to be made. Use some that are there."
            ),
            (error.Title, error.Detail)
        );
        Assert.Empty(await world.ReadAllAsync());
    }

    /// <summary>Where writers do not wait for each other the database takes one of two rows: the other finds it, and makes the rest.</summary>
    [Fact]
    public async Task One_that_is_made_between_looking_and_making_does_not_keep_the_others_from_being_made()
    {
        var meanwhile = new Meanwhile();
        await using var world = new EngineWorld(interceptors: meanwhile.Interceptors);
        HostnameEntry[] hostnames =
        [
            new("a.example", "a.example.edgekey.net") { Certificate = CertificateProvisioning.Default },
            new("b.example", "b.example.edgekey.net") { Certificate = CertificateProvisioning.Default },
        ];
        await using var db = world.CreateDbContext();
        meanwhile.BeforeQuery("Properties", () => AddForeignAsync(world, "a.example"));

        var refusal = await NamedEdgeHostnames.MakeOnActivationAsync(db, EngineWorld.Shop, hostnames, DateTimeOffset.UnixEpoch, default);

        Assert.Equal("edge-hostname-taken", refusal?.Code);
        Assert.Single(await NamesAsync(world), "a.example.edgekey.net");
        Assert.Single(await NamesAsync(world), "b.example.edgekey.net");
        Assert.Null(await NamedEdgeHostnames.MakeOnActivationAsync(db, EngineWorld.Shop, hostnames[1..], DateTimeOffset.UnixEpoch, default));
    }

    /// <summary>Version 1's hostname points there.</summary>
    private static async Task PointAsync(EngineWorld world, long propertyId, string edge, CertificateProvisioning certificate)
    {
        await using var db = world.CreateDbContext();
        await db
            .Hostnames.Where(h => h.PropertyId == propertyId && h.Version == 1)
            .ExecuteUpdateAsync(set => set.SetProperty(h => h.EdgeHostname, edge).SetProperty(h => h.Certificate, certificate));
    }

    private static async Task AddForeignAsync(EngineWorld world, string prefix)
    {
        await using var db = world.CreateDbContext();
        db.Accounts.Add(new Account { Id = 2, Name = "Somebody else" });
        db.EdgeHostnames.Add(Edge(prefix, account: 2, contract: "ctr_2"));
        await db.SaveChangesAsync();
    }

    private static async Task FillAsync(EngineWorld world)
    {
        await using var db = world.CreateDbContext();
        var room = ContractDesk.MostPerContract - await db.EdgeHostnames.CountAsync();
        db.EdgeHostnames.AddRange(Enumerable.Range(0, room).Select(n => Edge($"many{n}.example", account: 1, contract: "ctr_1")));
        await db.SaveChangesAsync();
    }

    private static EdgeHostname Edge(string prefix, long account, string contract) =>
        new()
        {
            AccountId = account,
            GroupId = 1,
            ContractId = contract,
            ProductId = "prd_1",
            Prefix = prefix,
            Suffix = "edgekey.net",
            CreatedAt = DateTimeOffset.UnixEpoch,
        };

    private static async Task<IReadOnlyList<string>> NamesAsync(EngineWorld world)
    {
        await using var db = world.CreateDbContext();
        return [.. (await db.EdgeHostnames.ToListAsync()).Select(e => e.Name)];
    }
}
