using System.Text.RegularExpressions;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using PropertyManager.Domain.Properties;
using PropertyManager.Web.Data;
using PropertyManager.Web.Engine;

namespace PropertyManager.Web.Tests.Engine;

public sealed class ApiClientDeskTests : IAsyncLifetime, IAsyncDisposable
{
    private const string Ann = "ann";
    private const string Bob = "bob";
    private const long Foreign = 900;

    private static readonly ApiClientWish All = new("Pipeline", IsReadOnly: false, Groups: null);

    private readonly EngineWorld _world = new();
    private ApiCallers _callers = null!;
    private ApiClientDesk _desk = null!;

    public async Task InitializeAsync()
    {
        var access = new AccessReader(_world);
        _callers = new ApiCallers(_world, access, _world.AccessChanges, new EphemeralDataProtectionProvider(), _world.Real);
        _desk = new ApiClientDesk(_world, access, _callers, _world.Real);
        await using var db = _world.CreateDbContext();
        foreach (var name in (string[])[Ann, Bob])
        {
            db.Users.Add(
                new AppUser
                {
                    Id = name,
                    Name = name,
                    Email = $"{name}@shop.example",
                }
            );
        }
        db.Accounts.Add(new Account { Id = Foreign, Name = "Others" });
        db.Groups.Add(
            new PropertyGroup
            {
                Id = Foreign,
                AccountId = Foreign,
                Name = "Others",
                ContractId = "ctr_9",
            }
        );
        Assign(db, Ann, 1, Role.Publisher);
        // An admin of the same group has no more to say about what is Ann's.
        Assign(db, Bob, 1, Role.Admin);
        await db.SaveChangesAsync();
    }

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    Task IAsyncLifetime.DisposeAsync() => DisposeAsync().AsTask();

    [Fact]
    public async Task A_client_is_made_with_a_key_that_is_shown_once_and_stored_encrypted()
    {
        var key = (await _desk.CreateAsync(Ann, All with { Name = "  Pipeline " }, default)).Key!;

        Assert.Matches(new Regex("^akab-[a-z0-9]{16}-[a-z0-9]{16}$", RegexOptions.None, TimeSpan.FromSeconds(1)), key.ClientToken);
        Assert.Matches(new Regex("^akab-[a-z0-9]{16}-[a-z0-9]{16}$", RegexOptions.None, TimeSpan.FromSeconds(1)), key.AccessToken);
        Assert.Equal(32, Convert.FromBase64String(key.ClientSecret).Length);
        Assert.DoesNotContain(key.ClientSecret, key.ToString(), StringComparison.Ordinal);
        await using var db = _world.CreateDbContext();
        var stored = await db.ApiClients.Include(client => client.Credentials).SingleAsync();
        Assert.Equal(("Pipeline", Ann, _world.Real.GetUtcNow()), (stored.Name, stored.UserId, stored.CreatedAt));
        Assert.DoesNotContain(key.ClientSecret, Assert.Single(stored.Credentials).ProtectedSecret, StringComparison.Ordinal);
        var caller = await _callers.FindAsync(key.ClientToken, default);
        Assert.Equal(key.ClientSecret, System.Text.Encoding.UTF8.GetString(caller!.Secret));
        Assert.Equal(Role.Publisher, caller.Access.Roles[1]);
    }

    [Theory]
    [InlineData("", ApiClientWish.InvalidName)]
    [InlineData(" \t", ApiClientWish.InvalidName)]
    [InlineData("two\nlines", ApiClientWish.InvalidName)]
    [InlineData("pipeline", ApiClientWish.InvalidName)]
    public async Task A_name_says_what_it_is_for_and_stands_once(string name, string code)
    {
        await _desk.CreateAsync(Ann, All, default);

        Assert.Equal(code, (await _desk.CreateAsync(Ann, All with { Name = name }, default)).Refusal?.Code);
        Assert.Single(await _desk.ListAsync(Ann, default));
    }

    [Fact]
    public async Task A_name_is_as_long_as_it_may_be()
    {
        var longest = new string('n', ApiClient.NameLength);

        Assert.Null((await _desk.CreateAsync(Ann, All with { Name = longest }, default)).Refusal);
        Assert.Equal(ApiClientWish.InvalidName, (await _desk.CreateAsync(Ann, All with { Name = longest + "n" }, default)).Refusal?.Code);
    }

    [Fact]
    public async Task It_is_confined_to_groups_that_its_maker_sees_and_never_to_none()
    {
        Assert.Equal(ApiClientWish.InvalidGroups, (await _desk.CreateAsync(Ann, All with { Groups = [] }, default)).Refusal?.Code);
        Assert.Equal(ApiClientWish.InvalidGroups, (await _desk.CreateAsync(Ann, All with { Groups = [1, Foreign] }, default)).Refusal?.Code);
        Assert.Equal(ApiClientWish.InvalidGroups, (await _desk.CreateAsync(Ann, All with { Groups = [77] }, default)).Refusal?.Code);
        Assert.Equal("not-permitted", (await _desk.CreateAsync("nobody", All, default)).Refusal?.Code);
        Assert.Empty(await _desk.ListAsync(Ann, default));

        Assert.Null((await _desk.CreateAsync(Ann, All with { Groups = [1] }, default)).Refusal);
    }

    [Fact]
    public async Task What_is_changed_counts_at_the_next_request()
    {
        var key = (await _desk.CreateAsync(Ann, All, default)).Key!;
        Assert.Equal(Role.Publisher, (await _callers.FindAsync(key.ClientToken, default))!.Access.Roles[1]);

        Assert.Null(await _desk.ChangeAsync(Ann, key.ClientId, new("Reader", IsReadOnly: true, [1]), default));

        var access = (await _callers.FindAsync(key.ClientToken, default))!.Access;
        Assert.Equal((Role.Viewer, "Reader"), (access.Roles[1], access.Client));
        Assert.Equal(ApiClientWish.InvalidGroups, (await _desk.ChangeAsync(Ann, key.ClientId, All with { Groups = [Foreign] }, default))?.Code);
    }

    [Fact]
    public async Task Two_keys_work_at_a_time_so_that_one_takes_the_other_s_place()
    {
        var first = (await _desk.CreateAsync(Ann, All, default)).Key!;
        var second = (await _desk.AddKeyAsync(Ann, first.ClientId, default)).Key!;
        Assert.Equal((first.AccessToken, first.ClientId), (second.AccessToken, second.ClientId));
        Assert.NotEqual(first.ClientSecret, second.ClientSecret, StringComparer.Ordinal);
        Assert.Equal("too-many-keys", (await _desk.AddKeyAsync(Ann, first.ClientId, default)).Refusal?.Code);

        var old = Assert.Single(await _desk.ListAsync(Ann, default)).Keys[^1];
        Assert.Equal(first.ClientToken, old.ClientToken);
        Assert.Null(await _desk.RevokeKeyAsync(Ann, first.ClientId, old.Id, default));
        var revoked = _world.Real.GetUtcNow();
        _world.Real.Advance(TimeSpan.FromMinutes(1));
        Assert.Null(await _desk.RevokeKeyAsync(Ann, first.ClientId, old.Id, default));

        Assert.Equal(revoked, (await _callers.FindAsync(first.ClientToken, default))!.RevokedAt);
        Assert.Null((await _callers.FindAsync(second.ClientToken, default))!.RevokedAt);
        Assert.Null((await _desk.AddKeyAsync(Ann, first.ClientId, default)).Refusal);
    }

    [Fact]
    public async Task Of_many_who_want_a_key_at_the_same_time_one_gets_it()
    {
        var first = (await _desk.CreateAsync(Ann, All, default)).Key!;

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => _desk.AddKeyAsync(Ann, first.ClientId, default))));

        Assert.Single(answers, answer => answer.Key is not null);
        Assert.Equal(2, Assert.Single(await _desk.ListAsync(Ann, default)).WorkingKeys);
    }

    [Fact]
    public async Task A_revoked_client_stays_revoked_and_gives_its_name_back()
    {
        var key = (await _desk.CreateAsync(Ann, All, default)).Key!;

        Assert.Null(await _desk.RevokeAsync(Ann, key.ClientId, default));

        Assert.Equal(_world.Real.GetUtcNow(), (await _callers.FindAsync(key.ClientToken, default))!.RevokedAt);
        Assert.Equal("api-client-revoked", (await _desk.AddKeyAsync(Ann, key.ClientId, default)).Refusal?.Code);
        Assert.Equal("api-client-revoked", (await _desk.ChangeAsync(Ann, key.ClientId, All, default))?.Code);
        Assert.NotNull((await _desk.CreateAsync(Ann, All, default)).Key);
        Assert.Equal([false, true], (await _desk.ListAsync(Ann, default)).Select(client => client.RevokedAt is not null));
    }

    [Fact]
    public async Task Nobody_sees_or_changes_another_s_clients()
    {
        var key = (await _desk.CreateAsync(Ann, All, default)).Key!;
        var credential = Assert.Single(Assert.Single(await _desk.ListAsync(Ann, default)).Keys);

        Assert.Empty(await _desk.ListAsync(Bob, default));
        Assert.Equal("not-found", (await _desk.AddKeyAsync(Bob, key.ClientId, default)).Refusal?.Code);
        Assert.Equal("not-found", (await _desk.ChangeAsync(Bob, key.ClientId, All, default))?.Code);
        Assert.Equal("not-found", (await _desk.RevokeKeyAsync(Bob, key.ClientId, credential.Id, default))?.Code);
        Assert.Equal("not-found", (await _desk.RevokeAsync(Bob, key.ClientId, default))?.Code);
        // Nor a key by way of a client of one's own.
        var own = (await _desk.CreateAsync(Bob, All, default)).Key!;
        Assert.Equal("not-found", (await _desk.RevokeKeyAsync(Bob, own.ClientId, credential.Id, default))?.Code);
        Assert.Null((await _callers.FindAsync(key.ClientToken, default))!.RevokedAt);
    }

    [Fact]
    public async Task A_person_has_so_many_clients_at_most()
    {
        for (var i = 0; i < ApiClientDesk.MostClients; i++)
            Assert.NotNull((await _desk.CreateAsync(Ann, All with { Name = $"Client {i}" }, default)).Key);

        Assert.Equal("too-many-api-clients", (await _desk.CreateAsync(Ann, All, default)).Refusal?.Code);
    }

    [Fact]
    public async Task A_key_whose_encryption_is_lost_lets_nobody_in()
    {
        var key = (await _desk.CreateAsync(Ann, All, default)).Key!;
        var elsewhere = new ApiCallers(_world, new AccessReader(_world), _world.AccessChanges, new EphemeralDataProtectionProvider(), _world.Real);

        Assert.Null(await elsewhere.FindAsync(key.ClientToken, default));
        Assert.False(elsewhere.Holds(key.ClientToken));
    }

    [Fact]
    public async Task Only_tokens_that_there_are_are_held()
    {
        var key = (await _desk.CreateAsync(Ann, All, default)).Key!;
        await _callers.FindAsync(key.ClientToken, default);
        await _callers.FindAsync("akab-guess", default);
        _callers.Forget();

        Assert.True(_callers.Holds(key.ClientToken));
        Assert.False(_callers.Holds("akab-guess"));
    }

    [Fact]
    public async Task Settings_of_one_client_let_what_is_known_of_others_stand()
    {
        var one = (await _desk.CreateAsync(Ann, All, default)).Key!;
        var other = (await _desk.CreateAsync(Bob, All, default)).Key!;
        var (before, held) = (await _callers.FindAsync(one.ClientToken, default), await _callers.FindAsync(other.ClientToken, default));

        await new ClientSettings(_world, _callers).ChangeAsync(before!, ruleFormat: null, usePrefixes: false, default);

        Assert.Equal((true, false), (before!.UsePrefixes, (await _callers.FindAsync(one.ClientToken, default))!.UsePrefixes));
        Assert.Same(held, await _callers.FindAsync(other.ClientToken, default));
    }

    [Fact]
    public async Task The_last_use_of_a_key_is_noted_once_a_minute_whatever_the_wall_clock_is_set_to()
    {
        var key = (await _desk.CreateAsync(Ann, All, default)).Key!;
        var caller = (await _callers.FindAsync(key.ClientToken, default))!;
        await _callers.UsedAsync(caller, default);
        var first = _world.Real.GetUtcNow();

        _world.Real.SetWallClock(TimeSpan.FromMinutes(10));
        await _callers.UsedAsync(caller, default);
        Assert.Equal(first, await LastUsedAsync());
        _world.Real.SetWallClock(TimeSpan.FromMinutes(-20));
        _world.Real.Advance(TimeSpan.FromSeconds(61));
        await _callers.UsedAsync(caller, default);
        Assert.Equal(_world.Real.GetUtcNow(), await LastUsedAsync());

        async Task<DateTimeOffset?> LastUsedAsync()
        {
            await using var db = _world.CreateDbContext();
            return await db.ApiCredentials.Where(c => c.Id == caller.CredentialId).Select(c => c.LastUsedAt).SingleAsync();
        }
    }

    [Fact]
    public async Task Groups_under_others_are_looked_for_in_their_own_accounts()
    {
        await using var db = _world.CreateDbContext();
        foreach (var (id, account, under) in new[] { (20L, 1L, 1L), (21L, 1L, 20L), (901L, Foreign, Foreign), (902L, Foreign, 1L) })
        {
            db.Groups.Add(
                new PropertyGroup
                {
                    Id = id,
                    AccountId = account,
                    ParentId = under,
                    Name = $"Group {id}",
                    ContractId = "ctr_1",
                }
            );
        }
        await db.SaveChangesAsync();
        var reader = new AccessReader(_world);

        // What says that it is under a group of another account is not read.
        Assert.Equal([1L, 20L, 21L], (await reader.UnderAsync([1L], default)).Order());
        Assert.Equal([21L, Foreign, 901L], (await reader.UnderAsync([21L, Foreign], default)).Order());
    }

    private static void Assign(AppDbContext db, string user, long group, Role role) =>
        db.RoleAssignments.Add(
            new RoleAssignment
            {
                UserId = user,
                GroupId = group,
                Role = role,
            }
        );
}
