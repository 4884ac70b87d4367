using System.Globalization;
using Quartz;

namespace PropertyManager.Web.Engine;

/// <summary>
/// Where a rollout runs: one long job for each activation, in the persistent store. A process that dies or is stopped leaves its jobs to be
/// recovered, by itself when it starts again.
/// </summary>
public sealed class RolloutJob(RolloutLoop loop) : IJob
{
    public ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        var carried = loop.CarryThroughAsync(long.Parse(context.JobDetail.Key.Name, CultureInfo.InvariantCulture), cancellationToken);
        // Canceled when the scheduler shuts down. The loop has stopped by then, so it would not end what it carries.
        return new(carried.WaitAsync(cancellationToken));
    }
}

/// <summary>Hands activations to the scheduler.</summary>
public sealed class RolloutSchedule(ISchedulerFactory schedulers)
{
    private const string Group = "rollouts";

    /// <summary>Makes a job for the activation, unless it has one.</summary>
    /// <param name="activationId">An open one.</param>
    /// <param name="anew">In place of the job that it has. Were that to run after all, the epoch would fence it out.</param>
    /// <param name="cancellationToken">Stops the waiting.</param>
    public async Task EnsureAsync(long activationId, bool anew, CancellationToken cancellationToken)
    {
        var scheduler = await schedulers.GetScheduler(cancellationToken);
        var key = activationId.ToString(CultureInfo.InvariantCulture);
        if (anew)
            await scheduler.DeleteJob(new JobKey(key, Group), cancellationToken);
        else if (await scheduler.Exists(new JobKey(key, Group), cancellationToken))
            return;
        var job = JobBuilder.Create<RolloutJob>().WithIdentity(key, Group).RequestRecovery(true).Build();
        try
        {
            await scheduler.ScheduleJob(
                job,
                TriggerBuilder.Create().WithIdentity(key, Group).StartNow().Build(),
                cancellationToken: cancellationToken
            );
        }
        catch (ObjectAlreadyExistsException)
        {
            // The sweeper and whoever asked met: one of them has scheduled it.
        }
    }
}
