using Microsoft.AspNetCore.Components;
using PropertyManager.Domain;
using PropertyManager.Domain.Activations;
using PropertyManager.Domain.Configuration;
using PropertyManager.Web.Engine;
using PropertyManager.Web.Shell.Parts;

namespace PropertyManager.Web.Features.Activate;

/// <summary>One network on the Activate tab: what is active there, what runs, and what can be asked for.</summary>
public sealed partial class NetworkPanel
{
    private readonly string _titleId = $"network-{Guid.NewGuid():N}";
    private readonly string _hintId = $"hint-{Guid.NewGuid():N}";
    private ConfirmDialog? _confirm;
    private ActionRunner? _runner;
    private OrderFields? _fields;
    private Refusal? _refusal;

    [Inject]
    public required ActivationDesk Desk { get; init; }

    [Inject]
    public required CurrentAccess Person { get; init; }

    [Parameter, EditorRequired]
    public required Network Network { get; set; }

    /// <summary>The version whose tab this is.</summary>
    [Parameter, EditorRequired]
    public required int Version { get; set; }

    /// <summary>What the page knows.</summary>
    [Parameter, EditorRequired]
    public required ActivateView Page { get; set; }

    /// <summary>What it knows of this network.</summary>
    [Parameter, EditorRequired]
    public required NetworkView Standing { get; set; }

    [Parameter, EditorRequired]
    public required LiveActivations Live { get; set; }

    /// <summary>Whether the form is open.</summary>
    [Parameter, EditorRequired]
    public required bool Opened { get; set; }

    /// <summary>Something was asked for: what the page knows is old.</summary>
    [Parameter]
    public EventCallback Changed { get; set; }

    private ActivationPreview Preview => Standing.Preview;

    private IReadOnlyList<ValidationMessage> Errors => [.. Preview.Messages.Where(message => message.Severity == Severity.Error)];

    private long PropertyId => Page.Property.Id;

    private bool MayPublish => Page.Access.MayPublish(Page.Property);

    private string ActivateText => $"Activate v{Version} on {ActivationLabels.Name(Network)}";

    /// <summary>Of what runs, or else of what ran last: the end of an activation is said too.</summary>
    private string Phase => (Preview.Open ?? Standing.State.Last) is { } activation ? LiveText.Phase(activation) : "";

    private async Task DeactivateAsync()
    {
        if (_confirm is null || !await _confirm.AskAsync() || _fields is not { } fields)
            return;
        await _runner!.RunAsync(async gone =>
        {
            var access = await Person.ReadAsync(gone);
            (_, _refusal) = await Desk.DeactivateAsync(PropertyId, Network, fields.Notes, fields.Emails, access, gone);
            if (_refusal is null)
                await Changed.InvokeAsync();
        });
    }
}
