using Microsoft.AspNetCore.SignalR;
using PropertyManager.Web.Data;
using PropertyManager.Web.Engine;
using PropertyManager.Web.Papi.Signing;

namespace PropertyManager.Web.Papi.Hub;

/// <summary>A connection is signed once and lives for hours: this looks at what its key is good for by now.</summary>
public sealed class HubConnectionGuard(ApiCallers callers, AccessChanges changes, TimeProvider time)
{
    /// <summary>
    /// Aborts the connection as soon as its person is locked out, or has other rights or another security stamp than when it was made. Whoever may
    /// still listen connects anew.
    /// </summary>
    /// <returns>Ends the watching.</returns>
    internal IDisposable Watch(HubCallerContext connection)
    {
        var http = connection.GetHttpContext()!;
        var (caller, token) = (http.Caller(), TokenOf(http));
        return changes.Subscribe(caller.UserId, () => _ = AbortIfChangedAsync(connection, caller, token));
    }

    /// <summary>What the client may see now; null once it may not listen any more.</summary>
    internal async ValueTask<Access?> ReadAccessAsync(HttpContext http, CancellationToken cancellationToken)
    {
        if (await FindAsync(TokenOf(http), cancellationToken) is not { } now)
            return null;
        return http.Caller().Account is { } account ? (await callers.SwitchAsync(now, account, cancellationToken))?.Access : now.Access;
    }

    private async Task AbortIfChangedAsync(HubCallerContext connection, ApiCaller then, string? token)
    {
        try
        {
            if ((await FindAsync(token, CancellationToken.None))?.PersonStamp == then.PersonStamp)
                return;
        }
        catch (Exception exception) when (DatabaseFailure.From(exception) is not null)
        {
            // Nobody can say whether it may go on.
        }
        connection.Abort();
    }

    private static string? TokenOf(HttpContext http) => EdgeGridSignature.Parse(http.Request.Headers.Authorization)?.ClientToken;

    private async ValueTask<ApiCaller?> FindAsync(string? token, CancellationToken cancellationToken) =>
        token is not null && await callers.FindAsync(token, cancellationToken) is { } now && now.IsUsable(time.GetUtcNow()) ? now : null;
}
