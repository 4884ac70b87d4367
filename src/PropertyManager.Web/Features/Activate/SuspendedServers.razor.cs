using Microsoft.AspNetCore.Components;
using PropertyManager.Domain.Rollouts;

namespace PropertyManager.Web.Features.Activate;

/// <summary>The servers that took themselves out of service during an activation: where they stand, and why.</summary>
public sealed partial class SuspendedServers
{
    /// <summary>Listed at most.</summary>
    public const int Most = 50;

    private readonly string _titleId = $"suspended-{Guid.NewGuid():N}";

    [Parameter, EditorRequired]
    public required IReadOnlyList<SuspendedServer> Shown { get; set; }

    /// <summary>All of them, those not shown included.</summary>
    [Parameter, EditorRequired]
    public required int Total { get; set; }
}
