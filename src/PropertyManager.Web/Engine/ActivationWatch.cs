using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using PropertyManager.Domain;
using PropertyManager.Domain.Activations;
using PropertyManager.Web.Data;

namespace PropertyManager.Web.Engine;

/// <summary>What is watched: one activation, all of a property, or all of an account that the listener may read.</summary>
/// <param name="Kind"><see cref="PublicId.Activation"/>, <see cref="PublicId.Property"/> or <see cref="PublicId.Account"/>.</param>
/// <param name="Id">Its number.</param>
public readonly record struct WatchTarget(string Kind, long Id)
{
    /// <summary>Whether this activation is one of those.</summary>
    public bool Includes(ActivationKey key) =>
        Id
        == (
            Kind == PublicId.Activation ? key.ActivationId
            : Kind == PublicId.Property ? key.PropertyId
            : key.AccountId
        );

    /// <summary>"activation atv_7".</summary>
    public override string ToString() =>
        $"{(Kind == PublicId.Activation ? "activation" : Kind == PublicId.Property ? "property" : "account")} {PublicId.Of(Kind, Id)}";
}

/// <summary>Something that a listener hears.</summary>
/// <param name="IsTransition">Its status is another than the one that this listener heard before; the first news of an activation is one, too.</param>
public sealed record ActivationNews(ActivationMessage Message, bool IsTransition);

/// <summary>Opens watches for listeners outside.</summary>
public sealed class ActivationWatches(
    IDbContextFactory<AppDbContext> contexts,
    ActivationFeed feed,
    TimeProvider time,
    ILogger<ActivationWatch> logger
)
{
    /// <summary>Of one API client at a time, at most, over all its connections.</summary>
    public const int Most = 50;

    private readonly ClientPlaces _places = new(Most);

    /// <summary>Takes one of an API client's places for a watch, until it is disposed of; null when it has <see cref="Most"/>.</summary>
    public IDisposable? Take(long clientId) => _places.Take(clientId);

    /// <summary>Begins to watch; or why that cannot be.</summary>
    /// <param name="target">What.</param>
    /// <param name="rights">What the listener may see now; null when they may not listen any more.</param>
    /// <param name="cancellationToken">Ends the opening.</param>
    public async Task<(ActivationWatch? Watch, Refusal? Refusal)> OpenAsync(
        WatchTarget target,
        Func<CancellationToken, ValueTask<Access?>> rights,
        CancellationToken cancellationToken
    )
    {
        var watch = new ActivationWatch(contexts, feed, time, target, rights, logger);
        return await watch.MayReadAsync(cancellationToken) ? (watch, null) : (null, watch.Unknown);
    }
}

/// <summary>
/// One listener's view: how it stands now, and every news that follows, at most one picture of an activation every <see cref="Pace"/>. The rights are
/// looked at again all the time: who loses them hears nothing more.
/// </summary>
public sealed partial class ActivationWatch
{
    /// <summary>Between two pictures, real time.</summary>
    public static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(250);

    /// <summary>So often the rights are read again, real time.</summary>
    public static readonly TimeSpan RightsFresh = TimeSpan.FromSeconds(3);

    /// <summary>Not more often than so, whatever begins, real time.</summary>
    private static readonly TimeSpan RightsPace = TimeSpan.FromSeconds(1);

    private readonly IDbContextFactory<AppDbContext> _contexts;
    private readonly ActivationFeed _feed;
    private readonly TimeProvider _time;
    private readonly WatchTarget _target;
    private readonly Func<CancellationToken, ValueTask<Access?>> _rights;
    private readonly ILogger _logger;
    private readonly Dictionary<long, Heard> _heard = [];

    /// <summary>Names of the properties that may be read of what is watched, by number. Replaced whole.</summary>
    private volatile Dictionary<long, string> _seen = [];

    /// <summary>Properties of which something was heard that may not be read: what they do asks for nothing.</summary>
    private readonly HashSet<long> _unseen = [];

    private long _readAt;

    internal ActivationWatch(
        IDbContextFactory<AppDbContext> contexts,
        ActivationFeed feed,
        TimeProvider time,
        WatchTarget target,
        Func<CancellationToken, ValueTask<Access?>> rights,
        ILogger logger
    ) => (_contexts, _feed, _time, _target, _rights, _logger) = (contexts, feed, time, target, rights, logger);

    /// <summary>Why it ended, where the listener lost the right to it; null where it came to its end.</summary>
    public Refusal? Lost { get; private set; }

    internal Refusal Unknown => new("not-found", $"There is no {_target}, or this client may not read it.");

    /// <summary>
    /// What runs now (of a single activation: how it stands, running or over), then the news, until the listener goes, loses the right
    /// (<see cref="Lost"/>), or the one activation is over.
    /// </summary>
    public async IAsyncEnumerable<ActivationNews> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        // First, then the database: what ends in between is in one of them.
        using var subscription = _feed.Subscribe(_target.Includes);
        var guard = GuardAsync(ends);
        try
        {
            foreach (var news in await SnapshotAsync(subscription.Current, cancellationToken))
                yield return news;
            await using var batches = subscription.ReadAllAsync(Pace, _time, ends.Token).GetAsyncEnumerator(CancellationToken.None);
            while (!IsOver && await NextAsync(batches, ends.Token))
            {
                foreach (var news in await TellAsync(batches.Current, cancellationToken))
                    yield return news;
            }
        }
        finally
        {
            await ends.CancelAsync();
            await guard;
        }
        cancellationToken.ThrowIfCancellationRequested();
    }

    /// <summary>Reads the rights anew: whether anything of it may be read.</summary>
    internal async Task<bool> MayReadAsync(CancellationToken cancellationToken)
    {
        Volatile.Write(ref _readAt, _time.GetTimestamp());
        if (await _rights(cancellationToken) is not { } access)
            return false;
        await using var db = await _contexts.CreateDbContextAsync(cancellationToken);
        var id = _target.Id;
        var properties = db.Properties.AsNoTracking().Seen(access);
        properties = _target.Kind switch
        {
            PublicId.Activation => properties.Where(p => db.Activations.Any(a => a.Id == id && a.PropertyId == p.Id)),
            PublicId.Property => properties.Where(p => p.Id == id),
            _ => properties.Where(p => p.AccountId == id),
        };
        _seen = await properties.Select(p => new { p.Id, p.Name }).ToDictionaryAsync(p => p.Id, p => p.Name, cancellationToken);
        return _seen.Count > 0
            || (_target.Kind == PublicId.Account && await db.Groups.Seen(access).AnyAsync(g => g.AccountId == id, cancellationToken));
    }

    private bool IsOver => _target.Kind == PublicId.Activation && _heard.GetValueOrDefault(_target.Id) is { IsOver: true };

    /// <summary>Ends the watch when the right to it is gone. A database that is away for a moment takes no right away.</summary>
    [SuppressMessage("Design", "CA1031", Justification = "Whatever goes wrong: a guard that gave up would let a revoked key go on.")]
    private async Task GuardAsync(CancellationTokenSource ends)
    {
        using var timer = new PeriodicTimer(RightsFresh, _time);
        while (await timer.TicksAsync(ends.Token))
        {
            try
            {
                if (await MayReadAsync(ends.Token))
                    continue;
                Lost = new("not-permitted", $"The right to read {_target} was taken away, or the client's key was revoked.");
                await ends.CancelAsync();
                return;
            }
            catch (OperationCanceledException) when (ends.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                LogGuard(_target, exception);
            }
        }
    }

    private static async ValueTask<bool> NextAsync(IAsyncEnumerator<IReadOnlyList<ActivationProgress>> batches, CancellationToken ends)
    {
        try
        {
            return await batches.MoveNextAsync();
        }
        catch (OperationCanceledException) when (ends.IsCancellationRequested)
        {
            return false;
        }
    }

    private async Task<IReadOnlyList<ActivationNews>> SnapshotAsync(IReadOnlyList<ActivationProgress> running, CancellationToken cancellationToken)
    {
        var seen = _seen;
        List<long> properties = [.. seen.Keys];
        await using var db = await _contexts.CreateDbContextAsync(cancellationToken);
        var rows = await db
            .Activations.AsNoTracking()
            .Include(a => a.History.OrderByDescending(e => e.Id).Take(1))
            .Where(a => _target.Kind == PublicId.Activation ? a.Id == _target.Id : a.Status.IsOpen && properties.Contains(a.PropertyId))
            .OrderBy(a => a.Id)
            .ToListAsync(cancellationToken);
        var current = running.ToDictionary(progress => progress.ActivationId);
        List<ActivationNews> news = [];
        foreach (var row in rows)
        {
            var reason = row.History.Count > 0 ? row.History[0].Reason : null;
            // Where the feed is behind the database, the database is right: the feed's next picture follows.
            var message =
                current.TryGetValue(row.Id, out var live) && live.Status.DecidedAfter >= row.Status.DecidedAfter
                    ? ActivationMessage.Of(live, seen[row.PropertyId], reason)
                    : ActivationMessage.Of(row, row.Status, seen[row.PropertyId], reason);
            _heard[row.Id] = new(message.Status, row.Status.DecidedAfter, reason, message.IsOver);
            news.Add(new(message, IsTransition: true));
        }
        return news;
    }

    private async Task<IReadOnlyList<ActivationNews>> TellAsync(IReadOnlyList<ActivationProgress> batch, CancellationToken cancellationToken)
    {
        await MeetAsync(batch, cancellationToken);
        var seen = _seen;
        List<ActivationProgress> told = [.. batch.Where(progress => seen.ContainsKey(progress.PropertyId))];
        var decided = told.Where(progress => _heard.GetValueOrDefault(progress.ActivationId)?.DecidedAfter != progress.Status.DecidedAfter);
        // What another process decided, or this one before it was started again, is not in the publication.
        var unknown = decided.Where(progress => progress.Reason is null);
        var reasons = await ReasonsAsync([.. unknown.Select(progress => progress.ActivationId)], cancellationToken);
        List<ActivationNews> news = [];
        foreach (var progress in told)
        {
            var before = _heard.GetValueOrDefault(progress.ActivationId);
            if (before is { IsOver: true })
                continue;
            var reason = progress.Reason ?? reasons.GetValueOrDefault(progress.ActivationId) ?? before?.Reason;
            var message = ActivationMessage.Of(progress, seen[progress.PropertyId], reason);
            _heard[progress.ActivationId] = new(message.Status, progress.Status.DecidedAfter, reason, message.IsOver);
            news.Add(new(message, IsTransition: message.Status != before?.Status));
        }
        // What is over does not come again: a listener of years keeps no list of it.
        if (_target.Kind != PublicId.Activation)
        {
            foreach (var over in told.Where(progress => !progress.Status.IsOpen))
                _heard.Remove(over.ActivationId);
        }
        return news;
    }

    /// <summary>Reads the rights anew for a property that is newer than those that were read last.</summary>
    private async Task MeetAsync(IReadOnlyList<ActivationProgress> batch, CancellationToken cancellationToken)
    {
        if (!batch.Any(progress => !_seen.ContainsKey(progress.PropertyId) && !_unseen.Contains(progress.PropertyId)))
            return;
        if (RightsPace - _time.GetElapsedTime(Volatile.Read(ref _readAt)) is { Ticks: > 0 } wait)
            await Task.Delay(wait, _time, cancellationToken);
        await MayReadAsync(cancellationToken);
        var seen = _seen;
        _unseen.UnionWith(batch.Select(progress => progress.PropertyId).Where(id => !seen.ContainsKey(id)));
    }

    private async Task<IReadOnlyDictionary<long, string>> ReasonsAsync(List<long> activations, CancellationToken cancellationToken)
    {
        if (activations.Count == 0)
            return new Dictionary<long, string>();
        await using var db = await _contexts.CreateDbContextAsync(cancellationToken);
        var last = db.ActivationEvents.Where(e => activations.Contains(e.ActivationId)).GroupBy(e => e.ActivationId).Select(g => g.Max(e => e.Id));
        return await db.ActivationEvents.Where(e => last.Contains(e.Id)).ToDictionaryAsync(e => e.ActivationId, e => e.Reason, cancellationToken);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Whether {Target} may still be watched could not be read; it is tried again")]
    private partial void LogGuard(WatchTarget target, Exception exception);

    /// <summary>What the listener heard last of an activation.</summary>
    private sealed record Heard(string Status, TimeSpan DecidedAfter, string? Reason, bool IsOver);
}
