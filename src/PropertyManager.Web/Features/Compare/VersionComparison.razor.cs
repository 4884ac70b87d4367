using Microsoft.AspNetCore.Components;
using PropertyManager.Web.Data;
using PropertyManager.Web.Shell.Parts;

namespace PropertyManager.Web.Features.Compare;

/// <summary>Two versions of a property, a choice of others on both sides, and what changes from one to the other in the terms of the tab.</summary>
public sealed partial class VersionComparison
{
    private const string Inline = "inline";
    private const string SideBySide = "side";

    private LivePage<ComparedVersions>? _page;

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

    private async Task<PageAnswer<ComparedVersions>> LoadAsync(PageRead read)
    {
        var versions = await Versions.ReadAsync(read.Access, PropertyId, [Left, Right], withActive: false, read.Cancellation);
        return versions.Find(Left).View is { } before && versions.Find(Right).View is { } after ? new ComparedVersions(before, after)
            : versions.IsForbidden ? PermalinkProblem.Forbidden
            : PermalinkProblem.Unknown;
    }

    private void Go(int left, int right) => Navigation.NavigateTo(AddressOf(left, right, Tab));

    // Other versions have other changes: the current one is left behind, the tab and the layout stay.
    private string AddressOf(int left, int right, CompareTab tab) =>
        CompareTabs.Address(_page!.View!.Property.Id, left, right, tab) + (Mode == DiffMode.Inline ? $"&layout={Inline}" : "");

    private void Show(DiffMode mode, int? change)
    {
        var query = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["layout"] = mode == DiffMode.Inline ? Inline : SideBySide,
            ["change"] = change,
        };
        var address = Navigation.ToAbsoluteUri(CompareTabs.Address(_page!.View!.Property.Id, Left, Right, CompareTab.Xml)).AbsoluteUri;
        Navigation.NavigateTo(Navigation.GetUriWithQueryParameters(address, query), replace: true);
    }

    private IReadOnlyList<Crumb> CrumbsOf(ComparedVersions versions) =>
        [
            new("Property Groups", Links.Groups),
            new(versions.Property.Name, Links.Property(versions.Property.Id)),
            new($"Version {Right}", Links.Version(versions.Property.Id, Right)),
        ];
}
