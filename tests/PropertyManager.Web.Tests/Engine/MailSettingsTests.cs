using Microsoft.Extensions.Configuration;
using PropertyManager.Web.Engine.Outbox;

namespace PropertyManager.Web.Tests.Engine;

public sealed class MailSettingsTests
{
    [Theory]
    [InlineData("", 25, MailSecurity.None)]
    [InlineData("Host=mail.example", 25, MailSecurity.None)]
    [InlineData("Host=mail.example Port=465", 465, MailSecurity.Tls)]
    [InlineData("Host=mail.example Port=587", 587, MailSecurity.StartTls)]
    [InlineData("Host=mail.example Security=tls", 465, MailSecurity.Tls)]
    [InlineData("Host=mail.example Security=STARTTLS", 587, MailSecurity.StartTls)]
    [InlineData("Host=mail.example User=pm Password=x", 587, MailSecurity.StartTls)]
    [InlineData("Host=mail.example User=pm Password=x Port=25", 25, MailSecurity.StartTls)]
    [InlineData("Host=::1 Port=2525 Security=none", 2525, MailSecurity.None)]
    public void What_is_left_out_follows_from_the_rest(string given, int port, MailSecurity security)
    {
        var errors = new List<string>();

        var settings = MailSettings.Read(Configuration(given), errors);

        Assert.Empty(errors);
        Assert.Equal((port, security), (settings.Port, settings.Security));
    }

    [Theory]
    [InlineData("Port=25", "Mail:Port is set without Mail:Host")]
    [InlineData("User=pm Password=x", "Mail:User is set without Mail:Host", "Mail:Password is set without Mail:Host")]
    [InlineData("Host=mail://x", "Mail:Host is 'mail://x'")]
    [InlineData("Host=mail.example Port=0", "Mail:Port is '0'")]
    [InlineData("Host=mail.example Port=x", "Mail:Port is 'x'")]
    [InlineData("Host=mail.example Security=ssl", "Mail:Security is 'ssl'")]
    [InlineData("Host=mail.example User=pm", "Mail:User and Mail:Password belong together")]
    [InlineData("Host=mail.example User=pm Password=x Security=none", "which would send Mail:Password unencrypted")]
    [InlineData("From=nobody", "Mail:From is 'nobody'")]
    [InlineData("Host=a_b! Port=x From=nobody", "Mail:Host is", "Mail:From is", "Mail:Port is")]
    public void What_cannot_work_is_named_all_at_once(string given, params string[] problems)
    {
        var errors = new List<string>();

        MailSettings.Read(Configuration(given), errors);

        Assert.Equal(problems.Length, errors.Count);
        Assert.All(problems.Zip(errors), pair => Assert.Contains(pair.First, pair.Second, StringComparison.Ordinal));
    }

    private static IConfiguration Configuration(string given) =>
        new ConfigurationBuilder()
            .AddInMemoryCollection(
                given
                    .Split(' ', StringSplitOptions.RemoveEmptyEntries)
                    .Select(pair => pair.Split('=', 2))
                    .Select(pair => KeyValuePair.Create("Mail:" + pair[0], (string?)pair[1]))
            )
            .Build();
}
