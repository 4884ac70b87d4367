namespace PropertyManager.Domain.Properties;

/// <summary>A delivery product that a property is made with. Each contract has all of them.</summary>
/// <param name="Id"><c>prd_…</c></param>
/// <param name="Name">As shown.</param>
public sealed record Product(string Id, string Name)
{
    /// <summary>Kinds of its traffic that edge hostnames can be told about; none for most products.</summary>
    public IReadOnlyList<MappingUseCase> UseCases { get; init; } = [];

    /// <summary>All there are.</summary>
    public static IReadOnlyList<Product> All { get; } =
    [
        new("prd_SPM", "Site delivery, premier"),
        new("prd_Fresca", "Site delivery, standard"),
        new("prd_Site_Accel", "Site acceleration"),
        new("prd_API_Accel", "API acceleration"),
        new("prd_Download_Delivery", "Download delivery") { UseCases = [new("Download_Mode", ["FOREGROUND", "BACKGROUND"])] },
        new("prd_Adaptive_Media_Delivery", "Adaptive media delivery") { UseCases = [new("Segmented_Media_Mode", ["LIVE", "VOD"])] },
    ];

    /// <summary>The product with this identifier, in whichever case it is written; null when there is none.</summary>
    public static Product? Find(string? id) => All.FirstOrDefault(product => product.Id.Equals(id, StringComparison.OrdinalIgnoreCase));
}

/// <summary>A kind of traffic that can be mapped in ways of its own.</summary>
/// <param name="Name">Such as <c>Download_Mode</c>.</param>
/// <param name="Options">The ways: one of them is chosen.</param>
public sealed record MappingUseCase(string Name, IReadOnlyList<string> Options)
{
    /// <summary>The network that all of them are for; there is no other.</summary>
    public const string Type = "GLOBAL";
}

/// <summary>The way that was chosen for a kind of traffic.</summary>
/// <param name="UseCase">The kind.</param>
/// <param name="Option">The way.</param>
public sealed record MappingChoice(string UseCase, string Option);
