using System.Buffers;
using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using SmtpServer;
using SmtpServer.Authentication;
using SmtpServer.Mail;
using SmtpServer.Net;
using SmtpServer.Protocol;
using SmtpServer.Storage;

namespace PropertyManager.Web.Tests.Engine;

/// <summary>A mail server on this machine: what it was sent, and what it refuses.</summary>
internal sealed class MailServer : IAsyncDisposable
{
    public const string User = "pm";
    public const string Password = "s3cret pass";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly CancellationTokenSource _gone = new();
    private readonly X509Certificate2 _certificate = NewCertificate();
    private readonly ServiceProvider _services;
    private readonly Task _running;

    private MailServer(Action<EndpointDefinitionBuilder, X509Certificate2> configure, bool hasUtf8)
    {
        var listening = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        var listeners = new EndpointListenerFactory();
        listeners.EndpointStarted += (_, started) => listening.TrySetResult(((IPEndPoint)started.LocalEndPoint).Port);
        var services = new ServiceCollection()
            .AddSingleton<IEndpointListenerFactory>(listeners)
            .AddSingleton<IMessageStore>(new Store(this))
            .AddSingleton<IMailboxFilter>(new Filter(this))
            .AddSingleton<IUserAuthenticator>(
                new DelegatingUserAuthenticator((_, user, password) => (user, password) == (User, Password) && IsSignedIn())
            );
        if (!hasUtf8)
            services.AddSingleton<ISmtpCommandFactory>(new AsciiCommands());
        _services = services.BuildServiceProvider();
        var options = new SmtpServerOptionsBuilder()
            .ServerName("mail.test")
            .Endpoint(endpoint => configure(endpoint.Endpoint(new IPEndPoint(IPAddress.Loopback, 0)), _certificate))
            .Build();
        _running = new SmtpServer.SmtpServer(options, _services).StartAsync(_gone.Token);
        Listening = listening.Task;
    }

    /// <summary>Recipient and message, as it took them.</summary>
    public ConcurrentQueue<(string To, string Text)> Got { get; } = [];

    /// <summary>Answer to a recipient; null for yes.</summary>
    public Func<string, SmtpResponse?> Answer { get; set; } = _ => null;

    /// <summary>How often somebody signed in.</summary>
    public int SignedIn { get; private set; }

    public int Port { get; private set; }

    private Task<int> Listening { get; }

    /// <summary>Without TLS, if nothing else is configured.</summary>
    public static async Task<MailServer> StartAsync(Action<EndpointDefinitionBuilder, X509Certificate2>? configure = null, bool hasUtf8 = true)
    {
        var server = new MailServer(configure ?? ((_, _) => { }), hasUtf8);
        server.Port = await server.Listening.WaitAsync(Patience);
        return server;
    }

    /// <summary>Offers STARTTLS, and signing in after that only.</summary>
    public static void OffersStartTls(EndpointDefinitionBuilder endpoint, X509Certificate2 certificate) => endpoint.Certificate(certificate);

    /// <summary>The same, and takes nothing from those who have not signed in.</summary>
    public static void AsksWho(EndpointDefinitionBuilder endpoint, X509Certificate2 certificate) =>
        endpoint.Certificate(certificate).AuthenticationRequired();

    /// <summary>No TLS, and yet it lets people sign in: a listener would read the password.</summary>
    public static void SignsInUnencrypted(EndpointDefinitionBuilder endpoint, X509Certificate2 certificate) => endpoint.AllowUnsecureAuthentication();

    /// <summary>TLS from the first byte.</summary>
    public static void IsTls(EndpointDefinitionBuilder endpoint, X509Certificate2 certificate) => endpoint.Certificate(certificate).IsSecure(true);

    public async ValueTask DisposeAsync()
    {
        await _gone.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _services.DisposeAsync();
        _certificate.Dispose();
        _gone.Dispose();
    }

    private static X509Certificate2 NewCertificate()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var made = request.CreateSelfSigned(TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(1));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
    }

    private bool IsSignedIn()
    {
        SignedIn++;
        return true;
    }

    private sealed class Store(MailServer server) : MessageStore
    {
        public override Task<SmtpResponse> SaveAsync(
            ISessionContext context,
            IMessageTransaction transaction,
            ReadOnlySequence<byte> buffer,
            CancellationToken cancellationToken
        )
        {
            server.Got.Enqueue((transaction.To.Single().AsAddress(), Encoding.UTF8.GetString(buffer.ToArray())));
            return Task.FromResult(SmtpResponse.Ok);
        }
    }

    private sealed class Filter(MailServer server) : MailboxFilter
    {
        public override Task<bool> CanDeliverToAsync(ISessionContext context, IMailbox to, IMailbox from, CancellationToken cancellationToken) =>
            server.Answer(to.AsAddress()) is { } answer ? throw new SmtpResponseException(answer) : Task.FromResult(true);
    }

    /// <summary>As servers are that take ASCII alone.</summary>
    private sealed class AsciiCommands : SmtpCommandFactory
    {
        public override SmtpCommand CreateEhlo(string domainOrAddress) => new Ehlo(domainOrAddress);

        private sealed class Ehlo(string domainOrAddress) : EhloCommand(domainOrAddress)
        {
            protected override IEnumerable<string> GetExtensions(ISessionContext context) =>
                base.GetExtensions(context).Where(extension => extension != "SMTPUTF8");
        }
    }
}
