using Microsoft.AspNetCore.Components;

namespace PropertyManager.Web.Shell.Parts;

/// <summary>A number that is typed, with its unit behind it and what is wrong with it below.</summary>
public sealed partial class FaultNumber
{
    private readonly string _id = $"number-{Guid.NewGuid():N}";

    [Parameter, EditorRequired]
    public required string Label { get; set; }

    /// <summary>"% of the hits", "min".</summary>
    [Parameter, EditorRequired]
    public required string Unit { get; set; }

    [Parameter, EditorRequired]
    public required string Value { get; set; }

    /// <summary>At each letter.</summary>
    [Parameter]
    public EventCallback<string> ValueChanged { get; set; }

    /// <summary>The field is left.</summary>
    [Parameter]
    public EventCallback Done { get; set; }

    [Parameter]
    public string? Error { get; set; }

    private Task Typed(ChangeEventArgs change) => ValueChanged.InvokeAsync(change.Value as string ?? "");

    private async Task Left(ChangeEventArgs change)
    {
        await Typed(change);
        await Done.InvokeAsync();
    }
}
