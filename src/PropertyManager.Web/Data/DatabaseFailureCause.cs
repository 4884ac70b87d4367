namespace PropertyManager.Web.Data;

/// <summary>Why the database did not do what it was asked to.</summary>
public enum DatabaseFailureCause
{
    /// <summary>Another connection holds a lock for longer than a statement waits, or won a deadlock.</summary>
    Locked,

    /// <summary>The disk has no room, or the database has reached its size limit.</summary>
    Full,

    /// <summary>The file, its directory or the database on the server may not be written to.</summary>
    ReadOnly,

    /// <summary>The file system or the server's disk reports an error.</summary>
    Disk,

    /// <summary>The content is damaged.</summary>
    Damaged,

    /// <summary>The file or the server cannot be reached, or the connection was lost.</summary>
    Unreachable,

    /// <summary>No answer came within the time that a statement has.</summary>
    Timeout,
}
