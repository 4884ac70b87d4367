using Microsoft.AspNetCore.Components;
using PropertyManager.Web.Data;
using PropertyManager.Web.Shell.Parts;

namespace PropertyManager.Web.Features.Compare;

/// <summary>Two versions of a property, a choice of others on both sides, and what changes from one to the other in the terms of the tab.</summary>
public sealed partial class VersionComparison : IDisposable
{
    private const string Inline = "inline";
    private const string SideBySide = "side";

    private readonly CancellationTokenSource _gone = new();
    private Loaded? _state;
    private (string, int, int) _read;

    [Inject]
    public required CurrentAccess Person { get; init; }

    [Inject]
    public required VersionQuery Versions { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    /// <summary><c>prp_…</c></summary>
    [Parameter, EditorRequired]
    public required string PropertyId { get; set; }

    /// <summary>Number of the version before.</summary>
    [Parameter, EditorRequired]
    public required int Left { get; set; }

    /// <summary>Number of the version after.</summary>
    [Parameter, EditorRequired]
    public required int Right { get; set; }

    [Parameter, EditorRequired]
    public required CompareTab Tab { get; set; }

    /// <summary>Of the XML: <c>inline</c>; anything else is side by side.</summary>
    [Parameter]
    public string? Layout { get; set; }

    /// <summary>Of the XML: the current change, from 1.</summary>
    [Parameter]
    public int? Change { get; set; }

    private DiffMode Mode => Layout == Inline ? DiffMode.Inline : DiffMode.SideBySide;

    public void Dispose()
    {
        _gone.Cancel();
        _gone.Dispose();
    }

    protected override async Task OnParametersSetAsync()
    {
        // Another tab of the same versions needs no reading.
        if (_read == (PropertyId, Left, Right))
            return;
        _read = (PropertyId, Left, Right);
        var access = await Person.ReadAsync(_gone.Token);
        var before = await Versions.ReadAsync(access, PropertyId, Left, _gone.Token);
        var after = await Versions.ReadAsync(access, PropertyId, Right, _gone.Token);
        _state = new Loaded(
            before.View is { } old && after.View is { } @new ? new ComparedVersions(old, @new) : null,
            before.IsForbidden || after.IsForbidden
        );
    }

    private void Go(int left, int right) => Navigation.NavigateTo(AddressOf(left, right, Tab));

    // Other versions have other changes: the current one is left behind, the tab and the layout stay.
    private string AddressOf(int left, int right, CompareTab tab) =>
        CompareTabs.Address(_state!.Versions!.Property.Id, left, right, tab) + (Mode == DiffMode.Inline ? $"&layout={Inline}" : "");

    private void Show(DiffMode mode, int? change)
    {
        var query = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["layout"] = mode == DiffMode.Inline ? Inline : SideBySide,
            ["change"] = change,
        };
        var address = Navigation.ToAbsoluteUri(CompareTabs.Address(_state!.Versions!.Property.Id, Left, Right, CompareTab.Xml)).AbsoluteUri;
        Navigation.NavigateTo(Navigation.GetUriWithQueryParameters(address, query), replace: true);
    }

    private IReadOnlyList<Crumb> CrumbsOf(ComparedVersions versions) =>
        [
            new("Property Groups", Links.Groups),
            new(versions.Property.Name, Links.Property(versions.Property.Id)),
            new($"Version {Right}", Links.Version(versions.Property.Id, Right)),
        ];

    /// <summary>What came of reading both versions.</summary>
    private sealed record Loaded(ComparedVersions? Versions, bool IsForbidden);
}
