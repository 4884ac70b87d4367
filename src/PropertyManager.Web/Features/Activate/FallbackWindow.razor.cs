using Microsoft.AspNetCore.Components;
using PropertyManager.Domain;
using PropertyManager.Domain.Activations;
using PropertyManager.Web.Engine;
using PropertyManager.Web.Shell.Parts;

namespace PropertyManager.Web.Features.Activate;

/// <summary>Fast Fallback from the activation that is active, with its window counting down; where it cannot be used it says why.</summary>
public sealed partial class FallbackWindow : IDisposable
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly PageReads _reads = new();
    private readonly string _hintId = $"fallback-{Guid.NewGuid():N}";
    private Task _counting = Task.CompletedTask;
    private TimeSpan _left;
    private Refusal? _notNow;
    private Refusal? _refusal;
    private ConfirmDialog? _confirm;
    private ActionRunner? _runner;

    [Inject]
    public required ActivationDesk Desk { get; init; }

    [Inject]
    public required CurrentAccess Person { get; init; }

    [Inject]
    public required TimeProvider Time { get; init; }

    [Inject(Key = Simulated.Time)]
    public required TimeProvider SimulatedTime { get; init; }

    /// <summary>The one that is active on production.</summary>
    [Parameter, EditorRequired]
    public required Activation Activation { get; set; }

    [Parameter, EditorRequired]
    public required FallbackFacts Facts { get; set; }

    [Parameter, EditorRequired]
    public required bool MayPublish { get; set; }

    /// <summary>The fallback runs.</summary>
    [Parameter]
    public EventCallback<Activation> Started { get; set; }

    private string? Reason =>
        _notNow?.Message
        ?? (MayPublish ? null : $"The window closes in {Words.Countdown(_left)} (simulated time). You need the role Publisher to use it.")
        ?? (_runner is { IsBusy: true } ? "Starting…" : null);

    public void Dispose() => _reads.Dispose();

    protected override void OnParametersSet()
    {
        Look();
        if (_notNow is null && _counting.IsCompleted)
            _counting = CountAsync(_reads.Gone);
    }

    private async Task CountAsync(CancellationToken gone)
    {
        try
        {
            using var timer = new PeriodicTimer(Second, Time);
            while (_left > TimeSpan.Zero && await timer.WaitForNextTickAsync(gone))
                await InvokeAsync(() =>
                {
                    _left = Left();
                    StateHasChanged();
                });
            await InvokeAsync(() =>
            {
                Look();
                StateHasChanged();
            });
        }
        catch (Exception exception)
        {
            // Otherwise it would stand still and nobody would know.
            if (!gone.IsCancellationRequested)
                await DispatchExceptionAsync(exception);
        }
    }

    private void Look()
    {
        _left = Left();
        _notNow = Admission.FastFallback(Activation, Facts.Network, Facts.IsAttempted, SimulatedTime.GetUtcNow());
    }

    private TimeSpan Left() =>
        Admission.FallbackUntil(Activation) is { } until && until - SimulatedTime.GetUtcNow() is var left && left > TimeSpan.Zero
            ? left
            : TimeSpan.Zero;

    private async Task FallBackAsync()
    {
        if (_confirm is null || !await _confirm.AskAsync())
            return;
        await _runner!.RunAsync(async gone =>
        {
            (var started, _refusal) = await Desk.FastFallbackAsync(Activation.Id, await Person.ReadAsync(gone), gone);
            if (started is not null)
                await Started.InvokeAsync(started);
        });
    }
}
