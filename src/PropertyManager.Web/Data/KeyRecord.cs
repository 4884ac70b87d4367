namespace PropertyManager.Web.Data;

/// <summary>The keys that this database belongs to: one row, written at the first start and compared at every later one.</summary>
public sealed class KeyRecord
{
    /// <summary>The one row's key.</summary>
    public const int Only = 1;

    public int Id { get; init; } = Only;

    /// <summary>A text that only the data directory's keys can decrypt.</summary>
    public required string Sentinel { get; set; }

    /// <summary>SHA-256 of the signing key's public half, hexadecimal.</summary>
    public required string SigningKey { get; set; }
}
