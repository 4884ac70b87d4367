using PropertyManager.Web.Shell.Parts;

namespace PropertyManager.Web.Shell;

public sealed partial class MainLayout
{
    private ErrorPanel? _page;

    // Another page has nothing to do with what went wrong on the one before.
    protected override void OnParametersSet() => _page?.Recover();
}
