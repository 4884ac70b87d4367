using System.Data.Common;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using PropertyManager.Domain;
using PropertyManager.Domain.Properties;
using PropertyManager.Web.Data;
using PropertyManager.Web.Engine;
using PropertyManager.Web.Engine.Bulk;

namespace PropertyManager.Web.Tests.Engine;

public sealed class BulkWorkTests : IAsyncLifetime, IAsyncDisposable
{
    private const string Ann = "ann";
    private const string Bob = "bob";
    private const long Unknown = 999;

    private readonly Notes _notes;
    private readonly EngineWorld _world;
    private readonly BulkDesk _desk;
    private readonly RuleSearch _search;
    private readonly Dictionary<string, ApiCaller> _callers = new(StringComparer.Ordinal);

    public BulkWorkTests()
    {
        _notes = new();
        _world = new(interceptors: _notes);
        _search = new(_world, _world.NewGate());
        _desk = new(_world, _search, _world.Real);
    }

    public async Task InitializeAsync()
    {
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
            db.RoleAssignments.Add(
                new RoleAssignment
                {
                    UserId = name,
                    GroupId = 1,
                    Role = Role.Publisher,
                }
            );
            var client = new ApiClient
            {
                UserId = name,
                Name = name,
                AccessToken = $"akab-{name}",
                CreatedAt = DateTimeOffset.UnixEpoch,
            };
            db.ApiClients.Add(client);
            await db.SaveChangesAsync();
            var access = EngineWorld.Publisher with { Email = $"{name}@shop.example" };
            _callers[name] = new(client.Id, 1, client.AccessToken, [], name, access, IsReadOnly: false, null, null, UsePrefixes: true);
        }
    }

    public ValueTask DisposeAsync()
    {
        _desk.Dispose();
        return _world.DisposeAsync();
    }

    Task IAsyncLifetime.DisposeAsync() => DisposeAsync().AsTask();

    [Fact]
    public async Task One_request_with_many_parts_does_not_hold_up_another_with_few()
    {
        var many = await AskAsync(Ann, Copies(Unknown, 25));
        var few = await AskAsync(Bob, Copies(Unknown, 1));
        // So that what is done later is seen to be later.
        _notes.Before = _ => _world.Real.Advance(TimeSpan.FromSeconds(1));

        await Work().DoAllAsync(CancellationToken.None);

        var (slow, fast) = (await PartsAsync(many), await PartsAsync(few));
        Assert.All(slow.Concat(fast), part => Assert.Equal("not-found", part.Refusal?.Code));
        Assert.InRange(fast[0].EndedAt!.Value, slow[0].EndedAt!.Value, slow[10].EndedAt!.Value);
    }

    [Fact]
    public async Task What_became_of_a_part_and_that_the_next_is_begun_is_one_note()
    {
        await AskAsync(Ann, Copies(Unknown, 10));

        await Work().DoAllAsync(CancellationToken.None);

        Assert.Equal(11, _notes.Count);
    }

    [Fact]
    public async Task A_note_writes_what_it_is_about_and_nothing_else()
    {
        var patch = JsonSerializer.SerializeToElement(
            new[]
            {
                new
                {
                    op = "add",
                    path = "/rules/comments",
                    value = new string('x', 2_000),
                },
            }
        );
        var asked = await _desk.SubmitAsync(
            BulkDesk.Patches,
            [.. Enumerable.Repeat(new PatchPart(EngineWorld.Shop, 4, null, patch), 25)],
            _callers[Ann],
            [1],
            CancellationToken.None
        );
        var before = await DocumentAsync(asked.Id!.Value);
        _notes.Written.Clear();

        await Work().DoAllAsync(CancellationToken.None);

        Assert.All(await PartsAsync(asked.Id.Value), part => Assert.Equal(BulkState.Complete, part.State));
        Assert.Equal(before, await DocumentAsync(asked.Id.Value));
        // The part that is over, and the one that is begun.
        Assert.InRange(_notes.Written.Max(), 2_000, 2 * 6_000);
    }

    [Fact]
    public async Task A_document_is_read_when_its_turn_has_come()
    {
        await AskAsync(Ann, Copies(Unknown, 1));
        await AskAsync(Bob, Copies(Unknown, 1));
        _notes.Queries.Clear();

        await Work().DoAllAsync(CancellationToken.None);

        var documents = _notes.Queries.Where(query => query.Contains("\"Document\"", StringComparison.Ordinal)).ToList();
        Assert.Equal(2, documents.Count);
        Assert.All(documents, query => Assert.Contains("\"Id\" = ", query, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(31, 0)]
    [InlineData(0, -10)]
    public async Task What_could_not_be_noted_is_found_again_and_the_rest_is_done_once(int secondsLater, int clockSetByMinutes)
    {
        var id = await AskAsync(Ann, Copies(EngineWorld.Shop, 3));
        _notes.Before = count =>
        {
            if (count == 2)
                throw new SqliteException("The disk is full.", 13);
        };

        await Work().DoAllAsync(CancellationToken.None);
        // Too early: whoever began it may still be at work.
        await Work().DoAllAsync(CancellationToken.None);
        var halfway = await PartsAsync(id);
        _world.Real.Advance(TimeSpan.FromSeconds(secondsLater));
        _world.Real.SetWallClock(TimeSpan.FromMinutes(clockSetByMinutes));
        await Work().DoAllAsync(CancellationToken.None);

        Assert.Equal([BulkState.InProgress, BulkState.Pending, BulkState.Pending], halfway.Select(part => part.State));
        Assert.All(await PartsAsync(id), part => Assert.Null(part.Refusal?.Message));
        Assert.Equal([5, 6, 7], (await PartsAsync(id)).Cast<VersionPart>().Select(part => part.Made));
        await using var db = _world.CreateDbContext();
        Assert.Equal(7, await db.Versions.CountAsync(v => v.PropertyId == EngineWorld.Shop));
    }

    [Fact]
    public async Task A_request_that_cannot_be_read_holds_up_no_other()
    {
        var broken = await AskAsync(Ann, Copies(Unknown, 1));
        var good = await AskAsync(Bob, Copies(Unknown, 1));
        await using (var db = _world.CreateDbContext())
            await db.BulkRequests.Where(b => b.Id == broken).ExecuteUpdateAsync(set => set.SetProperty(b => b.Document, "{"));

        await Work().DoAllAsync(CancellationToken.None);

        Assert.True((await PartsAsync(good))[0].IsOver);
    }

    [Fact]
    public async Task What_is_left_of_a_locked_out_person_s_request_is_not_done()
    {
        var left = await AskAsync(Ann, Copies(Unknown, 2));
        var other = await AskAsync(Bob, Copies(Unknown, 1));
        await using (var db = _world.CreateDbContext())
        {
            var ann = await db.Users.SingleAsync(user => user.Id == Ann);
            (ann.LockoutEnabled, ann.LockoutEnd) = (true, _world.Real.GetUtcNow() + TimeSpan.FromMinutes(5));
            await db.SaveChangesAsync();
        }

        await Work().DoAllAsync(CancellationToken.None);

        Assert.All(await PartsAsync(left), part => Assert.Equal("client-revoked", part.Refusal?.Code));
        Assert.Equal("not-found", (await PartsAsync(other))[0].Refusal?.Code);
    }

    [Fact]
    public async Task What_was_done_a_week_ago_is_dropped()
    {
        var work = Work();
        await AskAsync(Ann, Copies(Unknown, 1));
        var open = await AskAsync(Bob, Copies(Unknown, 1));
        await using (var db = _world.CreateDbContext())
            await db.BulkRequests.Where(b => b.Id == open).ExecuteUpdateAsync(set => set.SetProperty(b => b.Document, "cannot be done"));
        await work.DoAllAsync(CancellationToken.None);
        _world.Real.Advance(TimeSpan.FromDays(1));
        var young = await AskAsync(Ann, Copies(Unknown, 1));
        await work.DoAllAsync(CancellationToken.None);
        var before = await IdsAsync();

        _world.Real.Advance(TimeSpan.FromDays(6) + TimeSpan.FromMinutes(1));
        await work.DoAllAsync(CancellationToken.None);

        Assert.Equal(3, before.Count);
        Assert.Equal([open, young], await IdsAsync());
        await using (var db = _world.CreateDbContext())
            Assert.Equal([young], await db.BulkOutcomes.Select(o => o.RequestId).ToListAsync());
    }

    [Fact]
    public async Task A_person_has_so_many_open_requests_at_a_time_and_others_have_theirs()
    {
        var asked = await Task.WhenAll(Enumerable.Range(0, BulkDesk.MostOpen + 10).Select(_ => Task.Run(() => SubmitAsync(Ann, Copies(Unknown, 1)))));

        Assert.Equal(BulkDesk.MostOpen, asked.Count(answer => answer.Id is not null));
        Assert.All(asked.Where(answer => answer.Id is null), answer => Assert.Equal("too-many-open", answer.Refusal!.Code));
        Assert.NotNull((await SubmitAsync(Bob, Copies(Unknown, 1))).Id);
        await Work().DoAllAsync(CancellationToken.None);
        Assert.NotNull((await SubmitAsync(Ann, Copies(Unknown, 1))).Id);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Of_what_is_done_so_many_are_kept_of_a_person_and_the_oldest_are_dropped(bool isSearch)
    {
        var open = await AskAsync(Ann, Copies(Unknown, 1));
        var ofAnother = await AskAsync(Bob, Copies(Unknown, 1));
        await using (var db = _world.CreateDbContext())
        {
            await db.BulkRequests.Where(b => b.Id == ofAnother).ExecuteUpdateAsync(set => set.SetProperty(b => b.IsDone, true));
            db.BulkRequests.AddRange(
                Enumerable
                    .Range(0, 1 + BulkDesk.MostKept + 2)
                    .Select(i => new BulkRequest
                    {
                        // The first is of another kind, and stays.
                        Kind =
                            i == 0 ? BulkDesk.Patches
                            : isSearch ? BulkDesk.Searches
                            : BulkDesk.Versions,
                        UserId = Ann,
                        SubmittedAt = _world.Real.GetUtcNow(),
                        UpdatedAt = _world.Real.GetUtcNow(),
                        IsDone = true,
                        Document = "{}",
                    })
            );
            await db.SaveChangesAsync();
        }
        var before = await IdsAsync();

        var made = isSearch
            ? (await _desk.SearchAsync(new("$.name", [], null), _callers[Ann], [1], CancellationToken.None)).Id!.Value
            : await AskAsync(Ann, Copies(Unknown, 1));

        Assert.Equal([.. before.Take(3), .. before.Skip(3 + 3), made], await IdsAsync());
        Assert.Equal([open, ofAnother], before.Take(2));
    }

    [Fact]
    public async Task A_search_that_finds_too_much_in_all_reads_no_further()
    {
        await _world.AddPropertiesAsync(Enumerable.Range(10, 23).Select(id => ((long)id, 1.0)));
        var behaviors = string.Join(',', Enumerable.Repeat("{}", 1000));
        var rules = $$"""{"rules":{"behaviors":[{{behaviors}}]} }""";
        await using (var db = _world.CreateDbContext())
        {
            await db.Versions.Where(v => v.PropertyId < 30).ExecuteUpdateAsync(set => set.SetProperty(v => v.Rules, """{"rules":{} }"""));
            await db.Versions.Where(v => v.PropertyId >= 10 && v.PropertyId <= 30).ExecuteUpdateAsync(set => set.SetProperty(v => v.Rules, rules));
            // Whoever read on would fall over it.
            await db.Versions.Where(v => v.PropertyId > 30).ExecuteUpdateAsync(set => set.SetProperty(v => v.Rules, "no JSON"));
        }

        var tooMany = await _search.DoAsync(new("$.behaviors[*]", [], null), EngineWorld.Publisher, CancellationToken.None);
        await using (var db = _world.CreateDbContext())
            await db.Versions.Where(v => v.PropertyId >= 30).ExecuteUpdateAsync(set => set.SetProperty(v => v.Rules, """{"rules":{} }"""));
        var justEnough = await _search.DoAsync(new("$.behaviors[*]", [], null), EngineWorld.Publisher, CancellationToken.None);

        Assert.Equal("query-too-broad", tooMany.Refusal?.Code);
        Assert.Contains("20,000 places in all", tooMany.Refusal!.Message, StringComparison.Ordinal);
        Assert.Empty(tooMany.Hits);
        Assert.Equal((null, RuleSearch.MostPlacesInAll), (justEnough.Refusal, justEnough.Hits.Sum(hit => hit.Places.Count)));
    }

    private static BulkPart[] Copies(long propertyId, int count) => [.. Enumerable.Repeat(new VersionPart(propertyId, 1, null), count)];

    private Task<(long? Id, Refusal? Refusal)> SubmitAsync(string person, IReadOnlyList<BulkPart> parts) =>
        _desk.SubmitAsync(BulkDesk.Versions, parts, _callers[person], [1], CancellationToken.None);

    private async Task<long> AskAsync(string person, IReadOnlyList<BulkPart> parts) => (await SubmitAsync(person, parts)).Id!.Value;

    private async Task<IReadOnlyList<BulkPart>> PartsAsync(long id)
    {
        await using var db = _world.CreateDbContext();
        var document = await db.BulkRequests.Where(b => b.Id == id).Select(b => b.Document).SingleAsync();
        return BulkJob.Read(document, await db.BulkOutcomes.Where(o => o.RequestId == id).ToListAsync()).Parts;
    }

    private async Task<string> DocumentAsync(long id)
    {
        await using var db = _world.CreateDbContext();
        return await db.BulkRequests.Where(b => b.Id == id).Select(b => b.Document).SingleAsync();
    }

    private async Task<IReadOnlyList<long>> IdsAsync()
    {
        await using var db = _world.CreateDbContext();
        return await db.BulkRequests.OrderBy(b => b.Id).Select(b => b.Id).ToListAsync();
    }

    /// <summary>As a process that was just started has it.</summary>
    private BulkWork Work()
    {
        var versions = new VersionDesk(_world, new VersionHeads(_world, _world.Real), _world.Real);
        return new(
            _world,
            _desk,
            new BulkActivations(_world, _world.StartNode().Desk),
            new BulkVersions(_world, versions),
            _search,
            new ApiCallers(_world, new AccessReader(_world), _world.AccessChanges, new EphemeralDataProtectionProvider(), _world.Real),
            _world.Real,
            NullLogger<BulkWork>.Instance
        );
    }

    /// <summary>Counts what is noted of requests, and has a say before each note.</summary>
    private sealed class Notes : DbCommandInterceptor
    {
        public int Count { get; private set; }

        public List<string> Queries { get; } = [];

        /// <summary>Characters that each statement gave to requests and what became of them.</summary>
        public List<int> Written { get; } = [];

        /// <summary>Is given the number of the note, from 1.</summary>
        public Action<int>? Before { get; set; }

        public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
            DbCommand command,
            CommandEventData eventData,
            InterceptionResult<int> result,
            CancellationToken cancellationToken = default
        )
        {
            if (command.CommandText.StartsWith("UPDATE \"BulkRequests\"", StringComparison.Ordinal))
            {
                Count++;
                Before?.Invoke(Count);
            }
            Weigh(command);
            return ValueTask.FromResult(result);
        }

        public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
            DbCommand command,
            CommandEventData eventData,
            InterceptionResult<DbDataReader> result,
            CancellationToken cancellationToken = default
        )
        {
            lock (Queries)
            {
                if (
                    command.CommandText.StartsWith("SELECT", StringComparison.Ordinal)
                    && command.CommandText.Contains("\"BulkRequests\"", StringComparison.Ordinal)
                )
                    Queries.Add(command.CommandText);
            }
            Weigh(command);
            return ValueTask.FromResult(result);
        }

        private void Weigh(DbCommand command)
        {
            if (
                !command.CommandText.StartsWith("SELECT", StringComparison.Ordinal)
                && command.CommandText.Contains("\"Bulk", StringComparison.Ordinal)
            )
                Written.Add(command.Parameters.Cast<DbParameter>().Sum(parameter => (parameter.Value as string)?.Length ?? 0));
        }
    }
}
