using Microsoft.AspNetCore.Components;
using PropertyManager.Domain.Activations;

namespace PropertyManager.Web.Features.Activate;

/// <summary>Says who asked to cancel an activation too late. Nothing where nobody did.</summary>
public sealed partial class LateCancelNote
{
    [Parameter, EditorRequired]
    public required Activation Activation { get; set; }
}
