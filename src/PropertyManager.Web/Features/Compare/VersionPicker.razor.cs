using System.Globalization;
using Microsoft.AspNetCore.Components;
using PropertyManager.Domain.Activations;
using PropertyManager.Web.Data;

namespace PropertyManager.Web.Features.Compare;

/// <summary>One side of a comparison: which version it is, who made it, and a choice of the others.</summary>
public sealed partial class VersionPicker
{
    /// <summary>Characters of a version's notes in the choice.</summary>
    private const int NotesLength = 60;

    private readonly string _id = $"version-{Guid.NewGuid():N}";

    /// <summary>"Before" or "After".</summary>
    [Parameter, EditorRequired]
    public required string Label { get; set; }

    [Parameter, EditorRequired]
    public required VersionView View { get; set; }

    /// <summary>Another version was chosen: its number.</summary>
    [Parameter]
    public EventCallback<int> Chosen { get; set; }

    private IEnumerable<ActivationLine> Active =>
        View.Activations.Where(line => line.Version == View.Version.Number && line.State == ActivationState.Active).OrderBy(line => line.Network);

    private Task ChooseAsync(ChangeEventArgs choice) =>
        int.TryParse(choice.Value as string, CultureInfo.InvariantCulture, out var number) ? Chosen.InvokeAsync(number) : Task.CompletedTask;

    private static string Name(VersionLine line)
    {
        var notes = line.Notes.Length <= NotesLength ? line.Notes : line.Notes[..NotesLength].TrimEnd() + "…";
        return notes.Length == 0 ? $"v{line.Number}" : $"v{line.Number}: {notes}";
    }
}
