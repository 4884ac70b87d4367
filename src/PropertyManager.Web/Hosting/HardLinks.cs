using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace PropertyManager.Web.Hosting;

/// <summary>
/// Counts the names of a file. SQLite keeps its log beside the name that a database was opened by, so that two names lead to two databases which
/// overwrite each other; neither locks nor rows help, because neither sees what the other writes.
/// </summary>
internal static partial class HardLinks
{
    private const int CurrentDirectory = -100;
    private const uint LinksWanted = 4;
    private const int LinksAt = 16;
    private const int StatxSize = 256;

    /// <summary>Names of the file; 1 where the system does not tell (other systems than Linux) and where there is no such file.</summary>
    public static long Count(string path)
    {
        if (!OperatingSystem.IsLinux() || !File.Exists(path))
            return 1;
        var found = new byte[StatxSize];
        return Statx(CurrentDirectory, path, 0, LinksWanted, found) == 0 ? BinaryPrimitives.ReadUInt32LittleEndian(found.AsSpan(LinksAt)) : 1;
    }

    [DllImport("libc", EntryPoint = "statx", CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Statx(int directory, [MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags, uint mask, byte[] found);
}
