using System.Diagnostics;

namespace PropertyManager.E2E;

/// <summary>Scripts of <c>e2e/clients</c>, which use clients that this project did not write.</summary>
internal static class NodeScript
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Where they are.</summary>
    public static string Folder
    {
        get
        {
            var root = new DirectoryInfo(AppContext.BaseDirectory);
            while (!File.Exists(Path.Combine(root.FullName, "PropertyManager.sln")))
                root = root.Parent ?? throw new InvalidOperationException("No solution above the tests.");
            return Path.Combine(root.FullName, "e2e", "clients");
        }
    }

    /// <summary>Runs one to its end; it trusts the certificate that the application made for itself.</summary>
    /// <param name="data">The application's data directory.</param>
    /// <param name="edgerc">The file with the keys.</param>
    /// <param name="script">Its name.</param>
    /// <param name="arguments">What it is given.</param>
    public static async Task<(int Code, string Output)> RunAsync(string data, string edgerc, string script, params string[] arguments)
    {
        var start = new ProcessStartInfo("node", [script, .. arguments])
        {
            UseShellExecute = false,
            WorkingDirectory = Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["EDGERC"] = edgerc;
        start.Environment["NODE_EXTRA_CA_CERTS"] = Path.Combine(data, "development.crt");
        using var node = Process.Start(start)!;
        var (output, errors) = (node.StandardOutput.ReadToEndAsync(), node.StandardError.ReadToEndAsync());
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            await node.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            node.Kill();
            await node.WaitForExitAsync();
        }
        return (node.ExitCode, await output + await errors);
    }
}

/// <summary>A test that needs Node and the packages of <c>e2e/clients</c>; where they are missing it is skipped, and says so.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NodeFactAttribute : FactAttribute
{
    private static readonly Lazy<string?> Missing = new(Find);

    public NodeFactAttribute() => Skip = Missing.Value;

    private static string? Find()
    {
        var name = OperatingSystem.IsWindows() ? "node.exe" : "node";
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        if (!folders.Any(folder => File.Exists(Path.Combine(folder, name))))
            return "Node is not installed.";
        return Directory.Exists(Path.Combine(NodeScript.Folder, "node_modules"))
            ? null
            : "The scripts' packages are not installed: npm ci in e2e/clients.";
    }
}
