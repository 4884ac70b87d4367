using MimeKit;
using PropertyManager.Domain;
using PropertyManager.Domain.Rollouts;
using PropertyManager.Web.Data;
using PropertyManager.Web.Engine;

namespace PropertyManager.Web.Tests.Engine;

/// <summary>Who is on the list is told: in the outbox with what happened, and from there by e-mail.</summary>
public sealed class NoticeTests
{
    private const string Name = "www.shop.example: activation of version 2 on production ";

    private static readonly ActivationOrder Production = new(
        EngineWorld.Shop,
        2,
        Network.Production,
        Note: "Longer caching",
        NotifyEmails: "ops@shop.example, cdn@shop.example",
        Acknowledged: true
    );

    [Fact]
    public async Task An_activation_is_told_started_live_and_completed()
    {
        await using var world = new EngineWorld();
        await world.StartNode().CompleteAsync(Production);

        Assert.Equal([Name + "started", Name + "live", Name + "completed"], await SubjectsAsync(world), StringComparer.Ordinal);
        using var outbox = new Senders(world);
        await outbox.SendAsync();
        Assert.Equal(
            Enumerable.Range(0, 6).Select(i => i % 2 == 0 ? "ops@shop.example" : "cdn@shop.example"),
            (await outbox.DeliveriesAsync()).Select(delivery => delivery.Recipient),
            StringComparer.Ordinal
        );
    }

    [Fact]
    public async Task Staging_is_told_started_and_completed()
    {
        await using var world = new EngineWorld();
        await world.StartNode().CompleteAsync(Production with { Network = Network.Staging });

        Assert.Equal(
            ["www.shop.example: activation of version 2 on staging started", "www.shop.example: activation of version 2 on staging completed"],
            await SubjectsAsync(world),
            StringComparer.Ordinal
        );
    }

    [Fact]
    public async Task A_cancel_is_told_with_who_or_which_check_and_its_evidence()
    {
        await using var world = new EngineWorld();
        var node = world.StartNode();
        await node.CompleteAsync(Production with { Version = 1, NotifyEmails = "" });
        await node.CompleteAsync(Production with { Faults = [new(FaultKind.ServerErrors, 0.5, TimeSpan.Zero)] });

        Assert.Equal([Name + "started", Name + "being cancelled", Name + "cancelled"], (await SubjectsAsync(world)).Skip(3), StringComparer.Ordinal);
        Assert.Contains("4xx+5xx rose from ", (await world.ReadOutboxAsync())[4].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failure_is_told()
    {
        await using var world = new EngineWorld();
        await world.StartNode().CompleteAsync(Production with { Faults = [new(FaultKind.CorruptedTransfer, 1, TimeSpan.Zero)] });

        Assert.Equal([Name + "started", Name + "failed"], await SubjectsAsync(world), StringComparer.Ordinal);
    }

    [Fact]
    public async Task A_Fast_Fallback_is_told_to_those_who_were_told_of_the_activation()
    {
        await using var world = new EngineWorld();
        var node = world.StartNode();
        await node.CompleteAsync(Production with { Version = 1, NotifyEmails = "" });
        var bad = await node.CompleteAsync(Production);
        var answer = await node.Desk.FastFallbackAsync(bad.Id, EngineWorld.Publisher, CancellationToken.None);
        await node.CarryAsync(answer.Activation!.Id);
        await node.RunAsync(answer.Activation.Id);

        Assert.Equal(
            ["started", "live", "fell back"],
            (await SubjectsAsync(world)).Skip(6).Select(subject => subject["www.shop.example: Fast Fallback to version 1 on production ".Length..]),
            StringComparer.Ordinal
        );
    }

    [Fact]
    public async Task Nobody_on_the_list_gets_no_e_mail()
    {
        await using var world = new EngineWorld();
        using var outbox = new Senders(world);
        await world.StartNode().CompleteAsync(Production with { NotifyEmails = "" });

        await outbox.SendAsync();

        Assert.Empty(await outbox.DeliveriesAsync());
        Assert.All(await world.ReadOutboxAsync(), message => Assert.NotNull(message.ExpandedAt));
    }

    [Fact]
    public async Task Without_a_mail_server_each_message_is_one_file_for_each_recipient_and_is_sent_once()
    {
        await using var world = new EngineWorld();
        using var outbox = new Senders(world);
        await world.StartNode().CompleteAsync(Production);

        await outbox.SendAsync();
        await outbox.SendAsync();

        var files = Directory.GetFiles(outbox.Outbox);
        Assert.Equal(6, files.Length);
        Assert.All(files, file => Assert.EndsWith(".eml", file, StringComparison.Ordinal));
        Assert.All(
            await outbox.DeliveriesAsync(),
            delivery => Assert.Equal((DeliveryState.Delivered, world.Real.GetUtcNow()), (delivery.State, delivery.EndedAt))
        );
        var mails = await Task.WhenAll(files.Select(file => MimeMessage.LoadAsync(file)));
        var started = mails.Where(mail => mail.Subject == $"{Name}started").ToList();
        Assert.Equal(
            ["cdn@shop.example", "ops@shop.example"],
            started.Select(mail => mail.To.Mailboxes.Single().Address).Order(StringComparer.Ordinal),
            StringComparer.Ordinal
        );
        Assert.All(started, mail => Assert.Contains("Longer caching", mail.TextBody, StringComparison.Ordinal));
        Assert.Equal(6, mails.Select(mail => mail.MessageId).Distinct(StringComparer.Ordinal).Count());
    }

    private static async Task<IEnumerable<string>> SubjectsAsync(EngineWorld world) =>
        (await world.ReadOutboxAsync()).Select(message => message.Subject);
}
