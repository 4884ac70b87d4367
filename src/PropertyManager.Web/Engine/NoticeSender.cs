using System.Diagnostics.CodeAnalysis;
using System.Net.Mail;
using Microsoft.EntityFrameworkCore;
using PropertyManager.Web.Data;

namespace PropertyManager.Web.Engine;

/// <summary>
/// Sends what lies in the outbox: over the server named in <c>Mail:Host</c> (<c>Mail:Port</c>, <c>Mail:From</c>), or, where none is, as .eml files
/// into the data directory's <c>outbox</c>.
/// </summary>
public sealed partial class NoticeSender(
    IDbContextFactory<AppDbContext> contexts,
    OutboxFolder folder,
    IConfiguration configuration,
    TimeProvider time,
    ILogger<NoticeSender> logger
) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);
    private const int Batch = 50;

    /// <summary>Of two that send at once, the later would send the same again.</summary>
    private readonly SemaphoreSlim _turn = new(1);

    /// <summary>Doublings of the interval, at most: about half an hour.</summary>
    private const int LongestWait = 10;

    /// <summary>
    /// Sends what is due, oldest first. A message is marked when it is sent: after a crash in between it is sent again, never lost. One that
    /// cannot be sent is tried again later, and later each time.
    /// </summary>
    public Task SendAsync(CancellationToken cancellationToken) => SendAsync(null, cancellationToken);

    /// <summary>Sends what is due about a property now, before it goes.</summary>
    /// <param name="propertyId">Whose activations.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public Task SendOfAsync(long propertyId, CancellationToken cancellationToken) => SendAsync(propertyId, cancellationToken);

    public override void Dispose()
    {
        base.Dispose();
        _turn.Dispose();
    }

    private async Task SendAsync(long? propertyId, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            var now = time.GetUtcNow();
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            var due = await db
                .Outbox.AsNoTracking()
                .Where(m => m.SentAt == null && m.NextTryAt <= now)
                .Where(m => propertyId == null || db.Activations.Any(a => a.Id == m.ActivationId && a.PropertyId == propertyId))
                .OrderBy(m => m.Id)
                .Take(Batch)
                .ToListAsync(cancellationToken);
            if (due.Count == 0)
                return;
            using var client = Client();
            foreach (var message in due)
                await SendAsync(db, client, message, cancellationToken);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>One that is gone by now, with its property, is marked no more.</summary>
    private async Task SendAsync(AppDbContext db, SmtpClient client, OutboxMessage message, CancellationToken cancellationToken)
    {
        var isSent = await TrySendAsync(client, message, cancellationToken);
        var (now, failures) = (time.GetUtcNow(), message.Failures + 1);
        var row = db.Outbox.Where(m => m.Id == message.Id);
        if (isSent)
        {
            await row.ExecuteUpdateAsync(set => set.SetProperty(m => m.SentAt, now), cancellationToken);
            return;
        }
        var next = now + (Interval * Math.Pow(2, Math.Min(failures, LongestWait)));
        await row.ExecuteUpdateAsync(set => set.SetProperty(m => m.Failures, failures).SetProperty(m => m.NextTryAt, next), cancellationToken);
    }

    [SuppressMessage("Design", "CA1031", Justification = "One message that cannot be sent does not hold up the others.")]
    private async Task<bool> TrySendAsync(SmtpClient client, OutboxMessage message, CancellationToken cancellationToken)
    {
        try
        {
            using var mail = new MailMessage(configuration["Mail:From"] ?? "property-manager@localhost.localdomain", message.To)
            {
                Subject = message.Subject,
                Body = message.Body,
            };
            await client.SendMailAsync(mail, cancellationToken);
            return true;
        }
        catch (SmtpFailedRecipientException exception)
        {
            // The server took it for the others: sending it again would tell them twice.
            LogRecipient(message.Id, exception.FailedRecipient, exception);
            return true;
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            LogRetry(message.Id, exception);
            return false;
        }
    }

    [SuppressMessage("Design", "CA1031", Justification = "A database that is away for a moment does not end the sender.")]
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.TicksAsync(stoppingToken))
        {
            try
            {
                await SendAsync(stoppingToken);
            }
            catch (Exception exception)
            {
                // What is broken off by the application's end is no failure.
                if (!stoppingToken.IsCancellationRequested)
                    LogDatabase(exception);
            }
        }
    }

    private SmtpClient Client() =>
        configuration["Mail:Host"] is { Length: > 0 } host
            ? new SmtpClient(host, configuration.GetValue("Mail:Port", 25))
            : new SmtpClient
            {
                DeliveryMethod = SmtpDeliveryMethod.SpecifiedPickupDirectory,
                PickupDirectoryLocation = Directory.CreateDirectory(folder.Path).FullName,
            };

    [LoggerMessage(Level = LogLevel.Error, Message = "E-mail {Message} could not be sent; it is tried again")]
    private partial void LogRetry(long message, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "E-mail {Message} was not taken for {Recipient}")]
    private partial void LogRecipient(long message, string? recipient, Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "The outbox could not be read; it is tried again")]
    private partial void LogDatabase(Exception exception);
}

/// <summary>Where e-mails lie as .eml files while no mail server is named.</summary>
public sealed record OutboxFolder(string Path);
