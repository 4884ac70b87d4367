using System.Diagnostics.CodeAnalysis;

namespace PropertyManager.Web.Engine;

/// <summary>An activation that this process was asked to carry: its rollout once that is claimed, what keeps it from going on, and its end.</summary>
internal sealed class Carried(long id, TimeProvider time)
{
    public long Id => id;

    /// <summary>Null until it is claimed.</summary>
    public Rollout? Rollout { get; set; }

    public BackOff Retry { get; } = new(time);

    /// <summary>Nothing is left to do here: it ended, or somebody else carries it.</summary>
    public TaskCompletionSource Over { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>What somebody watches is looked up at every tick; of the others the view of the last decision will do.</summary>
    public void Show(Rollout rollout, ActivationFeed feed, TimeSpan elapsed, Trouble? trouble)
    {
        if (feed.IsWatched(id) || !rollout.Activation.Status.IsOpen)
            feed.Publish(rollout.Look(elapsed, time.GetUtcNow(), trouble));
        else
            feed.Publish(rollout.Key, rollout.Kept(time.GetUtcNow(), trouble));
    }

    /// <summary>What was seen last, and what is wrong now.</summary>
    [SuppressMessage("Design", "CA1031", Justification = "Why it cannot even be shown is in the log already.")]
    public void ShowLast(Rollout rollout, ActivationFeed feed)
    {
        try
        {
            feed.Publish(rollout.Key, rollout.Kept(time.GetUtcNow(), Retry.Trouble));
        }
        catch (Exception)
        {
            // It is tried again with the rollout.
        }
    }
}
