using Microsoft.Data.Sqlite;

namespace PropertyManager.Tests;

/// <summary>The data directory of an application that ran within the tests.</summary>
internal static class DataFolder
{
    /// <summary>
    /// Deletes it once the application is disposed of. The scheduler does not wait for its jobs when it stops, since a restart takes them up: one may
    /// still write to the database for a moment, and then the directory is left to the system, which clears temporary files.
    /// </summary>
    public static void Delete(string path)
    {
        SqliteConnection.ClearAllPools();
        try
        {
            Directory.Delete(path, recursive: true);
        }
        catch (IOException)
        {
            // Somebody still writes.
        }
    }
}
