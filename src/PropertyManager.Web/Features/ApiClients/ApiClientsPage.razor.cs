using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.EntityFrameworkCore;
using PropertyManager.Domain;
using PropertyManager.Web.Data;
using PropertyManager.Web.Engine;
using PropertyManager.Web.Shell.Parts;

namespace PropertyManager.Web.Features.ApiClients;

/// <summary>"API clients": a person's programs, what they may do, and their keys.</summary>
public sealed partial class ApiClientsPage : IDisposable
{
    private readonly PageReads _reads = new();

    /// <summary>Keys whose secrets are shown until the person says that they have them, the newest first.</summary>
    private readonly List<ApiKey> _made = [];

    private LivePage<ApiClientsView>? _page;
    private bool _creates;
    private ActionRunner? _runner;
    private long? _edited;
    private Refusal? _refusal;
    private ConfirmDialog? _confirm;
    private string _question = "";
    private string? _consequence;

    [Inject]
    public required IDbContextFactory<AppDbContext> Contexts { get; init; }

    [Inject]
    public required ApiClientDesk Desk { get; init; }

    [Inject]
    public required CurrentAccess Person { get; init; }

    [Inject]
    public required IServer Server { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    private string? HttpsHost => EdgeRc.HostOf(Server.Features.Get<IServerAddressesFeature>()?.Addresses ?? [], new Uri(Navigation.BaseUri));

    private bool HasHttps => HttpsHost is not null;

    private string Host => HttpsHost ?? new Uri(Navigation.BaseUri).Authority;

    public void Dispose() => _reads.Dispose();

    private async Task<PageAnswer<ApiClientsView>> LoadAsync(PageRead read)
    {
        var clients = await Desk.ListAsync(await Person.IdAsync(), read.Cancellation);
        await using var db = await Contexts.CreateDbContextAsync(read.Cancellation);
        return new ApiClientsView(clients, await GroupChoice.ReadAsync(db, read.Access, read.Cancellation));
    }

    private void Create() => (_creates, _edited, _refusal) = (true, null, null);

    private void Edit(ApiClientFacts client) => (_creates, _edited, _refusal) = (false, client.Id, null);

    private async Task<Refusal?> CreateAsync(ApiClientWish wish)
    {
        var answer = await Desk.CreateAsync(await Person.IdAsync(), wish, _reads.Gone);
        if (answer.Refusal is not null)
            return answer.Refusal;
        Show(answer.Key);
        _creates = false;
        await ReloadAsync();
        return null;
    }

    private async Task<Refusal?> ChangeAsync(ApiClientFacts client, ApiClientWish wish)
    {
        if (await Desk.ChangeAsync(await Person.IdAsync(), client.Id, wish, _reads.Gone) is { } refusal)
            return refusal;
        _edited = null;
        await ReloadAsync();
        return null;
    }

    private Task AddKeyAsync(ApiClientFacts client) =>
        _runner!.RunAsync(async gone =>
        {
            // A second click that was on its way meant what was shown before the first was done.
            if (_page?.View?.Clients.Any(shown => ReferenceEquals(shown, client)) != true)
                return;
            var answer = await Desk.AddKeyAsync(await Person.IdAsync(), client.Id, gone);
            _refusal = answer.Refusal;
            Show(answer.Key);
            await ReloadAsync();
        });

    private Task RevokeAsync(ApiClientFacts client) =>
        AskAndRevokeAsync($"Revoke {client.Name}?", ApiClientText.RevokeClient(client), id => Desk.RevokeAsync(id, client.Id, _reads.Gone));

    private Task RevokeKeyAsync(ApiClientFacts client, ApiKeyFacts key) =>
        AskAndRevokeAsync(
            $"Revoke this key of {client.Name}?",
            ApiClientText.RevokeKey(client, key),
            id => Desk.RevokeKeyAsync(id, client.Id, key.Id, _reads.Gone)
        );

    private async Task AskAndRevokeAsync(string question, string consequence, Func<string, Task<Refusal?>> revoke)
    {
        (_question, _consequence, _refusal) = (question, consequence, null);
        StateHasChanged();
        if (_confirm is null || !await _confirm.AskAsync())
            return;
        await _runner!.RunAsync(async _ =>
        {
            _refusal = await revoke(await Person.IdAsync());
            await ReloadAsync();
        });
    }

    private void Show(ApiKey? key)
    {
        if (key is not null)
            _made.Insert(0, key);
    }

    private async Task ReloadAsync()
    {
        await _page!.ReloadAsync();
        // A form hands its wish over without an event of this page.
        StateHasChanged();
    }
}
