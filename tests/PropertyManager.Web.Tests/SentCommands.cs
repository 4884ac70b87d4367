using System.Collections.Concurrent;
using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace PropertyManager.Web.Tests;

/// <summary>Keeps the text of every command that is sent to a database.</summary>
internal sealed class SentCommands : DbCommandInterceptor
{
    private readonly ConcurrentQueue<string> _texts = new();

    public int Count => _texts.Count;

    /// <summary>Returns those since the last call.</summary>
    public IReadOnlyList<string> Take()
    {
        List<string> taken = [];
        while (_texts.TryDequeue(out var text))
            taken.Add(text);
        return taken;
    }

    /// <summary>Fails with the list where there are more of them.</summary>
    public static void AssertAtMost(int most, IReadOnlyCollection<string> sent, string what) =>
        Assert.True(sent.Count <= most, $"{what}: {sent.Count} commands, {most} at most:\n\n{string.Join("\n\n", sent)}");

    public override InterceptionResult<DbDataReader> ReaderExecuting(
        DbCommand command,
        CommandEventData eventData,
        InterceptionResult<DbDataReader> result
    ) => Keep(command, result);

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command,
        CommandEventData eventData,
        InterceptionResult<DbDataReader> result,
        CancellationToken cancellationToken = default
    ) => ValueTask.FromResult(Keep(command, result));

    public override InterceptionResult<int> NonQueryExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<int> result) =>
        Keep(command, result);

    public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command,
        CommandEventData eventData,
        InterceptionResult<int> result,
        CancellationToken cancellationToken = default
    ) => ValueTask.FromResult(Keep(command, result));

    public override InterceptionResult<object> ScalarExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<object> result) =>
        Keep(command, result);

    public override ValueTask<InterceptionResult<object>> ScalarExecutingAsync(
        DbCommand command,
        CommandEventData eventData,
        InterceptionResult<object> result,
        CancellationToken cancellationToken = default
    ) => ValueTask.FromResult(Keep(command, result));

    private T Keep<T>(DbCommand command, T result)
    {
        _texts.Enqueue(command.CommandText);
        return result;
    }
}
