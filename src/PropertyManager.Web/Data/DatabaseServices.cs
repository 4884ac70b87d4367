using Microsoft.EntityFrameworkCore;

namespace PropertyManager.Web.Data;

public static class DatabaseServices
{
    public static IServiceCollection AddDatabase(this IServiceCollection services, DatabaseSettings settings) =>
        settings.Provider switch
        {
            DatabaseProvider.Sqlite => services.AddDbContextFactory<AppDbContext>(options => options.UseSqlite(settings.ConnectionString)),
            DatabaseProvider.SqlServer => services.AddSubclass<SqlServerAppDbContext>(options =>
                options.UseSqlServer(settings.ConnectionString, server => server.UseCompatibilityLevel(150))
            ),
            _ => throw new ArgumentOutOfRangeException(nameof(settings), settings.Provider, message: null),
        };

    public static async Task MigrateAsync(this IServiceProvider services)
    {
        var contexts = services.GetRequiredService<IDbContextFactory<AppDbContext>>();
        await using var db = await contexts.CreateDbContextAsync();
        if (db.Database.IsSqlite())
        {
            // EF sets this only on a file that it creates; without it Quartz's and EF's writes meet as "database is locked".
            await db.Database.ExecuteSqlAsync($"pragma journal_mode = wal");
            await ReleaseAbandonedLockAsync(db);
        }
        await db.Database.MigrateAsync();
    }

    /// <summary>
    /// On SQLite, EF's migration lock is a row: a process killed while it migrates leaves it behind, and every later start waits for ever, silently.
    /// </summary>
    private static async Task ReleaseAbandonedLockAsync(AppDbContext db)
    {
        var locks = await db.Database.SqlQuery<int>($"select count(*) as Value from sqlite_master where name = '__EFMigrationsLock'").SingleAsync();
        if (locks > 0)
            await db.Database.ExecuteSqlAsync($"delete from __EFMigrationsLock where Timestamp < datetime('now', '-1 minute')");
    }

    /// <summary>Everyone asks for an <see cref="AppDbContext"/>; what they get is the provider's own.</summary>
    private static IServiceCollection AddSubclass<TContext>(this IServiceCollection services, Action<DbContextOptionsBuilder> configure)
        where TContext : AppDbContext =>
        services
            .AddDbContextFactory<TContext>(configure)
            .AddScoped<AppDbContext>(provider => provider.GetRequiredService<TContext>())
            .AddSingleton<IDbContextFactory<AppDbContext>, SubclassFactory<TContext>>();

    private sealed class SubclassFactory<TContext>(IDbContextFactory<TContext> inner) : IDbContextFactory<AppDbContext>
        where TContext : AppDbContext
    {
        public AppDbContext CreateDbContext() => inner.CreateDbContext();
    }
}
