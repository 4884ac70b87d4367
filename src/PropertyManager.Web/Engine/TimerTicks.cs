namespace PropertyManager.Web.Engine;

/// <summary>A timer's ticks for a background service.</summary>
internal static class TimerTicks
{
    /// <summary>
    /// True at the next tick, false when the service is to end. An exception would be logged as a crash where the application ends before it has
    /// started.
    /// </summary>
    public static async ValueTask<bool> TicksAsync(this PeriodicTimer timer, CancellationToken stoppingToken)
    {
        try
        {
            return await timer.WaitForNextTickAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            return false;
        }
    }
}
