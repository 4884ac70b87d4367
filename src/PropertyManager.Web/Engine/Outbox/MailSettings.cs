using System.Globalization;
using MimeKit;

namespace PropertyManager.Web.Engine.Outbox;

/// <summary>How the connection to the mail server is secured.</summary>
public enum MailSecurity
{
    None,
    StartTls,
    Tls,
}

/// <summary>The settings <c>Mail:*</c>. Not a record: its text would show the password.</summary>
public sealed class MailSettings
{
    private const int SmtpPort = 25;
    private const int SubmissionPort = 587;
    private const int TlsPort = 465;

    private static readonly string[] NeedHost = ["Port", "Security", "User", "Password"];

    /// <summary>Null: e-mails are written as files.</summary>
    public string? Host { get; init; }

    public int Port { get; init; } = SmtpPort;

    public string From { get; init; } = "property-manager@localhost.localdomain";

    public MailSecurity Security { get; init; }

    /// <summary>Null: the server is used without signing in.</summary>
    public string? User { get; init; }

    /// <summary>Null exactly where there is no user.</summary>
    public string? Password { get; init; }

    /// <summary>Reads the settings; what is wrong with them is added to <paramref name="errors" />.</summary>
    public static MailSettings Read(IConfiguration configuration, ICollection<string> errors)
    {
        var mail = configuration.GetSection("Mail");
        var given = (Host: Text("Host"), From: Text("From"), User: Text("User"), Password: Text("Password"));
        if (given.Host is null)
        {
            foreach (var name in NeedHost.Where(name => Text(name) is not null))
                errors.Add($"Mail:{name} is set without Mail:Host: name the mail server.");
        }
        else if (Uri.CheckHostName(given.Host) == UriHostNameType.Unknown)
            errors.Add($"Mail:Host is '{given.Host}': give a host name or an IP address.");
        if (given.From is not null && !(MailboxAddress.TryParse(given.From, out var from) && from.Domain.Length > 0))
            errors.Add($"Mail:From is '{given.From}': give an e-mail address.");
        if ((given.User is null) != (given.Password is null))
            errors.Add("Mail:User and Mail:Password belong together: set both or neither.");
        var port = ReadPort(Text("Port"), errors);
        var security = ReadSecurity(Text("Security"), port, isSigningIn: given.User is not null, errors);
        if (given.User is not null && security == MailSecurity.None)
            errors.Add("Mail:Security is none, which would send Mail:Password unencrypted: use STARTTLS or TLS.");
        var defaults = new MailSettings();
        return new MailSettings
        {
            Host = given.Host,
            Port = port ?? DefaultPort(security),
            From = given.From ?? defaults.From,
            Security = security,
            User = given.User,
            Password = given.Password,
        };

        string? Text(string name) => mail[name] is { Length: > 0 } text ? text : null;
    }

    private static int? ReadPort(string? given, ICollection<string> errors)
    {
        if (given is null)
            return null;
        if (!int.TryParse(given, NumberStyles.None, CultureInfo.InvariantCulture, out var port) || port is < 1 or > 65535)
            errors.Add($"Mail:Port is '{given}': give a number from 1 to 65535.");
        return port;
    }

    private static MailSecurity ReadSecurity(string? given, int? port, bool isSigningIn, ICollection<string> errors)
    {
        switch (given?.ToUpperInvariant())
        {
            case "NONE":
                return MailSecurity.None;
            case "STARTTLS":
                return MailSecurity.StartTls;
            case "TLS":
                return MailSecurity.Tls;
            case null:
                return port == TlsPort ? MailSecurity.Tls
                    : port == SubmissionPort || isSigningIn ? MailSecurity.StartTls
                    : MailSecurity.None;
            default:
                errors.Add($"Mail:Security is '{given}': give none, STARTTLS or TLS.");
                return MailSecurity.Tls;
        }
    }

    private static int DefaultPort(MailSecurity security) =>
        security switch
        {
            MailSecurity.Tls => TlsPort,
            MailSecurity.StartTls => SubmissionPort,
            _ => SmtpPort,
        };
}

/// <summary>Where e-mails are written as .eml files while no mail server is named.</summary>
public sealed record OutboxFolder(string Path);
