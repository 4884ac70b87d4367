namespace PropertyManager.Edge;

/// <summary>
/// Simulated time: runs so many times as fast as real time, from wherever it is started. It stands still while the application is down.
/// Only <see cref="GetUtcNow"/> is simulated; timers and time stamps stay real.
/// </summary>
public sealed class SimulationClock(TimeProvider real, double speed) : TimeProvider
{
    /// <summary>The highest speed.</summary>
    public const double Fastest = 1000;

    private readonly Lock _gate = new();
    private DateTimeOffset _anchor = real.GetUtcNow();
    private long _anchored = real.GetTimestamp();
    private double _speed = Checked(speed);

    /// <summary>Simulated seconds per real second.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not above 0, or above <see cref="Fastest"/>.</exception>
    public double Speed
    {
        get
        {
            lock (_gate)
                return _speed;
        }
        set
        {
            lock (_gate)
            {
                Anchor(Now());
                _speed = Checked(value);
            }
        }
    }

    /// <summary>Goes on from <paramref name="now"/>, where an earlier run stopped.</summary>
    public void Start(DateTimeOffset now)
    {
        lock (_gate)
            Anchor(now);
    }

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
            return Now();
    }

    private DateTimeOffset Now() => _anchor + (real.GetElapsedTime(_anchored) * _speed);

    private void Anchor(DateTimeOffset now) => (_anchor, _anchored) = (now, real.GetTimestamp());

    private static double Checked(double speed) =>
        speed is > 0 and <= Fastest ? speed : throw new ArgumentOutOfRangeException(nameof(speed), speed, $"Above 0 and at most {Fastest}.");
}
