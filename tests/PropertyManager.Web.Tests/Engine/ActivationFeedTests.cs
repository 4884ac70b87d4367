using PropertyManager.Domain;
using PropertyManager.Domain.Activations;
using PropertyManager.Domain.Rollouts;
using PropertyManager.Tests;
using PropertyManager.Web.Engine;

namespace PropertyManager.Web.Tests.Engine;

public sealed class ActivationFeedTests
{
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(250);

    private readonly ActivationFeed _feed = new();
    private readonly ManualTimeProvider _time = new(DateTimeOffset.UnixEpoch);

    [Fact]
    public async Task What_runs_and_what_follows_are_handed_over_together()
    {
        _feed.Publish(At(1, 10));
        _feed.Publish(At(2, 20));
        using var watcher = _feed.Subscribe(_ => true);
        _feed.Publish(At(1, 11));
        await using var stream = Read(watcher);

        Assert.Equal([(1L, 10), (2, 20)], Seen(watcher.Current));
        Assert.Equal([(1L, 11)], await NextAsync(stream));
    }

    /// <summary>A writer that never stops while readers come: nobody may miss the newest, nor see it go back.</summary>
    [Fact]
    public async Task Whenever_somebody_subscribes_nothing_is_lost_and_nothing_goes_back()
    {
        const int Last = 20_000;
        _feed.Publish(At(1, 0));
        var writer = Task.Run(() =>
        {
            for (var installed = 1; installed <= Last; installed++)
                _feed.Publish(At(1, installed));
        });

        await Task.WhenAll(
            Enumerable
                .Range(0, 8)
                .Select(_ =>
                    Task.Run(async () =>
                    {
                        using var watcher = _feed.Subscribe(_ => true);
                        var newest = Assert.Single(watcher.Current).Progress.Installed;
                        await using var stream = watcher
                            .ReadAllAsync(TimeSpan.Zero, TimeProvider.System, CancellationToken.None)
                            .GetAsyncEnumerator();
                        while (newest < Last)
                        {
                            Assert.True(await stream.MoveNextAsync());
                            var next = Assert.Single(stream.Current).Progress.Installed;
                            Assert.True(next > newest, $"{next} after {newest}");
                            newest = next;
                        }
                    })
                )
        );
        await writer;
    }

    [Fact]
    public async Task A_slow_reader_gets_the_newest_of_each_and_no_more()
    {
        using var watcher = _feed.Subscribe(_ => true);
        await using var stream = Read(watcher);
        for (var installed = 1; installed <= 1_000; installed++)
        {
            _feed.Publish(At(1, installed));
            _feed.Publish(At(2, 2 * installed));
        }

        Assert.Equal([(1L, 1_000), (2, 2_000)], await NextAsync(stream));
        var next = NextAsync(stream);
        _feed.Publish(At(1, 1_001));
        Assert.Equal([(1L, 1_001)], await AdvancedAsync(next));
    }

    [Fact]
    public async Task The_reader_sets_the_pace()
    {
        using var watcher = _feed.Subscribe(_ => true);
        await using var stream = Read(watcher);
        _feed.Publish(At(1, 1));
        await NextAsync(stream);
        _feed.Publish(At(1, 2));

        var next = NextAsync(stream);

        Assert.Equal(1, _time.Waiting);
        Assert.False(next.IsCompleted);
        Assert.Equal([(1L, 2)], await AdvancedAsync(next));
    }

    [Fact]
    public async Task A_reader_gets_what_it_wants_and_nothing_else()
    {
        _feed.Publish(At(1, 1));
        using var watcher = _feed.Subscribe(activation => activation.ActivationId == 2);
        _feed.Publish(At(1, 2));
        _feed.Publish(At(2, 1));
        await using var stream = Read(watcher);

        Assert.Empty(watcher.Current);
        Assert.Equal([(2L, 1)], await NextAsync(stream));
    }

    [Fact]
    public async Task What_nobody_watches_is_worked_out_when_somebody_comes()
    {
        var worked = 0;
        _feed.Publish(At(1, 0).Key, () => Work(1));
        _feed.Publish(At(1, 0).Key, () => Work(2));
        Assert.Equal((0, false), (worked, _feed.IsWatched(1)));

        using var watcher = _feed.Subscribe(_ => true);
        Assert.Equal([(1L, 2)], Seen(watcher.Current));
        Assert.Equal((1, true), (worked, _feed.IsWatched(1)));
        Assert.Equal((2, 1), (_feed.Find(1)!.Progress.Installed, worked));

        _feed.Publish(At(1, 3));
        await using var stream = Read(watcher);
        Assert.Equal([(1L, 3)], await NextAsync(stream));
        _feed.Publish(At(2, 0).Key, () => At(2, 4));
        Assert.Equal([(2L, 4)], await AdvancedAsync(NextAsync(stream)));
        watcher.Dispose();
        Assert.False(_feed.IsWatched(1));

        ActivationProgress Work(int installed)
        {
            worked++;
            return At(1, installed);
        }
    }

    [Fact]
    public async Task What_is_over_is_told_once_and_then_forgotten()
    {
        using var watcher = _feed.Subscribe(_ => true);
        _feed.Publish(At(1, 1));
        _feed.Publish(At(1, 2, ActivationState.Active));
        await using var stream = Read(watcher);

        Assert.Equal([(1L, 2)], await NextAsync(stream));
        Assert.Null(_feed.Find(1));
        using var late = _feed.Subscribe(_ => true);
        Assert.Empty(late.Current);
    }

    [Fact]
    public async Task A_reader_that_is_disposed_is_gone_and_its_stream_ends()
    {
        var watcher = _feed.Subscribe(_ => true);
        using var other = _feed.Subscribe(_ => true);
        Assert.Equal(2, _feed.Watchers);

        watcher.Dispose();
        watcher.Dispose();
        _feed.Publish(At(1, 1));

        Assert.Equal(1, _feed.Watchers);
        await using var stream = Read(watcher);
        Assert.False(await stream.MoveNextAsync());
        await using var others = Read(other);
        Assert.Equal([(1L, 1)], await NextAsync(others));
    }

    private static ActivationProgress At(long id, int installed, ActivationState state = ActivationState.World) =>
        new(
            id,
            AccountId: 1,
            PropertyId: 1,
            Network.Production,
            ActivationType.Activate,
            Version: 2,
            ActivationStatus.Initial with
            {
                State = state,
            },
            new RolloutProgress(TimeSpan.Zero, [], installed, 100_000, 0, 0, 0, 0, null, TimeSpan.Zero),
            [],
            DateTimeOffset.UnixEpoch
        );

    private static (long, int)[] Seen(IEnumerable<ActivationProgress> batch) =>
        [.. batch.Select(progress => (progress.ActivationId, progress.Progress.Installed)).Order()];

    private static async Task<(long, int)[]> NextAsync(IAsyncEnumerator<IReadOnlyList<ActivationProgress>> stream)
    {
        Assert.True(await stream.MoveNextAsync());
        return Seen(stream.Current);
    }

    /// <summary>The next batch, once the reader's pause is over.</summary>
    private Task<(long, int)[]> AdvancedAsync(Task<(long, int)[]> next)
    {
        _time.Advance(Pace);
        return next;
    }

    private IAsyncEnumerator<IReadOnlyList<ActivationProgress>> Read(FeedSubscription watcher) =>
        watcher.ReadAllAsync(Pace, _time, CancellationToken.None).GetAsyncEnumerator();
}
