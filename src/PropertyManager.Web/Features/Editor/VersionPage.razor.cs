using Microsoft.AspNetCore.Components;
using PropertyManager.Domain;
using PropertyManager.Web.Data;
using PropertyManager.Web.Engine;
using PropertyManager.Web.Shell.Parts;

namespace PropertyManager.Web.Features.Editor;

/// <summary>The Property Manager Editor of a version, for reading: its information, hostnames and configuration settings.</summary>
public sealed partial class VersionPage
{
    private Access _access = Access.None;

    [Inject]
    public required VersionQuery Versions { get; init; }

    /// <summary><c>prp_…</c></summary>
    [Parameter]
    public required string PropertyId { get; set; }

    [Parameter]
    public required int Version { get; set; }

    /// <summary>JSON pointer to the chosen rule; the default rule when there is none, or no such rule.</summary>
    [SupplyParameterFromQuery]
    public string? Rule { get; set; }

    /// <summary>What is searched for in the rules.</summary>
    [SupplyParameterFromQuery(Name = "q")]
    public string? Query { get; set; }

    private async Task<PageAnswer<VersionView>> LoadAsync(PageRead read)
    {
        if (PublicId.Parse(PublicId.Property, PropertyId) is { } id)
            read.Watch(new(PublicId.Property, id));
        _access = read.Access;
        return (await Versions.ReadAsync(read.Access, PropertyId, Version, read.Cancellation)).ForPage();
    }

    private bool MayEdit(VersionView view) => _access.MayEdit(view.Property);
}
