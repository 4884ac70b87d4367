namespace PropertyManager.Web.Tests.Engine;

/// <summary>A clock that goes on by the same step whenever somebody looks at it: what looks once for each piece of work gets so many pieces done, on any machine.</summary>
internal sealed class SteppingTime(TimeSpan step) : TimeProvider
{
    private long _looks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Interlocked.Increment(ref _looks) * step.Ticks;
}
