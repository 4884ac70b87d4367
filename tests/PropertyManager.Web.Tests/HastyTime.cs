namespace PropertyManager.Web.Tests;

/// <summary>A clock for which every wait is over at once, and has taken as long as it should.</summary>
/// <param name="waited">Told of each wait when it is over.</param>
internal sealed class HastyTime(Action? waited = null) : TimeProvider
{
    private long _now;

    public TimeSpan Passed => TimeSpan.FromTicks(_now);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => _now;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        _now += dueTime.Ticks;
        waited?.Invoke();
        return System.CreateTimer(callback, state, TimeSpan.Zero, period);
    }
}
