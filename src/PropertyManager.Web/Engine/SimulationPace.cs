namespace PropertyManager.Web.Engine;

/// <summary>How fast simulated time runs: who builds the clock says how that is read and set.</summary>
/// <param name="read">Gives simulated seconds per real second.</param>
/// <param name="write">Sets them.</param>
public sealed class SimulationPace(Func<double> read, Action<double> write)
{
    /// <summary>Simulated seconds per real second: above 0, at most <see cref="SimulationSettings.FastestSpeed"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not.</exception>
    public double Speed
    {
        get => read();
        set => write(value);
    }
}
