using Microsoft.Extensions.DependencyInjection;
using PropertyManager.Web.Data;
using Quartz.Impl.AdoJobStore.Common;

namespace PropertyManager.Web.Tests.Data;

public sealed class SchedulerConnectionsTests
{
    [Fact]
    public async Task The_scheduler_waits_for_a_locked_database_as_everyone_else_does()
    {
        await using var connection = SchedulerConnections.Instance.CreateConnection();
        connection.ConnectionString = "Data Source=:memory:";
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();

        command.CommandText = "pragma busy_timeout";
        Assert.Equal(5100L, await command.ExecuteScalarAsync());
        command.CommandText = "pragma synchronous";
        Assert.Equal(1L, await command.ExecuteScalarAsync());
    }

    [Fact]
    public async Task The_scheduler_of_the_application_has_these_connections()
    {
        await using var app = new TestApp();
        await using var connection = app.Services.GetRequiredService<IDbProvider>().CreateConnection();
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();

        command.CommandText = "pragma busy_timeout";
        Assert.Equal(5100L, await command.ExecuteScalarAsync());
    }
}
