using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Microsoft.EntityFrameworkCore;
using PropertyManager.Domain;
using PropertyManager.Domain.Activations;
using PropertyManager.Domain.Properties;
using PropertyManager.Domain.Rollouts;

namespace PropertyManager.Web.Engine;

/// <summary>
/// When rollouts go on: one loop for all that this process carries. Each is observed and decided at every full second of simulated time, however
/// fast that runs and however late a tick comes, so that the same activation always takes the same course.
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
    /// <summary>Between two decisions, simulated time.</summary>
    public static readonly TimeSpan Grid = TimeSpan.FromSeconds(1);

    /// <summary>Between two looks at the servers, real time.</summary>
    public static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(250);

    private const int TicksPerClock = 4;
    private const int TicksPerSweep = 20;

    private readonly ConcurrentDictionary<long, Rollout> _rollouts = new();
    private HashSet<long> _idle = [];

    /// <summary>Carries an activation from where it is to its end. Returns at once when it is over already.</summary>
    public async Task CarryThroughAsync(long activationId, CancellationToken cancellationToken)
    {
        if (await ledger.ClaimAsync(activationId, cancellationToken) is not { } claim)
            return;
        var rollout = new Rollout(claim.Activation, claim.Property);
        edge.Receive(activationId, claim.Activation.Revision, claim.Package);
        edge.Carry(rollout.Order);
        _rollouts.AddOrUpdate(
            activationId,
            rollout,
            (_, before) =>
            {
                // Whoever carried it here is fenced out by the claim: its job ends.
                before.Over.TrySetResult();
                return rollout;
            }
        );
        try
        {
            await rollout.Over.Task.WaitAsync(cancellationToken);
        }
        finally
        {
            if (_rollouts.TryRemove(KeyValuePair.Create(activationId, rollout)))
                edge.Forget(activationId);
        }
    }

    /// <summary>One look at everything that is carried. The loop calls it; tests do, with a clock of their own.</summary>
    public async Task TickAsync(CancellationToken cancellationToken)
    {
        if (_rollouts.IsEmpty)
            return;
        var wishes = await ledger.CancelWishesAsync(cancellationToken);
        foreach (var rollout in _rollouts.Values)
        {
            if (wishes.TryGetValue(rollout.Activation.Id, out var wish))
                wish.WriteTo(rollout.Activation.Intent);
            await AdvanceAsync(rollout, cancellationToken);
        }
    }

    /// <summary>Simulated time goes on from here at the next start.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await TryAsync(() => ledger.SaveClockAsync(simulated.GetUtcNow(), cancellationToken), cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Tick, time);
        for (var tick = 0; await timer.TicksAsync(stoppingToken); tick++)
        {
            await TryAsync(() => TickAsync(stoppingToken), stoppingToken);
            if (tick % TicksPerClock == 0)
                await TryAsync(() => ledger.SaveClockAsync(simulated.GetUtcNow(), stoppingToken), stoppingToken);
            if (tick % TicksPerSweep == 0)
                await TryAsync(() => SweepAsync(stoppingToken), stoppingToken);
        }
    }

    /// <summary>Everything it decides is saved before the servers are told: what was not saved is decided again.</summary>
    [SuppressMessage("Design", "CA1031", Justification = "One failing activation never ends the loop; it is tried again at the next tick.")]
    private async Task AdvanceAsync(Rollout rollout, CancellationToken cancellationToken)
    {
        var activation = rollout.Activation;
        try
        {
            var elapsed = simulated.GetUtcNow() - activation.StartedAt;
            while (activation.Status.IsOpen && rollout.Next <= elapsed)
            {
                var seen = edge.Observe(activation.Id, rollout.Next);
                if (ActivationMachine.Decide(activation, rollout.Property.Traffic.HitsPerSecond, seen) is { } transition)
                {
                    if (!await ledger.SaveAsync(activation, rollout.Property.Name, transition, cancellationToken))
                        break;
                    edge.Carry(rollout.Order);
                }
                rollout.Next += Grid;
            }
            Publish(rollout, activation.Status.EndedAfter ?? (elapsed > activation.Status.DecidedAfter ? elapsed : activation.Status.DecidedAfter));
            if (!activation.Status.IsOpen)
                rollout.Over.TrySetResult();
        }
        catch (DbUpdateConcurrencyException)
        {
            LogFenced(activation.Id);
            rollout.Over.TrySetResult();
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            LogRetry(activation.Id, exception);
        }
    }

    private void Publish(Rollout rollout, TimeSpan elapsed)
    {
        var activation = rollout.Activation;
        var seen = edge.Observe(activation.Id, elapsed);
        feed.Publish(
            new ActivationProgress(
                activation.Id,
                activation.AccountId,
                activation.PropertyId,
                activation.Network,
                activation.Type,
                activation.Version,
                activation.Status,
                RolloutProgress.Of(activation.Plan, activation.Status.Releases, seen),
                ActivationMachine.Judge(activation, rollout.Property.Traffic.HitsPerSecond, seen),
                time.GetUtcNow()
            )
        );
    }

    /// <summary>
    /// An open activation without a job (the process died between saving the one and scheduling the other) gets one; and one whose job has not
    /// run since the last sweep, whatever the reason, gets another.
    /// </summary>
    private async Task SweepAsync(CancellationToken cancellationToken)
    {
        var idle = await ledger.OpenExceptAsync([.. _rollouts.Keys], cancellationToken);
        foreach (var id in idle)
            await schedule.EnsureAsync(id, anew: _idle.Contains(id), cancellationToken);
        _idle = [.. idle];
    }

    [SuppressMessage("Design", "CA1031", Justification = "A database that is away for a moment does not end the loop.")]
    private async Task TryAsync(Func<Task> work, CancellationToken cancellationToken)
    {
        try
        {
            await work();
        }
        catch (Exception exception)
        {
            // What is broken off by the application's end is no failure.
            if (!cancellationToken.IsCancellationRequested)
                LogTick(exception);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Activation {Activation} is carried elsewhere now")]
    private partial void LogFenced(long activation);

    [LoggerMessage(Level = LogLevel.Error, Message = "Activation {Activation} could not go on; it is tried again")]
    private partial void LogRetry(long activation, Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "A tick failed; the next one tries again")]
    private partial void LogTick(Exception exception);

    /// <summary>An activation that this process carries.</summary>
    private sealed class Rollout(Activation activation, Property property)
    {
        public Activation Activation => activation;
        public Property Property => property;
        public RolloutOrder Order => activation.OrderFor(property.Traffic);

        /// <summary>The next instant to decide at: after a restart, the one after the last decision.</summary>
        public TimeSpan Next { get; set; } = activation.Status.DecidedAfter + Grid;

        public TaskCompletionSource Over { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
