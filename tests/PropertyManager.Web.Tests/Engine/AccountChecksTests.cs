using Microsoft.EntityFrameworkCore;
using PropertyManager.Domain;
using PropertyManager.Domain.Configuration;
using PropertyManager.Domain.Properties;
using PropertyManager.Web.Data;
using PropertyManager.Web.Engine;

namespace PropertyManager.Web.Tests.Engine;

/// <summary>What a version names has to be the account's, and nobody else's.</summary>
public sealed class AccountChecksTests
{
    private const string Contested = "www.shop.example";
    private static readonly ActivationOrder ShopOnStaging = new(EngineWorld.Shop, 1, Network.Staging, Acknowledged: true);
    private static readonly ActivationOrder BlogOnStaging = new(EngineWorld.Blog, 1, Network.Staging, Acknowledged: true);

    [Fact]
    public async Task A_hostname_is_answered_by_one_property_on_a_network()
    {
        await using var world = new EngineWorld();
        var node = world.StartNode();
        await AddHostnameAsync(world, Contested);
        var running = await node.ActivateAsync(ShopOnStaging);

        var whileItRuns = await node.Desk.SubmitAsync(BlogOnStaging, EngineWorld.Publisher, default);
        await node.RunAsync(running.Id);
        var whenItIsActive = await node.Desk.SubmitAsync(BlogOnStaging, EngineWorld.Publisher, default);
        var dryRun = await node.Desk.TryOutAsync(BlogOnStaging, EngineWorld.Publisher, default);
        var elsewhere = await node.Desk.TryOutAsync(BlogOnStaging with { Network = Network.Production }, EngineWorld.Publisher, default);
        var (taken, _) = await node.Desk.DeactivateAsync(EngineWorld.Shop, Network.Staging, "", "", EngineWorld.Publisher, default);
        await node.CarryAsync(taken!.Id);
        await node.RunAsync(taken.Id);

        Assert.All(
            [whileItRuns, whenItIsActive, dryRun.Answer],
            answer =>
            {
                Assert.Equal("validation-errors", answer.Refusal?.Code);
                var error = Assert.Single(answer.Preview!.Messages, message => message.Severity == Severity.Error);
                Assert.Equal(
                    "On staging www.shop.example is answered by the property www.shop.example (prp_1). Take it off there, or out of this version.",
                    error.Detail
                );
            }
        );
        Assert.Null(elsewhere.Answer.Refusal);
        await node.ActivateAsync(BlogOnStaging);
    }

    [Fact]
    public async Task A_wildcard_leaves_the_names_that_it_stands_for_to_other_properties()
    {
        await using var world = new EngineWorld();
        var node = world.StartNode();
        await AddHostnameAsync(world, "*.shop.example");

        await node.RunAsync((await node.ActivateAsync(BlogOnStaging)).Id);
        await node.RunAsync((await node.ActivateAsync(ShopOnStaging)).Id);
    }

    [Fact]
    public async Task Of_two_properties_that_go_out_with_one_hostname_at_once_one_does()
    {
        var meanwhile = new Meanwhile();
        await using var world = new EngineWorld(interceptors: meanwhile.Interceptors);
        var node = world.StartNode();
        await AddHostnameAsync(world, Contested);
        meanwhile.BeforeTransaction(() => node.ActivateAsync(ShopOnStaging));

        var answer = await node.Desk.SubmitAsync(BlogOnStaging, EngineWorld.Publisher, default);

        Assert.Equal("hostname-taken", answer.Refusal?.Code);
        var activation = Assert.Single(await world.ReadAllAsync());
        Assert.Equal(EngineWorld.Shop, activation.PropertyId);
        await using var db = world.CreateDbContext();
        Assert.False((await db.Versions.SingleAsync(v => v.PropertyId == EngineWorld.Blog && v.Number == 1)).IsLocked);
    }

    [Fact]
    public async Task Whoever_does_not_see_the_other_property_is_not_told_its_name()
    {
        await using var world = new EngineWorld();
        var node = world.StartNode();
        await AddHostnameAsync(world, Contested);
        await node.ActivateAsync(ShopOnStaging);
        await using var db = world.CreateDbContext();
        var blind = Access.None with { Email = "bob@shop.example" };

        var message = Assert.Single((await AccountChecks.TakenAsync(db, EngineWorld.Blog, 1, blind, default))[Network.Staging]);

        Assert.Equal(
            "On staging www.shop.example is answered by another property, which you do not see. Take it out of this version, or have it taken off there.",
            message.Detail
        );
    }

    [Fact]
    public async Task CP_codes_and_edge_hostnames_that_the_account_has_not_are_told_before_an_activation()
    {
        await using var world = new EngineWorld();
        var node = world.StartNode();
        await using (var db = world.CreateDbContext())
        {
            db.Accounts.Add(new Account { Id = 2, Name = "Somebody else" });
            await db.SaveChangesAsync();
            await db.CpCodes.ExecuteUpdateAsync(set => set.SetProperty(c => c.AccountId, 2L));
            await db.EdgeHostnames.Where(e => e.Prefix == "www.shop.example").ExecuteDeleteAsync();
            await db.EdgeHostnames.ExecuteUpdateAsync(set => set.SetProperty(e => e.AccountId, 2L));
        }

        var unmade = await node.PreviewAsync(EngineWorld.Shop, 1, Network.Staging, EngineWorld.Publisher);
        var foreign = await node.PreviewAsync(EngineWorld.Blog, 1, Network.Staging, EngineWorld.Publisher);

        Assert.Equal(
            "Warning /hostnames/0 An unknown edge hostname, Warning /rules/behaviors/1/options/value An unknown CP code",
            string.Join(", ", unmade!.Messages.Select(message => $"{message.Severity} {message.Pointer} {message.Title}"))
        );
        Assert.Equal("An unknown edge hostname, An unknown CP code", string.Join(", ", unmade.Warnings.Select(warning => warning.Title)));
        Assert.Equal(
            (Severity.Error, "An edge hostname of somebody else"),
            foreign!.Messages.Select(message => (message.Severity, message.Title)).First()
        );
    }

    [Fact]
    public async Task What_people_name_on_the_screen_is_made_when_they_save_and_programs_make_it_themselves()
    {
        await using var world = new EngineWorld();
        var desk = new VersionDesk(world, new VersionHeads(world, TimeProvider.System), TimeProvider.System);
        var content = await ReadAsync(world, 2);
        var program = EngineWorld.Publisher with { Client = "pipeline" };
        HostnameEntry[] Named(string name) => [new(name, $"{name}.edgekey.net"), new($"img.{name}", "cdn.elsewhere.example")];

        await desk.SaveAsync(EngineWorld.Shop, 2, 1, content with { Hostnames = Named("by-hand.example") }, EngineWorld.Publisher, default);
        await desk.SaveAsync(EngineWorld.Shop, 3, 1, content with { Hostnames = Named("by-program.example") }, program, default);
        await desk.CreateAsync(EngineWorld.Shop, null, content with { Hostnames = Named("imported.example") }, null, EngineWorld.Publisher, default);

        await using var db = world.CreateDbContext();
        var made = await db.EdgeHostnames.Where(e => !e.Prefix.EndsWith("shop.example")).OrderBy(e => e.Prefix).ToListAsync();
        Assert.Equal("by-hand.example.edgekey.net, imported.example.edgekey.net", string.Join(", ", made.Select(e => e.Name)));
        Assert.All(made, edge => Assert.Equal((1, 1, "ctr_1"), (edge.AccountId, edge.GroupId, edge.ContractId)));
    }

    private static async Task AddHostnameAsync(EngineWorld world, string name)
    {
        await using var db = world.CreateDbContext();
        db.Hostnames.Add(
            new Hostname
            {
                PropertyId = EngineWorld.Blog,
                Version = 1,
                CnameFrom = name,
                EdgeHostname = $"{name}.edgekey.net",
            }
        );
        await db.SaveChangesAsync();
    }

    private static async Task<PropertyVersionDocument> ReadAsync(EngineWorld world, int version)
    {
        await using var db = world.CreateDbContext();
        return VersionView.ContentOf(
            await db.Versions.Include(v => v.Hostnames).SingleAsync(v => v.PropertyId == EngineWorld.Shop && v.Number == version)
        );
    }
}
