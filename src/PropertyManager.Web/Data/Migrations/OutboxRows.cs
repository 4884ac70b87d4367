using Microsoft.EntityFrameworkCore.Migrations;

namespace PropertyManager.Web.Data.Migrations;

/// <summary>What the migration <c>Outbox</c> carries over from the tables that it drops. The statements are the same for both providers.</summary>
internal static class OutboxRows
{
    private const string Receivers = """
        INSERT INTO [OutboxReceivers] ([WebhookId], [DueAt], [Failures])
        SELECT w.[Id],
            CASE WHEN w.[DisabledAt] IS NULL THEN
                (SELECT MIN(d.[NextTryAt]) FROM [WebhookDeliveries] AS d WHERE d.[WebhookId] = w.[Id] AND d.[SentAt] IS NULL)
            END,
            0
        FROM [Webhooks] AS w;
        """;

    private const string Events = """
        INSERT INTO [OutboxEvents] ([Id], [Name], [ActivationId], [Subject], [Text], [Body], [At], [ExpandedAt])
        SELECT d.[Id], d.[Event], d.[ActivationId], '', '', d.[Body], d.[CreatedAt], d.[CreatedAt]
        FROM [WebhookDeliveries] AS d;
        """;

    // Their numbers stay: receivers know a message that is sent again by it. States as in DeliveryState.
    private const string Deliveries = """
        INSERT INTO [OutboxDeliveries]
            ([Id], [EventId], [ReceiverId], [Recipient], [State], [CreatedAt], [NextAttemptAt], [Failures], [Problem], [EndedAt])
        SELECT d.[Id], d.[Id], r.[Id], '',
            CASE
                WHEN d.[SentAt] IS NOT NULL THEN 1
                WHEN d.[NextTryAt] IS NOT NULL THEN 0
                WHEN d.[LastProblem] LIKE 'Not sent:%' THEN 4
                ELSE 2
            END,
            d.[CreatedAt], COALESCE(d.[NextTryAt], d.[CreatedAt]), d.[Failures], d.[LastProblem],
            CASE WHEN d.[SentAt] IS NOT NULL THEN d.[SentAt] WHEN d.[NextTryAt] IS NULL THEN d.[CreatedAt] END
        FROM [WebhookDeliveries] AS d
        JOIN [OutboxReceivers] AS r ON r.[WebhookId] = d.[WebhookId];
        """;

    // E-mails that were not sent become events that are expanded anew, into one delivery for each address on the activation's list.
    private const string Emails = """
        INSERT INTO [OutboxEvents] ([Name], [ActivationId], [Subject], [Text], [At])
        SELECT 'activation.notice', m.[ActivationId], m.[Subject], m.[Body], m.[CreatedAt]
        FROM [Outbox] AS m
        WHERE m.[SentAt] IS NULL
        ORDER BY m.[Id];
        """;

    /// <summary>To be called when the new tables are there and the old ones still are.</summary>
    public static void CarryOver(MigrationBuilder migration)
    {
        migration.Sql(Receivers);
        migration.Sql(WithKeys(migration, "OutboxEvents", Events));
        migration.Sql(WithKeys(migration, "OutboxDeliveries", Deliveries));
        migration.Sql(Emails);
    }

    /// <summary>SQL Server takes given keys only when it is told so.</summary>
    private static string WithKeys(MigrationBuilder migration, string table, string insert) =>
        migration.IsSqlServer() ? $"SET IDENTITY_INSERT [{table}] ON;\n{insert}\nSET IDENTITY_INSERT [{table}] OFF;" : insert;
}
