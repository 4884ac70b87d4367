using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace PropertyManager.Web.Data;

// For `dotnet ef` and the tests of the migrations: a model needs its provider, not a server.

public sealed class SqliteDesignTimeFactory : IDesignTimeDbContextFactory<AppDbContext>
{
    public AppDbContext CreateDbContext(string[] args) => new(DesignTime.Options<AppDbContext>(options => options.UseSqlite("Data Source=:memory:")));
}

public sealed class SqlServerDesignTimeFactory : IDesignTimeDbContextFactory<SqlServerAppDbContext>
{
    public SqlServerAppDbContext CreateDbContext(string[] args) =>
        new(DesignTime.Options<SqlServerAppDbContext>(options => options.UseSqlServer("Server=none", server => server.UseCompatibilityLevel(150))));
}

file static class DesignTime
{
    private static readonly IServiceProvider Services = new ServiceCollection()
        .Configure<IdentityOptions>(AppDbContext.ConfigureStores)
        .BuildServiceProvider();

    public static DbContextOptions<TContext> Options<TContext>(Action<DbContextOptionsBuilder> provider)
        where TContext : DbContext
    {
        var options = new DbContextOptionsBuilder<TContext>().UseApplicationServiceProvider(Services);
        provider(options);
        return options.Options;
    }
}
