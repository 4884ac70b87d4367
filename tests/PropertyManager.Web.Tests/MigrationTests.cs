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

    [Fact]
    public async Task What_waited_in_the_old_outboxes_waits_in_the_new_one()
    {
        await using var db = Create("Sqlite");
        await db.Database.OpenConnectionAsync();
        await db.GetService<IMigrator>().MigrateAsync("BulkOutcomes");
        await db.Database.ExecuteSqlRawAsync(
            // Times as the converter of DateTimeOffset writes them; foreign keys are not what is tested.
            """
            pragma foreign_keys = off;
            insert into Webhooks (Id, UserId, Url, ProtectedSecret, CreatedAt, DisabledAt) values
                (3, 'ann', 'https://hooks.example/a', '', 1000 << 11, null),
                (4, 'ann', 'https://hooks.example/b', '', 1000 << 11, 2000 << 11);
            insert into WebhookDeliveries (Id, WebhookId, ActivationId, Event, Body, CreatedAt, SentAt, Failures, LastProblem, NextTryAt) values
                (10, 3, 7, 'activation.started', '{{"n":10}}', 1000 << 11, 1001 << 11, 0, null, 1000 << 11),
                (11, 3, 7, 'activation.live', '{{"n":11}}', 1100 << 11, null, 8, 'It answered with 500.', null),
                (12, 3, 7, 'activation.completed', '{{"n":12}}', 1200 << 11, null, 2, 'It answered with 500.', 5000 << 11),
                (13, 3, 8, 'activation.started', '{{"n":13}}', 1300 << 11, null, 0, 'Not sent: the person may not.', null),
                (14, 4, 8, 'activation.started', '{{"n":14}}', 1300 << 11, null, 0, null, 1300 << 11);
            insert into Outbox (Id, ActivationId, "To", Subject, Body, CreatedAt, SentAt, Failures, NextTryAt) values
                (1, 7, 'a@shop.example,b@shop.example', 'sent', 'Text', 1000 << 11, 1001 << 11, 0, 1000 << 11),
                (2, 7, 'a@shop.example,b@shop.example', 'waits', 'Text of it', 1200 << 11, null, 3, 6000 << 11);
            """
        );

        await db.Database.MigrateAsync();

        var receivers = await db.OutboxReceivers.OrderBy(r => r.Id).ToListAsync();
        Assert.Equal([null, 3L, 4L], receivers.Select(r => r.WebhookId));
        var deliveries = await db.OutboxDeliveries.OrderBy(d => d.Id).ToListAsync();
        Assert.Equal([10L, 11, 12, 13, 14], deliveries.Select(d => d.Id));
        Assert.Equal(
            [DeliveryState.Delivered, DeliveryState.GivenUp, DeliveryState.Pending, DeliveryState.Skipped, DeliveryState.Pending],
            deliveries.Select(d => d.State)
        );
        var waiting = deliveries[2];
        Assert.Equal((2, "It answered with 500.", receivers[1].Id), (waiting.Failures, waiting.Problem, waiting.ReceiverId));
        Assert.Equal((waiting.NextAttemptAt, null), (receivers[1].DueAt, receivers[2].DueAt));
        Assert.Equal("{\"n\":12}", (await db.OutboxEvents.SingleAsync(e => e.Id == waiting.EventId)).Body);
        var email = await db.OutboxEvents.SingleAsync(e => e.ExpandedAt == null);
        Assert.Equal(("waits", "Text of it", 7L, null), (email.Subject, email.Text, email.ActivationId, email.Body));
        Assert.True(email.Id > 14);
    }

    [Fact]
    public async Task Edge_hostnames_that_were_made_before_there_were_use_cases_have_none()
    {
        await using var db = Create("Sqlite");
        await db.Database.OpenConnectionAsync();
        await db.GetService<IMigrator>().MigrateAsync("OutboxSessionsAndLease");
        await db.Database.ExecuteSqlRawAsync(
            """
            pragma foreign_keys = off;
            insert into EdgeHostnames (Id, AccountId, GroupId, ContractId, ProductId, Prefix, Suffix, IsIpv6, CreatedAt) values
                (1, 1, 2, 'ctr_1', 'prd_SPM', 'www.shop.example', 'edgekey.net', 0, 1000 << 11);
            """
        );

        await db.Database.MigrateAsync();

        Assert.Empty((await db.EdgeHostnames.SingleAsync()).UseCases);
    }

    private static AppDbContext Create(string provider) =>
        provider switch
        {
            "Sqlite" => new SqliteDesignTimeFactory().CreateDbContext([]),
            _ => new SqlServerDesignTimeFactory().CreateDbContext([]),
        };
}
