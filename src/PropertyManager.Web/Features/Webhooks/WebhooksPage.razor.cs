using System.Security.Claims;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.EntityFrameworkCore;
using PropertyManager.Domain;
using PropertyManager.Web.Data;
using PropertyManager.Web.Engine;
using PropertyManager.Web.Shell.Parts;

namespace PropertyManager.Web.Features.Webhooks;

/// <summary>A person's webhooks: to make, try, switch off and delete, and what became of their messages.</summary>
public sealed partial class WebhooksPage : IAsyncDisposable
{
    /// <summary>Messages of a webhook that are shown.</summary>
    private const int Shown = 10;

    /// <summary>What becomes of messages is looked at again so often, real time.</summary>
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(5);

    private readonly PageReads _reads = new();
    private Task _looking = Task.CompletedTask;
    private LivePage<WebhooksView>? _page;
    private Refusal? _refusal;

    // Each stays until it is dismissed: it cannot be shown again.
    private readonly List<(long Id, string Url, string Secret)> _secrets = [];
    private string _url = "";
    private string? _urlError;
    private string _property = "";
    private string? _propertyError;
    private ActionRunner? _runner;

    [Inject]
    public required IDbContextFactory<AppDbContext> Contexts { get; init; }

    [Inject]
    public required WebhookDesk Desk { get; init; }

    [Inject]
    public required CurrentAccess Person { get; init; }

    [Inject]
    public required AuthenticationStateProvider Authentication { get; init; }

    [Inject]
    public required TimeProvider Time { get; init; }

    private string? PropertyProblem =>
        _property.Trim().Length == 0 || Find() is not null ? null : $"You see no property called “{_property.Trim()}”.";

    public async ValueTask DisposeAsync()
    {
        _reads.Dispose();
        await _looking.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    protected override void OnInitialized() => _looking = LookAsync();

    private async Task LookAsync()
    {
        using var timer = new PeriodicTimer(Look, Time);
        while (await timer.WaitForNextTickAsync(_reads.Gone))
        {
            await InvokeAsync(ReloadAsync);
        }
    }

    private Task ReloadAsync() => _page!.ReloadAsync();

    private async Task<PageAnswer<WebhooksView>> LoadAsync(PageRead read)
    {
        var cancellation = read.Cancellation;
        var owner = new WebhookOwner(await Person.IdAsync(), read.Access);
        var webhooks = await Desk.ListWithDeliveriesAsync(Shown, owner, cancellation);
        await using var db = await Contexts.CreateDbContextAsync(cancellation);
        var properties = await db
            .Properties.AsNoTracking()
            .Seen(owner.Access)
            .OrderBy(property => property.Name)
            .Select(property => new PropertyChoice(property.Id, property.Name))
            .ToListAsync(cancellation);
        return new WebhooksView(webhooks, properties);
    }

    private async Task<WebhookOwner> OwnerAsync()
    {
        var user = (await Authentication.GetAuthenticationStateAsync()).User;
        return new(user.FindFirstValue(ClaimTypes.NameIdentifier) ?? "", await Person.ReadAsync(_reads.Gone));
    }

    private Task AddAsync() =>
        _runner!.RunAsync(async gone =>
        {
            (_refusal, _urlError, _propertyError) = (null, Desk.Problem(_url.Trim()), PropertyProblem);
            if (_urlError is not null || _propertyError is not null)
                return;
            var made = await Desk.CreateAsync(_url.Trim(), Find()?.Id, await OwnerAsync(), gone);
            _refusal = made.Refusal;
            if (made is { Webhook: { } webhook, Secret: { } secret })
            {
                _secrets.Add((webhook.Id, webhook.Url, secret));
                (_url, _property) = ("", "");
            }
            await ReloadAsync();
        });

    private void Dismiss(long webhookId) => _secrets.RemoveAll(secret => secret.Id == webhookId);

    private PropertyChoice? Find() =>
        _page?.View?.Properties.FirstOrDefault(property => string.Equals(property.Name, _property.Trim(), StringComparison.OrdinalIgnoreCase));

    // An error is said when the field is left, and goes as soon as it is mended.
    private void TypeUrl(ChangeEventArgs change)
    {
        _url = change.Value as string ?? "";
        if (_urlError is not null)
            _urlError = Desk.Problem(_url.Trim());
    }

    private void CheckUrl(ChangeEventArgs change)
    {
        _url = change.Value as string ?? "";
        _urlError = _url.Trim().Length == 0 ? null : Desk.Problem(_url.Trim());
    }

    private void TypeProperty(ChangeEventArgs change)
    {
        _property = change.Value as string ?? "";
        if (PropertyProblem is null)
            _propertyError = null;
    }

    private void CheckProperty(ChangeEventArgs change)
    {
        _property = change.Value as string ?? "";
        _propertyError = PropertyProblem;
    }
}
