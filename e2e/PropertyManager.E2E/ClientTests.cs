using PropertyManager.Tests;

namespace PropertyManager.E2E;

/// <summary>
/// A program that this project did not write, against the application as people run it: a process of its own, with its own certificate, over TLS.
/// </summary>
public sealed class ClientTests
{
    [NodeFact]
    public async Task A_client_of_the_real_service_takes_a_property_through_its_life()
    {
        // Fast, and slow enough for a phase to be met before it is over.
        await using var app = new AppProcess(("urls", "http://127.0.0.1:0;https://127.0.0.1:0"), ("Simulation:Speed", "300"));
        await app.StartAsync();

        var (code, output) = await NodeScript.RunAsync(app.DataDirectory, Path.Combine(app.DataDirectory, "demo.edgerc"), "journey.mjs");

        Assert.True(code == 0, $"{output}\n{app.Errors}");
        Assert.EndsWith("deleted: done", output.Trim(), StringComparison.Ordinal);
    }
}
