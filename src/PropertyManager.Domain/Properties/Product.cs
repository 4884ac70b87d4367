namespace PropertyManager.Domain.Properties;

/// <summary>A delivery product that a property is made with. Each contract has all of them.</summary>
/// <param name="Id"><c>prd_…</c></param>
/// <param name="Name">As shown.</param>
public sealed record Product(string Id, string Name)
{
    /// <summary>All there are.</summary>
    public static IReadOnlyList<Product> All { get; } =
    [
        new("prd_SPM", "Site delivery, premier"),
        new("prd_Fresca", "Site delivery, standard"),
        new("prd_Site_Accel", "Site acceleration"),
        new("prd_API_Accel", "API acceleration"),
        new("prd_Download_Delivery", "Download delivery"),
        new("prd_Adaptive_Media_Delivery", "Adaptive media delivery"),
    ];

    /// <summary>The product with this identifier, in whichever case it is written; null when there is none.</summary>
    public static Product? Find(string? id) => All.FirstOrDefault(product => product.Id.Equals(id, StringComparison.OrdinalIgnoreCase));
}
