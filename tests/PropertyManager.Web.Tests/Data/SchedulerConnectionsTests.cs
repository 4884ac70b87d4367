using PropertyManager.Web.Data;

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
}
