using System.Collections.Immutable;

namespace PropertyManager.Web.Data;

/// <summary>
/// Tells within this process that people's rights or sessions may have changed, so that what is kept of them is read again. Whoever changes them by
/// <c>SaveChanges</c> has it published by <see cref="AccessChangeInterceptor"/>; whoever writes rows directly publishes it.
/// </summary>
public sealed class AccessChanges
{
    private ImmutableList<Action<string?>> _subscribers = [];

    /// <summary>
    /// Calls back on the thread that publishes: the callback neither throws nor waits. Earlier subscribers are called first, so that whoever keeps
    /// rights has forgotten them before others read them again.
    /// </summary>
    /// <param name="callback">Gets the id of the person; null when anybody may be meant.</param>
    /// <returns>Ends the subscription.</returns>
    public IDisposable Subscribe(Action<string?> callback)
    {
        ImmutableInterlocked.Update(ref _subscribers, static (all, added) => all.Add(added), callback);
        return new Subscription(() => ImmutableInterlocked.Update(ref _subscribers, static (all, gone) => all.Remove(gone), callback));
    }

    /// <summary>The same for the changes of one person.</summary>
    public IDisposable Subscribe(string userId, Action callback) =>
        Subscribe(changed =>
        {
            if (changed is null || changed == userId)
                callback();
        });

    /// <summary>Call it after the change is committed.</summary>
    /// <param name="userId">Whose; null when it may be anybody's.</param>
    public void Publish(string? userId)
    {
        foreach (var subscriber in _subscribers)
            subscriber(userId);
    }

    private sealed class Subscription(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
