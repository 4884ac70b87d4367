using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.SqlServer.TransactSql.ScriptDom;
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

    [Theory]
    [InlineData(MigrationsSqlGenerationOptions.Default)]
    [InlineData(MigrationsSqlGenerationOptions.Idempotent)]
    public void SQL_Server_2019_understands_the_script(MigrationsSqlGenerationOptions options)
    {
        using var db = Create("SqlServer");
        using var script = new StringReader(db.GetService<IMigrator>().GenerateScript(options: options));

        var parsed = (TSqlScript)new TSql150Parser(initialQuotedIdentifiers: true).Parse(script, out var errors);

        Assert.Empty(errors.Select(error => $"line {error.Line}: {error.Message}"));
        Assert.NotEmpty(parsed.Batches.SelectMany(batch => batch.Statements));
    }

    [Fact]
    public void The_parser_of_the_script_finds_mistakes()
    {
        using var script = new StringReader("create table [Users] ([Id] int not null,, primary key ([Id]))");

        new TSql150Parser(initialQuotedIdentifiers: true).Parse(script, out var errors);

        Assert.NotEmpty(errors);
    }

    [Fact]
    public async Task A_migrated_SQLite_database_has_what_the_model_says()
    {
        await using var db = Create("Sqlite");
        await db.Database.OpenConnectionAsync(); // in memory: it lasts as long as the connection

        await db.Database.MigrateAsync();

        var tables = db.GetService<IDesignTimeModel>().Model.GetRelationalModel().Tables.ToList();
        Assert.NotEmpty(tables);
        foreach (var table in tables)
        {
            await using var select = db.Database.GetDbConnection().CreateCommand();
            select.CommandText = $"select {string.Join(", ", table.Columns.Select(column => $"[{column.Name}]"))} from [{table.Name}]";
            await select.ExecuteNonQueryAsync();
        }
    }

    private static AppDbContext Create(string provider) =>
        provider switch
        {
            "Sqlite" => new SqliteDesignTimeFactory().CreateDbContext([]),
            _ => new SqlServerDesignTimeFactory().CreateDbContext([]),
        };
}
