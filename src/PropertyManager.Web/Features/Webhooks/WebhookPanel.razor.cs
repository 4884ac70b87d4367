using Microsoft.AspNetCore.Components;
using PropertyManager.Domain;
using PropertyManager.Web.Engine;
using PropertyManager.Web.Shell.Parts;

namespace PropertyManager.Web.Features.Webhooks;

/// <summary>A webhook: what can be done with it, and what became of its last messages.</summary>
public sealed partial class WebhookPanel
{
    private ConfirmDialog? _confirm;
    private Refusal? _refusal;
    private string? _problem;
    private bool _tested;
    private ActionRunner? _runner;

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

    private bool IsBusy => _runner is { IsBusy: true };

    private bool IsEnabled => Webhook.DisabledAt is null;

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

    private Task DoAsync(Func<CancellationToken, Task> work) =>
        _runner!.RunAsync(async gone =>
        {
            (_refusal, _tested, _problem) = (null, false, null);
            await work(gone);
            await Changed.InvokeAsync();
        });
}
