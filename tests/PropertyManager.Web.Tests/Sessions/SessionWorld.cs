using System.Data.Common;
using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using PropertyManager.Web.Data;
using PropertyManager.Web.Engine.Sessions;
using PropertyManager.Web.Tests.Engine;

namespace PropertyManager.Web.Tests.Sessions;

/// <summary>Ann, a publisher, who signs in; and a clock that the test moves.</summary>
internal sealed class SessionWorld : IAsyncDisposable
{
    public const string Ann = "ann";

    public SessionWorld()
    {
        World = new(interceptors: Commands);
        Service = new(World, new AccessReader(World), World.AccessChanges, World.Real);
        using var db = World.CreateDbContext();
        db.Users.Add(
            new AppUser
            {
                Id = Ann,
                Name = "Ann",
                Email = "ann@shop.example",
                LockoutEnabled = true,
                SecurityStamp = "first",
            }
        );
        db.RoleAssignments.Add(
            new RoleAssignment
            {
                UserId = Ann,
                GroupId = 1,
                Role = Role.Publisher,
            }
        );
        db.SaveChanges();
    }

    public EngineWorld World { get; }

    public SessionService Service { get; }

    public CommandCount Commands { get; } = new();

    /// <summary>Signs Ann in.</summary>
    public async Task<ClaimsPrincipal> SignInAsync()
    {
        var session = await Service.StartAsync(Ann, "Browser 1.0", "192.0.2.7", default);
        return new(
            new ClaimsIdentity(
                [new(ClaimTypes.NameIdentifier, Ann), new(SessionService.ClaimType, session.ToString()!)],
                authenticationType: "cookie"
            )
        );
    }

    public async Task<bool> IsOpenAsync(ClaimsPrincipal user) => (await Service.ReadAsync(user, SessionService.SessionAge, default)).IsOpen;

    /// <summary>The row as the database has it; null when there is none.</summary>
    public async Task<UserSession?> RowAsync(ClaimsPrincipal user)
    {
        await using var db = World.CreateDbContext();
        var id = Guid.Parse(user.FindFirstValue(SessionService.ClaimType)!);
        return await db.Sessions.AsNoTracking().SingleOrDefaultAsync(s => s.Id == id);
    }

    /// <summary>Changes something as the application does.</summary>
    public async Task ChangeAsync(Func<AppDbContext, Task> change)
    {
        await using var db = World.CreateDbContext();
        await change(db);
        await db.SaveChangesAsync();
    }

    /// <summary>Changes something as another program does, of which nobody here hears.</summary>
    public async Task ChangeOutsideAsync(string sql)
    {
        await using var connection = await World.ConnectAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }

    public async ValueTask DisposeAsync()
    {
        Service.Dispose();
        await World.DisposeAsync();
    }
}

/// <summary>Counts the commands that are sent to the database.</summary>
internal sealed class CommandCount : DbCommandInterceptor
{
    private int _count;

    public int Taken => Interlocked.Exchange(ref _count, 0);

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command,
        CommandEventData eventData,
        InterceptionResult<DbDataReader> result,
        CancellationToken cancellationToken = default
    )
    {
        Interlocked.Increment(ref _count);
        return ValueTask.FromResult(result);
    }

    public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command,
        CommandEventData eventData,
        InterceptionResult<int> result,
        CancellationToken cancellationToken = default
    )
    {
        Interlocked.Increment(ref _count);
        return ValueTask.FromResult(result);
    }
}
