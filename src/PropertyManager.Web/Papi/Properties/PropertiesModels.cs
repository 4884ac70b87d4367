using System.Text.Json.Serialization;

namespace PropertyManager.Web.Papi.Properties;

/// <summary>What was done.</summary>
internal sealed record MessageAnswer(string Message);

/// <summary>Where the new property is.</summary>
internal sealed record PropertyLinkAnswer(string PropertyLink);

/// <summary>A property that is wanted.</summary>
internal sealed record PropertyBody(string? PropertyName, string? ProductId, string? RuleFormat, bool? UseHostnameBucket, CloneBody? CloneFrom);

/// <summary>The version that it starts with.</summary>
internal sealed record CloneBody(string? PropertyId, int? Version, string? CloneFromVersionEtag, bool? CopyHostnames);

/// <summary>Properties.</summary>
internal sealed record PropertiesAnswer(ItemList<PropertyItem> Properties);

/// <summary>A property, with what of it is active.</summary>
internal sealed record PropertyItem(
    string AccountId,
    string ContractId,
    string GroupId,
    string PropertyId,
    string AssetId,
    string PropertyName,
    string ProductId,
    int LatestVersion,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] int? StagingVersion,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] int? ProductionVersion,
    string Note,
    string RuleFormat
)
{
    /// <summary>Its hostnames stand in its versions.</summary>
    public string PropertyType { get; } = "TRADITIONAL";
}
