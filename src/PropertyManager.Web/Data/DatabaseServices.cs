using Microsoft.EntityFrameworkCore;

namespace PropertyManager.Web.Data;

/// <summary>How the rest of the application gets at the database: by <see cref="IDbContextFactory{TContext}"/>, one context per operation.</summary>
public static class DatabaseServices
{
    /// <summary>Adds the contexts of the provider that the settings name, and what reads by them for everyone.</summary>
    public static IServiceCollection AddDatabase(this IServiceCollection services, DatabaseSettings settings)
    {
        services
            .AddSingleton(settings)
            .AddSingleton<AccessReader>()
            .AddSingleton<AccessChanges>()
            .AddSingleton<AccessChangeInterceptor>()
            .AddSingleton<VersionQuery>()
            .AddSingleton<DatabaseLease>();
        return settings.Provider switch
        {
            DatabaseProvider.Sqlite => services.AddDbContextFactory<AppDbContext>(
                (provider, options) =>
                    options
                        .UseSqlite(settings.ConnectionString)
                        .AddInterceptors(new SqlitePragmas(), provider.GetRequiredService<AccessChangeInterceptor>())
            ),
            DatabaseProvider.SqlServer => services.AddSubclass<SqlServerAppDbContext>(
                (provider, options) =>
                    options
                        .UseSqlServer(settings.ConnectionString, server => server.UseCompatibilityLevel(150))
                        .AddInterceptors(provider.GetRequiredService<AccessChangeInterceptor>())
            ),
            _ => throw new ArgumentOutOfRangeException(nameof(settings), settings.Provider, message: null),
        };
    }

    /// <summary>Everyone asks for an <see cref="AppDbContext"/>; what they get is the provider's own.</summary>
    private static IServiceCollection AddSubclass<TContext>(
        this IServiceCollection services,
        Action<IServiceProvider, DbContextOptionsBuilder> configure
    )
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
