using Microsoft.AspNetCore.Components;
using PropertyManager.Domain.Activations;
using PropertyManager.Domain.Configuration;
using PropertyManager.Web.Data;

namespace PropertyManager.Web.Features.Editor.Edit;

/// <summary>How much changes against what is active now, and whether activating it will be an exception.</summary>
public sealed partial class ChangeSize
{
    [Parameter, EditorRequired]
    public required EditorSession Session { get; set; }

    /// <summary>What is active now, by network.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<ActiveContent> Against { get; set; }

    private HostnameChanges ChangesOf(ActiveContent against) => HostnameChanges.Between(against.Content.Hostnames, Session.Content.Hostnames);

    private string SizeOf(ActiveContent against) => ThreeWay.Size(against.Content, Session.Content);

    private string? ExceptionOf(ActiveContent against)
    {
        var changes = ChangesOf(against);
        return ActivationClass.Of(changes.Count, RuleTreeFacts.UsesAdvancedMetadata(Session.Content.Rules), changes.Migrated).Reason;
    }
}
