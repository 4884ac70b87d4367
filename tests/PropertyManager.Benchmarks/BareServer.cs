using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace PropertyManager.Benchmarks;

/// <summary>The least that a server can be: one minimal endpoint that answers the same bytes whatever is asked.</summary>
internal sealed class BareServer : IDisposable
{
    private readonly Process _process;

    private BareServer(Process process, Uri address) => (_process, Address) = (process, address);

    public Uri Address { get; }

    /// <summary>Starts one in a process of its own.</summary>
    /// <param name="body">What it answers.</param>
    public static async Task<BareServer> StartAsync(byte[] body)
    {
        var file = Path.GetTempFileName();
        await File.WriteAllBytesAsync(file, body);
        var start = new ProcessStartInfo("dotnet", [typeof(BareServer).Assembly.Location, "bare", file])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        var process = Process.Start(start)!;
        var address = await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The bare server did not start.");
        File.Delete(file);
        return new(process, new Uri(address));
    }

    /// <summary>Is one, until it is killed.</summary>
    public static async Task RunAsync(string file)
    {
        var body = await File.ReadAllBytesAsync(file);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.MapGet("/{**path}", () => Results.Bytes(body, "application/json"));
        await app.StartAsync();
        Console.WriteLine(app.Urls.First());
        await new TaskCompletionSource().Task; // until it is killed
    }

    public void Dispose()
    {
        _process.Kill();
        _process.Dispose();
    }
}
