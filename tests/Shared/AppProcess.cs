using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace PropertyManager.Tests;

/// <summary>
/// The application as people run it: a process of its own, started from the build's output on a free port, with a data directory of its own.
/// It can be killed in the middle of anything and started again on what it left behind.
/// </summary>
/// <param name="settings">Settings and their values, for instance <c>("Simulation:Speed", "60")</c>; they come after the ones made here and win.</param>
public sealed partial class AppProcess(params (string Key, string Value)[] settings) : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("property-manager-");
    private readonly List<(string Key, string Value)> _settings = [.. settings];
    private readonly Lines _output = new();
    private readonly Lines _errors = new();
    private Process? _process;

    /// <summary>Kept over kills and restarts, deleted at the end. Each instance has another.</summary>
    public string DataDirectory => _data.FullName;

    /// <summary>The environment it runs in; its default is Development.</summary>
    public string Environment { get; init; } = "Development";

    /// <summary>
    /// Takes root's power to write where the permissions forbid it, so that these can be tested in a container (Linux: <c>setpriv</c>).
    /// For any other user it changes nothing.
    /// </summary>
    public bool ObeysPermissions { get; init; }

    /// <summary>
    /// The data directory is a disk of its own of this size, such as <c>256k</c>, which nobody but the process sees; null for the machine's.
    /// Linux, where namespaces are allowed.
    /// </summary>
    public string? DiskSize { get; init; }

    /// <summary>Options without a value, such as <c>--accept-new-signing-key</c>, from the next start on.</summary>
    public IList<string> Options { get; } = [];

    /// <summary>Where the running process listens.</summary>
    public Uri Address { get; private set; } = null!;

    /// <summary>Of the running process, or of the one that ended last.</summary>
    public int Id => Current.Id;

    /// <summary>Standard output since the latest start.</summary>
    public string Output => _output.ToString();

    /// <summary>Standard error since the latest start.</summary>
    public string Errors => _errors.ToString();

    private Process Current => _process ?? throw new InvalidOperationException("It was not started.");

    /// <summary>Changes a setting from the next start on.</summary>
    public void Set(string key, string value)
    {
        _settings.RemoveAll(setting => setting.Key == key);
        _settings.Add((key, value));
    }

    /// <summary>Starts the process and returns when it listens.</summary>
    /// <exception cref="InvalidOperationException">It ended, or does not listen within a minute; the message holds what it wrote.</exception>
    public async Task StartAsync()
    {
        Launch();
        var listening = await WaitForAsync(_output, "is listening on http://");
        Address = new Uri(FirstAddress.Match(listening).Value);
    }

    /// <summary>Starts the process without waiting for anything.</summary>
    public void Launch()
    {
        if (_process is { HasExited: false })
            throw new InvalidOperationException("It runs already.");
        _process?.Dispose();
        _output.Clear();
        _errors.Clear();

        var start = new ProcessStartInfo("dotnet", Arguments())
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = DataDirectory,
        };
        if (ObeysPermissions && OperatingSystem.IsLinux() && System.Environment.IsPrivilegedProcess)
        {
            start.FileName = "setpriv";
            foreach (var argument in new[] { "dotnet", "--inh-caps=-all", "--bounding-set=-all" })
                start.ArgumentList.Insert(0, argument);
        }
        if (DiskSize is { } size)
        {
            start.FileName = "unshare";
            string[] mount = ["-rm", "sh", "-c", $"mount -t tmpfs -o size={size} tmpfs \"$0\" && exec dotnet \"$@\"", DataDirectory];
            foreach (var argument in mount.Reverse())
                start.ArgumentList.Insert(0, argument);
        }
        // A test host's own settings are not the application's.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("ASPNETCORE_", StringComparison.OrdinalIgnoreCase)).ToList())
            start.Environment.Remove(name);
        start.Environment["ASPNETCORE_ENVIRONMENT"] = Environment;
        // A process that lives for seconds is not worth the compiler's best: a quarter less work for each of the many starts.
        start.Environment["DOTNET_TieredPGO"] = "0";
        start.Environment["DOTNET_TC_QuickJitForLoops"] = "1";

        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => _output.Add(line.Data);
        _process.ErrorDataReceived += (_, line) => _errors.Add(line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>Starts the process and waits for it to end by itself.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> RunToEndAsync()
    {
        Launch();
        return await WaitForExitAsync();
    }

    /// <summary>Waits until the process, running now, has ended and everything that it wrote is read.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> WaitForExitAsync()
    {
        using var timeout = new CancellationTokenSource(Patience);
        await Current.WaitForExitAsync(timeout.Token);
        return Current.ExitCode;
    }

    /// <summary>Waits for a line on standard error that holds a text, and returns it.</summary>
    public Task<string> WaitForErrorAsync(string text) => WaitForAsync(_errors, text);

    /// <summary>Waits for a line on standard output that holds a text, and returns it.</summary>
    public Task<string> WaitForOutputAsync(string text) => WaitForAsync(_output, text);

    /// <summary>SIGKILL: the process gets no chance to tidy up. Returns when it is gone.</summary>
    public async Task KillAsync()
    {
        Current.Kill();
        await WaitForExitAsync();
    }

    /// <summary>SIGTERM: the process stops in its own way. Not on Windows.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> StopAsync()
    {
        await SignalAsync("TERM");
        return await WaitForExitAsync();
    }

    /// <summary>SIGSTOP: the process stands still until <see cref="ContinueAsync"/>, and notices nothing of it. Not on Windows.</summary>
    public Task PauseAsync() => SignalAsync("STOP");

    /// <summary>SIGCONT: the process goes on.</summary>
    public Task ContinueAsync() => SignalAsync("CONT");

    /// <summary>Kills it and starts it again on the same data directory, on another port.</summary>
    public async Task RestartAsync()
    {
        await KillAsync();
        await StartAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false })
            await KillAsync();
        _process?.Dispose();
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(DataDirectory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        _data.Delete(recursive: true);
    }

    private async Task SignalAsync(string name)
    {
        // The shell's own: not every system has the program.
        using var kill = Process.Start("sh", ["-c", "kill -s $0 $1", name, Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
        if (kill.ExitCode != 0)
            throw new InvalidOperationException($"SIG{name} could not be sent to process {Id}.");
    }

    private List<string> Arguments()
    {
        List<string> arguments = [Assembly(), "--urls", "http://127.0.0.1:0", "--DataDirectory", DataDirectory];
        foreach (var (key, value) in _settings)
            arguments.AddRange([$"--{key}", value]);
        arguments.AddRange(Options);
        return arguments;
    }

    /// <summary>The web project's own output, not the copy beside the tests: that is what people run.</summary>
    public static string Assembly()
    {
        var output = new DirectoryInfo(AppContext.BaseDirectory);
        var root = output;
        while (!File.Exists(Path.Combine(root.FullName, "PropertyManager.sln")))
            root = root.Parent ?? throw new InvalidOperationException($"No solution above {output}");
        return Path.Combine(root.FullName, "src", "PropertyManager.Web", "bin", output.Parent!.Name, output.Name, "PropertyManager.Web.dll");
    }

    private async Task<string> WaitForAsync(Lines lines, string text)
    {
        var found = lines.WaitForAsync(text);
        var ended = Current.WaitForExitAsync();
        // A process that has ended has had its last lines read: what is not found then will not come.
        await Task.WhenAny(found, ended, Task.Delay(Patience));
        if (found.IsCompletedSuccessfully)
            return await found;
        var how = ended.IsCompleted ? $"ended with exit code {Current.ExitCode}" : $"said nothing of it in {Patience.TotalSeconds} s";
        throw new InvalidOperationException($"Waited for '{text}', but the application {how}.\n{Output}\n{Errors}");
    }

    [GeneratedRegex(@"http://\S+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex FirstAddress { get; }

    /// <summary>What a stream has said so far, and whoever waits for it to say something.</summary>
    private sealed class Lines
    {
        private readonly Lock _gate = new();
        private readonly List<string> _lines = [];
        private readonly List<(string Text, TaskCompletionSource<string> Found)> _waiting = [];

        public void Add(string? line)
        {
            if (line is null)
                return;
            lock (_gate)
            {
                _lines.Add(line);
                foreach (var (_, found) in _waiting.Where(waiting => line.Contains(waiting.Text, StringComparison.Ordinal)))
                    found.TrySetResult(line);
            }
        }

        public Task<string> WaitForAsync(string text)
        {
            lock (_gate)
            {
                if (_lines.Find(line => line.Contains(text, StringComparison.Ordinal)) is { } line)
                    return Task.FromResult(line);
                var found = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
                _waiting.Add((text, found));
                return found.Task;
            }
        }

        public void Clear()
        {
            lock (_gate)
            {
                _lines.Clear();
                _waiting.Clear();
            }
        }

        public override string ToString()
        {
            lock (_gate)
                return string.Join('\n', _lines);
        }
    }
}
