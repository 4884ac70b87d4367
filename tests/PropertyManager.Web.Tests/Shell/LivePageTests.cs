using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Data.Sqlite;
using PropertyManager.Domain;
using PropertyManager.Domain.Activations;
using PropertyManager.Domain.Rollouts;
using PropertyManager.Web.Engine;
using PropertyManager.Web.Shell.Parts;
using PropertyManager.Web.Tests.Engine;

namespace PropertyManager.Web.Tests.Shell;

public sealed class LivePageTests : BunitContext, IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly SqliteException Locked = new("The database is locked.", 5);

    private readonly EngineWorld _world = new();
    private readonly ActivationFeed _feed;
    private readonly List<string> _reads = [];

    public LivePageTests() => _feed = this.Serve(_world).Feed;

    public Task InitializeAsync() => Task.CompletedTask;

    async Task IAsyncLifetime.DisposeAsync()
    {
        await DisposeComponentsAsync();
        Assert.Equal(0, _feed.Watchers);
        await _world.DisposeAsync();
    }

    [Fact]
    public async Task A_read_that_fails_leaves_what_is_shown_and_can_be_tried_again()
    {
        var answers = new Queue<Func<string>>([() => "first", () => throw Locked, () => "third"]);
        var page = Open(_ => Task.FromResult(answers.Dequeue()()));
        Assert.Equal("first", page.WaitForElement("#shown", Patience).TextContent);

        await page.InvokeAsync(page.Instance.ReloadAsync);
        Assert.Equal("first", page.Find("#shown").TextContent);
        Assert.Equal("This page could not be updated", page.Find("[role=alert] .title").TextContent);
        Assert.Contains("Another program has locked the database.", page.Find("[role=alert]").TextContent, StringComparison.Ordinal);

        page.Find("[role=alert] button").Click();
        page.WaitForAssertion(() => Assert.Equal("third", page.Find("#shown").TextContent), Patience);
        Assert.Empty(page.FindAll("[role=alert]"));
    }

    [Fact]
    public void A_first_read_that_fails_says_so_and_can_be_tried_again()
    {
        var answers = new Queue<Func<string>>([() => throw new InvalidOperationException("It broke."), () => "second"]);
        var page = Open(_ => Task.FromResult(answers.Dequeue()()));
        Assert.Equal("This page could not be loaded", page.WaitForElement("[role=alert] .title", Patience).TextContent);
        Assert.DoesNotContain("It broke.", page.Markup, StringComparison.Ordinal);

        page.Find("[role=alert] button").Click();

        page.WaitForAssertion(() => Assert.Equal("second", page.Find("#shown").TextContent), Patience);
    }

    [Fact]
    public void A_transition_is_applied_and_nothing_is_read()
    {
        _feed.Publish(Progress(7, ActivationState.Canary));
        var page = Open(_ => Task.FromResult("read"));
        page.WaitForElement("#shown", Patience);

        _feed.Publish(Progress(7, ActivationState.Live));

        page.WaitForAssertion(() => Assert.Equal("read Live", page.Find("#shown").TextContent), Patience);
        Assert.Equal(["load"], _reads);
    }

    [Fact]
    public void What_started_and_ended_is_read_and_what_is_not_shown_is_not()
    {
        var page = Open(_ => Task.FromResult("read"));
        page.WaitForElement("#shown", Patience);

        _feed.Publish(Progress(8, ActivationState.Pending));
        _feed.Publish(Progress(7, ActivationState.Pending));
        page.WaitForAssertion(() => Assert.Equal(["load", "refresh 7 Pending"], _reads), Patience);
        _feed.Publish(Progress(7, ActivationState.Active));
        page.WaitForAssertion(() => Assert.Equal(["load", "refresh 7 Pending", "refresh 7 Active"], _reads), Patience);
    }

    [Fact]
    public async Task What_starts_while_the_page_is_read_is_read_afterwards()
    {
        var first = new TaskCompletionSource<string>();
        var page = Open(_ => first.Task);
        await page.PollAsync(() => _feed.Watchers == 1);
        _feed.Publish(Progress(7, ActivationState.Pending));
        // It is told before the read is done, which nothing shows.
        await page.PollAsync(() => page.Instance.Live.Find(7) is not null);

        first.SetResult("read");

        page.WaitForAssertion(() => Assert.Equal(["load", "refresh 7 Pending"], _reads), Patience);
    }

    [Fact]
    public async Task A_transition_while_the_page_is_read_is_applied_to_what_was_read()
    {
        _feed.Publish(Progress(7, ActivationState.Canary));
        var first = new TaskCompletionSource<string>();
        var page = Open(_ => first.Task);
        await page.PollAsync(() => _feed.Watchers == 1);
        _feed.Publish(Progress(7, ActivationState.Live));
        await page.PollAsync(() => page.Instance.Live.Find(7)?.Status.State == ActivationState.Live);

        first.SetResult("read");

        page.WaitForAssertion(() => Assert.Equal("read Live", page.Find("#shown").TextContent), Patience);
        Assert.Equal(["load"], _reads);
    }

    [Fact]
    public void Where_something_is_missing_everything_is_read()
    {
        _feed.Publish(Progress(7, ActivationState.Canary));
        var page = Open(_ => Task.FromResult("read"));
        page.WaitForElement("#shown", Patience);

        _feed.Publish(Progress(7, ActivationState.Failed));

        page.WaitForAssertion(() => Assert.Equal(["load", "load"], _reads), Patience);
    }

    private IRenderedComponent<LivePage<Shown>> Open(Func<PageRead, Task<string>> load) =>
        Render<LivePage<Shown>>(page =>
            page.Add(p => p.Title, "A page")
                .Add(
                    p => p.Load,
                    async read =>
                    {
                        _reads.Add("load");
                        read.Watch(new(PublicId.Account, 1));
                        return new Shown(await load(read));
                    }
                )
                .Add(
                    p => p.Apply,
                    (shown, progress) =>
                        progress.Status.State == ActivationState.Failed ? null
                        : progress.ActivationId == 7 ? new Shown($"{shown.Text.Split(' ')[0]} {progress.Status.State}")
                        : shown
                )
                .Add(p => p.Shows, (_, progress) => progress.ActivationId == 7)
                .Add(
                    p => p.Refresh,
                    (shown, boundaries, _) =>
                    {
                        _reads.AddRange(boundaries.Select(progress => $"refresh {progress.ActivationId} {progress.Status.State}"));
                        return Task.FromResult<PageAnswer<Shown>>(shown);
                    }
                )
                .Add(p => p.ChildContent, shown => $"<p id=\"shown\">{shown.Text}</p>")
        );

    private static ActivationProgress Progress(long id, ActivationState state) =>
        new(
            id,
            1,
            id * 10,
            Network.Production,
            ActivationType.Activate,
            5,
            new ActivationStatus { State = state },
            new RolloutProgress(TimeSpan.FromSeconds(5), [], 1, 100, 0, 0, 0, 0, null, TimeSpan.Zero),
            [],
            DateTimeOffset.UnixEpoch
        );

    private sealed record Shown(string Text);
}
