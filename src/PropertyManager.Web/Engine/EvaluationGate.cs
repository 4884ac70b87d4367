using PropertyManager.Domain.Configuration.Evaluation;

namespace PropertyManager.Web.Engine;

/// <summary>
/// Where rules are evaluated: on one worker each, within one budget, and so few at once that rollouts keep a processor. The others wait for their turn.
/// An evaluation ends when its caller leaves, and when the application stops.
/// </summary>
/// <param name="time">Real time.</param>
/// <param name="processors">Of the machine; one of them is kept free, unless it is the only one.</param>
/// <param name="stopping">Cancelled when the application stops.</param>
public sealed class EvaluationGate(TimeProvider time, int processors, CancellationToken stopping) : IDisposable
{
    /// <summary>Wall time of an evaluation, at most: the compilation of its rule trees included.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);

    private readonly SemaphoreSlim _free = new(Math.Max(1, processors - 1));

    /// <summary>Evaluates when its turn comes, however long that takes.</summary>
    /// <exception cref="OperationCanceledException">The caller left, or the application stops.</exception>
    public async Task<T> RunAsync<T>(Func<EvaluationBudget, T> evaluate, CancellationToken cancellationToken)
    {
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, stopping);
        await _free.WaitAsync(ends.Token);
        return await EvaluateAsync(evaluate, time.GetTimestamp(), ends.Token);
    }

    /// <summary>Evaluates within the limit, the wait for its turn included. Null where the turn did not come in time.</summary>
    /// <exception cref="OperationCanceledException">The caller left, or the application stops.</exception>
    public async Task<T?> RunInTimeAsync<T>(Func<EvaluationBudget, T> evaluate, CancellationToken cancellationToken)
        where T : class
    {
        var began = time.GetTimestamp();
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, stopping);
        using var limit = new CancellationTokenSource(Limit, time);
        using var turn = CancellationTokenSource.CreateLinkedTokenSource(ends.Token, limit.Token);
        try
        {
            await _free.WaitAsync(turn.Token);
        }
        catch (OperationCanceledException) when (!ends.IsCancellationRequested)
        {
            return null;
        }
        return await EvaluateAsync(evaluate, began, ends.Token);
    }

    public void Dispose() => _free.Dispose();

    private async Task<T> EvaluateAsync<T>(Func<EvaluationBudget, T> evaluate, long began, CancellationToken ends)
    {
        try
        {
            var budget = new EvaluationBudget(() => ends.IsCancellationRequested || time.GetElapsedTime(began) >= Limit);
            var evaluated = await Task.Run(() => evaluate(budget), ends);
            ends.ThrowIfCancellationRequested();
            return evaluated;
        }
        finally
        {
            _free.Release();
        }
    }
}
