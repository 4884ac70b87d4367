using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using PropertyManager.Web.Data;

namespace PropertyManager.Web.Tests;

public sealed class MigrationTests
{
    public static TheoryData<string> Providers => ["Sqlite", "SqlServer"];

    [Theory]
    [MemberData(nameof(Providers))]
    public void Every_provider_has_the_migrations_of_the_model(string provider)
    {
        using var db = Create(provider);

        Assert.NotEmpty(db.Database.GetMigrations());
        Assert.False(db.Database.HasPendingModelChanges(), $"dotnet ef migrations add … --context {db.GetType().Name}");
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public void Every_provider_keeps_passkeys(string provider)
    {
        using var db = Create(provider);

        Assert.Contains("AspNetUserPasskeys", db.GetService<IMigrator>().GenerateScript(), StringComparison.Ordinal);
    }

    private static AppDbContext Create(string provider) =>
        provider switch
        {
            "Sqlite" => new SqliteDesignTimeFactory().CreateDbContext([]),
            _ => new SqlServerDesignTimeFactory().CreateDbContext([]),
        };
}
