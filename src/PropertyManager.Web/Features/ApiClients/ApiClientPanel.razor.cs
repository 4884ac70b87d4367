using Microsoft.AspNetCore.Components;
using PropertyManager.Web.Engine;

namespace PropertyManager.Web.Features.ApiClients;

/// <summary>An API client with its keys, and what can be done with them.</summary>
public sealed partial class ApiClientPanel
{
    [Parameter, EditorRequired]
    public required ApiClientFacts Client { get; set; }

    /// <summary>The groups that the person sees: they are shown by their paths.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<GroupChoice> Choices { get; set; }

    [Parameter, EditorRequired]
    public required EventCallback Edit { get; set; }

    [Parameter, EditorRequired]
    public required EventCallback AddKey { get; set; }

    /// <summary>A key is being made.</summary>
    [Parameter, EditorRequired]
    public required bool IsBusy { get; set; }

    [Parameter, EditorRequired]
    public required EventCallback Revoke { get; set; }

    [Parameter, EditorRequired]
    public required EventCallback<ApiKeyFacts> RevokeKey { get; set; }

    /// <summary>The form, while the client is changed.</summary>
    [Parameter]
    public RenderFragment? ChildContent { get; set; }
}
