using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

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
}
