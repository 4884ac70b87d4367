using Microsoft.AspNetCore.Components;
using PropertyManager.Domain;
using PropertyManager.Web.Data;
using PropertyManager.Web.Engine;
using PropertyManager.Web.Shell.Parts;

namespace PropertyManager.Web.Features.Editor.Edit;

/// <summary>Makes a new version from the one that is shown, and opens it in the editor.</summary>
public sealed partial class EditNewVersion
{
    private ActionRunner? _runner;
    private Refusal? _refusal;
    private Guid _requestKey;
    private int? _basedOn;

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

    protected override void OnParametersSet()
    {
        if (_basedOn == View.Version.Number)
            return;
        (_basedOn, _requestKey) = (View.Version.Number, Guid.NewGuid());
    }

    private Task MakeAsync() =>
        _runner!.RunAsync(async gone =>
        {
            (var number, _refusal) = await Desk.CreateAsync(
                View.Property.Id,
                View.Version.Number,
                content: null,
                _requestKey,
                await Person.ReadAsync(gone),
                gone
            );
            if (number is { } made)
                Navigation.NavigateTo(Links.Edit(View.Property.Id, made));
        });
}
