using System.ComponentModel;
using System.Diagnostics;
using PropertyManager.Tests;

namespace PropertyManager.Web.Tests;

/// <summary>What the tests of a start that fails have in common.</summary>
internal static class BadDay
{
    /// <summary>One line on standard error that holds the texts, no other word (but that it waited), and an exit code that scripts see.</summary>
    public static async Task AssertRefusesAsync(AppProcess app, params string[] says)
    {
        var exitCode = await app.RunToEndAsync();

        var line = Assert.Single(app.Errors.Split('\n'), line => !line.StartsWith("Waiting up to ", StringComparison.Ordinal));
        Assert.StartsWith("Property Manager cannot start: ", line, StringComparison.Ordinal);
        Assert.All(says, text => Assert.Contains(text, line, StringComparison.Ordinal));
        Assert.Equal(1, exitCode);
        Assert.Equal("", app.Output);
    }

    /// <summary>Who may do what with a file or directory. Not on Windows.</summary>
    public static UnixFileMode ModeOf(string path) =>
        OperatingSystem.IsWindows() ? throw new PlatformNotSupportedException() : File.GetUnixFileMode(path);

    public static void SetMode(string path, UnixFileMode mode)
    {
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, mode);
    }
}

/// <summary>A test of what Windows does not have: permissions by mode.</summary>
public sealed class UnixFactAttribute : FactAttribute
{
    public UnixFactAttribute() => Skip = OperatingSystem.IsWindows() ? "Windows has no file modes" : null;
}

/// <summary>A test that gives a process a disk of its own.</summary>
public sealed class DiskFactAttribute : FactAttribute
{
    public DiskFactAttribute()
    {
        if (!CanMount())
            Skip = "Disks cannot be mounted here";
    }

    private static bool CanMount()
    {
        if (!OperatingSystem.IsLinux())
            return false;
        try
        {
            using var tried = Process.Start(
                new ProcessStartInfo("unshare", ["-rm", "sh", "-c", "mount -t tmpfs tmpfs /mnt"])
                {
                    UseShellExecute = false,
                    RedirectStandardError = true,
                }
            )!;
            tried.WaitForExit();
            return tried.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }
}
