namespace PropertyManager.Web.Hosting;

/// <summary>
/// Holds a data directory, and a SQLite database that lies elsewhere, for one process: two engines would carry out the same activations.
/// The operating system releases it when the process ends, however it ends.
/// </summary>
public sealed class InstanceLock : IDisposable
{
    private readonly List<FileStream> _held = [];

    private InstanceLock() { }

    /// <summary>Makes the data directory and takes it.</summary>
    /// <param name="settings">Name the directory and the database.</param>
    /// <param name="urls">The addresses asked for: with the process id, what a second instance is told about this one.</param>
    /// <exception cref="StartupProblem">It cannot be made or written to, or another process has it.</exception>
    public static InstanceLock Take(StartSettings settings, string? urls)
    {
        var data = settings.Data;
        data.Create();

        var taken = new InstanceLock();
        try
        {
            taken.Hold(data.File("instance.lock"), $"the data directory {data.Path}", "--DataDirectory", urls);
            if (settings.Database.File is { } database && !string.Equals(Path.GetDirectoryName(database), data.Path, StringComparison.Ordinal))
                taken.Hold(database + ".lock", $"the database {database}", "ConnectionStrings:Default", urls);
            return taken;
        }
        catch
        {
            taken.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _held.ForEach(file => file.Dispose());

    private void Hold(string file, string what, string setting, string? urls)
    {
        // A lock shuts out readers too, so who holds it is written in a file beside it.
        var holder = file + ".holder";
        try
        {
            _held.Add(new FileStream(file, FileMode.OpenOrCreate, FileAccess.Write, FileShare.None));
            // Made anew each time: this is also the proof that files can be made here.
            File.Delete(holder);
            File.WriteAllText(holder, $"process {Environment.ProcessId} ({urls ?? "no address given"})");
        }
        catch (IOException exception) when (IsHeld(exception))
        {
            throw new StartupProblem($"{what} is in use by {Read(holder)}. Stop that one, or name another with {setting}.", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StartupProblem(
                $"{what} cannot be written to ({exception.Message}). Make it writable for this user, or name another with {setting}.",
                exception
            );
        }
    }

    private static string Read(string holder)
    {
        try
        {
            return File.ReadAllText(holder);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return "another process";
        }
    }

    // A sharing violation: of Windows, and EWOULDBLOCK of Linux and macOS.
    private static bool IsHeld(IOException exception) => exception.HResult is unchecked((int)0x80070020) or 11 or 35;
}
