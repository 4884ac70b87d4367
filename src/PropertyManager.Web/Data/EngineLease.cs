namespace PropertyManager.Web.Data;

/// <summary>Which process may work on this database: one row, made by the migration.</summary>
public sealed class EngineLease
{
    /// <summary>The one row's key.</summary>
    public const int Only = 1;

    public int Id { get; init; } = Only;

    /// <summary>Grows each time another process takes the lease.</summary>
    public long Epoch { get; init; }

    /// <summary>Grows while the holder is alive. Whoever waits watches it, so that no two machines' clocks are compared.</summary>
    public long Renewals { get; init; }

    /// <summary>Process, machine and addresses of the holder, for people; null when nobody holds the lease.</summary>
    public string? Holder { get; init; }

    /// <summary>Identifies the operating system's lock that the holder holds as well: whoever gets that lock knows that the holder is gone.</summary>
    public string? LockId { get; init; }
}
