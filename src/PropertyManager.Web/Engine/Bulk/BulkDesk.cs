using System.Collections.Concurrent;
using System.Text.Json;
using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;
using PropertyManager.Domain;
using PropertyManager.Domain.Configuration.Search;
using PropertyManager.Domain.Properties;
using PropertyManager.Web.Data;

namespace PropertyManager.Web.Engine.Bulk;

/// <summary>The one door for many changes at once: it keeps what is asked for, and <see cref="BulkWork"/> does it.</summary>
public sealed class BulkDesk(IDbContextFactory<AppDbContext> contexts, RuleSearch search, TimeProvider time) : IDisposable
{
    public const string Activations = "activations";
    public const string Versions = "versions";
    public const string Patches = "patches";
    public const string Searches = "searches";

    /// <summary>Parts of a request, at most.</summary>
    public const int MostParts = 500;

    /// <summary>Requests of a person that are not done, at most.</summary>
    public const int MostOpen = 20;

    /// <summary>Requests of a person and a kind that are done and kept, at most: of more the oldest are dropped.</summary>
    public const int MostKept = 200;

    private readonly Channel<bool> _news = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true }
    );

    private readonly SemaphoreSlim _counting = new(1);

    /// <summary>People whose search is waited for, on this node. Each reads every tree that they see: one at a time.</summary>
    private readonly ConcurrentDictionary<string, bool> _searching = new(StringComparer.Ordinal);

    /// <summary>Says that there is something to do.</summary>
    internal ChannelReader<bool> News => _news.Reader;

    /// <summary>Keeps what is asked for.</summary>
    /// <param name="kind">One of this class's.</param>
    /// <param name="parts">At least one.</param>
    /// <param name="caller">Who asks.</param>
    /// <param name="groups">Those that the request sees.</param>
    /// <param name="cancellationToken">Ends it before anything is kept.</param>
    /// <returns>Its number, or why it is not taken.</returns>
    public async Task<(long? Id, Refusal? Refusal)> SubmitAsync(
        string kind,
        IReadOnlyList<BulkPart> parts,
        ApiCaller caller,
        IReadOnlyList<long> groups,
        CancellationToken cancellationToken
    )
    {
        if (Refuse(kind, parts, caller.Access, groups) is { } refusal)
            return (null, refusal);
        var request = Request(kind, new BulkJob(new(caller.ClientId, groups), parts), caller);
        // Of two at once the later counts the earlier. Two nodes may let one more pass, which harms nobody.
        await _counting.WaitAsync(cancellationToken);
        try
        {
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            if (await db.BulkRequests.CountAsync(b => !b.IsDone && b.UserId == caller.UserId, cancellationToken) >= MostOpen)
                return (
                    null,
                    new(
                        "too-many-open",
                        $"{MostOpen} bulk requests of yours are not done yet, and more are not taken at a time. Ask for this one again when one of them is done."
                    )
                );
            await AddAsync(db, request, cancellationToken);
        }
        finally
        {
            _counting.Release();
        }
        _news.Writer.TryWrite(true);
        return (request.Id, null);
    }

    /// <summary>Searches at once, and keeps what was found.</summary>
    public async Task<(long? Id, Refusal? Refusal)> SearchAsync(
        SearchPart part,
        ApiCaller caller,
        IReadOnlyList<long> groups,
        CancellationToken cancellationToken
    )
    {
        if (Refuse(Searches, [part], caller.Access, groups) is { } refusal)
            return (null, refusal);
        if (!_searching.TryAdd(caller.UserId, true))
            return (
                null,
                new(
                    "too-many-searches",
                    "A search of yours that is waited for is not done yet, and there is one at a time. Ask again when it is answered, or search in the background."
                )
            );
        try
        {
            var now = time.GetUtcNow();
            var done = await search.DoAsync(part with { StartedAt = now }, Narrow(caller.Access, groups), cancellationToken);
            if (done.Refusal is not null)
                return (null, done.Refusal);
            var job = new BulkJob(new(caller.ClientId, groups), [done with { EndedAt = time.GetUtcNow() }]);
            var request = Request(Searches, job, caller);
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            await AddAsync(db, request, cancellationToken);
            return (request.Id, null);
        }
        finally
        {
            _searching.TryRemove(caller.UserId, out _);
        }
    }

    /// <summary>
    /// What was asked for and what became of it; null when this person's programs asked for no such thing, or it saw groups that this one does not see
    /// (any more).
    /// </summary>
    public async Task<(BulkRequest Request, BulkJob Job)?> FindAsync(string kind, long id, ApiCaller caller, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var request = await db
            .BulkRequests.AsNoTracking()
            .SingleOrDefaultAsync(b => b.Id == id && b.Kind == kind && b.UserId == caller.UserId, cancellationToken);
        if (request is null)
            return null;
        var outcomes = await db.BulkOutcomes.AsNoTracking().Where(o => o.RequestId == id).ToListAsync(cancellationToken);
        var job = BulkJob.Read(request.Document, outcomes);
        // Dropped a moment ago, between the two: what became of it is gone.
        if (request.IsDone && job.Parts.Any(part => !part.IsOver))
            return null;
        return caller.Access.IsSupport || job.By.Groups.All(caller.Access.Roles.ContainsKey) ? (request, job) : null;
    }

    public void Dispose() => _counting.Dispose();

    /// <summary>A person's rights, as far as these groups go.</summary>
    internal static Access Narrow(Access access, IReadOnlyList<long> groups) =>
        access with
        {
            IsSupport = false,
            Roles = groups
                .Where(group => access.IsSupport || access.Roles.ContainsKey(group))
                .ToDictionary(group => group, group => access.Roles.GetValueOrDefault(group, Role.Viewer)),
        };

    private static Refusal? Refuse(string kind, IReadOnlyList<BulkPart> parts, Access by, IReadOnlyList<long> groups)
    {
        if (parts.Count is 0 or > MostParts)
            return new("parts-invalid", $"The request has {parts.Count} parts: from 1 to {MostParts} are possible.");
        Role? needed = kind switch
        {
            Activations => Role.Publisher,
            Versions or Patches => Role.Editor,
            _ => null,
        };
        if (needed is { } role && !Narrow(by, groups).Roles.Values.Any(given => given >= role))
            return new("not-permitted", $"You need the role {role} in the properties' groups for that, and have it in none.");
        return parts.Select(WrongIn).FirstOrDefault(wrong => wrong is not null);
    }

    private static Refusal? WrongIn(BulkPart part) =>
        part switch
        {
            SearchPart search => search
                .Qualifiers.Prepend(search.Match)
                .Select(query => JsonQuery.Parse(query).Problem is { } problem ? new Refusal("query-invalid", $"“{query}”: {problem}") : null)
                .FirstOrDefault(wrong => wrong is not null),
            PatchPart patch => WrongIn(patch.Patch) is { } wrong
                ? new("patch-invalid", $"The patch of {PublicId.Of(PublicId.Property, patch.PropertyId)} cannot be read: {wrong}")
                : null,
            _ => null,
        };

    private static string? WrongIn(JsonElement patch) =>
        patch.ValueKind == JsonValueKind.Array && patch.GetArrayLength() == 0
            ? "it has no operation."
            : TreePatch.Wrong(patch, TreePatch.InBulk)?.Sentence;

    /// <summary>Keeps a request, and with that drops what the person has too much of.</summary>
    private static async Task AddAsync(AppDbContext db, BulkRequest request, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var old = db
            .BulkRequests.Where(b => b.IsDone && b.UserId == request.UserId && b.Kind == request.Kind)
            .OrderByDescending(b => b.Id)
            .Skip(MostKept - 1)
            .Select(b => b.Id);
        await db.BulkRequests.Where(b => old.Contains(b.Id)).ExecuteDeleteAsync(cancellationToken);
        db.BulkRequests.Add(request);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    private BulkRequest Request(string kind, BulkJob job, ApiCaller caller)
    {
        var now = time.GetUtcNow();
        return new BulkRequest
        {
            Kind = kind,
            UserId = caller.UserId,
            SubmittedAt = now,
            UpdatedAt = now,
            IsDone = job.Parts.All(part => part.IsOver),
            Document = job.Write(),
        };
    }
}
