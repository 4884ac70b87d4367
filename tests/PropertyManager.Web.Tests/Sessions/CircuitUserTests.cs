using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.Logging.Abstractions;
using PropertyManager.Web.Data;
using PropertyManager.Web.Engine.Sessions;
using PropertyManager.Web.Features.Account;

namespace PropertyManager.Web.Tests.Sessions;

/// <summary>What an open page does when its session ends: the circuit's own parts, without a browser.</summary>
public sealed class CircuitUserTests : IAsyncLifetime, IAsyncDisposable
{
    private readonly SessionWorld _sessions = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public ValueTask DisposeAsync() => _sessions.DisposeAsync();

    Task IAsyncLifetime.DisposeAsync() => DisposeAsync().AsTask();

    [Fact]
    public async Task An_open_page_is_told_of_the_sign_out_without_a_click()
    {
        var user = await _sessions.SignInAsync();
        using var circuit = Open(user);
        var told = new TaskCompletionSource<AuthenticationState>(TaskCreationOptions.RunContinuationsAsynchronously);
        circuit.AuthenticationStateChanged += state => told.TrySetResult(state.Result);

        await _sessions.Service.EndAsync(user, SessionEnd.SignedOut);

        // Sooner than it looks by itself.
        Assert.False((await told.Task.WaitAsync(SessionService.SessionAge / 2)).User.Identity?.IsAuthenticated);
    }

    [Fact]
    public async Task No_action_of_an_open_page_is_carried_out_after_the_sign_out()
    {
        var user = await _sessions.SignInAsync();
        using var circuit = Open(user);
        var actions = 0;
        var act = new SessionCircuitHandler(circuit).CreateInboundActivityHandler(_ =>
        {
            actions++;
            return Task.CompletedTask;
        });
        await act(null!);
        Assert.Equal(1, actions);

        await _sessions.Service.EndAsync(user, SessionEnd.SignedOut);
        await act(null!);
        await act(null!);

        Assert.Equal(1, actions);
    }

    [Fact]
    public async Task Acknowledgements_of_a_browser_that_looks_on_read_nothing()
    {
        using var circuit = Open(await _sessions.SignInAsync());
        Assert.True(await circuit.MayActAsync());
        _ = _sessions.Commands.Taken;

        for (var i = 0; i < 80; i++)
        {
            _sessions.World.Real.Advance(SessionService.SessionAge / 100);
            Assert.True(await circuit.MayActAsync());
        }

        Assert.Equal(0, _sessions.Commands.Taken);
    }

    [Fact]
    public async Task Somebody_who_is_not_signed_in_may_use_the_pages_that_are_for_everybody()
    {
        using var circuit = Open(new ClaimsPrincipal(new ClaimsIdentity()));

        Assert.True(await circuit.MayActAsync());
    }

    private CircuitUser Open(ClaimsPrincipal user)
    {
        var circuit = new CircuitUser(NullLoggerFactory.Instance, _sessions.Service, _sessions.World.AccessChanges);
        circuit.SetAuthenticationState(Task.FromResult(new AuthenticationState(user)));
        return circuit;
    }
}
