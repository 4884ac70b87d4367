using System.Text;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.EntityFrameworkCore;
using PropertyManager.Web.Data;
using PropertyManager.Web.Engine;

namespace PropertyManager.Web.Hosting;

/// <summary>
/// In Development an API client of the demo administrator, whose key lies in the data directory as demo.edgerc: existing clients of the API work with
/// it at once. It is written when the application listens, because the file names the address; the greeting follows.
/// </summary>
public sealed partial class DemoClientFile(
    ApiClientDesk desk,
    IDbContextFactory<AppDbContext> contexts,
    DataDirectory data,
    IServer server,
    ILogger<DemoClientFile> logger
) : IHostedLifecycleService
{
    /// <summary>In the data directory.</summary>
    public const string FileName = "demo.edgerc";

    private const string ClientName = "Demo";
    private const string Owner = "admin@demo.example";

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        // Clients of the API speak https only: without such an address the file would be of no use.
        var addresses = server.Features.Get<IServerAddressesFeature>()?.Addresses ?? [];
        if (EdgeRc.HostOf(addresses, page: null) is not { } host)
            return;
        try
        {
            await KeepAsync(data.File(FileName), host, cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            LogUnwritten(FileName, exception.Message);
        }
    }

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Makes the client or a new key where there is none to use, and otherwise sees to the host alone.</summary>
    private async Task KeepAsync(string file, string host, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var owner = await db.Users.Where(user => user.UserName == Owner).Select(user => user.Id).SingleOrDefaultAsync(cancellationToken);
        if (owner is null)
            return;
        var clients = await desk.ListAsync(owner, cancellationToken);
        var text = File.Exists(file) ? await File.ReadAllTextAsync(file, cancellationToken) : "";
        var token = EdgeRc.ReadClientToken(text);
        if (clients.Any(client => client.Keys.Any(key => key.ClientToken == token)))
        {
            if (EdgeRc.WithHost(text, host) is var mended && mended != text)
                Write(file, mended);
        }
        else if (clients.FirstOrDefault(client => client.Name == ClientName) is not { } demo)
            Write(file, (await desk.CreateAsync(owner, new ApiClientWish(ClientName, IsReadOnly: false, Groups: null), cancellationToken)).Key, host);
        // One that was revoked is meant to stay so.
        else if (demo.RevokedAt is null)
        {
            // Their secrets were in the file that is gone.
            foreach (var key in demo.Keys)
                await desk.RevokeKeyAsync(owner, demo.Id, key.Id, cancellationToken);
            Write(file, (await desk.AddKeyAsync(owner, demo.Id, cancellationToken)).Key, host);
        }
    }

    private static void Write(string file, ApiKey? key, string host)
    {
        if (key is not null)
            Write(file, EdgeRc.Text(key, host));
    }

    /// <summary>For this user only, also where somebody has made the file readable for others: it is written anew.</summary>
    private static void Write(string file, string text) => PrivateFiles.Write(file, Encoding.UTF8.GetBytes(text));

    [LoggerMessage(Level = LogLevel.Warning, Message = "{File} was not written: {Reason}")]
    private partial void LogUnwritten(string file, string reason);
}

public static class DemoClientFileServices
{
    /// <summary>Nothing outside Development.</summary>
    public static void AddDemoClientFile(this IServiceCollection services, IHostEnvironment environment)
    {
        if (environment.IsDevelopment())
            services.AddHostedService<DemoClientFile>();
    }
}
