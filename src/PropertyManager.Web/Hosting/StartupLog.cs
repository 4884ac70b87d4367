using PropertyManager.Web.Engine;

namespace PropertyManager.Web.Hosting;

/// <summary>Keeps stack traces of a failed start out of the log: <see cref="StartupProblem"/> says in one line what they say in forty.</summary>
public sealed class StartupLog
{
    private volatile bool _started;

    private StartupLog() { }

    /// <summary>
    /// Until the application has started, the errors by which the host and Kestrel announce an exception that they then throw are left out:
    /// it ends either in the one line or, unhandled, in its stack trace. So are those of the engine, whose work a failed start breaks off. At log
    /// level Debug nothing is left out.
    /// </summary>
    public static StartupLog Configure(WebApplicationBuilder builder)
    {
        var log = new StartupLog();
        if (!WantsDetails(builder.Configuration))
        {
            // The host's Error only: Critical is how it tells that a background service has died, which is not thrown.
            builder.Logging.AddFilter(
                "Microsoft.Extensions.Hosting.Internal.Host",
                level => level >= LogLevel.Warning && (log._started || level != LogLevel.Error)
            );
            // The engine's services tick already when the address turns out to be taken, and may meet others that are gone; what lasts, they say again.
            foreach (
                var category in new[]
                {
                    "Microsoft.AspNetCore.Server.Kestrel",
                    typeof(RolloutLoop).Namespace,
                    "Microsoft.EntityFrameworkCore.Query",
                    "Microsoft.EntityFrameworkCore.Database.Transaction",
                }
            )
                builder.Logging.AddFilter(category, level => level >= LogLevel.Warning && (log._started || level < LogLevel.Error));
            // It begins when the application has started; what it finds is told also when all is well.
            builder.Logging.AddFilter(
                typeof(DatabaseCheck).FullName,
                level => level >= LogLevel.Information && (log._started || level < LogLevel.Error)
            );
            // What is wrong with the keys is found before the start, and told in one line.
            builder.Logging.AddFilter("Microsoft.AspNetCore.DataProtection", level => level >= LogLevel.Error && log._started);
        }
        return log;
    }

    /// <summary>Starts the application, and returns when it has been stopped. Once it has started, every error is logged.</summary>
    /// <exception cref="StartupProblem">It was told to stop before it had started.</exception>
    public async Task RunAsync(WebApplication app)
    {
        app.Lifetime.ApplicationStarted.Register(() => _started = true);
        try
        {
            await app.RunAsync();
        }
        catch (OperationCanceledException exception) when (!_started)
        {
            throw new StartupProblem("it was told to stop before it was ready.", exception);
        }
    }

    /// <summary>Setting <c>Logging:LogLevel:Default</c> is Debug or Trace.</summary>
    internal static bool WantsDetails(IConfiguration configuration) =>
        Enum.TryParse<LogLevel>(configuration["Logging:LogLevel:Default"], ignoreCase: true, out var level) && level <= LogLevel.Debug;
}
