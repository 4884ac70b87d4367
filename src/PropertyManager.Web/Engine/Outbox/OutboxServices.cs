namespace PropertyManager.Web.Engine.Outbox;

public static class OutboxServices
{
    /// <summary>Adds the outbox. The caller adds <see cref="MailSettings" /> and <see cref="OutboxFolder" />.</summary>
    public static IServiceCollection AddOutbox(this IServiceCollection services) =>
        services
            .AddSingleton<OutboxSignal>()
            .AddSingleton<OutboxExpander>()
            .AddSingleton<OutboxHousekeeping>()
            .AddSingleton<WebhookClient>()
            .AddSingleton<WebhookChannel>()
            .AddSingleton<EmailChannel>()
            .AddSingleton<DeliveryRunner>()
            .AddSingleton<OutboxDispatcher>()
            .AddHostedService(provider => provider.GetRequiredService<OutboxDispatcher>());
}
