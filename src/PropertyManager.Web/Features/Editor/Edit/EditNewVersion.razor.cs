using Microsoft.AspNetCore.Components;
using PropertyManager.Domain;
using PropertyManager.Web.Data;
using PropertyManager.Web.Engine;
using PropertyManager.Web.Shell.Parts;

namespace PropertyManager.Web.Features.Editor.Edit;

/// <summary>Makes a new version from the one that is shown, and opens it in the editor.</summary>
public sealed partial class EditNewVersion
{
    private bool _making;
    private Refusal? _refusal;

    [Inject]
    public required VersionDesk Desk { get; init; }

    [Inject]
    public required CurrentAccess Person { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    /// <summary>The version that it is made from.</summary>
    [Parameter, EditorRequired]
    public required VersionView View { get; set; }

    /// <summary>It is what one comes to the page for.</summary>
    [Parameter]
    public bool Primary { get; set; }

    private async Task MakeAsync()
    {
        if (_making)
            return;
        _making = true;
        var access = await Person.ReadAsync(CancellationToken.None);
        var (number, refusal) = await Desk.CreateAsync(View.Property.Id, View.Version.Number, content: null, access, CancellationToken.None);
        (_refusal, _making) = (refusal, false);
        if (number is { } made)
            Navigation.NavigateTo(Links.Edit(View.Property.Id, made));
    }
}
