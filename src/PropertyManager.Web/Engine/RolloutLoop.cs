using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Microsoft.EntityFrameworkCore;
using PropertyManager.Domain;
using PropertyManager.Web.Data;

namespace PropertyManager.Web.Engine;

/// <summary>
/// When rollouts go on: one loop for all that this process carries. Each is observed and decided at every full second of simulated time, however
/// fast that runs and however late a tick comes, so that the same activation always takes the same course. What fails is tried again, later
/// each time, and holds up nothing else.
/// </summary>
public sealed partial class RolloutLoop(
    IEdgeNetwork edge,
    ActivationLedger ledger,
    ActivationFeed feed,
    RolloutSchedule schedule,
    [FromKeyedServices(Simulated.Time)] TimeProvider simulated,
    TimeProvider time,
    ILogger<RolloutLoop> logger
) : BackgroundService
{
    /// <summary>Between two looks at the servers, real time.</summary>
    public static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(250);

    private const string Clock = "Keeping where simulated time stands";
    private const int TicksPerClock = 4;
    private const int TicksPerSweep = 20;

    /// <summary>So many are claimed in one transaction, at most.</summary>
    public const int ClaimedAtOnce = 250;

    private readonly ConcurrentDictionary<long, Carried> _carried = new();
    private readonly BackOff _wishes = new(time);
    private readonly BackOff _clock = new(time);
    private readonly BackOff _sweep = new(time);
    private HashSet<long> _idle = [];

    /// <summary>
    /// Carries an activation from where it is to its end, beginning with the next tick. Returns at that tick when it is over already. Whoever
    /// carried it in this process is done: the newest claim counts.
    /// </summary>
    /// <param name="activationId">Whose.</param>
    /// <param name="cancellationToken">With the next tick it is carried no more.</param>
    public Task CarryThroughAsync(long activationId, CancellationToken cancellationToken)
    {
        var carried = new Carried(activationId, cancellationToken);
        _carried.AddOrUpdate(
            activationId,
            carried,
            (_, before) =>
            {
                before.TrySetResult();
                return carried;
            }
        );
        return carried.Task;
    }

    /// <summary>One look at everything that is carried. The loop calls it; tests do, with a clock of their own.</summary>
    public async Task TickAsync(CancellationToken cancellationToken)
    {
        if (_carried.IsEmpty)
            return;
        foreach (var (_, carried) in _carried)
        {
            if (carried.Stop.IsCancellationRequested)
                End(carried);
        }
        var waiting = _carried.Select(pair => pair.Value).Where(carried => carried is { Rollout: null, Rests: false });
        foreach (var chunk in waiting.Chunk(ClaimedAtOnce))
            await ClaimAsync(chunk, cancellationToken);
        // Nothing is decided without knowing what people wanted until then.
        var now = simulated.GetUtcNow();
        IReadOnlyDictionary<long, Wish>? wishes = null;
        await TryAsync("Reading what people want", _wishes, async () => wishes = await ledger.WishesAsync(cancellationToken), cancellationToken);
        foreach (var (_, carried) in _carried)
        {
            if (carried.Rollout is { } rollout && !carried.IsOver)
                await AdvanceAsync(carried, rollout, now, wishes, cancellationToken);
        }
    }

    /// <summary>Simulated time goes on from here at the next start.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await TryAsync(Clock, new BackOff(time), () => ledger.SaveClockAsync(simulated.GetUtcNow(), cancellationToken), cancellationToken);
    }

    /// <summary>Keeps where simulated time stands, unless it failed a moment ago.</summary>
    public Task SaveClockAsync(CancellationToken cancellationToken) =>
        TryAsync(Clock, _clock, () => ledger.SaveClockAsync(simulated.GetUtcNow(), cancellationToken), cancellationToken);

    /// <summary>
    /// An open activation without a job (the process died between saving the one and scheduling the other) gets one; and one whose job has not
    /// run since the last sweep, whatever the reason, gets another.
    /// </summary>
    public Task SweepAsync(CancellationToken cancellationToken) =>
        TryAsync(
            "Finding activations without a job",
            _sweep,
            async () =>
            {
                var idle = await ledger.OpenExceptAsync([.. _carried.Keys], cancellationToken);
                foreach (var id in idle)
                    await schedule.EnsureAsync(id, anew: _idle.Contains(id), cancellationToken);
                _idle = [.. idle];
            },
            cancellationToken
        );

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Tick, time);
        var ticking = new BackOff(time);
        for (var tick = 0; await timer.TicksAsync(stoppingToken); tick++)
        {
            await TryAsync("A tick", ticking, () => TickAsync(stoppingToken), stoppingToken);
            if (tick % TicksPerClock == 0)
                await SaveClockAsync(stoppingToken);
            if (tick % TicksPerSweep == 0)
                await SweepAsync(stoppingToken);
        }
    }

    /// <summary>
    /// Claims them together. Where that fails and not for the database's sake, one of them cannot be read: halving finds it, and the others go on.
    /// </summary>
    [SuppressMessage("Design", "CA1031", Justification = "One that cannot be claimed is tried again, and holds up nothing else.")]
    private async Task ClaimAsync(Carried[] waiting, CancellationToken cancellationToken)
    {
        try
        {
            var claims = await ledger.ClaimAsync([.. waiting.Select(carried => carried.Id)], cancellationToken);
            var byId = claims.ToDictionary(claim => claim.Activation.Id);
            foreach (var carried in waiting)
            {
                if (byId.TryGetValue(carried.Id, out var claim))
                    carried.Rollout = new Rollout(claim, edge);
                else
                    await EndAsync(carried, cancellationToken);
            }
        }
        catch (LeaseLostException)
        {
            foreach (var carried in waiting)
                End(carried);
        }
        catch (Exception exception) when (waiting.Length > 1 && DatabaseFailure.From(exception) is null)
        {
            var half = waiting.Length / 2;
            await ClaimAsync(waiting[..half], cancellationToken);
            await ClaimAsync(waiting[half..], cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            foreach (var carried in waiting)
                Failed(carried, exception);
        }
    }

    /// <summary>It is over already. Those who watch are told, where this process never heard of it: its last write only seemed to fail.</summary>
    private async Task EndAsync(Carried carried, CancellationToken cancellationToken)
    {
        if (feed.Find(carried.Id) is { } shown && await ledger.StatusAsync(carried.Id, cancellationToken) is { IsOpen: false } status)
            feed.Publish(shown with { Status = status, Trouble = null });
        End(carried);
    }

    /// <summary>It is carried no more. Whoever waits for that hears of it when nothing is left of it here.</summary>
    private void End(Carried carried)
    {
        if (_carried.TryRemove(KeyValuePair.Create(carried.Id, carried)))
            edge.Forget(carried.Id);
        if (carried.Stop.IsCancellationRequested)
            carried.TrySetCanceled(carried.Stop);
        else
            carried.TrySetResult();
    }

    /// <summary>Everything it decides is saved before the servers are told: what was not saved is decided again.</summary>
    [SuppressMessage("Design", "CA1031", Justification = "One failing activation never ends the loop; it is tried again.")]
    private async Task AdvanceAsync(
        Carried carried,
        Rollout rollout,
        DateTimeOffset now,
        IReadOnlyDictionary<long, Wish>? wishes,
        CancellationToken cancellationToken
    )
    {
        var activation = rollout.Activation;
        var elapsed = now - activation.StartedAt;
        var goesOn = wishes is not null && !carried.Rests;
        try
        {
            if (goesOn)
                await DecideAsync(rollout, elapsed, wishes!.GetValueOrDefault(activation.Id), cancellationToken);
            carried.Show(rollout, feed, elapsed, time.GetUtcNow(), goesOn ? null : carried.Trouble ?? _wishes.Trouble);
            if (goesOn && carried.Succeeded())
                LogGoesOn(activation.Id);
            if (!activation.Status.IsOpen)
                End(carried);
        }
        catch (DbUpdateConcurrencyException)
        {
            LogFenced(activation.Id);
            End(carried);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            if (carried.IsOver)
                return;
            if (!carried.Rests)
                Failed(carried, exception);
            carried.ShowLast(rollout, feed, time.GetUtcNow());
        }
    }

    private async Task DecideAsync(Rollout rollout, TimeSpan elapsed, Wish? wish, CancellationToken cancellationToken)
    {
        if (wish is not null)
            await TakeAsync(rollout, wish, cancellationToken);
        while (
            rollout.Due(elapsed) is { } transition && await ledger.SaveAsync(rollout.Activation, rollout.PropertyName, transition, cancellationToken)
        )
            rollout.Saved(transition, time.GetUtcNow());
    }

    private async Task TakeAsync(Rollout rollout, Wish wish, CancellationToken cancellationToken)
    {
        rollout.Cancel(wish.CancelBy, wish.CancelAt, wish.CancelAfter);
        if (wish.FaultsRevision != rollout.FaultsRevision)
            rollout.Change(await ledger.FaultsAsync(rollout.Activation.Id, cancellationToken), wish.FaultsRevision);
    }

    private void Failed(Carried carried, Exception exception)
    {
        carried.Failed(exception, time);
        LogRetry(carried.Id, exception);
    }

    /// <summary>Does the work unless it rests after a failure.</summary>
    [SuppressMessage("Design", "CA1031", Justification = "A database that is away for a moment does not end the loop.")]
    private async Task TryAsync(string what, BackOff retry, Func<Task> work, CancellationToken cancellationToken)
    {
        if (retry.Rests)
            return;
        try
        {
            await work();
            if (retry.Succeeded())
                LogWorks(what);
        }
        catch (LeaseLostException)
        {
            // The application logs it and stops.
        }
        catch (Exception exception)
        {
            // What is broken off by the application's end is no failure.
            if (cancellationToken.IsCancellationRequested)
                return;
            retry.Failed(exception);
            LogFailed(what, exception);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Activation {Activation} is carried elsewhere now")]
    private partial void LogFenced(long activation);

    [LoggerMessage(Level = LogLevel.Error, Message = "Activation {Activation} could not go on; it is tried again")]
    private partial void LogRetry(long activation, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Activation {Activation} goes on")]
    private partial void LogGoesOn(long activation);

    [LoggerMessage(Level = LogLevel.Error, Message = "{What} failed; it is tried again")]
    private partial void LogFailed(string what, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{What} works again")]
    private partial void LogWorks(string what);
}
