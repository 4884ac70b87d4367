using System.Globalization;
using System.Net.Security;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;
using PropertyManager.Web.Data;
using AuthenticationException = MailKit.Security.AuthenticationException;

namespace PropertyManager.Web.Engine.Outbox;

/// <summary>
/// Delivers by e-mail: over the server that <c>Mail:Host</c> names, or, where none is, as .eml files in the data directory's <c>outbox</c>. The
/// deliveries of one call share a connection.
/// </summary>
public sealed class EmailChannel(MailSettings settings, OutboxFolder folder, TimeProvider time) : IDeliveryChannel
{
    /// <summary>How long the server has to accept a connection and to take one message.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public IReadOnlyList<TimeSpan> Waits { get; } =
    [
        TimeSpan.FromSeconds(30),
        TimeSpan.FromMinutes(1),
        TimeSpan.FromMinutes(5),
        TimeSpan.FromMinutes(10),
        TimeSpan.FromMinutes(15),
        TimeSpan.FromMinutes(30),
    ];

    /// <summary>Decides on the server's certificate; null for the machine's own trust.</summary>
    public RemoteCertificateValidationCallback? CertificateCheck { get; init; }

    public async IAsyncEnumerable<DeliveryResult> SendAsync(
        OutboxReceiver receiver,
        IReadOnlyList<PendingDelivery> deliveries,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        using var client = new SmtpClient { CheckCertificateRevocation = false, ServerCertificateValidationCallback = CertificateCheck };
        foreach (var delivery in deliveries)
        {
            var (outcome, problem) = await TryAsync(client, delivery, cancellationToken);
            yield return new(delivery, outcome, problem);
            if (outcome == DeliveryOutcome.ReceiverFailed)
                yield break;
        }
        await QuitAsync(client, cancellationToken);
    }

    private async Task<(DeliveryOutcome Outcome, string? Problem)> TryAsync(
        SmtpClient client,
        PendingDelivery delivery,
        CancellationToken cancellationToken
    )
    {
        using var patience = new CancellationTokenSource(Patience, time);
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        try
        {
            if (!MailboxAddress.TryParse(delivery.Recipient, out var to))
                return (DeliveryOutcome.Refused, "This is not an e-mail address.");
            using var message = Write(delivery, to);
            if (settings.Host is null)
                await SaveAsync(delivery, message, ends.Token);
            else
            {
                if (!client.IsConnected)
                    await ConnectAsync(client, settings.Host, ends.Token);
                return await TransmitAsync(client, message, to, ends.Token);
            }
            return (DeliveryOutcome.Delivered, null);
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return (DeliveryOutcome.ReceiverFailed, $"No answer within {Patience.TotalSeconds:0} s.");
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            return (DeliveryOutcome.ReceiverFailed, Describe(exception));
        }
    }

    private async Task ConnectAsync(SmtpClient client, string host, CancellationToken cancellationToken)
    {
        var security = settings.Security switch
        {
            MailSecurity.Tls => SecureSocketOptions.SslOnConnect,
            MailSecurity.StartTls => SecureSocketOptions.StartTls,
            _ => SecureSocketOptions.None,
        };
        await client.ConnectAsync(host, settings.Port, security, cancellationToken);
        if (settings is { User: { } user, Password: { } password })
            await client.AuthenticateAsync(user, password, cancellationToken);
    }

    /// <summary>What is wrong with this message or its recipient is told apart from what is wrong with the server.</summary>
    private static async Task<(DeliveryOutcome Outcome, string? Problem)> TransmitAsync(
        SmtpClient client,
        MimeMessage message,
        MailboxAddress to,
        CancellationToken cancellationToken
    )
    {
        var options = FormatOptions.Default.Clone();
        options.International = !System.Text.Ascii.IsValid(to.LocalPart);
        if (options.International && !client.Capabilities.HasFlag(SmtpCapabilities.UTF8))
            return (DeliveryOutcome.Refused, "The mail server takes no address with letters outside ASCII before the @: it does not offer SMTPUTF8.");
        try
        {
            await client.SendAsync(options, message, cancellationToken);
            return (DeliveryOutcome.Delivered, null);
        }
        catch (SmtpCommandException exception) when (client.IsConnected && exception.ErrorCode != SmtpErrorCode.SenderNotAccepted)
        {
            var isPermanent = (int)exception.StatusCode is >= 500 and < 600;
            return (isPermanent ? DeliveryOutcome.Refused : DeliveryOutcome.Deferred, Describe(exception));
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException or NotSupportedException)
        {
            return (DeliveryOutcome.Refused, $"The message could not be written: {exception.Message}");
        }
    }

    /// <summary>The connection is closed in any case; what the server says to that does not matter.</summary>
    private async Task QuitAsync(SmtpClient client, CancellationToken cancellationToken)
    {
        if (!client.IsConnected)
            return;
        using var patience = new CancellationTokenSource(Patience, time);
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        try
        {
            await client.DisconnectAsync(quit: true, ends.Token);
        }
        catch (Exception exception)
            when (exception is OperationCanceledException or IOException or SocketException or CommandException or ProtocolException)
        {
            // It is closed by the caller.
        }
    }

    private MimeMessage Write(PendingDelivery delivery, MailboxAddress to)
    {
        var from = MailboxAddress.Parse(settings.From);
        return new MimeMessage
        {
            From = { from },
            To = { to },
            Subject = delivery.Event.Subject,
            Date = delivery.Event.At,
            // The same each time it is tried: a mail that was taken although its answer was lost is recognized.
            MessageId = string.Create(CultureInfo.InvariantCulture, $"{delivery.Id}.{delivery.CreatedAt.ToUnixTimeMilliseconds()}@{from.Domain}"),
            Body = new TextPart("plain") { Text = delivery.Event.Text },
        };
    }

    private async Task SaveAsync(PendingDelivery delivery, MimeMessage message, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder.Path);
        var file = Path.Combine(folder.Path, string.Create(CultureInfo.InvariantCulture, $"{delivery.Id}.eml"));
        // Written under another name first: whoever looks finds whole files.
        await message.WriteToAsync(file + ".part", cancellationToken);
        File.Move(file + ".part", file, overwrite: true);
    }

    private static string Describe(Exception exception) =>
        exception switch
        {
            SmtpCommandException answer => $"It answered: {(int)answer.StatusCode} {answer.Message}",
            SslHandshakeException => "No secure connection: its certificate is not trusted, or it does not speak TLS.",
            ServiceNotAuthenticatedException => "It takes e-mails only from those who sign in: set Mail:User and Mail:Password.",
            AuthenticationException or SaslException => $"It did not accept user and password: {exception.Message}",
            NotSupportedException => $"It does not offer what Mail:Security or Mail:User asks for: {exception.Message}",
            SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.NoData } => "Its host name is not known.",
            SocketException => "No connection: nothing listens there, or it is not reached.",
            UnauthorizedAccessException => $"The file could not be written: {exception.Message}",
            _ => $"The connection broke, or what it answered is not SMTP: {exception.Message}",
        };
}
