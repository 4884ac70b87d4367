using System.Net;
using PropertyManager.Domain;
using PropertyManager.Domain.Activations;
using PropertyManager.Tests;
using PropertyManager.Web.Engine;
using Xunit.Abstractions;
using static PropertyManager.Domain.Activations.ActivationState;

namespace PropertyManager.Web.Tests.Engine;

/// <summary>The real process, stopped for a while in the middle of rollouts, as a laptop that is closed or a machine that is moved stops it.</summary>
public sealed class PauseTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(15);

    /// <summary>Of simulated time after the start: the small group has its version, and less than an exception's cut-off.</summary>
    private static readonly TimeSpan CancelledAfter = TimeSpan.FromMinutes(3);

    private static readonly ActivationOrder Order = new(
        EngineWorld.Shop,
        1,
        Network.Production,
        NotifyEmails: "ops@shop.example",
        Acknowledged: true
    );

    [UnixFact]
    public async Task Stopped_for_15_seconds_it_goes_on_as_if_nothing_had_happened()
    {
        await using var app = new AppProcess(("Simulation:Speed", "60")) { Environment = "Production" };
        await using var world = new EngineWorld(app.DataDirectory);
        var node = world.StartNode();
        var desk = node.Desk;
        var kept = await desk.SubmitAsync(Order, EngineWorld.Publisher, CancellationToken.None);
        var taken = await desk.SubmitAsync(Order with { PropertyId = EngineWorld.Blog }, EngineWorld.Publisher, CancellationToken.None);
        await node.Ledger.SaveClockAsync(world.Simulated.GetUtcNow(), CancellationToken.None);
        // Known from the start and due at an instant, so that a slow machine cannot be late with it: it is met with at that second, whether the
        // process stands still then (a quarter of an hour of simulated time passes meanwhile) or not.
        world.Simulated.Advance(CancelledAfter);
        Assert.Null(await desk.CancelAsync(taken.Activation!.Id, EngineWorld.Publisher, CancellationToken.None));
        await app.StartAsync();
        await world.WaitAsync(app, $"select count(*) from Activations where State <> '{nameof(Pending)}'", under => under == 2);
        await app.PauseAsync();
        var before = await world.ReadAllAsync();
        output.WriteLine($"Stopped in {string.Join(" and ", before.Select(activation => activation.Status.State))}.");
        using var http = new HttpClient { BaseAddress = app.Address };
        var page = http.GetAsync(new Uri("/account/login", UriKind.Relative));
        await Task.Delay(Pause);
        var still = await world.ReadAllAsync();
        Assert.False(page.IsCompleted);
        await app.ContinueAsync();

        Assert.Equal(before.Select(activation => activation.Status.DecidedAfter), still.Select(activation => activation.Status.DecidedAfter));
        using var answer = await page;
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        await world.WaitAsync(app, "select count(*) from Activations where IsOpen", open => open == 0);
        var after = await world.ReadAllAsync();
        Trail.AssertContinued(before, after);
        await new Trail(world, output).AssertAsync(after);
        Assert.Equal([Active, Aborted], after.Select(activation => activation.Status.State));
        Assert.Equal(CancelledAfter, after[1].Status.CancelledAfter);
        Assert.Equal([kept.Activation!.Id, taken.Activation!.Id], after.Select(activation => activation.Id));
    }
}
