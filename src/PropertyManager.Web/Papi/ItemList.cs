namespace PropertyManager.Web.Papi;

/// <summary>A list, as the API wraps each of them.</summary>
internal sealed record ItemList<T>(IReadOnlyList<T> Items)
{
    /// <summary>Nothing in it.</summary>
    public static ItemList<T> Empty { get; } = new([]);
}
