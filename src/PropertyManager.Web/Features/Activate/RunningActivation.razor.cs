using Microsoft.AspNetCore.Components;
using PropertyManager.Domain;
using PropertyManager.Domain.Activations;
using PropertyManager.Domain.Rollouts;
using PropertyManager.Web.Engine;
using PropertyManager.Web.Shell.Parts;

namespace PropertyManager.Web.Features.Activate;

/// <summary>
/// A running activation, live: its figures, what can be done about it, and what happens if it is cancelled. The page that shows it hands in
/// another at each transition, and takes it away when it is over.
/// </summary>
public sealed partial class RunningActivation : IDisposable
{
    private readonly string _reasonId = $"reason-{Guid.NewGuid():N}";
    private IDisposable? _watch;
    private ActivationProgress? _progress;
    private LiveFigures? _figures;
    private RunningTrouble? _trouble;
    private ConfirmDialog? _confirm;
    private ActionRunner? _runner;
    private Refusal? _refusal;
    private bool _asked;

    [Inject]
    public required ActivationDesk Desk { get; init; }

    [Inject]
    public required CurrentAccess Person { get; init; }

    [Parameter, EditorRequired]
    public required Activation Activation { get; set; }

    [Parameter, EditorRequired]
    public required LiveActivations Live { get; set; }

    /// <summary>Whether this person may cancel.</summary>
    [Parameter, EditorRequired]
    public required bool MayPublish { get; set; }

    /// <summary>Whether this person may make things go wrong.</summary>
    [Parameter, EditorRequired]
    public required bool MayDemonstrate { get; set; }

    private ActivationStatus Status => _progress?.Status ?? Activation.Status;

    private ActivationState State => Status.State;

    private int Installed => _progress?.Progress.Installed ?? 0;

    private string Label =>
        $"{ActivationLabels.Type(Activation.Type)} of version {Activation.Version} on {ActivationLabels.Name(Activation.Network).ToLowerInvariant()}";

    private RolloutEstimate? LiveEstimate { get; set; }

    private RolloutEstimate FullEstimate { get; set; } = null!;

    private bool IsBusy => _runner is { IsBusy: true };

    private string? TooLate => Admission.TooLate(Activation, Installed);

    /// <summary>Why it cannot be cancelled now.</summary>
    private string? NoCancel =>
        State == ActivationState.Cancelling || _asked ? "It is being cancelled."
        : IsBusy ? "Asking for it to be cancelled…"
        : TooLate;

    public void Dispose() => _watch?.Dispose();

    // The page gives each activation a component of its own (by key).
    protected override void OnInitialized()
    {
        LiveEstimate = RolloutEstimate.Live(Activation.Plan);
        FullEstimate = RolloutEstimate.Full(Activation.Plan);
        _progress = Live.Find(Activation.Id);
        _watch = Live.Watch(Activation.Id, Show);
    }

    // What was asked here a moment ago is not published yet.
    protected override void OnParametersSet() => _asked = (_asked || Activation.Intent.CancelRequestedAt is not null) && !Status.CancelLapsed;

    private void Show()
    {
        if (Live.Find(Activation.Id) is not { } now)
            return;
        var (state, reason, trouble, first) = (State, NoCancel, _progress?.Trouble, _progress is null);
        _progress = now;
        if (now.Status.CancelLapsed)
            _asked = false;
        if (first || State != state || NoCancel != reason || now.Trouble != trouble)
            StateHasChanged();
        _figures?.Show(now);
        _trouble?.Show(now);
    }

    private async Task CancelAsync()
    {
        if (_confirm is null || !await _confirm.AskAsync())
            return;
        // What was confirmed is asked for even when the page is left at once.
        await _runner!.RunAsync(async _ =>
        {
            _refusal = await Desk.CancelAsync(Activation.Id, await Person.ReadAsync(CancellationToken.None), CancellationToken.None);
            _asked = _refusal is null;
        });
    }
}
