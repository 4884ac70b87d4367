namespace PropertyManager.Web.Engine;

/// <summary>Lets simulated time go on where the run before stopped: while the application is down, the simulated world stands still.</summary>
public static class ClockStart
{
    /// <param name="services">The application's.</param>
    /// <param name="start">Sets simulated time.</param>
    public static async Task ResumeClockAsync(this IServiceProvider services, Action<DateTimeOffset> start)
    {
        if (await services.GetRequiredService<ActivationLedger>().ReadClockAsync(CancellationToken.None) is { } kept)
            start(kept);
    }
}
