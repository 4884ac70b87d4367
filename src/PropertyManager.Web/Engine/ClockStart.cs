namespace PropertyManager.Web.Engine;

/// <summary>
/// Lets simulated time go on where the run before stopped, as fast as somebody set it: while the application is down, the simulated world stands still.
/// </summary>
public static class ClockStart
{
    /// <param name="services">The application's.</param>
    /// <param name="start">Sets simulated time.</param>
    public static async Task ResumeClockAsync(this IServiceProvider services, Action<DateTimeOffset> start)
    {
        var ledger = services.GetRequiredService<ActivationLedger>();
        if (!services.GetRequiredService<SimulationSettings>().IsSpeedGiven && await ledger.ReadSpeedAsync(CancellationToken.None) is { } speed)
            services.GetRequiredService<SimulatedSpeed>().Set(speed);
        if (await ledger.ReadClockAsync(CancellationToken.None) is { } kept)
            start(kept);
    }
}
