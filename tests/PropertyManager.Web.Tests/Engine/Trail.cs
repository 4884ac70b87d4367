using Microsoft.EntityFrameworkCore;
using PropertyManager.Domain;
using PropertyManager.Domain.Activations;
using PropertyManager.Domain.Properties;
using PropertyManager.Edge;
using PropertyManager.Tests;
using Xunit.Abstractions;
using static PropertyManager.Domain.Activations.ActivationState;

namespace PropertyManager.Web.Tests.Engine;

/// <summary>What activations leave behind in the database, held against the rules and against the simulated servers.</summary>
internal sealed class Trail(EngineWorld world, ITestOutputHelper output)
{
    private readonly SimulatedEdgeNetwork _edge = new(1);

    /// <summary>Nothing that was recorded is lost, and nothing that was over goes on.</summary>
    public static void AssertContinued(IReadOnlyList<Activation> before, IReadOnlyList<Activation> now)
    {
        foreach (var (earlier, later) in before.Zip(now))
        {
            Assert.Equal(earlier.Id, later.Id);
            Assert.Equal(earlier.History.Select(Words), later.History.Take(earlier.History.Count).Select(Words), StringComparer.Ordinal);
            Assert.Equal(earlier.Status.Releases, later.Status.Releases.Take(earlier.Status.Releases.Count));
            Assert.Equal(earlier.Status.RollbackReleases, later.Status.RollbackReleases.Take(earlier.Status.RollbackReleases.Count));
            Assert.True(later.Epoch >= earlier.Epoch);
            if (!earlier.Status.IsOpen)
                Assert.Equal(earlier.Status.EndedAfter, later.Status.EndedAfter);
        }
        Assert.True(now.Count >= before.Count);
    }

    /// <summary>Of activations that are all over: each ended once, as it would have undisturbed, and the servers have what is recorded.</summary>
    public async Task AssertAsync(IReadOnlyList<Activation> all)
    {
        await using var db = world.CreateDbContext();
        var traffic = await db.Properties.ToDictionaryAsync(property => property.Id, property => property.Traffic);
        var told = (await world.ReadOutboxAsync()).ToLookup(message => message.ActivationId);
        foreach (var activation in all)
        {
            output.WriteLine(
                $"{activation.PropertyId} {activation.Network} {activation.Type} v{activation.Version}: {string.Join(", ", activation.History.Select(row => row.State))}"
            );
            AssertEndedOnce(activation);
            AssertWishKept(activation);
            AssertUndisturbed(activation, traffic[activation.PropertyId]);
            Assert.Equal(Notices(activation), told[activation.Id].Count());
        }
        foreach (var site in all.GroupBy(activation => (activation.PropertyId, activation.Network)))
            AssertServersHave([.. site], traffic[site.Key.PropertyId]);
    }

    /// <summary>A legal order of states in which time never goes back, with one row for each thing that was decided.</summary>
    private static void AssertEndedOnce(Activation activation)
    {
        var (status, history) = (activation.Status, activation.History);
        Assert.Equal(history.Select(row => row.Elapsed).Order(), history.Select(row => row.Elapsed));
        Assert.Equal(history.Skip(1).Select(row => row.At).Order(), history.Skip(1).Select(row => row.At)); // the first is written by the test's clock

        var open = history.TakeWhile(row => row.State <= Cancelling).Select(row => row.State).ToList();
        Assert.Equal(Pending, open[0]);
        Assert.Equal(open.Order(), open);
        ActivationState[] end = status.State == Inactive ? [Active, Inactive] : [status.State];
        Assert.Equal(end, history.Skip(open.Count).Select(row => row.State));
        Assert.Equal(status.EndedAfter, history[open.Count].Elapsed);

        var decided =
            status.Releases.Count
            + status.RollbackReleases.Count
            + (status.CancelledAfter is null ? 0 : 1)
            + (status.CancelLapsed && Granted(activation) is not null ? 1 : 0);
        Assert.Equal(1 + decided, open.Count);
        Assert.Equal(
            status.State is Active or Inactive or Deactivated,
            status.Releases.Count == activation.Plan.Steps.Count && status.CancelledAfter is null && status.State != Failed
        );
        Assert.Equal(status.State == Aborted, status.CancelledAfter is not null);
        if (status.State == Aborted)
            Assert.Equal(status.Releases.Count, status.RollbackReleases.Count);
    }

    /// <summary>
    /// Whoever was told that the wish to cancel is recorded had it granted, or was told that it came too late.
    /// </summary>
    private static void AssertWishKept(Activation activation)
    {
        var (intent, status) = (activation.Intent, activation.Status);
        if (intent.CancelRequestedBy is null)
            return;
        Assert.True(
            status.State is Aborted or Failed || status.CancelLapsed,
            $"{activation.Id} was to be cancelled after {intent.CancelRequestedAfter} and ended after {status.EndedAfter}."
        );
        if (Granted(activation) is { } granted)
            Assert.True(granted >= activation.Intent.CancelRequestedAfter);
    }

    /// <summary>The same activation, carried out at once and without a crash, with the wish to cancel at the instant at which it was met with.</summary>
    private void AssertUndisturbed(Activation activation, TrafficProfile traffic)
    {
        var intent = activation.Intent;
        var granted = Granted(activation);
        var undisturbed = new Activation
        {
            Id = activation.Id,
            AccountId = activation.AccountId,
            PropertyId = activation.PropertyId,
            Version = activation.Version,
            PreviousVersion = activation.PreviousVersion,
            Network = activation.Network,
            Type = activation.Type,
            FallbackOf = activation.FallbackOf,
            ExceptionReason = activation.ExceptionReason,
            Plan = activation.Plan,
            StartedAt = activation.StartedAt,
            Intent = new()
            {
                SubmittedBy = intent.SubmittedBy,
                SubmittedAt = intent.SubmittedAt,
                CancelIfErrorRateIncreases = intent.CancelIfErrorRateIncreases,
                Faults = intent.Faults,
                CancelRequestedBy = intent.CancelRequestedBy,
                CancelRequestedAt = granted is null && !activation.Status.CancelLapsed ? null : intent.CancelRequestedAt,
                CancelRequestedAfter = granted ?? intent.CancelRequestedAfter,
            },
        };
        Courses.Run(_edge, undisturbed, traffic);
        var replaced = activation.Status.State == Inactive ? 1 : 0;
        Assert.Equal(undisturbed.History.Select(Words), activation.History.Skip(1).SkipLast(replaced).Select(Words), StringComparer.Ordinal);
    }

    /// <summary>Of a property on a network: what is recorded as active is what its servers have, after each activation and at the end.</summary>
    private void AssertServersHave(IReadOnlyList<Activation> site, TrafficProfile traffic)
    {
        int? version = null;
        foreach (var activation in site)
        {
            Assert.Equal(version, activation.PreviousVersion);
            _edge.Carry(activation.OrderFor(traffic));
            var seen = _edge.Observe(activation.Id, activation.Status.EndedAfter!.Value);
            Assert.Equal(0, seen.Installing);
            if (activation.Status.State is Aborted or Failed)
            {
                Assert.Equal(seen.Installed, seen.Restored);
            }
            else
            {
                Assert.Equal(activation.Plan.Servers, seen.Installed + seen.Suspended);
                version = activation.Type == ActivationType.Deactivate ? null : activation.Version;
            }
        }
        int?[] recorded = version is null ? [] : [version];
        Assert.Equal(recorded, site.Where(activation => activation.Status.State == Active).Select(activation => (int?)activation.Version));
    }

    /// <summary>When the wish to cancel was decided on; null when there was none, or something else ended it first.</summary>
    private static TimeSpan? Granted(Activation activation) =>
        activation
            .History.FirstOrDefault(row =>
                row.Reason.StartsWith($"Cancelled by {activation.Intent.CancelRequestedBy};", StringComparison.Ordinal)
                || row.Reason.StartsWith("Too late to cancel", StringComparison.Ordinal)
            )
            ?.Elapsed;

    /// <summary>E-mails that it gives rise to: that it started, and each change of state that people are told of.</summary>
    private static int Notices(Activation activation) =>
        1
        + activation
            .History.Select(row => row.State)
            .Distinct()
            .Count(state => state is World or Cancelling or Active or Deactivated or Aborted or Failed);

    private static string Words(ActivationEvent row) => $"{row.Elapsed} {row.State}: {row.Reason}";
}
