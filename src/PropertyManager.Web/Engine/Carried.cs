using System.Diagnostics.CodeAnalysis;

namespace PropertyManager.Web.Engine;

/// <summary>
/// An activation that this process was asked to carry: its rollout once that is claimed, what keeps it from going on, and its end. A thousand of
/// them wait at a time, so each is its own promise and holds little else.
/// </summary>
/// <param name="id">The activation's.</param>
/// <param name="stop">Whoever waits for its end does not want it carried any more. The loop looks at it with each tick.</param>
internal sealed class Carried(long id, CancellationToken stop) : TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)
{
    /// <summary>Null while all is well.</summary>
    private BackOff? _retry;

    public long Id => id;

    /// <summary>Null until it is claimed.</summary>
    public Rollout? Rollout { get; set; }

    public CancellationToken Stop => stop;

    /// <summary>Nothing is left to do here: it ended, or somebody else carries it.</summary>
    public bool IsOver => Task.IsCompleted;

    /// <summary>It failed and is not to be tried yet.</summary>
    public bool Rests => _retry is { Rests: true };

    /// <summary>Null while all is well.</summary>
    public Trouble? Trouble => _retry?.Trouble;

    /// <summary>It failed, for the first time or again.</summary>
    public void Failed(Exception exception, TimeProvider time) => (_retry ??= new BackOff(time)).Failed(exception);

    /// <summary>It went well. Whether it had failed before.</summary>
    public bool Succeeded()
    {
        var before = _retry;
        _retry = null;
        return before is not null;
    }

    /// <summary>What somebody watches is looked up at every tick; of the others the view of the last decision will do.</summary>
    public void Show(Rollout rollout, ActivationFeed feed, TimeSpan elapsed, DateTimeOffset now, Trouble? trouble)
    {
        if (feed.IsWatched(id) || !rollout.Activation.Status.IsOpen)
            feed.Publish(rollout.Look(elapsed, now, trouble));
        else
            feed.Publish(rollout.Key, rollout.Kept(now, trouble));
    }

    /// <summary>What was seen last, and what is wrong now.</summary>
    [SuppressMessage("Design", "CA1031", Justification = "Why it cannot even be shown is in the log already.")]
    public void ShowLast(Rollout rollout, ActivationFeed feed, DateTimeOffset now)
    {
        try
        {
            feed.Publish(rollout.Key, rollout.Kept(now, Trouble));
        }
        catch (Exception)
        {
            // It is tried again with the rollout.
        }
    }
}
