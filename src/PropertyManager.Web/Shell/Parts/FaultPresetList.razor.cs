using Microsoft.AspNetCore.Components;

namespace PropertyManager.Web.Shell.Parts;

/// <summary>Faults that one click sets, each with what the engine will do about it.</summary>
public sealed partial class FaultPresetList
{
    private readonly string _id = Guid.NewGuid().ToString("N");

    [Parameter, EditorRequired]
    public required IReadOnlyList<FaultPreset> Presets { get; set; }

    /// <summary>Key of the preset that is set already and cannot be set twice; null for none.</summary>
    [Parameter]
    public string? Set { get; set; }

    /// <summary>One is being set.</summary>
    [Parameter]
    public bool Busy { get; set; }

    [Parameter, EditorRequired]
    public required EventCallback<FaultPreset> Chosen { get; set; }

    private string Id(FaultPreset preset) => $"{preset.Key}-{_id}";
}
