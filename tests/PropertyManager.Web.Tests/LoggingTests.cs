using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using PropertyManager.Web.Engine;
using PropertyManager.Web.Engine.Outbox;
using PropertyManager.Web.Hosting;

namespace PropertyManager.Web.Tests;

/// <summary>What lies in the log is worth to be read.</summary>
public sealed class LoggingTests
{
    [Theory]
    [InlineData("Development")]
    [InlineData("Production")]
    public async Task A_race_that_the_database_decides_is_no_error_and_whatever_else_breaks_is(string environment)
    {
        await using var app = new TestApp(environment);
        var loggers = app.Services.GetRequiredService<ILoggerFactory>();

        // The one who loses is answered, and who cannot answer says so where that is.
        Assert.False(loggers.CreateLogger("Microsoft.EntityFrameworkCore.Update").IsEnabled(LogLevel.Error));
        Assert.False(loggers.CreateLogger("Microsoft.EntityFrameworkCore.Database.Command").IsEnabled(LogLevel.Error));
        foreach (
            var handler in new[]
            {
                "PropertyManager.Web.Engine.RolloutLoop",
                "PropertyManager.Web.Papi.ApiPipeline",
                "Microsoft.AspNetCore.Diagnostics.ExceptionHandlerMiddleware",
                "Microsoft.AspNetCore.Components.Server.Circuits.CircuitHost",
                "Microsoft.EntityFrameworkCore.Query",
            }
        )
            Assert.True(loggers.CreateLogger(handler).IsEnabled(LogLevel.Error), handler);
    }

    [Fact]
    public async Task What_a_failed_start_breaks_off_is_no_error_until_the_application_runs()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var log = StartupLog.Configure(builder);
        await using var app = builder.Build();
        var loggers = app.Services.GetRequiredService<ILoggerFactory>();
        List<string> services =
        [
            .. typeof(RolloutLoop).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(BackgroundService))).Select(type => type.FullName!),
        ];

        Assert.Contains(typeof(OutboxDispatcher).FullName!, services, StringComparer.Ordinal);
        Assert.All(services, service => Assert.False(loggers.CreateLogger(service).IsEnabled(LogLevel.Error)));
        List<string> heard = [];
        app.Lifetime.ApplicationStopping.Register(() => heard.AddRange(services.Where(s => loggers.CreateLogger(s).IsEnabled(LogLevel.Error))));
        app.Lifetime.ApplicationStarted.Register(app.Lifetime.StopApplication);
        await log.RunAsync(app);
        Assert.Equal(services, heard);
    }
}
