using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Microsoft.EntityFrameworkCore;
using PropertyManager.Domain;
using PropertyManager.Web.Data;
using PropertyManager.Web.Engine;
using PropertyManager.Web.Engine.Outbox;
using SmtpServer;
using SmtpServer.Protocol;

namespace PropertyManager.Web.Tests.Engine;

/// <summary>E-mails over a mail server: each recipient is a delivery with an end of its own.</summary>
public sealed class EmailTests : IAsyncDisposable
{
    private static readonly ActivationOrder Order = new(
        EngineWorld.Shop,
        2,
        Network.Staging,
        Note: "Grüße",
        NotifyEmails: "ops@shop.example, cdn@shop.example",
        Acknowledged: true
    );

    private readonly EngineWorld _world = new();
    private readonly LogLines _log = new();

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task Each_recipient_gets_an_e_mail_of_its_own()
    {
        await using var server = await MailServer.StartAsync();
        using var outbox = Outbox(server);
        await _world.StartNode().ActivateAsync(Order);

        await outbox.SendAsync();
        await outbox.SendAsync();

        Assert.Equal(
            ["cdn@shop.example", "ops@shop.example"],
            server.Got.Select(mail => mail.To).Order(StringComparer.Ordinal),
            StringComparer.Ordinal
        );
        Assert.All(
            server.Got,
            mail =>
            {
                Assert.Contains("Subject: www.shop.example: activation of version 2 on staging started", mail.Text, StringComparison.Ordinal);
                Assert.Contains("From: property-manager@localhost.localdomain", mail.Text, StringComparison.Ordinal);
                Assert.Contains($"To: {mail.To}", mail.Text, StringComparison.Ordinal);
            }
        );
        Assert.All(await outbox.DeliveriesAsync(), delivery => Assert.Equal(DeliveryState.Delivered, delivery.State));
    }

    [Theory]
    [InlineData(MailSecurity.StartTls)]
    [InlineData(MailSecurity.Tls)]
    public async Task Over_TLS_it_signs_in_with_user_and_password(MailSecurity security)
    {
        await using var server = await MailServer.StartAsync(security == MailSecurity.Tls ? MailServer.IsTls : MailServer.AsksWho);
        using var outbox = Outbox(server, security, MailServer.User, MailServer.Password);
        await _world.StartNode().ActivateAsync(Order);

        await outbox.SendAsync();

        Assert.Equal((2, 1), (server.Got.Count, server.SignedIn));
    }

    [Fact]
    public async Task A_wrong_password_is_said_and_not_shown()
    {
        await using var server = await MailServer.StartAsync(MailServer.AsksWho);
        using var outbox = Outbox(server, MailSecurity.StartTls, MailServer.User, "wr0ng pass");
        await _world.StartNode().ActivateAsync(Order);

        await outbox.SendAsync();

        Assert.Empty(server.Got);
        Assert.All(await outbox.DeliveriesAsync(), delivery => Assert.Equal(DeliveryState.Pending, delivery.State));
        Assert.Contains("It did not accept user and password", Assert.Single(_log.Lines), StringComparison.Ordinal);
        Assert.DoesNotContain("wr0ng", _log.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("ops@", _log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_without_TLS_is_not_told_the_password()
    {
        await using var server = await MailServer.StartAsync(MailServer.SignsInUnencrypted);
        using var outbox = Outbox(server, MailSecurity.StartTls, MailServer.User, MailServer.Password);
        await _world.StartNode().ActivateAsync(Order);

        await outbox.SendAsync();

        Assert.Equal(0, server.SignedIn);
        Assert.Contains("It does not offer what Mail:Security or Mail:User asks for", Assert.Single(_log.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_asks_to_sign_in_is_waited_for_and_said_so()
    {
        await using var server = await MailServer.StartAsync(MailServer.AsksWho);
        using var outbox = Outbox(server, MailSecurity.StartTls);
        await _world.StartNode().ActivateAsync(Order);

        await outbox.SendAsync();

        Assert.All(await outbox.DeliveriesAsync(), delivery => Assert.Equal(DeliveryState.Pending, delivery.State));
        Assert.Contains("set Mail:User and Mail:Password", Assert.Single(_log.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_recipient_that_is_refused_ends_alone_with_the_reason()
    {
        await using var server = await MailServer.StartAsync();
        server.Answer = to =>
            to.StartsWith("ops@", StringComparison.Ordinal) ? new SmtpResponse(SmtpReplyCode.MailboxUnavailable, "No such user") : null;
        using var outbox = Outbox(server);
        await _world.StartNode().ActivateAsync(Order);

        await outbox.SendAsync();

        Assert.Equal(["cdn@shop.example"], server.Got.Select(mail => mail.To), StringComparer.Ordinal);
        var refused = await DeliveryAsync(outbox, "ops@");
        Assert.Equal(DeliveryState.Refused, refused.State);
        Assert.StartsWith("It answered: 550 No such user", refused.Problem, StringComparison.Ordinal);
        Assert.Empty(_log.Lines);
    }

    [Fact]
    public async Task What_is_no_address_ends_alone_with_the_reason()
    {
        await using var server = await MailServer.StartAsync();
        using var outbox = Outbox(server);
        await _world.StartNode().ActivateAsync(Order);
        // As a row may have it that was written before addresses were checked.
        await using (var db = _world.CreateDbContext())
            await db.Database.ExecuteSqlAsync($"UPDATE Activations SET NotifyEmails = {"""["no@@shop.example","ops@shop.example"]"""}");

        await outbox.SendAsync();

        var refused = await DeliveryAsync(outbox, "no@");
        Assert.Equal((DeliveryState.Refused, "This is not an e-mail address."), (refused.State, refused.Problem));
        Assert.Equal(["ops@shop.example"], server.Got.Select(mail => mail.To), StringComparer.Ordinal);
        Assert.Empty(_log.Lines);
    }

    [Fact]
    public async Task A_recipient_that_is_put_off_is_tried_again_and_holds_up_no_other()
    {
        await using var server = await MailServer.StartAsync();
        server.Answer = to => to.StartsWith("ops@", StringComparison.Ordinal) ? new SmtpResponse((SmtpReplyCode)450, "Come back") : null;
        using var outbox = Outbox(server);
        await _world.StartNode().ActivateAsync(Order);
        await outbox.SendAsync();
        Assert.Equal(["cdn@shop.example"], server.Got.Select(mail => mail.To), StringComparer.Ordinal);
        Assert.Equal((DeliveryState.Pending, 1), ((await DeliveryAsync(outbox, "ops@")).State, (await DeliveryAsync(outbox, "ops@")).Failures));

        server.Answer = _ => null;
        _world.Real.Advance(TimeSpan.FromSeconds(30));
        await outbox.SendAsync();

        Assert.Equal(["cdn@shop.example", "ops@shop.example"], server.Got.Select(mail => mail.To), StringComparer.Ordinal);
        Assert.Equal(DeliveryState.Delivered, (await DeliveryAsync(outbox, "ops@")).State);
    }

    [Theory]
    [InlineData(true, DeliveryState.Delivered)]
    [InlineData(false, DeliveryState.Refused)]
    public async Task An_address_outside_ASCII_goes_where_the_server_takes_it_and_never_holds_up_others(bool hasUtf8, DeliveryState end)
    {
        await using var server = await MailServer.StartAsync(hasUtf8: hasUtf8);
        using var outbox = Outbox(server);
        await _world.StartNode().ActivateAsync(Order with { NotifyEmails = "ü@b.example, ops@shop.example" });

        await outbox.SendAsync();

        var odd = await DeliveryAsync(outbox, "ü@");
        Assert.Equal(end, odd.State);
        if (!hasUtf8)
            Assert.Contains("SMTPUTF8", odd.Problem, StringComparison.Ordinal);
        Assert.Equal(DeliveryState.Delivered, (await DeliveryAsync(outbox, "ops@")).State);
        Assert.Equal(hasUtf8 ? 2 : 1, server.Got.Count);
    }

    [Fact]
    public async Task A_silent_server_holds_up_no_webhook_and_is_left_after_half_a_minute()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        await using var receiver = await WebhookReceiver.StartAsync();
        using var outbox = Outbox(((IPEndPoint)silent.LocalEndpoint).Port);
        await outbox.AddWebhookAsync(EngineWorld.Shop, receiver.Address);
        await _world.StartNode().ActivateAsync(Order);

        var sending = outbox.Dispatcher.DispatchAsync(CancellationToken.None);
        using var taken = await silent.AcceptTcpClientAsync().WaitAsync(TimeSpan.FromSeconds(30));
        await outbox.WaitAsync(deliveries => deliveries.Any(delivery => delivery is { Recipient: "", State: DeliveryState.Delivered }));
        Assert.False(sending.IsCompleted);
        _world.Real.Advance(EmailChannel.Patience);
        await sending.WaitAsync(TimeSpan.FromSeconds(30));

        Assert.Contains("Mail server does not take deliveries: No answer within 30 s.", Assert.Single(_log.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task While_the_server_is_away_one_attempt_is_made_for_all_and_one_line_is_logged_until_it_is_back()
    {
        var port = FreePort();
        using (var outbox = Outbox(port))
        {
            await _world.StartNode().ActivateAsync(Order);
            for (var minute = 0; minute < 60; minute++)
            {
                await outbox.SendAsync();
                _world.Real.Advance(TimeSpan.FromMinutes(1));
            }
            Assert.Contains("No connection", Assert.Single(_log.Lines), StringComparison.Ordinal);
            // After 0, 30 s, 1, 5, 10, 15, 30 min, as far as the minutes allow.
            Assert.InRange((await outbox.DeliveriesAsync()).Sum(delivery => delivery.Failures), 5, 8);
        }
        await using var server = await MailServer.StartAsync();
        using var again = Outbox(server);
        _world.Real.Advance(TimeSpan.FromMinutes(30));

        await again.SendAsync();
        _world.Real.Advance(TimeSpan.FromMinutes(30));
        await again.SendAsync();

        Assert.Equal(2, server.Got.Count);
        Assert.Equal(2, _log.Lines.Count);
        Assert.Contains("Mail server takes deliveries again", _log.Lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_a_day_an_e_mail_is_given_up()
    {
        using var outbox = Outbox(FreePort());
        await _world.StartNode().ActivateAsync(Order);
        for (var half = 0; half < 50; half++)
        {
            await outbox.SendAsync();
            _world.Real.Advance(TimeSpan.FromMinutes(30));
        }

        Assert.All(
            await outbox.DeliveriesAsync(),
            delivery =>
            {
                Assert.Equal(DeliveryState.GivenUp, delivery.State);
                Assert.InRange(delivery.EndedAt!.Value - delivery.CreatedAt, TimeSpan.FromHours(22.5), TimeSpan.FromHours(25));
            }
        );
        await using var db = _world.CreateDbContext();
        Assert.Null((await db.OutboxReceivers.SingleAsync(r => r.Id == OutboxReceiver.Mail)).DueAt);
    }

    private Senders Outbox(MailServer server, MailSecurity security = MailSecurity.None, string? user = null, string? password = null) =>
        Outbox(server.Port, security, user, password);

    private Senders Outbox(int port, MailSecurity security = MailSecurity.None, string? user = null, string? password = null) =>
        new(
            _world,
            new MailSettings
            {
                Host = "127.0.0.1",
                Port = port,
                Security = security,
                User = user,
                Password = password,
            },
            _log
        );

    private static async Task<OutboxDelivery> DeliveryAsync(Senders outbox, string prefix) =>
        Assert.Single(await outbox.DeliveriesAsync(), delivery => delivery.Recipient.StartsWith(prefix, StringComparison.Ordinal));

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
