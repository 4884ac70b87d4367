using PropertyManager.Domain.Activations;
using PropertyManager.Domain.Properties;
using PropertyManager.Web.Data;
using PropertyManager.Web.Engine;

namespace PropertyManager.Web.Features.Activate;

/// <summary>What the Activate tab shows, read at one time.</summary>
/// <param name="Hostnames">Those of the version, by name.</param>
public sealed record ActivateView(Property Property, Access Access, IReadOnlyList<string> Hostnames, NetworkView Production, NetworkView Staging);

/// <summary>How a network stands, and what activating the version there would do.</summary>
/// <param name="BeforeActive">The version that was active there before the one that is now; null when it is the first.</param>
/// <param name="Last">The last one that ended there: people who come back see why nothing changed.</param>
public sealed record NetworkView(ActivationPreview Preview, int? BeforeActive, Activation? Last);
