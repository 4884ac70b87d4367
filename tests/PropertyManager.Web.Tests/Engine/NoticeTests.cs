using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using PropertyManager.Domain;
using PropertyManager.Domain.Rollouts;
using PropertyManager.Web.Engine;
using PropertyManager.Web.Hosting;

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
        Assert.All(await world.ReadOutboxAsync(), message => Assert.Equal("ops@shop.example,cdn@shop.example", message.To));
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

        Assert.Equal([Name + "started", Name + "being cancelled", Name + "cancelled"], await SubjectsAsync(world), StringComparer.Ordinal);
        Assert.Contains("4xx+5xx rose from ", (await world.ReadOutboxAsync())[1].Body, StringComparison.Ordinal);
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
            (await SubjectsAsync(world)).Skip(3).Select(subject => subject["www.shop.example: Fast Fallback to version 1 on production ".Length..]),
            StringComparer.Ordinal
        );
    }

    [Fact]
    public async Task Nobody_on_the_list_nothing_in_the_outbox()
    {
        await using var world = new EngineWorld();
        await world.StartNode().CompleteAsync(Production with { NotifyEmails = "" });

        Assert.Empty(await world.ReadOutboxAsync());
    }

    [Fact]
    public async Task Without_a_mail_server_each_message_is_one_file_and_is_sent_once()
    {
        await using var world = new EngineWorld();
        await world.StartNode().CompleteAsync(Production);
        using var sender = new NoticeSender(
            world,
            new OutboxFolder(Path.Combine(world.Directory, "outbox")),
            new ConfigurationBuilder().Build(),
            world.Real,
            NullLogger<NoticeSender>.Instance
        );

        await sender.SendAsync(CancellationToken.None);
        await sender.SendAsync(CancellationToken.None);

        var files = Directory.GetFiles(Path.Combine(world.Directory, "outbox"), "*.eml");
        Assert.Equal(3, files.Length);
        Assert.All(await world.ReadOutboxAsync(), message => Assert.Equal(world.Real.GetUtcNow(), message.SentAt));
        var texts = await Task.WhenAll(files.Select(file => File.ReadAllTextAsync(file)));
        var started = Assert.Single(texts, text => text.Contains($"Subject: {Name}started", StringComparison.Ordinal));
        Assert.Contains("To: ops@shop.example, cdn@shop.example", started, StringComparison.Ordinal);
        Assert.Contains("Longer caching", started, StringComparison.Ordinal);
    }

    private static async Task<IEnumerable<string>> SubjectsAsync(EngineWorld world) =>
        (await world.ReadOutboxAsync()).Select(message => message.Subject);
}
