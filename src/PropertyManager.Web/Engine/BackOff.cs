namespace PropertyManager.Web.Engine;

/// <summary>When something that failed is tried again: 250 ms later, then each time twice as late, up to 10 s. Real time.</summary>
internal sealed class BackOff(TimeProvider time)
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    private long _failed;
    private TimeSpan _wait;

    /// <summary>Null while all is well.</summary>
    public Trouble? Trouble { get; private set; }

    /// <summary>It failed and is not to be tried yet.</summary>
    public bool Rests => Trouble is not null && time.GetElapsedTime(_failed) < _wait;

    /// <summary>It failed, for the first time or again.</summary>
    public void Failed(Exception exception)
    {
        _wait = Trouble is null ? Shortest : TimeSpan.FromTicks(Math.Min(2 * _wait.Ticks, Longest.Ticks));
        _failed = time.GetTimestamp();
        Trouble = Trouble.From(exception, Trouble?.Since ?? time.GetUtcNow());
    }

    /// <summary>It went well. Whether it had failed before.</summary>
    public bool Succeeded()
    {
        var before = Trouble;
        Trouble = null;
        return before is not null;
    }
}
