using Microsoft.AspNetCore.Components;
using PropertyManager.Web.Shell.Parts;

namespace PropertyManager.Web.Shell;

/// <summary>The root of what is interactive. Here the request's cookies are out of reach, so App hands in what it read from them.</summary>
public sealed partial class Routes
{
    private ViewerZone _zone = ViewerZone.Utc;

    /// <summary>An IANA time zone id, as the browser named it.</summary>
    [Parameter]
    public string? Zone { get; set; }

    protected override void OnInitialized() => _zone = ViewerZone.From(Zone);
}
