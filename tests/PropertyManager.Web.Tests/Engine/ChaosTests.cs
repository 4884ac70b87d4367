using System.Globalization;
using PropertyManager.Domain;
using PropertyManager.Domain.Activations;
using PropertyManager.Domain.Rollouts;
using PropertyManager.Tests;
using PropertyManager.Web.Engine;
using Xunit.Abstractions;
using static PropertyManager.Domain.Activations.ActivationState;

namespace PropertyManager.Web.Tests.Engine;

/// <summary>
/// The real process with fifty activations, killed at random instants, while people start, cancel and fall back. CHAOS_SEED repeats a run: the
/// same people want the same; at which instants the process dies depends on the machine, too.
/// </summary>
public sealed class ChaosTests(ITestOutputHelper output)
{
    private const int Kills = 20;
    private const int Wanted = 50;
    private const int WantedAtOnce = 14;

    /// <summary>Simulated seconds per second: a look at the servers, each 250 ms, decides on most of a minute of every rollout.</summary>
    private const string Speed = "200";
    private const string FastestSpeed = "1000";

    private readonly int _seed = int.TryParse(
        System.Environment.GetEnvironmentVariable("CHAOS_SEED"),
        NumberStyles.AllowLeadingSign,
        CultureInfo.InvariantCulture,
        out var given
    )
        ? given
        : 1;

    [Fact]
    public async Task Killed_twenty_times_every_activation_ends_once_and_the_servers_have_what_is_recorded()
    {
        output.WriteLine($"CHAOS_SEED={_seed}");
        var random = new Random(_seed);
        await using var app = new AppProcess(("Simulation:Speed", Speed)) { Environment = "Production" };
        await using var world = new EngineWorld(app.DataDirectory);
        var people = new Crowd(world, random);
        await people.PrepareAsync();
        var start = await MeasureStartAsync(app, world);

        var before = await world.ReadAllAsync();
        var amidst = 0;
        for (var kills = 0; kills < Kills; kills += 2)
        {
            // Watched: killed in the middle of what it writes.
            await people.ActAsync(WantedAtOnce + ((Wanted - WantedAtOnce) * kills / (Kills - 2)));
            app.Launch();
            await WaitForRowsAsync(app, world, random.Next(1, 15));
            await people.CancelOneAsync();
            if (await WaitForRowsAsync(app, world, random.Next(1, 25)))
                amidst++;
            world.LetGo();
            await Task.Delay(random.Next(30));
            await app.KillAsync();

            // Alone with what that left behind: killed anywhere, in its start too.
            app.Launch();
            await Task.Delay(start * (2 * random.NextDouble()));
            await app.KillAsync();

            var now = await world.ReadAllAsync();
            Trail.AssertContinued(before, now);
            await world.TakeUpTimeAsync();
            before = now;
        }

        Assert.InRange(amidst, Kills / 4, Kills / 2);
        app.Set("Simulation:Speed", FastestSpeed);
        app.Launch();
        await world.WaitAsync(app, "select count(*) from Activations where IsOpen", open => open == 0);
        await world.WaitAsync(app, "select count(*) from QRTZ_JOB_DETAILS", jobs => jobs == 0);
        await app.KillAsync();

        var all = await world.ReadAllAsync();
        Trail.AssertContinued(before, all);
        await new Trail(world, output).AssertAsync(all);
        AssertOfAllSorts(people, all);
    }

    /// <summary>Everything that was to be met was met; were it not, the rest would prove little.</summary>
    private static void AssertOfAllSorts(Crowd people, IReadOnlyList<Activation> all)
    {
        Assert.InRange(people.Accepted, Wanted, all.Count);
        Assert.Contains(all, activation => activation.Type == ActivationType.FastFallback && activation.Status.State is Active or Inactive);
        Assert.Contains(all, activation => activation.Type == ActivationType.Deactivate);
        Assert.Contains(all, activation => activation.Class.IsException);
        Assert.Contains(all, activation => activation.Status.State == Failed);
        Assert.Contains(all, activation => activation.Status.State == Aborted && activation.Intent.CancelRequestedBy is null);
        Assert.Contains(all, activation => activation.Status.State == Aborted && activation.Intent.CancelRequestedBy is not null);
        Assert.Contains(all, activation => activation.Status.RollbackReleases.Count > 0);
    }

    private static async Task<TimeSpan> MeasureStartAsync(AppProcess app, EngineWorld world)
    {
        world.LetGo();
        var began = TimeProvider.System.GetTimestamp();
        await app.StartAsync();
        var took = TimeProvider.System.GetElapsedTime(began);
        await app.KillAsync();
        return took;
    }

    /// <summary>Until so many rows were added to the histories; false when nothing was left to add.</summary>
    private static async Task<bool> WaitForRowsAsync(AppProcess app, EngineWorld world, int rows)
    {
        const int done = 1_000_000;
        var count = $"select iif(exists (select 1 from Activations where IsOpen), (select count(*) from ActivationEvents), {done})";
        long? before = null;
        return await world.WaitAsync(app, count, now => now >= (before ??= now) + rows || now == done) != done;
    }

    /// <summary>People who want things, each at the instant at which simulated time stands in the database.</summary>
    private sealed class Crowd(EngineWorld world, Random random)
    {
        private const int Properties = 25;
        private const int FirstAdded = 3;
        private const double Busy = 5_000;
        private const double Quiet = 40;

        private static readonly IReadOnlyList<IReadOnlyList<Fault>> Troubles =
        [
            [new Fault(FaultKind.CorruptedTransfer, 1, TimeSpan.Zero)],
            [new Fault(FaultKind.ServerErrors, 0.4, TimeSpan.FromSeconds(60))],
            [new Fault(FaultKind.Crash, 0.3, TimeSpan.Zero)],
            [new Fault(FaultKind.CorruptedTransfer, 0.01, TimeSpan.Zero)],
        ];

        private readonly EngineNode _node = world.StartNode();

        /// <summary>What they asked for and were given.</summary>
        public int Accepted { get; private set; }

        /// <summary>Of some properties version 2 has just replaced version 1: these can fall back.</summary>
        public async Task PrepareAsync()
        {
            await world.AddPropertiesAsync(
                Enumerable.Range(FirstAdded, Properties - FirstAdded + 1).Select(id => ((long)id, id % 3 == 0 ? Quiet : Busy))
            );
            for (var property = FirstAdded; property < FirstAdded + 3; property++)
            {
                await _node.CompleteAsync(Order(property, 1, Network.Production));
                await _node.CompleteAsync(Order(property, 2, Network.Production));
            }
            await _node.Ledger.SaveClockAsync(world.Simulated.GetUtcNow(), CancellationToken.None);
        }

        /// <summary>They start this and that, until so many were accepted, and cancel one.</summary>
        public async Task ActAsync(int until)
        {
            while (Accepted < until)
            {
                // What nobody may do at the moment gives way to what somebody may.
                if ((await StartSpecialAsync() ?? await StartAnyAsync()).Refusal is null)
                    Accepted++;
            }
            if (random.Next(2) == 0)
                await CancelOneAsync();
        }

        /// <summary>Somebody cancels one, whatever becomes of it meanwhile; not one that is to come to grief by itself.</summary>
        public async Task CancelOneAsync()
        {
            await world.TakeUpTimeAsync();
            var open = (await world.ReadAllAsync()).Where(activation => activation.Status.IsOpen && activation.Intent.Faults.Count == 0).ToList();
            if (open.Count > 0)
                await _node.Desk.CancelAsync(open[random.Next(open.Count)].Id, EngineWorld.Publisher, CancellationToken.None);
        }

        /// <summary>Of ten each has its own turn; null when it is nothing special, or refused.</summary>
        private async Task<ActivationAnswer?> StartSpecialAsync()
        {
            var active = (await world.ReadAllAsync()).Where(activation => activation.Status.State == Active).ToArray();
            random.Shuffle(active);
            var property = random.Next(1, Properties + 1);
            var turn = Accepted % 10;
            return turn switch
            {
                0 or 6 => await FirstAcceptedAsync(active, one => _node.Desk.FastFallbackAsync(one.Id, EngineWorld.Publisher, default)),
                2 => await FirstAcceptedAsync(
                    active,
                    one => _node.Desk.DeactivateAsync(one.PropertyId, one.Network, "", Told, EngineWorld.Publisher, default)
                ),
                5 => Unrefused(await AskAsync(Order(property, 4, Network.Production))),
                3 or 7 or 9 => Unrefused(
                    await AskAsync(Order(property, random.Next(1, 4), Network.Production) with { Faults = Troubles[Accepted / 3 % Troubles.Count] })
                ),
                _ => null,
            };
        }

        private Task<ActivationAnswer> StartAnyAsync() =>
            AskAsync(Order(random.Next(1, Properties + 1), random.Next(1, 4), random.Next(3) == 0 ? Network.Staging : Network.Production));

        private static async Task<ActivationAnswer?> FirstAcceptedAsync(IEnumerable<Activation> active, Func<Activation, Task<ActivationAnswer>> ask)
        {
            foreach (var one in active)
            {
                if (await ask(one) is { Refusal: null } accepted)
                    return accepted;
            }
            return null;
        }

        private static ActivationAnswer? Unrefused(ActivationAnswer answer) => answer.Refusal is null ? answer : null;

        private const string Told = "ops@shop.example";

        private static ActivationOrder Order(long property, int version, Network network) =>
            new(property, version, network, NotifyEmails: Told, Acknowledged: true);

        private Task<ActivationAnswer> AskAsync(ActivationOrder order) =>
            _node.Desk.SubmitAsync(order, EngineWorld.Publisher, CancellationToken.None);
    }
}
