using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using PropertyManager.Web.Data;
using PropertyManager.Web.Engine.Sessions;
using PropertyManager.Web.Tests.Engine;

namespace PropertyManager.Web.Tests.Sessions;

public sealed class SessionServiceTests : IAsyncLifetime, IAsyncDisposable
{
    private readonly SessionWorld _sessions = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public ValueTask DisposeAsync() => _sessions.DisposeAsync();

    Task IAsyncLifetime.DisposeAsync() => DisposeAsync().AsTask();

    [Fact]
    public async Task A_session_begins_with_the_sign_in_and_ends_with_the_sign_out()
    {
        var (one, other) = (await _sessions.SignInAsync(), await _sessions.SignInAsync());
        Assert.True(await _sessions.IsOpenAsync(one));

        await _sessions.Service.EndAsync(one, SessionEnd.SignedOut);

        // At once, and the other browser of the same person stays signed in.
        Assert.False(await _sessions.IsOpenAsync(one));
        Assert.True(await _sessions.IsOpenAsync(other));
        var row = (await _sessions.RowAsync(one))!;
        Assert.Equal((SessionEnd.SignedOut, "Browser 1.0", "192.0.2.7"), (row.EndReason, row.UserAgent, row.Address));
    }

    public static TheoryData<string, SessionEnd> Changes =>
        new()
        {
            { nameof(LockOut), SessionEnd.LockedOut },
            { nameof(ChangeStamp), SessionEnd.SecurityStampChanged },
            { nameof(TakeRole), SessionEnd.RightsChanged },
            { nameof(ChangeRole), SessionEnd.RightsChanged },
            { nameof(GiveRole), SessionEnd.RightsChanged },
            { nameof(LetDemonstrate), SessionEnd.RightsChanged },
        };

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task What_changes_a_person_s_rights_ends_their_sessions_at_once(string change, SessionEnd reason)
    {
        var user = await _sessions.SignInAsync();
        Assert.True(await _sessions.IsOpenAsync(user));

        await _sessions.ChangeAsync(Change(change));

        // No time has passed: what is kept was forgotten with the change.
        Assert.False(await _sessions.IsOpenAsync(user));
        Assert.Equal(reason, (await _sessions.RowAsync(user))!.EndReason);
        Assert.Same(Access.None, (await _sessions.Service.ReadAsync(user, SessionService.SessionAge, default)).Access);
    }

    [Theory]
    [InlineData("UPDATE AspNetUsers SET SecurityStamp = 'second'", SessionEnd.SecurityStampChanged)]
    [InlineData("DELETE FROM RoleAssignments", SessionEnd.RightsChanged)]
    [InlineData("UPDATE AspNetUsers SET MayDemonstrate = 1", SessionEnd.RightsChanged)]
    public async Task What_another_program_changes_ends_them_within_a_few_seconds(string sql, SessionEnd reason)
    {
        var user = await _sessions.SignInAsync();
        Assert.True(await _sessions.IsOpenAsync(user));

        await _sessions.ChangeOutsideAsync(sql);
        _sessions.World.Real.Advance(SessionService.RightsAge + TimeSpan.FromTicks(1));

        Assert.False((await _sessions.Service.ReadAsync(user, SessionService.RightsAge, default)).IsOpen);
        Assert.Equal(reason, (await _sessions.RowAsync(user))!.EndReason);
    }

    [Fact]
    public async Task A_lock_out_ends_what_was_open_before_it_also_when_nobody_asks_until_it_is_over()
    {
        var before = await _sessions.SignInAsync();
        await _sessions.ChangeAsync(LockOut);
        _sessions.World.Real.Advance(TimeSpan.FromHours(1));
        var after = await _sessions.SignInAsync();

        Assert.False(await _sessions.IsOpenAsync(before));
        Assert.True(await _sessions.IsOpenAsync(after));
    }

    [Fact]
    public async Task What_ended_stays_ended_when_its_reason_is_undone()
    {
        var user = await _sessions.SignInAsync();
        await _sessions.ChangeAsync(LetDemonstrate);
        Assert.False(await _sessions.IsOpenAsync(user));

        await _sessions.ChangeAsync(async db => (await db.Users.SingleAsync(u => u.Id == SessionWorld.Ann)).MayDemonstrate = false);

        Assert.False(await _sessions.IsOpenAsync(user));
    }

    [Fact]
    public async Task A_change_counts_with_the_end_of_its_transaction()
    {
        var user = await _sessions.SignInAsync();
        await using var db = _sessions.World.CreateDbContext();
        await using var transaction = await db.Database.BeginTransactionAsync();
        await LockOut(db);
        await db.SaveChangesAsync();
        // Read between the save and the end: what is kept now is the old state.
        Assert.True(await _sessions.IsOpenAsync(user));

        await transaction.CommitAsync();

        Assert.False(await _sessions.IsOpenAsync(user));
    }

    [Fact]
    public async Task Nobody_else_s_session_and_none_that_was_made_up_is_open()
    {
        var user = await _sessions.SignInAsync();
        var session = user.FindFirst(SessionService.ClaimType)!;

        Assert.False(await _sessions.IsOpenAsync(User(new(ClaimTypes.NameIdentifier, "bob"), session)));
        Assert.False(
            await _sessions.IsOpenAsync(User(user.FindFirst(ClaimTypes.NameIdentifier)!, new(SessionService.ClaimType, $"{Guid.NewGuid()}")))
        );
        Assert.False(await _sessions.IsOpenAsync(User(user.FindFirst(ClaimTypes.NameIdentifier)!)));
    }

    [Fact]
    public async Task Session_and_rights_are_read_in_two_commands_for_all_who_ask_at_the_time()
    {
        var user = await _sessions.SignInAsync();
        _ = _sessions.Commands.Taken;

        var states = await Task.WhenAll(
            Enumerable.Range(0, 20).Select(_ => _sessions.Service.ReadAsync(user, SessionService.RightsAge, default).AsTask())
        );

        Assert.All(states, state => Assert.Equal(Role.Publisher, state.Access.Roles[1]));
        Assert.InRange(_sessions.Commands.Taken, 1, 2);
        _sessions.World.Real.Advance(SessionService.RightsAge);
        Assert.True((await _sessions.Service.ReadAsync(user, SessionService.RightsAge, default)).IsOpen);
        Assert.Equal(0, _sessions.Commands.Taken);
        _sessions.World.Real.Advance(TimeSpan.FromTicks(1));
        Assert.True((await _sessions.Service.ReadAsync(user, SessionService.RightsAge, default)).IsOpen);
        Assert.InRange(_sessions.Commands.Taken, 1, 2);
    }

    [Fact]
    public async Task The_last_use_is_noted_each_minute_and_what_is_not_used_ends_and_goes()
    {
        var (used, left) = (await _sessions.SignInAsync(), await _sessions.SignInAsync());
        using var worker = new SessionWorker(_sessions.Service, _sessions.World, _sessions.World.Real, NullLogger<SessionWorker>.Instance);
        _sessions.World.Real.Advance(SessionService.Lifetime);
        Assert.True(await _sessions.IsOpenAsync(used));
        var at = _sessions.World.Real.GetUtcNow();
        _sessions.World.Real.Advance(TimeSpan.FromMinutes(1));

        await worker.RunAsync(default);

        Assert.Equal(at, (await _sessions.RowAsync(used))!.LastSeenAt);
        Assert.Null((await _sessions.RowAsync(used))!.EndedAt);
        Assert.Equal(SessionEnd.Expired, (await _sessions.RowAsync(left))!.EndReason);
        _sessions.World.Real.Advance(SessionWorker.Kept);
        await worker.RunAsync(default);
        Assert.NotNull(await _sessions.RowAsync(left));
        _sessions.World.Real.Advance(TimeSpan.FromMinutes(1));
        await worker.RunAsync(default);
        Assert.Null(await _sessions.RowAsync(left));
    }

    private static ClaimsPrincipal User(params Claim[] claims) => new(new ClaimsIdentity(claims, authenticationType: "cookie"));

    private Func<AppDbContext, Task> Change(string name) =>
        name switch
        {
            nameof(LockOut) => LockOut,
            nameof(ChangeStamp) => ChangeStamp,
            nameof(TakeRole) => TakeRole,
            nameof(ChangeRole) => ChangeRole,
            nameof(GiveRole) => GiveRole,
            _ => LetDemonstrate,
        };

    private async Task LockOut(AppDbContext db) =>
        (await db.Users.SingleAsync(u => u.Id == SessionWorld.Ann)).LockoutEnd = _sessions.World.Real.GetUtcNow().AddMinutes(5);

    private static async Task ChangeStamp(AppDbContext db) => (await db.Users.SingleAsync(u => u.Id == SessionWorld.Ann)).SecurityStamp = "second";

    private static async Task TakeRole(AppDbContext db) => db.RoleAssignments.Remove(await db.RoleAssignments.SingleAsync());

    private static async Task ChangeRole(AppDbContext db) => (await db.RoleAssignments.SingleAsync()).Role = Role.Viewer;

    private static async Task GiveRole(AppDbContext db)
    {
        var group = new PropertyManager.Domain.Properties.PropertyGroup
        {
            Id = 77,
            AccountId = 1,
            Name = "New",
            ContractId = "ctr_1",
        };
        db.Groups.Add(group);
        await db.SaveChangesAsync();
        db.RoleAssignments.Add(
            new RoleAssignment
            {
                UserId = SessionWorld.Ann,
                GroupId = group.Id,
                Role = Role.Viewer,
            }
        );
    }

    private static async Task LetDemonstrate(AppDbContext db) => (await db.Users.SingleAsync(u => u.Id == SessionWorld.Ann)).MayDemonstrate = true;
}
