using PropertyManager.Domain.Properties;

namespace PropertyManager.Web.Features.Properties;

/// <summary>What the page "Import" starts from.</summary>
/// <param name="Versions">Numbers of the property's versions, the newest first.</param>
public sealed record ImportView(Property Property, IReadOnlyList<int> Versions);
