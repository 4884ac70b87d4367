using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace PropertyManager.Web.Tests.Engine;

/// <summary>What happens in the middle of something else, once: between two statements of a desk somebody else does something.</summary>
internal sealed class Meanwhile
{
    private Func<Task>? _happens;

    /// <summary>As a query has it in its text; null for transactions.</summary>
    private string? _table;

    /// <summary>As an update has it in its text; null for everything else.</summary>
    private string? _updated;

    /// <summary>Stand between the engine and its database.</summary>
    public IInterceptor[] Interceptors => [new BeforeTransactions(this), new BeforeCommands(this)];

    /// <summary>Before the next transaction begins, this is done.</summary>
    public void BeforeTransaction(Func<Task> happens) => (_happens, _table, _updated) = (happens, null, null);

    /// <summary>Before the next query of this table is sent, this is done.</summary>
    public void BeforeQuery(string table, Func<Task> happens) => (_happens, _table, _updated) = (happens, $"FROM \"{table}\"", null);

    /// <summary>Before the next update of this table by a statement of its own is sent, this is done.</summary>
    public void BeforeUpdate(string table, Func<Task> happens) => (_happens, _table, _updated) = (happens, null, $"UPDATE \"{table}\"");

    private Task HappenAsync() => Interlocked.Exchange(ref _happens, null)?.Invoke() ?? Task.CompletedTask;

    private sealed class BeforeTransactions(Meanwhile meanwhile) : DbTransactionInterceptor
    {
        public override async ValueTask<InterceptionResult<DbTransaction>> TransactionStartingAsync(
            DbConnection connection,
            TransactionStartingEventData eventData,
            InterceptionResult<DbTransaction> result,
            CancellationToken cancellationToken = default
        )
        {
            if (meanwhile is { _table: null, _updated: null })
                await meanwhile.HappenAsync();
            return result;
        }
    }

    private sealed class BeforeCommands(Meanwhile meanwhile) : DbCommandInterceptor
    {
        public override async ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
            DbCommand command,
            CommandEventData eventData,
            InterceptionResult<DbDataReader> result,
            CancellationToken cancellationToken = default
        )
        {
            if (meanwhile._table is { } table && command.CommandText.Contains(table, StringComparison.Ordinal))
                await meanwhile.HappenAsync();
            return result;
        }

        public override async ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
            DbCommand command,
            CommandEventData eventData,
            InterceptionResult<int> result,
            CancellationToken cancellationToken = default
        )
        {
            if (meanwhile._updated is { } table && command.CommandText.Contains(table, StringComparison.Ordinal))
                await meanwhile.HappenAsync();
            return result;
        }
    }
}
