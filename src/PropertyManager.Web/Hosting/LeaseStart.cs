using PropertyManager.Web.Data;

namespace PropertyManager.Web.Hosting;

/// <summary>How a start takes the lease of the database.</summary>
/// <param name="Holder">Process, machine and addresses of this process.</param>
/// <param name="LockId">Identifies the operating system's lock that this process holds.</param>
/// <param name="Patience">How long it waits for another process to give the lease up, real time.</param>
public sealed record LeaseStart(string Holder, string LockId, TimeSpan Patience)
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(250);

    /// <summary>
    /// Takes the lease at once where nobody holds it, or where this process holds the lock that the holder held: then the holder was killed. From
    /// another holder it is taken when that has not renewed it for <see cref="DatabaseLease.Silence"/>.
    /// </summary>
    /// <param name="lease">The lease.</param>
    /// <param name="name">The database, as a person would name it.</param>
    /// <param name="time">Times the waiting.</param>
    /// <param name="tell">Takes a line when it has to wait.</param>
    /// <exception cref="StartupProblem">Another process still holds it after the patience.</exception>
    public async Task TakeAsync(DatabaseLease lease, string name, TimeProvider time, TextWriter tell)
    {
        var (began, moved, told) = (time.GetTimestamp(), time.GetTimestamp(), false);
        var seen = await lease.ReadAsync(CancellationToken.None);
        while (true)
        {
            var isFree = seen.Holder is null || seen.LockId == LockId || time.GetElapsedTime(moved) >= DatabaseLease.Silence;
            if (isFree && await lease.TryTakeAsync(seen, Holder, LockId, CancellationToken.None))
                return;
            if (time.GetElapsedTime(began) >= Patience)
                throw new StartupProblem(
                    $"the database {name} is in use by {seen.Holder ?? "another process"}. Stop that one, or name another with ConnectionStrings:Default."
                );
            if (!told)
                await tell.WriteLineAsync(
                    $"Waiting up to {Patience.TotalSeconds:0.#} s: the database {name} is in use by {seen.Holder}, or was when that ended"
                );
            told = true;
            await Task.Delay(BetweenLooks, time);
            var now = await lease.ReadAsync(CancellationToken.None);
            if ((now.Epoch, now.Renewals) != (seen.Epoch, seen.Renewals))
                moved = time.GetTimestamp();
            seen = now;
        }
    }
}

/// <summary>Holds the lease of the database as long as the application runs.</summary>
public static partial class LeaseHolder
{
    /// <summary>
    /// Runs the application until it is stopped, which releases the lease, or until the lease is lost. It stops then as well: its screens would go on
    /// to show what it carries no more, and whoever supervises it starts it again, which waits for the other process and says who that is.
    /// </summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunWithLeaseAsync(this WebApplication app, StartupLog log)
    {
        var lease = app.Services.GetRequiredService<DatabaseLease>();
        var lost = lease.Lost;
        app.Lifetime.ApplicationStopped.Register(lease.Release);
        var (logger, name) = (app.Logger, app.Services.GetRequiredService<DatabaseSettings>().Name);
        await using var registration = lost.Register(() =>
        {
            LogLost(logger, name);
            app.Lifetime.StopApplication();
        });
        await log.RunAsync(app);
        return lost.IsCancellationRequested ? StartupProblem.ExitCode : 0;
    }

    [LoggerMessage(
        Level = LogLevel.Critical,
        Message = "Database {Name}: another process has taken it while this one did not respond. This one has stopped its rollouts, which that one goes on with, and ends"
    )]
    private static partial void LogLost(ILogger logger, string name);
}
