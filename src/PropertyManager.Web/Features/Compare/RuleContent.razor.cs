using Microsoft.AspNetCore.Components;
using PropertyManager.Domain.Configuration;

namespace PropertyManager.Web.Features.Compare;

/// <summary>All that a rule does, of one that was added or removed.</summary>
public sealed partial class RuleContent
{
    [Parameter, EditorRequired]
    public required Rule Rule { get; set; }
}
