using PropertyManager.Tests;
using PropertyManager.Web.Engine;

namespace PropertyManager.Web.Tests.Engine;

public sealed class EvaluationGateTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly ManualTimeProvider _time = new(DateTimeOffset.UnixEpoch);

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 1)]
    [InlineData(4, 3)]
    public async Task One_processor_is_kept_free_and_the_others_wait_for_their_turn(int processors, int atOnce)
    {
        using var gate = new EvaluationGate(_time, processors, CancellationToken.None);
        var running = Enumerable.Range(0, atOnce).Select(_ => new Held(gate, untilReleased: false, CancellationToken.None)).ToList();
        await Task.WhenAll(running.Select(held => held.Started));

        using var gone = new CancellationTokenSource();
        var leaves = gate.RunAsync(_ => 1, gone.Token);
        var waits = gate.RunAsync(_ => 2, CancellationToken.None);
        Assert.Equal((false, false), (leaves.IsCompleted, waits.IsCompleted));
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => leaves);
        Assert.False(waits.IsCompleted);

        running.ForEach(held => held.Release());
        Assert.Equal(2, await waits);
        await Task.WhenAll(running.Select(held => held.Ended));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task It_ends_when_the_caller_leaves_and_when_the_application_stops(bool leaves)
    {
        using var gone = new CancellationTokenSource();
        using var gate = new EvaluationGate(_time, 1, leaves ? CancellationToken.None : gone.Token);
        var held = new Held(gate, untilReleased: false, leaves ? gone.Token : CancellationToken.None);
        await held.Started;

        await gone.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => held.Ended);
    }

    [Fact]
    public async Task The_budget_is_spent_after_two_seconds_of_its_own_turn()
    {
        using var gate = new EvaluationGate(_time, 1, CancellationToken.None);
        var first = new Held(gate, untilReleased: false, CancellationToken.None);
        await first.Started;
        var second = gate.RunAsync(
            budget =>
            {
                var before = budget.IsSpent;
                _time.Advance(EvaluationGate.Limit - TimeSpan.FromTicks(1));
                var almost = budget.IsSpent;
                _time.Advance(TimeSpan.FromTicks(1));
                return (before, almost, budget.IsSpent);
            },
            CancellationToken.None
        );

        _time.Advance(EvaluationGate.Limit);
        await first.Ended;

        Assert.Equal((false, false, true), await second);
    }

    [Fact]
    public async Task What_has_to_be_in_time_does_not_wait_longer_than_the_budget()
    {
        using var gate = new EvaluationGate(_time, 1, CancellationToken.None);
        var first = new Held(gate, untilReleased: true, CancellationToken.None);
        await first.Started;
        var inTime = gate.RunInTimeAsync(budget => "evaluated", CancellationToken.None);
        Assert.False(inTime.IsCompleted);

        _time.Advance(EvaluationGate.Limit);
        Assert.Null(await inTime);

        first.Release();
        await first.Ended;
        Assert.Equal("evaluated", await gate.RunInTimeAsync(_ => "evaluated", CancellationToken.None));
    }

    [Fact]
    public async Task The_wait_counts_where_it_has_to_be_in_time()
    {
        using var gate = new EvaluationGate(_time, 1, CancellationToken.None);
        var first = new Held(gate, untilReleased: true, CancellationToken.None);
        await first.Started;
        var inTime = gate.RunInTimeAsync(
            budget =>
            {
                var before = budget.IsSpent;
                _time.Advance(TimeSpan.FromSeconds(0.5));
                return $"{before} {budget.IsSpent}";
            },
            CancellationToken.None
        );

        _time.Advance(TimeSpan.FromSeconds(1.5));
        first.Release();

        Assert.Equal("False True", await inTime);
    }

    [Fact]
    public async Task An_evaluation_that_fails_gives_its_turn_back()
    {
        using var gate = new EvaluationGate(_time, 1, CancellationToken.None);

        await Assert.ThrowsAsync<InvalidOperationException>(() =>
            gate.RunAsync<int>(_ => throw new InvalidOperationException(), CancellationToken.None)
        );

        Assert.Equal(1, await gate.RunAsync(_ => 1, CancellationToken.None));
    }

    /// <summary>An evaluation that goes on until its budget is spent, or a test lets it go.</summary>
    private sealed class Held
    {
        private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Held(EvaluationGate gate, bool untilReleased, CancellationToken cancellationToken) =>
            Ended = gate.RunAsync(
                budget =>
                {
                    _started.SetResult();
                    return SpinWait.SpinUntil(() => _released.Task.IsCompleted || (!untilReleased && budget.IsSpent), Patience)
                        ? true
                        : throw new TimeoutException("It goes on although nobody waits for it.");
                },
                cancellationToken
            );

        public Task Started => _started.Task;

        public Task Ended { get; }

        public void Release() => _released.SetResult();
    }
}
