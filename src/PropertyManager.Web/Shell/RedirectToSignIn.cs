using Microsoft.AspNetCore.Components;

namespace PropertyManager.Web.Shell;

/// <summary>Leaves the circuit for the sign-in page and comes back to where the viewer was.</summary>
public sealed class RedirectToSignIn : ComponentBase
{
    [Inject]
    public required NavigationManager Navigation { get; init; }

    protected override void OnInitialized()
    {
        var here = "/" + Navigation.ToBaseRelativePath(Navigation.Uri);
        Navigation.NavigateTo($"/account/login?ReturnUrl={Uri.EscapeDataString(here)}", forceLoad: true);
    }
}
