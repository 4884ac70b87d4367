namespace PropertyManager.Web.Shell.Parts;

/// <summary>What a page reads: of several reads only the newest counts, and none after the page is gone. Call it on the renderer.</summary>
public sealed class PageReads : IDisposable
{
    private readonly CancellationTokenSource _gone = new();
    private CancellationTokenSource? _newest;

    public PageReads() => Gone = _gone.Token;

    /// <summary>Cancelled when the page is left; can be asked for afterwards too.</summary>
    public CancellationToken Gone { get; }

    /// <summary>A read of <see cref="NewestAsync"/> is on its way.</summary>
    public bool IsBusy => _newest is not null;

    /// <summary>Runs <paramref name="read"/> in the place of the one before, which is cancelled. Being cancelled is no error.</summary>
    public async Task NewestAsync(Func<CancellationToken, Task> read)
    {
        // Cancel, not CancelAsync: nothing may come between, or two reads would both think that they are the newest.
        _newest?.Cancel();
        using var newest = CancellationTokenSource.CreateLinkedTokenSource(Gone);
        _newest = newest;
        try
        {
            await UnlessCancelledAsync(read, newest.Token);
        }
        finally
        {
            if (_newest == newest)
                _newest = null;
        }
    }

    /// <summary>Runs <paramref name="read"/> beside the others, until the page is gone.</summary>
    public Task UntilGoneAsync(Func<CancellationToken, Task> read) => UnlessCancelledAsync(read, Gone);

    public void Dispose()
    {
        _gone.Cancel();
        _gone.Dispose();
    }

    private static async Task UnlessCancelledAsync(Func<CancellationToken, Task> read, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
            return;
        try
        {
            await read(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // A newer read has taken its place, or nobody looks any more.
        }
    }
}
