using Microsoft.AspNetCore.Components;
using PropertyManager.Domain;
using PropertyManager.Domain.Activations;
using PropertyManager.Web.Engine;
using PropertyManager.Web.Shell.Parts;

namespace PropertyManager.Web.Features.Activate;

/// <summary>Fast Fallback from the activation that is active, with its window counting down; where it cannot be used it says why.</summary>
public sealed partial class FallbackWindow : IAsyncDisposable
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _gone = new();
    private readonly string _hintId = $"fallback-{Guid.NewGuid():N}";
    private Task _counting = Task.CompletedTask;
    private TimeSpan _left;
    private Refusal? _notNow;
    private Refusal? _refusal;
    private ConfirmDialog? _confirm;
    private bool _busy;

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
    public required bool MayPublish { get; set; }

    /// <summary>The fallback runs.</summary>
    [Parameter]
    public EventCallback<Activation> Started { get; set; }

    private string? Reason =>
        _notNow?.Message
        ?? (MayPublish ? null : $"The window closes in {Words.Countdown(_left)}. You need the role Publisher to use it.")
        ?? (_busy ? "Starting…" : null);

    public async ValueTask DisposeAsync()
    {
        await _gone.CancelAsync();
        await _counting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _gone.Dispose();
    }

    protected override async Task OnInitializedAsync()
    {
        await LookAsync();
        if (_notNow is null)
            _counting = CountAsync();
    }

    private async Task CountAsync()
    {
        using var timer = new PeriodicTimer(Second, Time);
        while (_left > TimeSpan.Zero && await timer.WaitForNextTickAsync(_gone.Token))
            await InvokeAsync(() =>
            {
                _left = Left();
                StateHasChanged();
            });
        await InvokeAsync(async () =>
        {
            await LookAsync();
            StateHasChanged();
        });
    }

    private async Task LookAsync()
    {
        _left = Left();
        _notNow = await Desk.RefuseFallbackAsync(Activation, _gone.Token);
    }

    private TimeSpan Left() =>
        Admission.FallbackUntil(Activation) is { } until && until - SimulatedTime.GetUtcNow() is var left && left > TimeSpan.Zero
            ? left
            : TimeSpan.Zero;

    private async Task FallBackAsync()
    {
        if (_confirm is null || !await _confirm.AskAsync())
            return;
        _busy = true;
        var (started, refusal) = await Desk.FastFallbackAsync(Activation.Id, await Person.ReadAsync(_gone.Token), _gone.Token);
        (_busy, _refusal) = (false, refusal);
        if (started is not null)
            await Started.InvokeAsync(started);
    }
}
