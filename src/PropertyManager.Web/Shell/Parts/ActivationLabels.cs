using PropertyManager.Domain;
using PropertyManager.Domain.Activations;
using PropertyManager.Web.Engine;

namespace PropertyManager.Web.Shell.Parts;

/// <summary>An activation's words on the screen, in one place (source: the product's own status names).</summary>
public static class ActivationLabels
{
    /// <summary>The status: "Pending - Full Rollout".</summary>
    public static string Status(ActivationState state, ActivationType type) => StatusWords.Label(state, type);

    public static Tone Tone(ActivationState state) =>
        state switch
        {
            ActivationState.Active => Parts.Tone.Success,
            ActivationState.Pending or ActivationState.Canary or ActivationState.Live or ActivationState.Cancelling => Parts.Tone.Warning,
            ActivationState.World => Parts.Tone.Info,
            ActivationState.Aborted or ActivationState.Failed => Parts.Tone.Danger,
            _ => Parts.Tone.Neutral,
        };

    /// <summary>"Activation", "Fast Fallback", "Deactivation".</summary>
    public static string Type(ActivationType type) =>
        type switch
        {
            ActivationType.FastFallback => "Fast Fallback",
            ActivationType.Deactivate => "Deactivation",
            _ => "Activation",
        };

    /// <summary>"Staging", "Production".</summary>
    public static string Name(Network network) => network.ToString();
}
