using Microsoft.AspNetCore.Components;
using PropertyManager.Domain.Configuration;
using PropertyManager.Web.Data;
using PropertyManager.Web.Shell.Parts;

namespace PropertyManager.Web.Features.Compare;

/// <summary>The XML diff of two versions of a property. Layout and current change stand in the address.</summary>
public sealed partial class XmlDiffPage : IDisposable
{
    private const string Inline = "inline";
    private const string SideBySide = "side";

    private readonly CancellationTokenSource _gone = new();
    private Loaded? _state;
    private (string, int, int) _read;
    private string _beforeXml = "";
    private string _afterXml = "";
    private HostnameChanges? _hostnames;

    [Inject]
    public required CurrentAccess Person { get; init; }

    [Inject]
    public required VersionQuery Versions { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    /// <summary><c>prp_…</c></summary>
    [Parameter]
    public required string PropertyId { get; set; }

    /// <summary>The version after.</summary>
    [Parameter]
    public required int Version { get; set; }

    /// <summary>The version before.</summary>
    [Parameter]
    public required int Before { get; set; }

    /// <summary><c>inline</c>; anything else is side by side.</summary>
    [SupplyParameterFromQuery]
    public string? View { get; set; }

    /// <summary>The current change, from 1.</summary>
    [SupplyParameterFromQuery]
    public int? Change { get; set; }

    private DiffMode Mode => View == Inline ? DiffMode.Inline : DiffMode.SideBySide;

    public void Dispose()
    {
        _gone.Cancel();
        _gone.Dispose();
    }

    protected override async Task OnParametersSetAsync()
    {
        if (_read == (PropertyId, Version, Before))
            return;
        _read = (PropertyId, Version, Before);
        var access = await Person.ReadAsync(_gone.Token);
        var before = await Versions.ReadAsync(access, PropertyId, Before, _gone.Token);
        var after = await Versions.ReadAsync(access, PropertyId, Version, _gone.Token);
        if (before.View is { } old && after.View is { } @new)
        {
            _beforeXml = MetadataXml.WriteForDiff(old.Document);
            _afterXml = MetadataXml.WriteForDiff(@new.Document);
            _hostnames = HostnameChanges.Between(old.Hostnames, @new.Hostnames);
        }
        _state = new Loaded(before.View, after.View, before.IsForbidden || after.IsForbidden);
    }

    private void Go(int before, int after) => Navigation.NavigateTo(AddressOf(before, after));

    // Other versions have other changes: the current one is left behind, the layout stays.
    private string AddressOf(int before, int after) =>
        Links.Diff(_state!.After!.Property.Id, after, before) + (View is null ? "" : $"?view={Uri.EscapeDataString(View)}");

    private void Show(DiffMode mode, int? change)
    {
        var query = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["view"] = mode == DiffMode.Inline ? Inline : SideBySide,
            ["change"] = change,
        };
        // With the fragment the browser stays at the changes; without it, it would show the top of the page.
        var address = Navigation.GetUriWithQueryParameters(Navigation.Uri.Split('#')[0], query);
        Navigation.NavigateTo(address + "#changes", replace: true);
    }

    private static IReadOnlyList<Crumb> CrumbsOf(VersionView view) =>
        [
            new("Property Groups", Links.Groups),
            new(view.Property.Name, Links.Property(view.Property.Id)),
            new($"Version {view.Version.Number}", Links.Version(view.Property.Id, view.Version.Number)),
        ];

    /// <summary>What came of reading both versions.</summary>
    private sealed record Loaded(VersionView? Before, VersionView? After, bool IsForbidden);
}
