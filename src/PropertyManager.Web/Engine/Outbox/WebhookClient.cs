using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;

namespace PropertyManager.Web.Engine.Outbox;

/// <summary>
/// Sends one message to a webhook's address: a POST of JSON, signed as Standard Webhooks (https://www.standardwebhooks.com) says, with
/// <c>webhook-id</c>, <c>webhook-timestamp</c> and <c>webhook-signature: v1,…</c>: the Base64 of the HMAC-SHA256 of id, timestamp and body, joined by
/// dots. The key is what follows <c>whsec_</c> in the secret, decoded from Base64. Secrets made before this scheme are 64 hexadecimal digits, which are
/// Base64, too, and are used the same way.
/// </summary>
public sealed class WebhookClient : IDisposable
{
    /// <summary>So long an answer is waited for, connecting included.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private const string SecretPrefix = "whsec_";

    private readonly IDataProtector _protector;
    private readonly TimeProvider _time;
    private readonly HttpClient _http;

    /// <param name="environment">In Development messages are sent to this machine and its network, too.</param>
    /// <param name="protection">Keeps the secrets.</param>
    /// <param name="time">Real.</param>
    public WebhookClient(IHostEnvironment environment, IDataProtectionProvider protection, TimeProvider time)
    {
        (_protector, _time, GoesAnywhere) = (protection.CreateProtector(SecretText.Webhook), time, environment.IsDevelopment());
        _http = new HttpClient(
            new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                UseCookies = false,
                // A proxy would connect in this server's place, where the address is not looked at.
                UseProxy = false,
                MaxResponseHeadersLength = 16,
                MaxResponseDrainSize = 0,
                // Messages are seldom: a connection that is kept for the next is one that the other side closes at the moment at which it is used.
                PooledConnectionLifetime = TimeSpan.Zero,
                ConnectCallback = ConnectAsync,
            }
        )
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
    }

    /// <summary>Messages may go to private addresses, too.</summary>
    public bool GoesAnywhere { get; }

    /// <summary>Returns a new secret, with a key of 32 random bytes.</summary>
    public static string NewSecret() => SecretPrefix + Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    /// <summary>The secret, as it is kept.</summary>
    public string Protect(string secret) => _protector.Protect(secret);

    /// <summary>Sends it. Null when it was received; otherwise what went wrong, in words.</summary>
    /// <param name="url">Where.</param>
    /// <param name="protectedSecret">As it is kept.</param>
    /// <param name="id">Tells this message from others; the same each time it is tried.</param>
    /// <param name="body">JSON.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<string?> SendAsync(string url, string protectedSecret, string id, string body, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(Patience, _time);
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        try
        {
            var timestamp = _time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
            using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
            request.Headers.ConnectionClose = true;
            request.Headers.Add("User-Agent", "property-manager-webhooks");
            request.Headers.Add("webhook-id", id);
            request.Headers.Add("webhook-timestamp", timestamp);
            request.Headers.Add("webhook-signature", $"v1,{Sign(_protector.Unprotect(protectedSecret), $"{id}.{timestamp}.{body}")}");
            // What is answered is not read: the status says it all.
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ends.Token);
            return Problem(response.StatusCode);
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested)
        {
            return $"No answer within {Patience.TotalSeconds:0} s.";
        }
        catch (HttpRequestException exception)
        {
            return Problem(exception);
        }
        catch (CryptographicException)
        {
            return "The secret cannot be read any more: the keys in the data directory are others. Make the webhook anew.";
        }
    }

    public void Dispose() => _http.Dispose();

    private static string Sign(string secret, string content) =>
        Convert.ToBase64String(HMACSHA256.HashData(Convert.FromBase64String(secret[SecretPrefix.Length..]), Encoding.UTF8.GetBytes(content)));

    private static string? Problem(HttpStatusCode status) =>
        (int)status switch
        {
            >= 200 and < 300 => null,
            >= 300 and < 400 => $"It answered with {(int)status}: redirects are not followed.",
            _ => $"It answered with {(int)status}.",
        };

    private static string Problem(HttpRequestException exception)
    {
        for (Exception? cause = exception; cause is not null; cause = cause.InnerException)
        {
            if (cause is RefusedAddressException)
                return cause.Message;
        }
        return exception.HttpRequestError switch
        {
            HttpRequestError.NameResolutionError => "Its host name is not known.",
            HttpRequestError.SecureConnectionError => "No secure connection: its certificate is not trusted, or it does not speak TLS.",
            HttpRequestError.ConnectionError => "No connection: nothing listens there, or it is not reached.",
            _ => "The connection broke, or what it answered is not HTTP.",
        };
    }

    /// <summary>Connects to what the name stands for now: it is looked at here, so that no name leads elsewhere between the look and the connection.</summary>
    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var (host, port) = (context.DnsEndPoint.Host, context.DnsEndPoint.Port);
        var addresses = await Dns.GetHostAddressesAsync(host, cancellationToken);
        // One that is refused refuses the name: it is not the sender's to choose among them.
        if (!GoesAnywhere && addresses.Select(WebhookTarget.Refuse).FirstOrDefault(reason => reason is not null) is { } refusal)
            throw new RefusedAddressException(refusal);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private sealed class RefusedAddressException(string message) : IOException(message);
}
