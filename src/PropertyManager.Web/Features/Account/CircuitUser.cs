using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;
using PropertyManager.Web.Data;
using PropertyManager.Web.Engine.Sessions;

namespace PropertyManager.Web.Features.Account;

/// <summary>
/// The person at a circuit. A circuit lives for hours and makes no requests, so no cookie is looked at: it is told when the person's sessions change,
/// asks before every action (<see cref="SessionCircuitHandler"/>), and now and then by itself. When the session has ended, the circuit goes on as
/// nobody, which leads to the sign-in page.
/// </summary>
public sealed class CircuitUser : RevalidatingServerAuthenticationStateProvider
{
    private static readonly AuthenticationState Nobody = new(new ClaimsPrincipal(new ClaimsIdentity()));

    private readonly SessionService _sessions;
    private readonly AccessChanges _changes;
    private IDisposable? _subscription;
    private ClaimsPrincipal? _user;
    private volatile bool _hasEnded;

    public CircuitUser(ILoggerFactory loggers, SessionService sessions, AccessChanges changes)
        : base(loggers)
    {
        (_sessions, _changes) = (sessions, changes);
        AuthenticationStateChanged += Watch;
    }

    protected override TimeSpan RevalidationInterval => SessionService.SessionAge;

    /// <summary>Whether an action may be carried out: false once the session has ended, true for somebody who never was signed in.</summary>
    public async ValueTask<bool> MayActAsync()
    {
        if (_hasEnded || _user is not { } user)
            return !_hasEnded;
        try
        {
            if ((await _sessions.ReadAsync(user, SessionService.SessionAge, CancellationToken.None)).IsOpen)
                return true;
        }
        catch (Exception exception) when (DatabaseFailure.From(exception) is not null)
        {
            // The database is away: the page shows it when it reads or writes, and what was typed stays.
            return true;
        }
        End();
        return false;
    }

    protected override async Task<bool> ValidateAuthenticationStateAsync(
        AuthenticationState authenticationState,
        CancellationToken cancellationToken
    ) => await MayActAsync();

    protected override void Dispose(bool disposing)
    {
        AuthenticationStateChanged -= Watch;
        _subscription?.Dispose();
        base.Dispose(disposing);
    }

    // The framework sets it once, when the circuit opens.
    private async void Watch(Task<AuthenticationState> state)
    {
        var user = (await state).User;
        if (_hasEnded || user.FindFirstValue(ClaimTypes.NameIdentifier) is not { } id)
            return;
        _user = user;
        _subscription?.Dispose();
        _subscription = _changes.Subscribe(id, () => _ = MayActAsync().AsTask());
    }

    private void End()
    {
        _hasEnded = true;
        SetAuthenticationState(Task.FromResult(Nobody));
    }
}
