using Microsoft.EntityFrameworkCore;
using PropertyManager.Domain;
using PropertyManager.Domain.Configuration;
using PropertyManager.Domain.Properties;
using PropertyManager.Web.Data;
using PropertyManager.Web.Engine;

namespace PropertyManager.Web.Tests.Engine;

public sealed class VersionDeskTests : IAsyncDisposable
{
    private readonly EngineWorld _world = new();
    private readonly VersionDesk _desk;
    private readonly DraftDesk _drafts;

    public VersionDeskTests()
    {
        _desk = new(_world, new VersionHeads(_world, TimeProvider.System), TimeProvider.System);
        _drafts = new(_world, TimeProvider.System);
    }

    private static Access Editor => EngineWorld.Publisher;

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task A_new_version_says_what_the_version_says_that_it_is_based_on()
    {
        var (number, refusal) = await _desk.CreateAsync(EngineWorld.Shop, 4, content: null, requestKey: null, Editor, default);

        var made = await ReadAsync(5);
        var before = await ReadAsync(4);
        Assert.Equal((5, null), (number, refusal));
        Assert.Equal((4, "", 12, false), (made.BasedOn, made.Notes, made.Hostnames.Count, made.IsLocked));
        Assert.Equal(VersionView.ContentOf(before).Write(), VersionView.ContentOf(made).Write());
    }

    [Fact]
    public async Task The_same_request_sent_twice_makes_one_version_and_another_request_another()
    {
        var (key, other) = (Guid.NewGuid(), Guid.NewGuid());

        var answers = await Task.WhenAll(
            Enumerable
                .Range(0, 20)
                .Select(i => Task.Run(() => _desk.CreateAsync(EngineWorld.Shop, 4, null, i % 2 == 0 ? key : other, Editor, default)))
        );
        // Somebody who had no answer asks again later.
        var late = await _desk.CreateAsync(EngineWorld.Shop, 4, null, key, Editor, default);

        Assert.All(answers, answer => Assert.Null(answer.Refusal));
        Assert.Equal([5, 6], answers.Select(answer => answer.Number!.Value).Distinct().Order());
        Assert.Equal(answers[0].Number, late.Number);
        Assert.Single(answers.Where((_, i) => i % 2 == 0).Select(answer => answer.Number).Distinct());
        await using var db = _world.CreateDbContext();
        Assert.Equal(6, await db.Versions.CountAsync(v => v.PropertyId == EngineWorld.Shop));
        // The key is a property's own: elsewhere the same one makes a version.
        Assert.Equal(5, (await _desk.CreateAsync(EngineWorld.Blog, 4, null, key, Editor, default)).Number);
    }

    [Fact]
    public async Task A_request_that_is_repeated_is_refused_to_whoever_lost_the_right()
    {
        var key = Guid.NewGuid();
        await _desk.CreateAsync(EngineWorld.Shop, 4, null, key, Editor, default);

        var (number, refusal) = await _desk.CreateAsync(EngineWorld.Shop, 4, null, key, Access.None, default);

        Assert.Equal((null, "not-found"), (number, refusal?.Code));
    }

    [Fact]
    public async Task Saving_changes_everything_at_once_and_says_the_next_revision()
    {
        var content = Content("first") with { Hostnames = [new("a.example", "a.example.edgekey.net"), new("b.example", "a.example.edgekey.net")] };

        var saved = await _desk.SaveAsync(EngineWorld.Shop, 2, 1, content, Editor, default);
        var again = await _desk.SaveAsync(EngineWorld.Shop, 2, 2, Content("second"), Editor, default);

        Assert.Equal((2, 3), (saved.Revision, again.Revision));
        var stored = await ReadAsync(2);
        Assert.Equal(("second", 3, 1), (stored.Notes, stored.Revision, stored.Hostnames.Count));
        Assert.Contains("Say second", stored.Rules, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_two_who_change_the_same_version_the_second_is_shown_what_the_first_made_and_overwrites_nothing()
    {
        await _desk.SaveAsync(EngineWorld.Shop, 2, 1, Content("theirs"), Editor, default);

        var mine = await _desk.SaveAsync(EngineWorld.Shop, 2, 1, Content("mine"), Editor, default);

        Assert.Equal((null, null, "theirs", 2), (mine.Revision, mine.Refusal, mine.Meanwhile?.Notes, mine.Meanwhile?.Revision));
        Assert.Equal("theirs", (await ReadAsync(2)).Notes);
    }

    [Fact]
    public async Task Of_twenty_saves_of_one_revision_one_counts()
    {
        var answers = await Task.WhenAll(
            Enumerable.Range(0, 20).Select(i => Task.Run(() => _desk.SaveAsync(EngineWorld.Shop, 2, 1, Content($"number {i}"), Editor, default)))
        );

        var winner = Array.FindIndex(answers, answer => answer.Revision == 2);
        Assert.Equal(19, answers.Count(answer => answer.Meanwhile is { Revision: 2 }));
        Assert.Equal($"number {winner}", (await ReadAsync(2)).Notes);
    }

    [Fact]
    public async Task A_version_that_was_ever_activated_stays_as_it_is()
    {
        var node = _world.StartNode();
        await node.ActivateAsync(new(EngineWorld.Shop, 2, Network.Staging, Acknowledged: true));

        var answer = await _desk.SaveAsync(EngineWorld.Shop, 2, 1, Content("late"), Editor, default);

        Assert.Equal("version-locked", answer.Refusal?.Code);
        Assert.True((await ReadAsync(2)).IsLocked);
        Assert.Equal("", (await ReadAsync(2)).Notes);
    }

    [Fact]
    public async Task Whoever_may_not_edit_saves_nothing_and_keeps_no_draft()
    {
        var viewer = Editor with { Roles = new Dictionary<long, Role> { [1] = Role.Viewer } };

        var answers = new[]
        {
            (await _desk.SaveAsync(EngineWorld.Shop, 2, 1, Content("x"), viewer, default)).Refusal,
            (await _desk.SaveAsync(EngineWorld.Shop, 2, 1, Content("x"), Access.None, default)).Refusal,
            (await _desk.SaveAsync(EngineWorld.Shop, 99, 1, Content("x"), Editor, default)).Refusal,
            (await _desk.CreateAsync(EngineWorld.Shop, 1, null, null, viewer, default)).Refusal,
            (await _desk.CreateAsync(EngineWorld.Shop, 99, null, null, Editor, default)).Refusal,
            (await _desk.SaveAsync(EngineWorld.Shop, 2, 1, Content(new string('x', 1001)), Editor, default)).Refusal,
            (
                await _desk.SaveAsync(
                    EngineWorld.Shop,
                    2,
                    1,
                    Content("x") with
                    {
                        Hostnames = [new("a.b", "c.d"), new("A.b", "c.d")],
                    },
                    Editor,
                    default
                )
            ).Refusal,
            await _drafts.KeepAsync(EngineWorld.Shop, 2, 1, Content("before"), Content("x"), null, viewer, default),
        };

        Assert.Equal(
            "not-permitted not-found not-found not-permitted not-found note-too-long hostname-twice not-permitted",
            string.Join(' ', answers.Select(refusal => refusal?.Code ?? "done"))
        );
        Assert.Equal((1, ""), ((await ReadAsync(2)).Revision, (await ReadAsync(2)).Notes));
    }

    [Fact]
    public async Task A_draft_is_each_persons_own_and_ends_with_their_save()
    {
        var other = Editor with { Email = "bob@shop.example" };
        await _drafts.KeepAsync(EngineWorld.Shop, 2, 1, Content("before"), Content("mine"), "{ not yet", Editor, default);
        await _drafts.KeepAsync(EngineWorld.Shop, 2, 1, Content("before"), Content("mine, later"), null, Editor, default);

        var draft = await _drafts.FindAsync(EngineWorld.Shop, 2, Editor, default);
        Assert.Equal((1, null), (draft?.Revision, draft?.Unread));
        Assert.Equal("mine, later", PropertyVersionDocument.Parse(draft!.Document).Value?.Note);
        Assert.Null(await _drafts.FindAsync(EngineWorld.Shop, 2, other, default));
        Assert.Null(await _drafts.FindAsync(EngineWorld.Shop, 3, Editor, default));

        await _drafts.KeepAsync(EngineWorld.Shop, 2, 1, Content("before"), Content("theirs"), null, other, default);
        await _desk.SaveAsync(EngineWorld.Shop, 2, 1, Content("mine, later"), Editor, default);
        Assert.Null(await _drafts.FindAsync(EngineWorld.Shop, 2, Editor, default));
        await _drafts.DropAsync(EngineWorld.Shop, 2, other, default);
        Assert.Null(await _drafts.FindAsync(EngineWorld.Shop, 2, other, default));
    }

    [Fact]
    public async Task What_is_activated_is_what_was_looked_at()
    {
        var node = _world.StartNode();
        var order = new ActivationOrder(EngineWorld.Shop, 2, Network.Staging, Acknowledged: true, Revision: 1);
        await _desk.SaveAsync(EngineWorld.Shop, 2, 1, Content("other"), Editor, default);

        var late = await node.Desk.SubmitAsync(order, Editor, default);
        var preview = await node.PreviewAsync(EngineWorld.Shop, 2, Network.Staging, Editor);

        Assert.Equal(("version-changed", 2), (late.Refusal?.Code, preview?.Revision));
        Assert.False((await ReadAsync(2)).IsLocked);
    }

    [Fact]
    public async Task What_could_not_be_read_back_is_not_saved()
    {
        var nameless = Content("x") with { Rules = new RuleTree(new Rule("default") { Children = [new Rule("")] }) };
        var many = Content("x") with { Rules = new RuleTree(new Rule("default") { Children = [.. Enumerable.Repeat(new Rule("r"), 600)] }) };
        var deep = Content("x") with
        {
            Rules = new RuleTree(Enumerable.Range(0, 8).Aggregate(new Rule("r"), (below, _) => new Rule("r") { Children = [below] })),
        };
        var edge = Content("x") with { Hostnames = [new("a.example", "no edge")] };

        var refusals = new List<Refusal?>();
        foreach (var content in new[] { nameless, many, deep, edge })
            refusals.Add((await _desk.SaveAsync(EngineWorld.Shop, 2, 1, content, Editor, default)).Refusal);

        Assert.Equal(
            "rules-invalid rules-invalid rules-invalid hostname-invalid",
            string.Join(' ', refusals.Select(refusal => refusal?.Code ?? "saved"))
        );
        Assert.Contains("601 rules", refusals[1]!.Message, StringComparison.Ordinal);
        Assert.Contains("9 levels", refusals[2]!.Message, StringComparison.Ordinal);
        Assert.Equal(1, (await ReadAsync(2)).Revision);
    }

    [Fact]
    public async Task What_a_persons_program_saves_leaves_what_they_have_open_on_the_screen()
    {
        await _drafts.KeepAsync(EngineWorld.Shop, 2, 1, Content("before"), Content("on the screen"), null, Editor, default);

        await _desk.SaveAsync(EngineWorld.Shop, 2, 1, Content("by program"), Editor with { Client = "pipeline" }, default);

        Assert.Contains("on the screen", (await _drafts.FindAsync(EngineWorld.Shop, 2, Editor, default))!.Document, StringComparison.Ordinal);
        await _desk.SaveAsync(EngineWorld.Shop, 2, 2, Content("by hand"), Editor, default);
        Assert.Null(await _drafts.FindAsync(EngineWorld.Shop, 2, Editor, default));
    }

    [Fact]
    public async Task Checking_says_what_saving_would_and_saves_nothing()
    {
        var good = await _desk.CheckAsync(EngineWorld.Shop, 2, 1, Content("x"), Editor, default);
        var stale = await _desk.CheckAsync(EngineWorld.Shop, 2, 7, Content("x"), Editor, default);
        var wrong = await _desk.CheckAsync(EngineWorld.Shop, 2, 1, Content(new string('x', 1001)), Editor, default);
        var stranger = await _desk.CheckAsync(EngineWorld.Shop, 2, 1, Content("x"), Access.None, default);

        Assert.Equal((2, 1, "note-too-long", "not-found"), (good.Revision, stale.Meanwhile?.Revision, wrong.Refusal?.Code, stranger.Refusal?.Code));
        Assert.Equal((1, ""), ((await ReadAsync(2)).Revision, (await ReadAsync(2)).Notes));
    }

    [Fact]
    public async Task A_copy_is_made_of_the_state_that_is_meant_alone()
    {
        var etag = VersionEtag.Of(EngineWorld.Shop, 2, 1);
        var made = await _desk.CopyAsync(EngineWorld.Shop, 2, etag, Editor, default);
        await _desk.SaveAsync(EngineWorld.Shop, 2, 1, Content("x"), Editor, default);

        var stale = await _desk.CopyAsync(EngineWorld.Shop, 2, etag, Editor, default);

        Assert.Equal((5, "etag-conflict"), (made.Number, stale.Refusal?.Code));
        Assert.False(etag == VersionEtag.Of(EngineWorld.Shop, 2, 2));
    }

    private static PropertyVersionDocument Content(string note) =>
        new(new RuleTree(new Rule("default") { Comments = $"Say {note}" }), [new("a.example", "a.example.edgekey.net")], note, "v2025-10-16");

    private async Task<PropertyVersion> ReadAsync(int number)
    {
        await using var db = _world.CreateDbContext();
        return await db
            .Versions.AsNoTracking()
            .Include(version => version.Hostnames)
            .SingleAsync(version => version.PropertyId == EngineWorld.Shop && version.Number == number);
    }
}
