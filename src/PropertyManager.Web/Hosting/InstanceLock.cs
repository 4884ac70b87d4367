using System.Security.Cryptography;
using System.Text;

namespace PropertyManager.Web.Hosting;

/// <summary>
/// Holds a data directory and a SQLite database for one process: two engines would carry out the same activations. The operating system releases
/// the locks when the process ends, however it ends.
/// </summary>
public sealed class InstanceLock : IDisposable
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(100);

    private readonly List<FileStream> _held = [];

    private InstanceLock(string holder) => Holder = holder;

    /// <summary>Process, machine and addresses, as a second instance is told about this one.</summary>
    public string Holder { get; }

    /// <summary>
    /// Identifies the lock that only one process at a time holds of those that work on this database from here: whoever holds it knows that the
    /// holder before it is gone. SHA-256, hexadecimal.
    /// </summary>
    public string LockId { get; private set; } = "";

    /// <summary>Makes the data directory and takes it, and the database where it is a file.</summary>
    /// <param name="settings">Name the directory and the database, and say how long another process's database is waited for.</param>
    /// <param name="urls">The addresses asked for.</param>
    /// <param name="time">Times the waiting.</param>
    /// <param name="tell">Takes a line when it has to wait.</param>
    /// <exception cref="StartupProblem">It cannot be made or written to, or another process has it.</exception>
    public static async Task<InstanceLock> TakeAsync(StartSettings settings, string? urls, TimeProvider time, TextWriter tell)
    {
        var data = settings.Data;
        data.Create();

        var taken = new InstanceLock($"process {Environment.ProcessId} on {Environment.MachineName} ({urls ?? "no address given"})");
        try
        {
            var directory = $"the data directory {data.Path}";
            taken.Hold(data.File("instance.lock"), directory, "--DataDirectory");
            if (settings.Database.File is { } database)
                await taken.HoldDatabaseAsync(database, settings.LeaseWait, time, tell);
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

    private async Task HoldDatabaseAsync(string database, TimeSpan patience, TimeProvider time, TextWriter tell)
    {
        var began = time.GetTimestamp();
        var what = $"the database {database}";
        string file;
        try
        {
            // Beside the file itself, whatever links lead to it.
            file = ResolveLinks(database) + ".lock";
        }
        catch (IOException exception)
        {
            throw new StartupProblem($"{what} cannot be found: {exception.Message}", exception);
        }
        for (var told = false; ; told = true)
        {
            try
            {
                Hold(file, what, "ConnectionStrings:Default");
                return;
            }
            catch (StartupProblem problem) when (problem.InnerException is IOException held && IsHeld(held) && time.GetElapsedTime(began) < patience)
            {
                if (!told)
                    await tell.WriteLineAsync($"Waiting up to {patience.TotalSeconds:0.#} s: {what} is in use by {Read(file + ".holder")}");
                await Task.Delay(BetweenLooks, time);
            }
        }
    }

    private void Hold(string file, string what, string setting)
    {
        // A lock shuts out readers too, so who holds it is written in a file beside it.
        var holder = file + ".holder";
        FileStream? held = null;
        try
        {
            held = new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            // Whoever may read it could lock it.
            PrivateFiles.TightenFile(file);
            LockId = Identify(held);
            // Made anew each time: this is also the proof that files can be made here.
            File.Delete(holder);
            File.WriteAllText(holder, Holder);
            _held.Add(held);
        }
        catch (IOException exception) when (IsHeld(exception))
        {
            throw new StartupProblem($"{what} is in use by {Read(holder)}. Stop that one, or name another with {setting}.", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            held?.Dispose();
            throw new StartupProblem(
                DiskSpace.IsFull(exception)
                    ? $"the disk of {what} is full. Make room and start again."
                    : $"{what} cannot be written to ({exception.Message}). Make it writable for this user, or name another with {setting}.",
                exception
            );
        }
    }

    /// <summary>
    /// The machine, the path and a number that is made with the lock's file: a copy of a data directory on another machine or in another place is
    /// another lock.
    /// </summary>
    private static string Identify(FileStream file)
    {
        Span<byte> number = stackalloc byte[16];
        if (file.ReadAtLeast(number, number.Length, throwOnEndOfStream: false) < number.Length)
        {
            RandomNumberGenerator.Fill(number);
            file.Position = 0;
            file.Write(number);
            file.Flush(flushToDisk: true);
        }
        return Convert.ToHexStringLower(
            SHA256.HashData(Encoding.UTF8.GetBytes($"{Environment.MachineName}\n{ResolveLinks(file.Name)}\n{Convert.ToHexStringLower(number)}"))
        );
    }

    private static string ResolveLinks(string path)
    {
        var parent = Path.GetDirectoryName(path);
        if (parent is null)
            return path;
        var here = new FileInfo(Path.Combine(ResolveLinks(parent), Path.GetFileName(path)));
        return here.LinkTarget is null ? here.FullName : ResolveLinks(here.ResolveLinkTarget(returnFinalTarget: true)!.FullName);
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
