using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.SignalR;
using PropertyManager.Domain;
using PropertyManager.Web.Data;
using PropertyManager.Web.Engine;
using PropertyManager.Web.Papi.Limits;

namespace PropertyManager.Web.Papi.Hub;

/// <summary>What is called at a listener, besides the streams that it asked for.</summary>
public interface IActivationListener
{
    /// <summary>An activation that is watched began, stands in another status, or ended (<see cref="ActivationMessage.IsOver"/>).</summary>
    Task Transition(ActivationMessage activation);
}

/// <summary>
/// <c>/hubs/activations</c>: programs outside listen to activations. Each method is a stream: how it stands first, then live progress. Whoever wants
/// the turning points alone listens to <see cref="IActivationListener.Transition"/>.
/// </summary>
public sealed partial class ActivationHub(ActivationWatches watches, HubConnectionGuard connections, ApiLimits limits, ILogger<ActivationHub> logger)
    : Hub<IActivationListener>
{
    /// <summary>Streams of one connection at a time, at most; those of a client are bounded by <see cref="ActivationWatches.Most"/>.</summary>
    public const int MostWatches = 20;

    private const string Count = "watches";
    private const string Guard = "guard";

    public override Task OnConnectedAsync()
    {
        Context.Items[Count] = new StrongBox<int>();
        Context.Items[Guard] = connections.Watch(Context);
        return Task.CompletedTask;
    }

    public override Task OnDisconnectedAsync(Exception? exception)
    {
        (Context.Items[Guard] as IDisposable)?.Dispose();
        return Task.CompletedTask;
    }

    /// <summary>One activation, until it is over: the stream ends with it.</summary>
    /// <param name="activationId"><c>atv_…</c>, with or without its prefix.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="HubException">There is none, it may not be read (any more), there are too many streams, or too much was asked for.</exception>
    public IAsyncEnumerable<ActivationMessage> WatchActivation(string activationId, CancellationToken cancellationToken) =>
        StreamAsync(PublicId.Activation, activationId, cancellationToken);

    /// <summary>All activations of a property: those that run, and those that begin.</summary>
    /// <param name="propertyId"><c>prp_…</c>, with or without its prefix.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="HubException">There is none, it may not be read (any more), there are too many streams, or too much was asked for.</exception>
    public IAsyncEnumerable<ActivationMessage> WatchProperty(string propertyId, CancellationToken cancellationToken) =>
        StreamAsync(PublicId.Property, propertyId, cancellationToken);

    /// <summary>The same of all properties of an account that the client may read.</summary>
    /// <param name="accountId"><c>act_…</c>, with or without its prefix.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="HubException">There is none, nothing of it may be read (any more), there are too many streams, or too much was asked for.</exception>
    public IAsyncEnumerable<ActivationMessage> WatchAccount(string accountId, CancellationToken cancellationToken) =>
        StreamAsync(PublicId.Account, accountId, cancellationToken);

    /// <summary>Whatever ends a stream before its time is told in words; a bug is in the log, and what it says stays here.</summary>
    private async IAsyncEnumerable<ActivationMessage> StreamAsync(
        string kind,
        string? text,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        await using var messages = WatchAsync(kind, text, cancellationToken).GetAsyncEnumerator(cancellationToken);
        while (await NextAsync())
            yield return messages.Current;

        async ValueTask<bool> NextAsync()
        {
            try
            {
                return await messages.MoveNextAsync();
            }
            catch (Exception exception) when (exception is not HubException && !cancellationToken.IsCancellationRequested)
            {
                if (DatabaseFailure.From(exception) is { } failure)
                    throw new HubException(
                        FormattableString.Invariant($"{failure.Sentence} Watch it again in {failure.RetryAfter.TotalSeconds:0} s."),
                        exception
                    );
                LogBug(kind, text, exception);
                throw new HubException("Something went wrong here, not with your request: it is in this server's log. Watch it again.", exception);
            }
        }
    }

    private async IAsyncEnumerable<ActivationMessage> WatchAsync(
        string kind,
        string? text,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var (http, listener) = (Context.GetHttpContext()!, Clients.Caller);
        // Each is as much work as a request, and there can be any number in one connection.
        if (limits.Take(http.Caller()) is { IsOver: true } over)
            throw new HubException(
                FormattableString.Invariant(
                    $"This API client may ask {over.Limit} times a minute, streams included, and has. Watch it again in {Math.Max(1, Math.Ceiling(over.NextIn.TotalSeconds))} s."
                )
            );
        if (PublicId.Parse(kind, text) is not { } id)
            throw new HubException($"“{text}” is no identifier: it is {kind} and a number.");
        var count = (StrongBox<int>)Context.Items[Count]!;
        try
        {
            if (Interlocked.Increment(ref count.Value) > MostWatches)
                throw new HubException($"A connection has {MostWatches} streams at most: end one, or watch the property or the account instead.");
            using var place =
                watches.Take(http.Caller().ClientId)
                ?? throw new HubException(
                    $"An API client has {ActivationWatches.Most} streams at most, over all its connections: end one, or watch the account instead."
                );
            var (watch, refusal) = await watches.OpenAsync(new(kind, id), gone => connections.ReadAccessAsync(http, gone), cancellationToken);
            if (watch is null)
                throw new HubException(refusal!.Message);
            await foreach (var news in watch.ReadAllAsync(cancellationToken))
            {
                if (news.IsTransition)
                    await listener.Transition(news.Message);
                yield return news.Message;
            }
            if (watch.Lost is { } lost)
                throw new HubException(lost.Message);
        }
        finally
        {
            Interlocked.Decrement(ref count.Value);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A stream of {Kind}{Id} broke off")]
    private partial void LogBug(string kind, string? id, Exception exception);
}
