using Microsoft.AspNetCore.Components.Server.Circuits;

namespace PropertyManager.Web.Features.Account;

/// <summary>Lets nothing that a browser sends reach the page once the session has ended: a click in another tab comes after the sign-out.</summary>
public sealed class SessionCircuitHandler(CircuitUser user) : CircuitHandler
{
    public override Func<CircuitInboundActivityContext, Task> CreateInboundActivityHandler(Func<CircuitInboundActivityContext, Task> next) =>
        async context =>
        {
            if (await user.MayActAsync())
                await next(context);
        };
}
