using Microsoft.EntityFrameworkCore;
using PropertyManager.Domain;
using PropertyManager.Domain.Configuration;
using PropertyManager.Domain.Properties;
using PropertyManager.Web.Data;

namespace PropertyManager.Web.Engine;

/// <summary>What people changed of versions and have not saved yet: each has one draft of a version, of their own. Programs have none.</summary>
public sealed class DraftDesk(IDbContextFactory<AppDbContext> contexts, TimeProvider time)
{
    /// <summary>The person's own draft of a version; null when there is none.</summary>
    public async Task<VersionDraft?> FindAsync(long propertyId, int number, Access by, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db
            .Drafts.AsNoTracking()
            .SingleOrDefaultAsync(d => d.PropertyId == propertyId && d.Version == number && d.By == by.Email, cancellationToken);
    }

    /// <summary>Keeps what a person changed and has not saved; the newest is kept.</summary>
    /// <param name="propertyId">Of the property.</param>
    /// <param name="number">Of the version.</param>
    /// <param name="revision">Of the version that the changes were made to.</param>
    /// <param name="before">What that said.</param>
    /// <param name="content">What it would say.</param>
    /// <param name="unread">Text of the JSON view that cannot be read yet; null when it can.</param>
    /// <param name="by">Who changes it.</param>
    /// <param name="cancellationToken">Ends it before anything is saved.</param>
    public async Task<Refusal?> KeepAsync(
        long propertyId,
        int number,
        int revision,
        PropertyVersionDocument before,
        PropertyVersionDocument content,
        string? unread,
        Access by,
        CancellationToken cancellationToken
    )
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await VersionDesk.RefuseAsync(db, propertyId, by, cancellationToken) is { } refusal)
            return refusal;
        var draft = await db.Drafts.SingleOrDefaultAsync(
            d => d.PropertyId == propertyId && d.Version == number && d.By == by.Email,
            cancellationToken
        );
        if (draft is null)
        {
            draft = new VersionDraft
            {
                PropertyId = propertyId,
                Version = number,
                By = by.Email,
                Revision = revision,
                Base = "",
                Document = "",
                UpdatedAt = default,
            };
            db.Drafts.Add(draft);
        }
        (draft.Revision, draft.Base) = (revision, before.Write());
        (draft.Document, draft.Unread, draft.UpdatedAt) = (content.Write(), unread, time.GetUtcNow());
        await db.SaveChangesAsync(cancellationToken);
        return null;
    }

    /// <summary>The person does not want their changes any more.</summary>
    public async Task DropAsync(long propertyId, int number, Access by, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await DropAsync(db, propertyId, number, by, cancellationToken);
    }

    /// <summary>The same within what somebody else has begun: saving and dropping the draft are one thing.</summary>
    internal static Task<int> DropAsync(AppDbContext db, long propertyId, int number, Access by, CancellationToken cancellationToken) =>
        db.Drafts.Where(d => d.PropertyId == propertyId && d.Version == number && d.By == by.Email).ExecuteDeleteAsync(cancellationToken);
}
