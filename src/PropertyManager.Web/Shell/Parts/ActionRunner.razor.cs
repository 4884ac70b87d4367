using Microsoft.AspNetCore.Components;

namespace PropertyManager.Web.Shell.Parts;

/// <summary>
/// Runs what a person asks for, one thing at a time. When it fails, the component that holds this one keeps its content and everything typed into
/// it; the reason is shown where this component stands, with a button to try again. The holder is rendered when the work begins and when it ends.
/// </summary>
public sealed partial class ActionRunner : IDisposable
{
    private readonly CancellationTokenSource _disposed = new();
    private readonly CancellationToken _gone;
    private Func<CancellationToken, Task>? _work;
    private ShownError? _error;

    public ActionRunner() => _gone = _disposed.Token;

    [Inject]
    public required ILogger<ActionRunner> Logger { get; init; }

    /// <summary>The component that holds this one: <c>this</c>.</summary>
    [Parameter, EditorRequired]
    public required IHandleEvent Owner { get; set; }

    /// <summary>Something runs: buttons that would start more are disabled meanwhile.</summary>
    public bool IsBusy { get; private set; }

    /// <summary>
    /// Runs <paramref name="work"/>, unless something runs already. It never throws: whoever has to go on after success does so within the work.
    /// </summary>
    /// <param name="work">Its token is canceled when the page is left. It may run again, so it reads what was typed itself.</param>
    public Task RunAsync(Func<CancellationToken, Task> work) =>
        IsBusy ? Task.CompletedTask : EventCallback.Factory.Create(Owner, () => GuardAsync(work)).InvokeAsync();

    public void Dispose()
    {
        _disposed.Cancel();
        _disposed.Dispose();
    }

    private async Task GuardAsync(Func<CancellationToken, Task> work)
    {
        (IsBusy, _error, _work) = (true, null, work);
        StateHasChanged();
        try
        {
            await work(_gone);
        }
        catch (OperationCanceledException) when (_gone.IsCancellationRequested)
        {
            // The page was left meanwhile.
        }
        catch (Exception exception)
        {
            _error = ShownError.From(exception, Logger, Owner.GetType().Name);
        }
        finally
        {
            IsBusy = false;
        }
        StateHasChanged();
    }

    private Task TryAgainAsync() => RunAsync(_work!);
}
