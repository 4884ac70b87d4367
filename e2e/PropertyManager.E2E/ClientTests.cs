using System.Diagnostics;
using PropertyManager.Tests;

namespace PropertyManager.E2E;

/// <summary>
/// Programs that this project did not write, against the application as people run it: a process of its own, with its own certificate, over TLS.
/// </summary>
public sealed class ClientTests
{
    [NodeFact]
    public async Task A_client_of_the_real_service_takes_a_property_through_its_life()
    {
        await using var app = await StartAsync();

        var (code, output) = await RunAsync(app, "journey.mjs");

        Assert.True(code == 0, $"{output}\n{app.Errors}");
        Assert.EndsWith("deleted: done", output.Trim(), StringComparison.Ordinal);
    }

    private static async Task<AppProcess> StartAsync()
    {
        // Fast, and slow enough for a phase to be met before it is over.
        var app = new AppProcess(("urls", "http://127.0.0.1:0;https://127.0.0.1:0"), ("Simulation:Speed", "300"));
        await app.StartAsync();
        return app;
    }

    /// <summary>Runs a script of <c>e2e/clients</c> with the demo client's keys.</summary>
    private static async Task<(int Code, string Output)> RunAsync(AppProcess app, string script, params string[] arguments)
    {
        var start = new ProcessStartInfo("node", [script, .. arguments])
        {
            WorkingDirectory = NodeFactAttribute.Clients,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.Environment["EDGERC"] = Path.Combine(app.DataDirectory, "demo.edgerc");
        start.Environment["NODE_EXTRA_CA_CERTS"] = Path.Combine(app.DataDirectory, "development.crt");
        using var node = Process.Start(start)!;
        var (output, errors) = (node.StandardOutput.ReadToEndAsync(), node.StandardError.ReadToEndAsync());
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        try
        {
            await node.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            node.Kill();
        }
        return (node.ExitCode, await output + await errors);
    }
}
