using Microsoft.AspNetCore.Components;

namespace PropertyManager.Web.Shell;

/// <summary>The product opens on the list of properties. A plain request, so that the way there is a redirect and not a circuit.</summary>
public sealed partial class Home
{
    [Inject]
    public required NavigationManager Navigation { get; init; }

    protected override void OnInitialized() => Navigation.NavigateTo("/groups");
}
