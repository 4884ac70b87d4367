using System.Security.Claims;
using Bunit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PropertyManager.Domain;
using PropertyManager.Edge;
using PropertyManager.Web.Data;
using PropertyManager.Web.Engine;
using PropertyManager.Web.Engine.Sessions;
using PropertyManager.Web.Shell.Parts;
using PropertyManager.Web.Tests.Engine;

namespace PropertyManager.Web.Tests.Shell;

/// <summary>What pages are made of.</summary>
internal static class PageServices
{
    /// <summary>The share of the servers at which an exception cannot be cancelled any more.</summary>
    public const double CancelCutOff = 0.4;

    /// <summary>The pages' services, for a publisher, and the engine that works behind them.</summary>
    public static EngineNode Serve(this BunitContext pages, EngineWorld world, bool mayDemonstrate = false, Role role = Role.Publisher)
    {
        using (var db = world.CreateDbContext())
        {
            db.Users.Add(
                new AppUser
                {
                    Id = "ann",
                    Name = "Ann",
                    Email = "ann@shop.example",
                    MayDemonstrate = mayDemonstrate,
                }
            );
            db.RoleAssignments.Add(
                new RoleAssignment
                {
                    UserId = "ann",
                    GroupId = 1,
                    Role = role,
                }
            );
            db.SaveChanges();
        }
        var node = world.StartNode();
        var edge = new SimulatedEdgeNetwork(1);
        var clock = new SimulationClock(TimeProvider.System, 1);
        pages.Services.AddSingleton(new SessionService(world, new AccessReader(world), world.AccessChanges, TimeProvider.System));
        pages.Services.AddSingleton<IDbContextFactory<AppDbContext>>(world);
        pages.Services.AddSingleton(node.Desk);
        pages.Services.AddSingleton(world.NewGate());
        pages.Services.AddSingleton(new TrafficForecast(world, world.NewGate(), world.Simulated));
        pages.Services.AddSingleton(new VersionDesk(world, new VersionHeads(world, TimeProvider.System), TimeProvider.System));
        pages.Services.AddSingleton(new DraftDesk(world, TimeProvider.System));
        pages.Services.AddSingleton<VersionQuery>();
        pages.Services.AddSingleton(node.Feed);
        pages.Services.AddSingleton<IEdgeNetwork>(edge);
        pages.Services.AddSingleton(clock);
        pages.Services.AddSingleton(new SimulationSettings(1, 1, CancelCutOff));
        pages.Services.AddSingleton(new SimulatedSpeed(() => clock.Speed, speed => clock.Speed = speed));
        pages.Services.AddSingleton(node.Ledger);
        pages.Services.AddSingleton(node.PersistentFaults);
        pages.Services.AddSingleton<SimulationDesk>();
        pages.Services.AddSingleton(new FaultDesk(world, edge, node.PersistentFaults, world.Real, world.Simulated));
        pages.Services.AddSingleton(TimeProvider.System);
        pages.Services.AddKeyedSingleton<TimeProvider>(Simulated.Time, world.Simulated);
        pages.Services.AddSingleton<AccessReader>();
        pages.Services.AddScoped<CurrentAccess>();
        pages.JSInterop.Mode = JSRuntimeMode.Loose;
        pages.SignIn(world);
        return node;
    }

    /// <summary>Ann signs in: with the rights that she has now.</summary>
    public static void SignIn(this BunitContext pages, EngineWorld world)
    {
        using var sessions = new SessionService(world, new AccessReader(world), world.AccessChanges, TimeProvider.System);
        var session = sessions.StartAsync("ann", "", address: null, CancellationToken.None).GetAwaiter().GetResult();
        pages
            .AddAuthorization()
            .SetAuthorized("ann")
            .SetClaims(new Claim(ClaimTypes.NameIdentifier, "ann"), new Claim(SessionService.ClaimType, session.ToString()!));
    }
}
