using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using PropertyManager.Domain;
using PropertyManager.Domain.Rollouts;
using PropertyManager.Web.Data;
using PropertyManager.Web.Engine;
using PropertyManager.Web.Engine.Outbox;
using StandardWebhooks;
using StandardWebhooks.Diagnostics;

namespace PropertyManager.Web.Tests.Engine;

/// <summary>Addresses are told when activations change: signed, again where it was not received, and only what their person may read.</summary>
public sealed class WebhookTests : IAsyncLifetime, IAsyncDisposable
{
    private static readonly ActivationOrder Production = new(EngineWorld.Shop, 2, Network.Production, Note: "Grüße", Acknowledged: true);
    private static readonly WebhookOwner Ann = new("ann", EngineWorld.Publisher);

    private readonly EngineWorld _world = new();
    private readonly Senders _outbox;
    private readonly WebhookDesk _desk;

    public WebhookTests()
    {
        _outbox = new Senders(_world);
        _desk = _outbox.Webhooks;
    }

    public async Task InitializeAsync()
    {
        await _outbox.AddPersonAsync("ann");
        await _outbox.AddPersonAsync("ben");
    }

    Task IAsyncLifetime.DisposeAsync() => DisposeAsync().AsTask();

    public async ValueTask DisposeAsync()
    {
        _outbox.Dispose();
        await _world.DisposeAsync();
    }

    [Fact]
    public async Task An_activation_is_told_in_order_with_what_listeners_hear()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await _desk.CreateAsync(receiver.Address, EngineWorld.Shop, Ann, CancellationToken.None);
        var node = _world.StartNode();
        var activation = await node.CompleteAsync(Production);
        await node.CompleteAsync(Production with { PropertyId = EngineWorld.Blog });

        await _outbox.SendAsync();

        Assert.Equal(
            ["activation.started", "activation.live", "activation.completed"],
            receiver.Got.Select(message => (string?)message.Json["event"]),
            StringComparer.Ordinal
        );
        var last = receiver.Got.Last().Json;
        Assert.Equal("activation.completed", (string?)last["event"]);
        Assert.Equal(
            ("ACTIVE", PublicId.Of(PublicId.Activation, activation.Id), "www.shop.example", 100),
            ((string?)last["status"], (string?)last["activationId"], (string?)last["propertyName"], (int)last["percent"]!)
        );
        Assert.StartsWith("Version 2 on ", (string?)last["reason"], StringComparison.Ordinal);
        Assert.Equal(3, receiver.Got.Select(message => message.Header("webhook-id")).Distinct(StringComparer.Ordinal).Count());
    }

    [Theory]
    [InlineData(null)]
    // As secrets were made before: hexadecimal digits.
    [InlineData("whsec_00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff")]
    public async Task A_library_of_Standard_Webhooks_verifies_messages_with_new_and_old_secrets(string? old)
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        var secret = old ?? WebhookClient.NewSecret();
        // The library holds the time stamp against the clock of the machine.
        using var client = Senders.NewClient(TimeProvider.System, "Development");

        Assert.Null(await client.SendAsync(receiver.Address, client.Protect(secret), "7", """{"note":"Grüße"}""", CancellationToken.None));

        var message = Assert.Single(receiver.Got);
        Assert.Equal("7", message.Header("webhook-id"));
        var headers = new HeaderDictionary();
        foreach (var name in new[] { "webhook-id", "webhook-timestamp", "webhook-signature" })
            headers[name] = message.Header(name);
        new StandardWebhook(secret).Verify(message.Body, headers);
        Assert.Throws<WebhookVerificationException>(() => new StandardWebhook(secret).Verify(message.Body + " ", headers));
    }

    [Fact]
    public async Task A_secret_is_kept_encrypted()
    {
        var made = await _desk.CreateAsync("https://hooks.example/", null, Ann, CancellationToken.None);

        await using var db = _world.CreateDbContext();
        Assert.DoesNotContain(made.Secret!, (await db.Webhooks.SingleAsync()).ProtectedSecret, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_taken_back_is_told_with_its_cause()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        var node = _world.StartNode();
        await node.CompleteAsync(Production with { Version = 1 });
        // What has happened by now is over when the webhook is made.
        await _outbox.SendAsync();
        await _desk.CreateAsync(receiver.Address, null, Ann, CancellationToken.None);
        await node.CompleteAsync(Production with { Faults = [new(FaultKind.ServerErrors, 0.5, TimeSpan.Zero)] });

        await _outbox.SendAsync();

        Assert.Equal(
            ["activation.started", "activation.cancelling", "activation.cancelled"],
            receiver.Got.Select(message => (string?)message.Json["event"]),
            StringComparer.Ordinal
        );
        Assert.Contains("4xx+5xx rose from ", (string?)receiver.Got.ElementAt(1).Json["reason"], StringComparison.Ordinal);
        Assert.Null((string?)receiver.Got.First().Json["cause"]);
        Assert.All(receiver.Got.Skip(1), message => Assert.Contains("4xx+5xx rose", (string?)message.Json["cause"], StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_receiver_that_lets_go_of_connections_gets_every_message_the_first_time()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var ends = new CancellationTokenSource();
        var receiving = ReceiveOnceAsync(listener, ends.Token);
        var address = $"http://{listener.LocalEndpoint}/";

        for (var message = 0; message < 3; message++)
            Assert.Null(
                await _outbox.Client.SendAsync(address, _outbox.Client.Protect(WebhookClient.NewSecret()), $"{message}", "{}", CancellationToken.None)
            );

        await ends.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => receiving);
    }

    /// <summary>Answers one message on each connection as if more could come, and drops the connection when one does.</summary>
    private static async Task ReceiveOnceAsync(TcpListener listener, CancellationToken cancellationToken)
    {
        List<TcpClient> open = [];
        try
        {
            while (true)
            {
                var client = await listener.AcceptTcpClientAsync(cancellationToken);
                open.Add(client);
                _ = AnswerOnceAsync(client, cancellationToken);
            }
        }
        finally
        {
            open.ForEach(client => client.Dispose());
        }
    }

    private static async Task AnswerOnceAsync(TcpClient client, CancellationToken cancellationToken)
    {
        var stream = client.GetStream();
        var buffer = new byte[64 * 1024];
        var got = "";
        while (!got.EndsWith("{}", StringComparison.Ordinal))
            got += Encoding.ASCII.GetString(buffer, 0, await stream.ReadAsync(buffer, cancellationToken));
        await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: keep-alive\r\n\r\n"u8.ToArray(), cancellationToken);
        if (await stream.ReadAsync(buffer, cancellationToken) > 0)
            client.Dispose();
    }

    [Fact]
    public async Task What_was_not_received_is_sent_again_as_it_was()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        receiver.Status = 500;
        var made = await _desk.CreateAsync(receiver.Address, null, Ann, CancellationToken.None);
        await _world.StartNode().ActivateAsync(Production);
        await _outbox.SendAsync();
        var first = Assert.Single(await DeliveriesAsync(made));
        Assert.Equal((1, "It answered with 500."), (first.Failures, first.LastProblem));

        receiver.Status = 204;
        await _outbox.SendAsync();
        Assert.Single(receiver.Got);
        _world.Real.Advance(TimeSpan.FromMinutes(1));
        await _outbox.SendAsync();

        Assert.Equal(2, receiver.Got.Count);
        var (tried, again) = (receiver.Got.First(), receiver.Got.Last());
        Assert.Equal((tried.Body, tried.Header("webhook-id")), (again.Body, again.Header("webhook-id")));
        Assert.NotEqual(tried.Header("webhook-signature"), again.Header("webhook-signature"), StringComparer.Ordinal);
        var sent = Assert.Single(await DeliveriesAsync(made));
        Assert.Equal((DeliveryState.Delivered, _world.Real.GetUtcNow(), null), (sent.State, sent.EndedAt, sent.LastProblem));
    }

    [Fact]
    public async Task After_a_day_it_is_given_up_and_said_so()
    {
        var made = await _desk.CreateAsync("http://127.0.0.1:1/", null, Ann, CancellationToken.None);
        await _world.StartNode().ActivateAsync(Production);
        await _outbox.SendAsync();
        var began = _world.Real.GetUtcNow();
        for (var tries = 2; (await DeliveriesAsync(made))[0].NextTryAt is { } next; tries++)
        {
            _world.Real.Advance(next - _world.Real.GetUtcNow());
            await _outbox.SendAsync();
            Assert.Equal(tries, (await DeliveriesAsync(made))[0].Failures);
        }

        var given = Assert.Single(await DeliveriesAsync(made));
        Assert.Equal(DeliveryState.GivenUp, given.State);
        Assert.Equal(8, given.Failures);
        Assert.Equal("No connection: nothing listens there, or it is not reached.", given.LastProblem);
        Assert.InRange(_world.Real.GetUtcNow() - began, TimeSpan.FromHours(20), TimeSpan.FromHours(24));
    }

    [Fact]
    public async Task A_slow_address_holds_up_no_other()
    {
        await using var slow = await WebhookReceiver.StartAsync();
        await using var quick = await WebhookReceiver.StartAsync();
        slow.Holds = true;
        var made = await _desk.CreateAsync(slow.Address, null, Ann, CancellationToken.None);
        await _desk.CreateAsync(quick.Address, null, Ann, CancellationToken.None);
        await _world.StartNode().ActivateAsync(Production);

        var sending = _outbox.SendAsync();
        await quick.FirstAsync();
        await slow.FirstAsync();
        Assert.False(sending.IsCompleted);
        _world.Real.Advance(WebhookClient.Patience);
        await sending;

        Assert.Equal("No answer within 10 s.", (await DeliveriesAsync(made))[0].LastProblem);
    }

    [Fact]
    public async Task A_person_tries_one_address_at_a_time()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        receiver.Holds = true;
        var made = await _desk.CreateAsync(receiver.Address, null, Ann, CancellationToken.None);
        using var gone = new CancellationTokenSource();
        var first = _desk.TestAsync(made.Webhook!.Id, Ann, gone.Token);
        await receiver.FirstAsync();

        var second = await _desk.TestAsync(made.Webhook.Id, Ann, CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal("test-running", second.Refusal?.Code);

        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        receiver.Holds = false;
        Assert.Equal((null, null), await _desk.TestAsync(made.Webhook.Id, Ann, CancellationToken.None));
    }

    [Fact]
    public async Task Redirects_are_not_followed()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        receiver.Status = 302;
        var made = await _desk.CreateAsync(receiver.Address, null, Ann, CancellationToken.None);

        var (refusal, problem) = await _desk.TestAsync(made.Webhook!.Id, Ann, CancellationToken.None);

        Assert.Null(refusal);
        Assert.Equal("It answered with 302: redirects are not followed.", problem);
        Assert.Equal("webhook.test", (string?)Assert.Single(receiver.Got).Json["event"]);
    }

    [Fact]
    public async Task Whoever_lost_the_right_is_told_nothing_more()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        var made = await _desk.CreateAsync(receiver.Address, null, Ann, CancellationToken.None);
        var node = _world.StartNode();
        var activation = await node.ActivateAsync(Production);
        receiver.Holds = true;
        var expanding = _outbox.Dispatcher.DispatchAsync(CancellationToken.None);
        await receiver.FirstAsync();
        _world.Real.Advance(WebhookClient.Patience);
        await expanding;
        receiver.Got.Clear();
        receiver.Holds = false;
        _world.Real.Advance(TimeSpan.FromMinutes(1));
        await using (var db = _world.CreateDbContext())
            await db.RoleAssignments.Where(r => r.UserId == "ann").ExecuteDeleteAsync();
        await node.RunAsync(activation.Id);

        await _outbox.SendAsync();

        Assert.Empty(receiver.Got);
        // What happened since got no delivery at all.
        var waiting = Assert.Single(await DeliveriesAsync(made));
        Assert.Equal((DeliveryState.Skipped, 1), (waiting.State, waiting.Failures));
        Assert.StartsWith("Not sent: ", waiting.LastProblem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_disabled_webhook_is_told_nothing()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        var made = await _desk.CreateAsync(receiver.Address, null, Ann, CancellationToken.None);
        Assert.Null(await _desk.EnableAsync(made.Webhook!.Id, enabled: false, Ann, CancellationToken.None));
        await _world.StartNode().ActivateAsync(Production);

        await _outbox.SendAsync();

        Assert.Empty(receiver.Got);
        Assert.Empty(await DeliveriesAsync(made));
    }

    [Fact]
    public async Task A_transition_that_is_not_saved_tells_nobody()
    {
        var trouble = new Refusing();
        await using var world = new EngineWorld(interceptors: trouble);
        using var outbox = new Senders(world);
        await outbox.AddPersonAsync("ann");
        await outbox.Webhooks.CreateAsync("http://127.0.0.1:1/", null, Ann, CancellationToken.None);
        var node = world.StartNode();
        var activation = await node.ActivateAsync(Production);
        await node.RunToAsync(activation.Id, Domain.Activations.ActivationState.Live);
        trouble.IsOn = true;
        for (var second = 0; second < 900; second++)
            await node.TickAsync();
        Assert.True(trouble.Refused > 0);
        trouble.IsOn = false;

        await using (var db = world.CreateDbContext())
            Assert.Equal(["activation.started"], await db.OutboxEvents.Select(e => e.Name).ToListAsync(), StringComparer.Ordinal);
        await node.RunAsync(activation.Id);
        await using (var db = world.CreateDbContext())
        {
            Assert.Equal(
                ["activation.started", "activation.live", "activation.completed"],
                await db.OutboxEvents.OrderBy(e => e.Id).Select(e => e.Name).ToListAsync(),
                StringComparer.Ordinal
            );
        }
    }

    [Fact]
    public async Task Webhooks_cost_an_activation_not_one_statement()
    {
        var statements = new CommandCount();
        await using var world = new EngineWorld(interceptors: statements);
        using var outbox = new Senders(world);
        var node = world.StartNode();
        // What is read once and kept is read now.
        await node.CompleteAsync(Production with { Network = Network.Staging });
        var without = await StartAsync(EngineWorld.Shop);
        await outbox.AddPersonAsync("ann");
        for (var i = 0; i < 5; i++)
            await outbox.Webhooks.CreateAsync("https://hooks.example/", null, Ann, CancellationToken.None);

        Assert.Equal(without, await StartAsync(EngineWorld.Blog));

        async Task<int> StartAsync(long property)
        {
            var before = statements.Count;
            var answer = await node.Desk.SubmitAsync(Production with { PropertyId = property }, EngineWorld.Publisher, CancellationToken.None);
            Assert.Null(answer.Refusal);
            return statements.Count - before;
        }
    }

    [Fact]
    public async Task Support_staff_are_told_of_every_account()
    {
        await _outbox.AddPersonAsync("sam", hasRole: false, isSupport: true);
        await _outbox.AddPersonAsync("stranger", hasRole: false);
        var stranger = new WebhookOwner("stranger", Access.None);
        var unheard = await _desk.CreateAsync("https://hooks.example/", null, stranger, CancellationToken.None);
        var sam = new WebhookOwner("sam", new Access("sam@shop.example", new Dictionary<long, Role>(), IsSupport: true, MayDemonstrate: false));
        var made = await _desk.CreateAsync("http://127.0.0.1:1/", null, sam, CancellationToken.None);
        await _world.StartNode().ActivateAsync(Production);

        await _outbox.SendAsync();

        Assert.Single(await _desk.DeliveriesAsync(made.Webhook!.Id, 100, sam, CancellationToken.None));
        Assert.Empty(await _desk.DeliveriesAsync(unheard.Webhook!.Id, 100, stranger, CancellationToken.None));
    }

    [Fact]
    public async Task Webhooks_are_listed_each_with_the_newest_of_its_own_messages()
    {
        var shop = await _desk.CreateAsync("http://127.0.0.1:1/", EngineWorld.Shop, Ann, CancellationToken.None);
        var quiet = await _desk.CreateAsync("http://127.0.0.1:1/quiet", EngineWorld.Blog, Ann, CancellationToken.None);
        var all = await _desk.CreateAsync("http://127.0.0.1:1/all", null, Ann, CancellationToken.None);
        await _outbox.Webhooks.CreateAsync("http://127.0.0.1:1/ben", null, new("ben", EngineWorld.Publisher), CancellationToken.None);
        await _world.StartNode().CompleteAsync(Production);
        await _outbox.SendAsync();

        var listed = await _desk.ListWithDeliveriesAsync(2, Ann, CancellationToken.None);

        Assert.Equal([shop.Webhook!.Id, quiet.Webhook!.Id, all.Webhook!.Id], listed.Select(one => one.Webhook.Id));
        Assert.Equal([2, 0, 2], listed.Select(one => one.Deliveries.Count));
        foreach (var (webhook, deliveries) in listed)
            Assert.Equal(await _desk.DeliveriesAsync(webhook.Id, 2, Ann, CancellationToken.None), deliveries);
        Assert.Equal(["activation.completed", "activation.live"], listed[2].Deliveries.Select(one => one.Event), StringComparer.Ordinal);
    }

    [Fact]
    public async Task What_became_of_a_message_is_kept_for_30_days()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        var made = await _desk.CreateAsync(receiver.Address, null, Ann, CancellationToken.None);
        await _world.StartNode().ActivateAsync(Production);
        await _outbox.SendAsync();

        _world.Real.Advance(TimeSpan.FromDays(29));
        await _outbox.SendAsync();
        Assert.Single(await DeliveriesAsync(made));
        _world.Real.Advance(TimeSpan.FromDays(2));
        await _outbox.SendAsync();

        Assert.Empty(await DeliveriesAsync(made));
    }

    [Fact]
    public async Task Of_many_that_are_made_at_once_there_are_no_more_than_the_most()
    {
        var made = await Task.WhenAll(
            Enumerable
                .Range(0, WebhookDesk.Most + 10)
                .Select(_ => Task.Run(() => _desk.CreateAsync("https://hooks.example/", null, Ann, CancellationToken.None)))
        );

        Assert.Equal(10, made.Count(answer => answer.Refusal?.Code == "too-many-webhooks"));
        Assert.Equal(WebhookDesk.Most, (await _desk.ListAsync(Ann, CancellationToken.None)).Count);
    }

    [Fact]
    public async Task Webhooks_are_their_persons_own()
    {
        var made = await _desk.CreateAsync("https://hooks.example/a", null, Ann, CancellationToken.None);
        var ben = new WebhookOwner("ben", EngineWorld.Publisher);
        var id = made.Webhook!.Id;

        Assert.Empty(await _desk.ListAsync(ben, CancellationToken.None));
        Assert.Equal("not-found", (await _desk.DeleteAsync(id, ben, CancellationToken.None))?.Code);
        Assert.Equal("not-found", (await _desk.TestAsync(id, ben, CancellationToken.None)).Refusal?.Code);
        Assert.Equal("not-found", (await _desk.EnableAsync(id, false, ben, CancellationToken.None))?.Code);
        await _world.StartNode().ActivateAsync(Production);
        Assert.Null(await _desk.DeleteAsync(id, Ann, CancellationToken.None));
        Assert.Empty(await _desk.ListAsync(Ann, CancellationToken.None));
    }

    [Fact]
    public async Task A_program_gets_no_more_by_a_webhook_than_it_has()
    {
        var confined = new WebhookOwner("ann", EngineWorld.Publisher with { Roles = new Dictionary<long, Role>(), Client = "CI" });
        var reading = new WebhookOwner(
            "ann",
            EngineWorld.Publisher with
            {
                Roles = new Dictionary<long, Role> { [1] = Role.Viewer },
                Client = "CI",
            },
            IsReadOnly: true
        );
        await _desk.CreateAsync("https://hooks.example/a", null, Ann, CancellationToken.None);

        Assert.Equal("property-needed", (await _desk.CreateAsync("https://hooks.example/", null, confined, CancellationToken.None)).Refusal?.Code);
        Assert.Equal("not-found", (await _desk.CreateAsync("https://hooks.example/", 1, confined, CancellationToken.None)).Refusal?.Code);
        Assert.Empty(await _desk.ListAsync(confined, CancellationToken.None));
        Assert.Equal("client-only-reads", (await _desk.CreateAsync("https://hooks.example/", 1, reading, CancellationToken.None)).Refusal?.Code);
        Assert.Single(await _desk.ListAsync(reading, CancellationToken.None));
    }

    [Theory]
    [InlineData("hooks.example/a")]
    [InlineData("ftp://hooks.example/a")]
    [InlineData("https://ann:secret@hooks.example/a")]
    [InlineData("")]
    public async Task An_address_that_cannot_be_told_is_refused(string url) =>
        Assert.Equal("invalid-url", (await _desk.CreateAsync(url, null, Ann, CancellationToken.None)).Refusal?.Code);

    [Theory]
    [InlineData("127.0.0.1", "loopback")]
    [InlineData("10.1.2.3", "private")]
    [InlineData("172.31.0.1", "private")]
    [InlineData("192.168.0.1", "private")]
    [InlineData("169.254.169.254", "link-local")]
    [InlineData("100.64.0.1", "shared")]
    [InlineData("0.0.0.0", "unspecified")]
    [InlineData("255.255.255.255", "reserved")]
    [InlineData("::1", "loopback")]
    [InlineData("fe80::1%1", "link-local")]
    [InlineData("fd00::1", "private")]
    [InlineData("::ffff:10.0.0.1", "private")]
    [InlineData("64:ff9b::7f00:1", "loopback")]
    [InlineData("2002:a00:1::", "private")]
    [InlineData("64:ff9b:1::808:808", "private")]
    [InlineData("168.63.129.16", "reserved")]
    public void Outside_Development_nothing_is_sent_into_this_servers_own_network(string address, string why) =>
        Assert.Contains($" is a {why} address", WebhookTarget.Refuse(IPAddress.Parse(address)), StringComparison.Ordinal);

    [Theory]
    [InlineData("8.8.8.8")]
    [InlineData("172.32.0.1")]
    [InlineData("2606:4700::1111")]
    [InlineData("64:ff9b::808:808")]
    public void The_public_internet_is_told(string address) => Assert.Null(WebhookTarget.Refuse(IPAddress.Parse(address)));

    [Fact]
    public async Task Outside_Development_a_name_is_refused_by_what_it_stands_for()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        using var client = Senders.NewClient(_world.Real, "Production");
        var desk = new WebhookDesk(_world, client, _world.OutboxSignal, _world.Real);
        var address = receiver.Address.Replace("127.0.0.1", "localhost", StringComparison.Ordinal);
        var made = await desk.CreateAsync(address, null, Ann, CancellationToken.None);

        var (_, problem) = await desk.TestAsync(made.Webhook!.Id, Ann, CancellationToken.None);

        Assert.Contains("loopback address", problem, StringComparison.Ordinal);
        Assert.Empty(receiver.Got);
        Assert.Equal("invalid-url", (await desk.CreateAsync("http://[::1]/", null, Ann, CancellationToken.None)).Refusal?.Code);
    }

    private Task<IReadOnlyList<DeliveryLine>> DeliveriesAsync(NewWebhook made) =>
        _desk.DeliveriesAsync(made.Webhook!.Id, 100, Ann, CancellationToken.None);

    /// <summary>Lets deliveries be written and then breaks what they are written with.</summary>
    private sealed class Refusing : DbTransactionInterceptor
    {
        public bool IsOn { get; set; }

        public int Refused { get; private set; }

        public override ValueTask<InterceptionResult> TransactionCommittingAsync(
            System.Data.Common.DbTransaction transaction,
            TransactionEventData eventData,
            InterceptionResult result,
            CancellationToken cancellationToken = default
        )
        {
            if (!IsOn)
                return ValueTask.FromResult(result);
            Refused++;
            throw new Microsoft.Data.Sqlite.SqliteException("The disk is full.", 13);
        }
    }
}
