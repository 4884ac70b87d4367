using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Components;
using PropertyManager.Web.Engine;

namespace PropertyManager.Web.Shell.Parts;

/// <summary>
/// Loads what a page shows and keeps it current. What the engine publishes is applied to what is shown; the database is read again only when an
/// activation starts or ends. A read that fails leaves what is shown, says why and can be tried again. Another property, version or activation is
/// another component (by key).
/// </summary>
/// <typeparam name="TView">What was read: immutable, so that each change is another instance.</typeparam>
public sealed partial class LivePage<TView> : IDisposable
    where TView : class
{
    private readonly PageReads _reads = new();
    private readonly List<ActivationProgress> _missed = [];
    private LiveActivations? _live;
    private PermalinkProblem? _problem;
    private ShownError? _failure;
    private object? _query;
    private bool _loaded;
    private bool _retrying;

    [Inject]
    public required ActivationFeed Feed { get; init; }

    [Inject]
    public required TimeProvider Time { get; init; }

    [Inject]
    public required CurrentAccess Person { get; init; }

    [Inject]
    public required ILogger<LivePage<TView>> Logger { get; init; }

    /// <summary>The document's title until something is shown, without the product's name.</summary>
    [Parameter, EditorRequired]
    public required string Title { get; set; }

    /// <summary>Reads everything that is shown.</summary>
    [Parameter, EditorRequired]
    public required Func<PageRead, Task<PageAnswer<TView>>> Load { get; set; }

    /// <summary>What the address says beside the key; when it differs, everything is read again.</summary>
    [Parameter]
    public object? Query { get; set; }

    /// <summary>
    /// What is shown after a transition of a watched activation, without reading anything. Null where something is missing that only the database
    /// has: then everything is read.
    /// </summary>
    [Parameter]
    public Func<TView, ActivationProgress, TView?>? Apply { get; set; }

    /// <summary>Whether what is shown depends on the start or end of an activation; without it, on all that are watched.</summary>
    [Parameter]
    public Func<TView, ActivationProgress, bool>? Shows { get; set; }

    /// <summary>Reads what changed with activations that started or ended. Without it, everything is read then.</summary>
    [Parameter]
    public Func<TView, IReadOnlyList<ActivationProgress>, PageRead, Task<PageAnswer<TView>>>? Refresh { get; set; }

    /// <summary>Everything was read, and is about to be shown.</summary>
    [Parameter]
    public EventCallback Loaded { get; set; }

    [Parameter, EditorRequired]
    public required RenderFragment<TView> ChildContent { get; set; }

    /// <summary>What is shown; null until the first read is done.</summary>
    public TView? View { get; private set; }

    /// <summary>The activations that <see cref="Load"/> asked to watch.</summary>
    public LiveActivations Live => _live ?? throw new InvalidOperationException("The page watches no activations.");

    public void Dispose()
    {
        _live?.Dispose();
        _reads.Dispose();
    }

    /// <summary>Reads everything again, and shows it. Call it on the renderer.</summary>
    public async Task ReloadAsync()
    {
        await ReadAsync(Load);
        StateHasChanged();
    }

    protected override Task OnParametersSetAsync()
    {
        if (_loaded && Equals(_query, Query))
            return Task.CompletedTask;
        (_loaded, _query) = (true, Query);
        return ReadAsync(Load);
    }

    private async Task ReadAsync(Func<PageRead, Task<PageAnswer<TView>>> read)
    {
        await _reads.NewestAsync(cancellation => ReadOnceAsync(read, cancellation));
        // What started or ended meanwhile may have come too late for that.
        while (!_reads.IsBusy && _failure is null && View is { } view && TakeMissed(view) is { Count: > 0 } missed)
            await _reads.NewestAsync(cancellation =>
                ReadOnceAsync(Refresh is { } refresh ? again => refresh(view, missed, again) : Load, cancellation)
            );
    }

    [SuppressMessage("Design", "CA1031", Justification = "Whatever goes wrong is logged and told, and what is shown stays.")]
    private async Task ReadOnceAsync(Func<PageRead, Task<PageAnswer<TView>>> read, CancellationToken cancellation)
    {
        try
        {
            var answer = await read(new PageRead(await Person.ReadAsync(cancellation), Watch, cancellation));
            cancellation.ThrowIfCancellationRequested();
            (_failure, _problem) = (null, answer.Problem);
            if (answer.View is { } view)
            {
                View = Current(view) ?? view;
                if (read == Load)
                    await Loaded.InvokeAsync();
            }
        }
        catch (Exception exception) when (!cancellation.IsCancellationRequested)
        {
            _failure = ShownError.From(exception, Logger, typeof(TView).Name);
        }
    }

    private async Task RetryAsync()
    {
        _retrying = true;
        try
        {
            await ReadAsync(Load);
        }
        finally
        {
            _retrying = false;
        }
    }

    private void Watch(WatchTarget target)
    {
        if (_live?.Target == target)
            return;
        _live?.Dispose();
        _live = new LiveActivations(Feed, Time, target, InvokeAsync, ChangedAsync, DispatchExceptionAsync).Start();
    }

    private async Task ChangedAsync(LiveChanges changes)
    {
        _missed.AddRange(changes.Boundaries);
        // What is being read takes it up at its end.
        if (_reads.IsBusy)
            return;
        if (View is not null && Applied(View, changes.Transitions) is { } view)
        {
            View = view;
            StateHasChanged();
            if (TakeMissed(view) is not { Count: > 0 } missed)
                return;
            await ReadAsync(_failure is null && Refresh is { } refresh ? read => refresh(view, missed, read) : Load);
        }
        else if (View is not null || _missed.Count > 0)
        {
            _missed.Clear();
            await ReadAsync(Load);
        }
        StateHasChanged();
    }

    /// <summary>Those that started or ended since the last read, as far as what is shown depends on them.</summary>
    private List<ActivationProgress> TakeMissed(TView view)
    {
        List<ActivationProgress> missed = [.. _missed.Where(progress => Shows?.Invoke(view, progress) != false)];
        _missed.Clear();
        return missed;
    }

    /// <summary>What was published while the database was read may not be in what came of that.</summary>
    private TView? Current(TView view) => _live is null ? view : Applied(view, _live.Running);

    private TView? Applied(TView? view, IEnumerable<ActivationProgress> transitions) =>
        Apply is { } apply ? transitions.Aggregate(view, (shown, progress) => shown is null ? null : apply(shown, progress)) : view;
}
