using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using PropertyManager.Domain;
using PropertyManager.Tests;
using PropertyManager.Web.Data;
using PropertyManager.Web.Engine;
using PropertyManager.Web.Engine.Outbox;

namespace PropertyManager.Web.Tests.Engine;

/// <summary>From event to delivery: nothing is sent twice, and what fails costs little and ends.</summary>
public sealed class OutboxTests : IAsyncDisposable
{
    private const string Dead = "http://127.0.0.1:1/";

    private static readonly ActivationOrder Order = new(
        EngineWorld.Shop,
        2,
        Network.Staging,
        NotifyEmails: "ops@shop.example, OPS@shop.example",
        Acknowledged: true
    );

    private static readonly WebhookOwner Ann = new("ann", EngineWorld.Publisher);

    private readonly FailingCommit _commit = new();
    private readonly CommandCount _commands = new();
    private readonly LogLines _log = new();
    private readonly EngineWorld _world;
    private readonly Senders _outbox;

    public OutboxTests()
    {
        _world = new EngineWorld(interceptors: [_commit, _commands]);
        _outbox = new Senders(_world, logs: _log);
    }

    public async ValueTask DisposeAsync()
    {
        _outbox.Dispose();
        await _world.DisposeAsync();
    }

    [Fact]
    public async Task An_event_whose_expansion_broke_off_is_expanded_once()
    {
        await _outbox.AddWebhookAsync(EngineWorld.Shop, Dead);
        await _world.StartNode().ActivateAsync(Order);
        _commit.IsOn = true;
        await Assert.ThrowsAsync<InvalidOperationException>(() => _outbox.Dispatcher.DispatchAsync(CancellationToken.None));
        Assert.Empty(await _outbox.DeliveriesAsync());

        _commit.IsOn = false;
        await _outbox.SendAsync();

        Assert.Equal(
            ["", "ops@shop.example"],
            (await _outbox.DeliveriesAsync()).Select(d => d.Recipient).Order(StringComparer.Ordinal),
            StringComparer.Ordinal
        );
    }

    [Fact]
    public async Task An_event_that_is_expanded_again_gets_no_second_delivery()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await _outbox.AddWebhookAsync(EngineWorld.Shop, receiver.Address);
        await _world.StartNode().ActivateAsync(Order);
        await _outbox.SendAsync();
        await using (var db = _world.CreateDbContext())
            await db.OutboxEvents.ExecuteUpdateAsync(set => set.SetProperty(e => e.ExpandedAt, (DateTimeOffset?)null));

        await _outbox.SendAsync();

        Assert.Equal(2, (await _outbox.DeliveriesAsync()).Count);
        Assert.Single(receiver.Got);
        await using var again = _world.CreateDbContext();
        var there = await again.OutboxDeliveries.AsNoTracking().FirstAsync();
        again.OutboxDeliveries.Add(
            new OutboxDelivery
            {
                EventId = there.EventId,
                ReceiverId = there.ReceiverId,
                Recipient = there.Recipient,
                CreatedAt = default,
                NextAttemptAt = default,
            }
        );
        await Assert.ThrowsAsync<DbUpdateException>(() => again.SaveChangesAsync());
    }

    [Fact]
    public async Task All_that_waits_for_a_webhook_that_is_down_shares_an_attempt_and_is_sent_when_it_is_back()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        receiver.Status = 503;
        await _outbox.AddWebhookAsync(EngineWorld.Shop, receiver.Address);
        await _world.StartNode().CompleteAsync(Order);
        await _world.StartNode().CompleteAsync(Order with { Version = 1 });

        await _outbox.SendAsync();
        Assert.Single(receiver.Got);
        _world.Real.Advance(TimeSpan.FromMinutes(1));
        await _outbox.SendAsync();
        Assert.Equal(2, receiver.Got.Count);
        // Each attempt is made with another message, so that none blocks the rest.
        Assert.Equal(2, receiver.Got.Select(message => message.Header("webhook-id")).Distinct(StringComparer.Ordinal).Count());

        receiver.Status = 200;
        _world.Real.Advance(TimeSpan.FromMinutes(5));
        receiver.Got.Clear();
        await _outbox.SendAsync();

        Assert.Equal(4, receiver.Got.Count);
        Assert.Equal(2, _log.Lines.Count);
        Assert.Contains("does not take deliveries: It answered with 503.", _log.Lines[0], StringComparison.Ordinal);
        Assert.Contains("takes deliveries again", _log.Lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_message_that_is_never_taken_holds_up_the_others_for_a_minute()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        receiver.Refuses = "activation.started";
        await _outbox.AddWebhookAsync(EngineWorld.Shop, receiver.Address);
        await _world.StartNode().CompleteAsync(Order);

        await _outbox.SendAsync();
        _world.Real.Advance(TimeSpan.FromMinutes(1));
        await _outbox.SendAsync();

        Assert.Contains(receiver.Got, message => (string?)message.Json["event"] == "activation.completed");
        for (var hour = 0; hour < 25; hour++)
        {
            _world.Real.Advance(TimeSpan.FromHours(1));
            await _outbox.SendAsync();
        }
        var ended = (await _outbox.DeliveriesAsync()).Where(d => d.Recipient.Length == 0).ToList();
        Assert.Equal([DeliveryState.GivenUp, DeliveryState.Delivered], ended.Select(d => d.State));
        Assert.InRange(ended[0].Failures, 7, 8);
    }

    [Fact]
    public async Task A_test_that_is_received_ends_the_waiting()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        receiver.Status = 500;
        await _outbox.AddWebhookAsync(EngineWorld.Shop, receiver.Address);
        await _world.StartNode().ActivateAsync(Order);
        await _outbox.SendAsync();
        receiver.Status = 200;

        Assert.Equal((null, null), await _outbox.Webhooks.TestAsync(1, Ann, CancellationToken.None));
        await _outbox.SendAsync();

        Assert.Equal(3, receiver.Got.Count);
        Assert.All(await _outbox.DeliveriesAsync(), delivery => Assert.Equal(DeliveryState.Delivered, delivery.State));
    }

    [Fact]
    public async Task After_three_days_of_failure_a_webhook_is_disabled_its_owner_is_told_and_may_enable_it_again()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        receiver.Status = 500;
        await _outbox.AddWebhookAsync(EngineWorld.Shop, receiver.Address);
        var node = _world.StartNode();
        for (var hour = 0; hour < 80; hour++)
        {
            if (hour % 6 == 0)
                await node.CompleteAsync(Order with { Version = 1 + (hour / 6 % 2), NotifyEmails = "" });
            await _outbox.SendAsync();
            _world.Real.Advance(TimeSpan.FromHours(1));
            var isEarly = hour < 71;
            Assert.True(!isEarly || (await LineAsync()).DisabledAt is null, $"It was disabled after {hour} hours.");
        }

        var line = await LineAsync();
        Assert.Equal("It received nothing for 3 days. The last attempt: It answered with 500.", line.DisabledReason);
        var mail = Assert.Single(Directory.GetFiles(_outbox.Outbox));
        var text = await File.ReadAllTextAsync(mail);
        Assert.Contains("To: ann@shop.example", text, StringComparison.Ordinal);
        Assert.Contains($"PATCH /webhooks/v1/webhooks/{line.Id}", text, StringComparison.Ordinal);
        var before = receiver.Got.Count;
        _world.Real.Advance(TimeSpan.FromHours(2));
        await _outbox.SendAsync();
        Assert.Equal(before, receiver.Got.Count);

        // It works again: what is younger than a day comes still.
        receiver.Status = 200;
        receiver.Got.Clear();
        Assert.Null(await _outbox.Webhooks.EnableAsync(line.Id, enabled: true, Ann, CancellationToken.None));
        await _outbox.SendAsync();
        Assert.NotEmpty(receiver.Got);
        Assert.Equal((null, null, null), await StateAsync());

        async Task<WebhookLine> LineAsync() => (await _outbox.Webhooks.ListAsync(Ann, CancellationToken.None))[0];

        async Task<(DateTimeOffset?, string?, DateTimeOffset?)> StateAsync() =>
            ((await LineAsync()).DisabledAt, (await LineAsync()).DisabledReason, (await LineAsync()).FailingSince);
    }

    [Fact]
    public async Task What_waits_for_a_disabled_webhook_is_given_up_after_a_day()
    {
        await _outbox.AddWebhookAsync(EngineWorld.Shop, Dead);
        await _world.StartNode().ActivateAsync(Order with { NotifyEmails = "" });
        await _outbox.SendAsync();
        await _outbox.Webhooks.EnableAsync(1, enabled: false, Ann, CancellationToken.None);

        _world.Real.Advance(TimeSpan.FromHours(25));
        await _outbox.SendAsync();

        var delivery = Assert.Single(await _outbox.DeliveriesAsync());
        Assert.Equal((DeliveryState.GivenUp, 1), (delivery.State, delivery.Failures));
    }

    [Theory]
    [InlineData(false, "activation.started")]
    [InlineData(true, "activation.completed")]
    public async Task A_committed_event_wakes_the_dispatcher(bool isOfEngine, string name)
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await _outbox.AddWebhookAsync(EngineWorld.Shop, receiver.Address);
        var node = _world.StartNode();
        var running = isOfEngine ? await node.ActivateAsync(Order) : null;
        await using (var db = _world.CreateDbContext())
            await db.OutboxEvents.ExecuteDeleteAsync();
        await StartAtRestAsync();

        // No real time passes: the signal alone wakes it, and no attempt takes too long.
        if (running is null)
            await node.ActivateAsync(Order);
        else
            await EndAsync(node, running.Id);

        await _outbox.WaitAsync(AreDelivered(2));
        Assert.Equal(name, (string?)Assert.Single(receiver.Got).Json["event"]);
        await _outbox.Dispatcher.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task A_lost_signal_is_made_up_for()
    {
        await _outbox.AddWebhookAsync(EngineWorld.Shop, Dead);
        await StartAtRestAsync();
        await using (var db = _world.CreateDbContext())
        {
            // Its owner is told by e-mail.
            db.OutboxEvents.Add(
                new OutboxEvent
                {
                    Name = "webhook.disabled",
                    WebhookId = await db.Webhooks.Select(w => w.Id).SingleAsync(),
                    Subject = "",
                    Text = "",
                    At = _world.Real.GetUtcNow(),
                }
            );
            await db.SaveChangesAsync();
        }

        _world.Real.Advance(TimeSpan.FromSeconds(30));

        await _outbox.WaitAsync(AreDelivered(1));
        await _outbox.Dispatcher.StopAsync(CancellationToken.None);
    }

    /// <summary>Not a figure of time: what a dead receiver costs is how often it is looked for.</summary>
    [Fact]
    public async Task A_hundred_dead_webhooks_with_10_000_messages_cost_an_hour_some_attempts_and_some_hundred_commands()
    {
        var activation = await _world.StartNode().ActivateAsync(Order with { NotifyEmails = "" });
        await _outbox.SendAsync();
        var secret = _outbox.Client.Protect(WebhookClient.NewSecret());
        await DeadWebhooks.WriteAsync(_world.CreateDbContext, activation.Id, webhooks: 100, messages: 100, secret, _world.Real.GetUtcNow());
        // The first hours in which they are tried more often.
        for (var minute = 0; minute < 180; minute++)
        {
            await _outbox.Dispatcher.DispatchAsync(CancellationToken.None);
            _world.Real.Advance(TimeSpan.FromMinutes(1));
        }
        var (commands, failures) = (_commands.Count, await FailuresAsync());

        // As often as it wakes by itself.
        for (var poll = 0; poll < 120; poll++)
        {
            await _outbox.Dispatcher.DispatchAsync(CancellationToken.None);
            _world.Real.Advance(TimeSpan.FromSeconds(30));
        }

        Assert.InRange(await FailuresAsync() - failures, 50, 100);
        Assert.InRange(_commands.Count - commands, 1, 2_500);
    }

    private async Task<int> FailuresAsync()
    {
        await using var db = _world.CreateDbContext();
        return await db.OutboxReceivers.SumAsync(r => r.Failures);
    }

    /// <summary>The dispatcher has looked at all that there is, and sleeps: it holds its timer, and no signal is left over.</summary>
    private async Task StartAtRestAsync()
    {
        _world.OutboxSignal.Set();
        await _world.OutboxSignal.WaitAsync(CancellationToken.None);
        await _outbox.Dispatcher.StartAsync(CancellationToken.None);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (_world.Real.Waiting != 1)
            await timer.WaitForNextTickAsync(patience.Token);
    }

    /// <summary>Carries the activation to its end in simulated time, while real time stands still.</summary>
    private async Task EndAsync(EngineNode node, long activationId)
    {
        for (var minutes = 0; node.Feed.Find(activationId) is not null; minutes += 2)
        {
            Assert.True(minutes < 120, "It goes on.");
            _world.Simulated.Advance(TimeSpan.FromMinutes(2));
            await node.Loop.TickAsync(CancellationToken.None);
        }
    }

    private static Func<IReadOnlyList<OutboxDelivery>, bool> AreDelivered(int count) =>
        deliveries => deliveries.Count == count && deliveries.All(delivery => delivery.State == DeliveryState.Delivered);

    /// <summary>A process that dies before its transaction is committed.</summary>
    private sealed class FailingCommit : DbTransactionInterceptor
    {
        public bool IsOn { get; set; }

        public override ValueTask<InterceptionResult> TransactionCommittingAsync(
            DbTransaction transaction,
            TransactionEventData eventData,
            InterceptionResult result,
            CancellationToken cancellationToken = default
        ) => IsOn ? throw new InvalidOperationException("Killed.") : ValueTask.FromResult(result);
    }
}
