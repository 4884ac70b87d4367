using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using PropertyManager.Domain;
using PropertyManager.Domain.Activations;
using PropertyManager.Domain.Rollouts;
using PropertyManager.Web.Data;
using PropertyManager.Web.Engine;
using PropertyManager.Web.Shell.Parts;

namespace PropertyManager.Web.Features.Activate;

/// <summary>A running activation, live: its figures, what can be done about it, and what happens if it is cancelled.</summary>
public sealed partial class RunningActivation : IAsyncDisposable
{
    // A batch at a time, a little more often than the engine publishes: two people never see the same instant far apart.
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(100);

    private readonly CancellationTokenSource _gone = new();
    private readonly string _reasonId = $"reason-{Guid.NewGuid():N}";
    private Task _watching = Task.CompletedTask;
    private ActivationProgress? _progress;
    private LiveFigures? _figures;
    private ConfirmDialog? _confirm;
    private Refusal? _refusal;
    private bool _asked;

    [Inject]
    public required ActivationFeed Feed { get; init; }

    [Inject]
    public required ActivationDesk Desk { get; init; }

    [Inject]
    public required IDbContextFactory<AppDbContext> Contexts { get; init; }

    [Inject]
    public required CurrentAccess Person { get; init; }

    [Inject]
    public required TimeProvider Time { get; init; }

    [Parameter, EditorRequired]
    public required Activation Activation { get; set; }

    /// <summary>Whether this person may cancel.</summary>
    [Parameter, EditorRequired]
    public required bool MayPublish { get; set; }

    /// <summary>It is over: what the page knows is old.</summary>
    [Parameter]
    public EventCallback Ended { get; set; }

    private ActivationState State => _progress?.Status.State ?? Activation.Status.State;

    private string Label =>
        $"{ActivationLabels.Type(Activation.Type)} of version {Activation.Version} on {ActivationLabels.Name(Activation.Network).ToLowerInvariant()}";

    private RolloutEstimate? LiveEstimate { get; set; }

    private RolloutEstimate FullEstimate { get; set; } = null!;

    /// <summary>Why it cannot be cancelled now.</summary>
    private string? NoCancel =>
        State == ActivationState.Cancelling || _asked ? "It is being cancelled." : Admission.TooLate(Activation, _progress?.Progress.Installed ?? 0);

    public async ValueTask DisposeAsync()
    {
        await _gone.CancelAsync();
        await _watching.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _gone.Dispose();
    }

    protected override void OnInitialized()
    {
        LiveEstimate = RolloutEstimate.Live(Activation.Plan);
        FullEstimate = RolloutEstimate.Full(Activation.Plan);
        _asked = Activation.Intent.CancelRequestedAt is not null && !Activation.Status.CancelLapsed;
        var subscription = Feed.Subscribe(progress => progress.ActivationId == Activation.Id);
        _progress = subscription.Current.Count > 0 ? subscription.Current[0] : null;
        _watching = WatchAsync(subscription);
    }

    private async Task WatchAsync(FeedSubscription subscription)
    {
        using (subscription)
        {
            if (_progress is null && await IsOverAsync())
                await InvokeAsync(Ended.InvokeAsync);
            await foreach (var batch in subscription.ReadAllAsync(Pace, Time, _gone.Token))
                await InvokeAsync(() => ShowAsync(batch[^1]));
        }
    }

    private async Task ShowAsync(ActivationProgress now)
    {
        var (state, reason, first) = (State, NoCancel, _progress is null);
        _progress = now;
        if (now.Status.CancelLapsed)
            _asked = false;
        if (first || State != state || NoCancel != reason)
            StateHasChanged();
        _figures?.Show(now);
        if (!now.Status.IsOpen)
            await Ended.InvokeAsync();
    }

    /// <summary>It may have ended between the page's reading it and our subscribing to it.</summary>
    private async Task<bool> IsOverAsync()
    {
        await using var db = await Contexts.CreateDbContextAsync(_gone.Token);
        return !await db.Activations.AnyAsync(a => a.Id == Activation.Id && a.Status.IsOpen, _gone.Token);
    }

    private async Task CancelAsync()
    {
        if (_confirm is null || !await _confirm.AskAsync())
            return;
        _refusal = await Desk.CancelAsync(Activation.Id, await Person.ReadAsync(_gone.Token), _gone.Token);
        _asked = _refusal is null;
    }
}
