using Microsoft.AspNetCore.Components;

namespace PropertyManager.Web.Shell;

/// <summary>The frame of every page: header with navigation for those signed in, a bare one for everybody else.</summary>
public sealed partial class MainLayout
{
    [Inject]
    public required NavigationManager Navigation { get; init; }

    // The whole address: with <base href="/">, "#content" alone would lead to the start page.
    private string SkipTarget => Navigation.Uri.Split('#')[0] + "#content";
}
