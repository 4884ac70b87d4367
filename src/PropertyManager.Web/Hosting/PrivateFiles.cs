namespace PropertyManager.Web.Hosting;

/// <summary>Files and directories for this user only. On Windows they inherit the rights of the directory that they are made in.</summary>
public static class PrivateFiles
{
    private const UnixFileMode File600 = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode Directory700 = File600 | UnixFileMode.UserExecute;

    /// <summary>Makes the directory with its parents, or makes an existing one private.</summary>
    public static void CreateDirectory(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
            return;
        }
        Directory.CreateDirectory(path, Directory700);
        Tighten(path, Directory700);
    }

    /// <summary>Opens a new file for writing.</summary>
    /// <exception cref="IOException">There is one of this name already.</exception>
    public static FileStream Create(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = File600;
        return new FileStream(path, options);
    }

    /// <summary>Writes the file in one step: whoever reads it finds the old content or the new, and never a part.</summary>
    public static void Write(string path, ReadOnlySpan<byte> content)
    {
        var fresh = path + ".new";
        File.Delete(fresh);
        using (var file = Create(fresh))
            file.Write(content);
        File.Move(fresh, path, overwrite: true);
    }

    /// <summary>Takes all rights from other users, on a file that is there.</summary>
    public static void TightenFile(string path)
    {
        if (!OperatingSystem.IsWindows() && File.Exists(path))
            Tighten(path, File600);
    }

    /// <summary>The same for a directory that is there, and for the files in it.</summary>
    public static void TightenDirectory(string path, string pattern = "*")
    {
        if (OperatingSystem.IsWindows() || !Directory.Exists(path))
            return;
        Tighten(path, Directory700);
        foreach (var file in Directory.EnumerateFiles(path, pattern))
            Tighten(file, File600);
    }

    private static void Tighten(string path, UnixFileMode most)
    {
        // What everyone may use, such as /tmp, is not ours.
        if (
            !OperatingSystem.IsWindows()
            && File.GetUnixFileMode(path) is var mode
            && (mode & ~most) != UnixFileMode.None
            && !mode.HasFlag(UnixFileMode.StickyBit)
        )
            File.SetUnixFileMode(path, mode & most);
    }
}
