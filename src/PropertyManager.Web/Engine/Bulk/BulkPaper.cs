using Microsoft.EntityFrameworkCore;
using PropertyManager.Web.Data;

namespace PropertyManager.Web.Engine.Bulk;

/// <summary>A request while it is worked at: what is noted of it, unless somebody else notes something first.</summary>
internal sealed class BulkPaper
{
    private readonly IDbContextFactory<AppDbContext> _contexts;
    private readonly TimeProvider _time;

    /// <summary>Parts of which something was noted before.</summary>
    private readonly HashSet<int> _noted;

    private BulkPaper(IDbContextFactory<AppDbContext> contexts, BulkRequest request, IReadOnlyList<BulkOutcome> outcomes, TimeProvider time)
    {
        (_contexts, _time) = (contexts, time);
        _noted = [.. outcomes.Select(outcome => outcome.Part)];
        (Id, Job, UpdatedAt) = (request.Id, BulkJob.Read(request.Document, outcomes), request.UpdatedAt);
    }

    public long Id { get; }

    public BulkJob Job { get; private set; }

    /// <summary>Real time.</summary>
    public DateTimeOffset UpdatedAt { get; private set; }

    /// <summary>A request as it is now; null when it is done, or gone.</summary>
    public static async Task<BulkPaper?> OpenAsync(
        IDbContextFactory<AppDbContext> contexts,
        long id,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var request = await db.BulkRequests.AsNoTracking().SingleOrDefaultAsync(b => b.Id == id && !b.IsDone, cancellationToken);
        if (request is null)
            return null;
        // What somebody notes in between is seen here, and that they did when something is noted.
        var outcomes = await db.BulkOutcomes.AsNoTracking().Where(o => o.RequestId == id).ToListAsync(cancellationToken);
        return new(contexts, request, outcomes, time);
    }

    /// <summary>Notes how far those of its parts are that changed; false when somebody else works at the request.</summary>
    public async Task<bool> KeepAsync(BulkJob job, CancellationToken cancellationToken)
    {
        // Each note has a time of its own, which is how the next one knows it; what the database keeps is coarser than the clock.
        var at = _time.GetUtcNow();
        at = at > UpdatedAt + TimeSpan.FromMilliseconds(1) ? at : UpdatedAt + TimeSpan.FromMilliseconds(1);
        at = new DateTimeOffset(at.Ticks - (at.Ticks % TimeSpan.TicksPerMillisecond), at.Offset);
        var changed = Enumerable.Range(0, job.Parts.Count).Where(part => !ReferenceEquals(job.Parts[part], Job.Parts[part])).ToList();
        await using var db = await _contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var noted = await db
            .BulkRequests.Where(b => b.Id == Id && b.UpdatedAt == UpdatedAt)
            .ExecuteUpdateAsync(
                set => set.SetProperty(b => b.UpdatedAt, at).SetProperty(b => b.IsDone, job.Parts.All(p => p.IsOver)),
                cancellationToken
            );
        if (noted != 1)
            return false;
        foreach (var part in changed)
        {
            var outcome = new BulkOutcome
            {
                RequestId = Id,
                Part = part,
                Document = job.WritePart(part),
            };
            db.Entry(outcome).State = _noted.Contains(part) ? EntityState.Modified : EntityState.Added;
        }
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        (Job, UpdatedAt) = (job, at);
        _noted.UnionWith(changed);
        return true;
    }
}
