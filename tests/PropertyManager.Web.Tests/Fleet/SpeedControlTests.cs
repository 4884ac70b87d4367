using Bunit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PropertyManager.Edge;
using PropertyManager.Web.Data;
using PropertyManager.Web.Features.Fleet;
using PropertyManager.Web.Tests.Engine;
using PropertyManager.Web.Tests.Shell;

namespace PropertyManager.Web.Tests.Fleet;

public sealed class SpeedControlTests : BunitContext
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    [Theory]
    [InlineData(Role.Admin, true, true, true)]
    [InlineData(Role.Publisher, true, true, false)]
    [InlineData(Role.Editor, true, false, false)]
    [InlineData(Role.Admin, false, false, false)]
    public async Task Who_may_not_change_the_speed_sees_it(Role role, bool mayDemonstrate, bool sees, bool changes)
    {
        await using var world = new EngineWorld();
        this.Serve(world, mayDemonstrate, role);
        Services.GetRequiredService<SimulationClock>().Speed = 20;

        var header = Render<SpeedControl>(parameters => parameters.Add(control => control.WithLink, true));

        header.WaitForAssertion(() =>
        {
            Assert.StartsWith("Simulated time", header.Find(".speed").TextContent.Trim(), StringComparison.Ordinal);
            Assert.Contains("×20", header.Markup, StringComparison.Ordinal);
            Assert.Equal(sees, header.Markup.Contains("Simulation", StringComparison.Ordinal));
            Assert.Equal(changes, header.FindAll("select").Count == 1);
        });
        await DisposeComponentsAsync();
    }

    [Fact]
    public async Task The_page_says_why_the_speed_cannot_be_changed()
    {
        await using var world = new EngineWorld();
        this.Serve(world, mayDemonstrate: true);

        var control = Render<SpeedControl>();

        control.WaitForAssertion(() => Assert.Contains("have the role Admin change its speed", control.Markup, StringComparison.Ordinal));
        await DisposeComponentsAsync();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_speed_is_kept_for_the_next_start(bool hasTime)
    {
        await using var world = new EngineWorld();
        var node = this.Serve(world, mayDemonstrate: true, Role.Admin);
        if (hasTime)
            await node.Ledger.SaveClockAsync(world.Simulated.GetUtcNow(), default);
        var control = Render<SpeedControl>();

        control.WaitForElement("select", Patience).Change("60");

        await control.PollAsync(async () => await node.Ledger.ReadSpeedAsync(default) == 60);
        Assert.Equal(world.Simulated.GetUtcNow(), await node.Ledger.ReadClockAsync(default));
        // Where time stands is written every second, and does not touch the speed.
        await node.Ledger.SaveClockAsync(world.Simulated.GetUtcNow() + TimeSpan.FromHours(1), default);
        Assert.Equal(60, await node.Ledger.ReadSpeedAsync(default));
        await using var db = world.CreateDbContext();
        Assert.Equal(1, await db.Simulation.CountAsync());
        await DisposeComponentsAsync();
    }
}
