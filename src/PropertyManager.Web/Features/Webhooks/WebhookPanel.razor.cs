using Microsoft.AspNetCore.Components;
using PropertyManager.Domain;
using PropertyManager.Web.Engine;
using PropertyManager.Web.Shell.Parts;

namespace PropertyManager.Web.Features.Webhooks;

/// <summary>A webhook: what can be done with it, and what became of its last messages.</summary>
public sealed partial class WebhookPanel : IDisposable
{
    private readonly CancellationTokenSource _gone = new();
    private ConfirmDialog? _confirm;
    private Refusal? _refusal;
    private string? _problem;
    private bool _tested;
    private bool _busy;

    [Inject]
    public required WebhookDesk Desk { get; init; }

    [Parameter, EditorRequired]
    public required WebhookLine Webhook { get; set; }

    /// <summary>What it was told last, the newest first.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<DeliveryLine> Deliveries { get; set; }

    /// <summary>Who does it.</summary>
    [Parameter, EditorRequired]
    public required Func<Task<WebhookOwner>> Owner { get; set; }

    /// <summary>It is another, or gone.</summary>
    [Parameter, EditorRequired]
    public required EventCallback Changed { get; set; }

    private string Id => $"webhook-{Webhook.Id}";

    private bool IsEnabled => Webhook.DisabledAt is null;

    public void Dispose()
    {
        _gone.Cancel();
        _gone.Dispose();
    }

    private Task TestAsync() =>
        DoAsync(async cancellation =>
        {
            (_refusal, _problem) = await Desk.TestAsync(Webhook.Id, await Owner(), cancellation);
            _tested = _refusal is null;
        });

    private Task SwitchAsync() =>
        DoAsync(async cancellation => _refusal = await Desk.EnableAsync(Webhook.Id, !IsEnabled, await Owner(), cancellation));

    private async Task DeleteAsync()
    {
        if (_confirm is null || !await _confirm.AskAsync())
            return;
        await DoAsync(async cancellation => _refusal = await Desk.DeleteAsync(Webhook.Id, await Owner(), cancellation));
    }

    private async Task DoAsync(Func<CancellationToken, Task> work)
    {
        if (_busy)
            return;
        (_busy, _refusal, _tested, _problem) = (true, null, false, null);
        try
        {
            await work(_gone.Token);
            await Changed.InvokeAsync();
        }
        catch (OperationCanceledException) when (_gone.IsCancellationRequested)
        {
            // The page was left meanwhile.
        }
        finally
        {
            _busy = false;
        }
    }
}
