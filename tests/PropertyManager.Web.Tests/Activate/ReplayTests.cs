using System.Globalization;
using System.Security.Cryptography;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PropertyManager.Domain;
using PropertyManager.Domain.Activations;
using PropertyManager.Domain.Rollouts;
using PropertyManager.Edge;
using PropertyManager.Web.Engine;
using PropertyManager.Web.Features.Activate;
using PropertyManager.Web.Hosting;
using PropertyManager.Web.Shell.Parts;
using PropertyManager.Web.Tests.Engine;
using PropertyManager.Web.Tests.Shell;

namespace PropertyManager.Web.Tests.Activate;

/// <summary>A past instant looks as it did then.</summary>
public sealed class ReplayTests : BunitContext
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly ActivationOrder Production = new(EngineWorld.Shop, 2, Network.Production, Acknowledged: true);

    [Fact]
    public async Task Each_instant_of_an_activation_that_was_cancelled_shows_what_people_saw_then()
    {
        await using var world = new EngineWorld();
        var node = world.StartNode();
        var edge = new SimulatedEdgeNetwork(1);
        await node.CompleteAsync(Production with { Version = 1 });
        var activation = await node.ActivateAsync(Production with { Faults = [new Fault(FaultKind.ServerErrors, 0.9, TimeSpan.FromMinutes(2))] });
        List<ActivationProgress> seen = [];
        await node.RunAsync(
            activation.Id,
            progress =>
            {
                seen.Add(progress);
                return false;
            },
            seconds: 7
        );
        activation = await world.ReadAsync(activation.Id);
        await using var db = world.CreateDbContext();
        var traffic = (await db.Properties.FindAsync(EngineWorld.Shop))!.Traffic;

        Assert.Equal(ActivationState.Aborted, activation.Status.State);
        Assert.Contains(seen, then => then.Status.State == ActivationState.Cancelling);
        Assert.All(
            seen,
            then =>
            {
                var now = ReplayMoment.Of(activation, traffic.HitsPerSecond, edge.Recall(activation.OrderFor(traffic), then.Progress.Elapsed));
                Assert.Equal(Shown(then), Shown(now));
            }
        );
    }

    [Fact]
    public async Task A_package_that_every_server_refused_is_shown_as_refused_by_a_process_that_was_started_since()
    {
        var commands = new SentCommands();
        await using var world = new EngineWorld(interceptors: commands);
        var node = this.Serve(world);
        using var stranger = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var trusted = SigningKey.LoadOrCreate(new DataDirectory(world.Directory));
        Services.AddSingleton<IEdgeNetwork>(new UntouchedEdge(new SimulatedEdgeNetwork(1, trusted)));
        var answer = await node.Desk.SubmitAsync(Production, EngineWorld.Publisher, CancellationToken.None);
        await using (var db = world.CreateDbContext())
        {
            var row = await db.Packages.SingleAsync(p => p.ActivationId == answer.Activation!.Id);
            var signature = RolloutPackage.Sign(row.Revision, row.Content, stranger).Signature;
            await db
                .Packages.Where(p => p.ActivationId == row.ActivationId)
                .ExecuteUpdateAsync(set => set.SetProperty(p => p.Signature, signature.ToArray()));
        }
        await node.CarryAsync(answer.Activation!.Id);
        var failed = await node.RunAsync(answer.Activation.Id);
        Assert.Equal(ActivationState.Failed, failed.Status.State);

        commands.Take();
        var end = failed.Status.EndedAfter!.Value;
        Services.GetRequiredService<NavigationManager>().NavigateTo(Links.ActivationAt(failed.Id, end));
        var page = Render<ActivationPage>(p => p.Add(x => x.ActivationId, PublicId.Of(PublicId.Activation, failed.Id)));

        page.WaitForAssertion(() => Assert.Equal("0", page.Find("#replay .figures").GetAttribute("data-installed")), Patience);
        Assert.Contains("Suspended themselves", page.Find("#replay .figures").TextContent, StringComparison.Ordinal);
        page.WaitForAssertion(() => Assert.Contains("took themselves out of service", page.Markup, StringComparison.Ordinal), Patience);
        // Whoever looks changes nothing: neither what the servers have, which the network would refuse, nor the database.
        Assert.All(commands.Take(), text => Assert.StartsWith("SELECT", text, StringComparison.Ordinal));
        await DisposeComponentsAsync();
    }

    [Fact]
    public async Task An_instant_is_linked_and_the_address_follows_the_slider()
    {
        await using var world = new EngineWorld();
        var node = this.Serve(world);
        var activation = await node.CompleteAsync(Production);
        var live = (int)activation.Status.LiveAfter!.Value.TotalSeconds;
        var navigation = Services.GetRequiredService<NavigationManager>();
        navigation.NavigateTo(Links.ActivationAt(activation.Id, TimeSpan.FromSeconds(live - 1)));
        var page = Render<ActivationPage>(p => p.Add(x => x.ActivationId, PublicId.Of(PublicId.Activation, activation.Id)));

        page.WaitForAssertion(() => Assert.Equal("Live", page.Find("#replay .figures").GetAttribute("data-state")), Patience);
        Assert.Equal("Pending", page.Find("#replay .badge").TextContent);

        page.Find("#replay input").Input($"{live}");
        page.WaitForAssertion(() => Assert.Equal("World", page.Find("#replay .figures").GetAttribute("data-state")), Patience);
        await page.PollAsync(() => navigation.Uri.Split('#')[0].EndsWith($"?at={live}", StringComparison.Ordinal));
        await DisposeComponentsAsync();
    }

    [Fact]
    public async Task What_is_over_waits_at_its_end_and_plays_from_its_start()
    {
        await using var world = new EngineWorld();
        var node = this.Serve(world);
        var activation = await node.CompleteAsync(Production);

        var page = Render<ActivationPage>(p => p.Add(x => x.ActivationId, PublicId.Of(PublicId.Activation, activation.Id)));

        var slider = page.WaitForElement("#replay input", Patience);
        var end = ((int)activation.Status.EndedAfter!.Value.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        Assert.Equal((end, end), (slider.GetAttribute("max"), slider.GetAttribute("value")));
        Assert.Empty(page.FindAll("#replay .figures"));

        page.Find("#replay .play").Click();
        page.WaitForAssertion(() => Assert.Equal("Pending", page.Find("#replay .figures").GetAttribute("data-state")), Patience);
        page.Find("#replay .play").Click();
        page.WaitForAssertion(() => Assert.Equal("Play", page.Find("#replay .play").TextContent), Patience);
        await DisposeComponentsAsync();
    }

    /// <summary>All that is shown, but for when it was published.</summary>
    private static string Shown(ActivationProgress progress)
    {
        var view = LiveView.Of(progress);
        return string.Join(
            '\n',
            [
                view.State,
                view.Percent,
                view.Servers,
                view.Left,
                .. view.Stages.Concat(view.WayBack ?? []).Select(stage => stage.ToString()),
                .. view.Facts.Select(fact => fact.ToString()),
                .. view.Traffic.Select(row => row.ToString()),
                .. view.Checks.Select(check => check.ToString()),
            ]
        );
    }
}
