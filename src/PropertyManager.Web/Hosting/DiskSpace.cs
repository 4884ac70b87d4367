using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace PropertyManager.Web.Hosting;

/// <summary>Tells a full disk from other failures to write.</summary>
internal static class DiskSpace
{
    /// <summary>Bytes. SQLite cannot even open a database with a write-ahead log on less: its index takes 32 kB.</summary>
    private const long Least = 64 * 1024;

    private const int NoSpaceLeft = 28; // ENOSPC of Linux and macOS
    private const int QuotaExceeded = 122; // EDQUOT of Linux
    private const int DiskFull = unchecked((int)0x80070070); // ERROR_DISK_FULL of Windows

    /// <summary>Whether writing a file failed because the disk is full.</summary>
    public static bool IsFull(Exception exception) => exception is IOException && exception.HResult is NoSpaceLeft or QuotaExceeded or DiskFull;

    /// <summary>
    /// Whether SQLite failed because the disk is full. Where it cannot make its log or the log's index, it says no more than that input or output
    /// failed.
    /// </summary>
    /// <param name="exception">What SQLite said.</param>
    /// <param name="free">Bytes that are free on the disk of the database; null where that is not known.</param>
    public static bool IsFull(SqliteException exception, long? free) =>
        exception.SqliteErrorCode == raw.SQLITE_FULL || (exception.SqliteErrorCode is raw.SQLITE_IOERR or raw.SQLITE_CANTOPEN && free < Least);

    /// <summary>Bytes that this user may still write beside a file; null where the system does not tell.</summary>
    public static long? FreeBeside(string? file)
    {
        try
        {
            return file is null ? null : new DriveInfo(Path.GetDirectoryName(file)!).AvailableFreeSpace;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }
}
