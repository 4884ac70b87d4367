using Microsoft.AspNetCore.Components;
using PropertyManager.Domain;
using PropertyManager.Domain.Activations;
using PropertyManager.Web.Engine;
using PropertyManager.Web.Shell.Parts;

namespace PropertyManager.Web.Features.Activate;

/// <summary>One network on the Activate tab: what is active there, what runs, and what can be asked for.</summary>
public sealed partial class NetworkPanel : IDisposable
{
    private readonly CancellationTokenSource _gone = new();
    private readonly string _titleId = $"network-{Guid.NewGuid():N}";
    private readonly string _hintId = $"hint-{Guid.NewGuid():N}";
    private ConfirmDialog? _confirm;
    private Refusal? _refusal;

    [Inject]
    public required ActivationDesk Desk { get; init; }

    [Inject]
    public required CurrentAccess Person { get; init; }

    [Parameter, EditorRequired]
    public required long PropertyId { get; set; }

    /// <summary>The version whose tab this is.</summary>
    [Parameter, EditorRequired]
    public required int Version { get; set; }

    [Parameter, EditorRequired]
    public required Network Network { get; set; }

    [Parameter, EditorRequired]
    public required ActivationPreview Preview { get; set; }

    /// <summary>The version that was active there before the one that is now; null when it is the first.</summary>
    [Parameter]
    public int? BeforeActive { get; set; }

    /// <summary>The last one that ended there: people who come back see why nothing changed.</summary>
    [Parameter]
    public Activation? Last { get; set; }

    [Parameter, EditorRequired]
    public required bool MayPublish { get; set; }

    [Parameter, EditorRequired]
    public required bool MayDemonstrate { get; set; }

    /// <summary>Whether the form is open.</summary>
    [Parameter, EditorRequired]
    public required bool Opened { get; set; }

    /// <summary>Something was asked for or has ended: what the page knows is old.</summary>
    [Parameter]
    public EventCallback Changed { get; set; }

    private string ActivateText => $"Activate v{Version} on {ActivationLabels.Name(Network)}";

    public void Dispose()
    {
        _gone.Cancel();
        _gone.Dispose();
    }

    private async Task DeactivateAsync()
    {
        if (_confirm is null || !await _confirm.AskAsync())
            return;
        var access = await Person.ReadAsync(_gone.Token);
        (_, _refusal) = await Desk.DeactivateAsync(PropertyId, Network, note: "", notifyEmails: "", access, _gone.Token);
        if (_refusal is null)
            await Changed.InvokeAsync();
    }
}
