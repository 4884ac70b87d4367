using Microsoft.AspNetCore.Components;
using PropertyManager.Domain.Configuration;
using PropertyManager.Web.Shell.Parts;

namespace PropertyManager.Web.Features.Activate;

/// <summary>What is wrong with a version, each with the way to its places; the first few until more are asked for.</summary>
public sealed partial class ValidationMessages
{
    private const int Shown = 5;

    private bool _all;

    [Parameter, EditorRequired]
    public required long PropertyId { get; set; }

    [Parameter, EditorRequired]
    public required int Version { get; set; }

    [Parameter, EditorRequired]
    public required IReadOnlyList<ValidationMessage> Messages { get; set; }

    private static string NameOf(MessagePlace place) => place.Name.Length > 0 ? place.Name : "Hostnames";

    private string AddressOf(MessagePlace place) =>
        place.Pointer.StartsWith("/rules", StringComparison.Ordinal)
            ? Links.Rule(PropertyId, Version, place.Rule)
            : Links.Version(PropertyId, Version);
}
