using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using PropertyManager.Domain;
using PropertyManager.Domain.Configuration;
using PropertyManager.Domain.Properties;
using PropertyManager.Web.Data;

namespace PropertyManager.Web.Engine.Bulk;

/// <summary>New versions and changed rules, asked for at the version desk.</summary>
public sealed class BulkVersions(IDbContextFactory<AppDbContext> contexts, VersionDesk desk)
{
    private const int Attempts = 5;

    private static readonly Refusal Unknown = new("not-found", "There is no such property version.");

    /// <summary>Makes the version; or finds that it was made already.</summary>
    /// <param name="part">What is wanted. Its start is when it was first tried.</param>
    /// <param name="isResumed">It was begun before, and may have been done.</param>
    /// <param name="by">Who asks.</param>
    /// <param name="cancellationToken">Ends it before anything is saved.</param>
    public async Task<BulkPart> DoAsync(VersionPart part, bool isResumed, Access by, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            if (await FindAsync(part.PropertyId, part.From, by, cancellationToken) is not { } source)
                return part.Refuse(Unknown);
            if (isResumed && await MadeAsync(part, by, cancellationToken) is { } before)
                return part with { State = BulkState.Complete, Made = before, MadeFrom = part.Etag };
            var etag = part.Etag ?? VersionEtag.Of(source.PropertyId, source.Number, source.Revision);
            var (number, refusal) = await desk.CopyAsync(part.PropertyId, part.From, etag, by, cancellationToken);
            if (refusal is null)
                return part with { State = BulkState.Complete, Made = number, MadeFrom = etag };
            // Nobody asked for that state: it was saved anew a moment ago, and the present one is meant.
            if (refusal.Code != "etag-conflict" || part.Etag is not null || attempt == Attempts)
                return part.Refuse(refusal);
        }
    }

    /// <summary>Changes the rules; or finds that they were changed already.</summary>
    /// <param name="part">What is wanted.</param>
    /// <param name="by">Who asks.</param>
    /// <param name="keep">Notes what is about to be saved; false when it cannot be noted, and then is not to be saved.</param>
    /// <param name="cancellationToken">Ends it before anything is saved.</param>
    /// <returns>What became of it; null when it could not be noted.</returns>
    public async Task<BulkPart?> DoAsync(PatchPart part, Access by, Func<PatchPart, Task<bool>> keep, CancellationToken cancellationToken)
    {
        if (await FindAsync(part.PropertyId, part.Version, by, cancellationToken) is not { } version)
            return part.Refuse(Unknown);
        if (part.Result is not null && part.Result == HashOf(version.Rules, version.Notes))
            return part with { State = BulkState.Complete, Revision = version.Revision };
        if (part.Etag is not null && part.Etag != VersionEtag.Of(version.PropertyId, version.Number, version.Revision))
            return part.Refuse(VersionDesk.SavedAnew(version));
        var (content, problem) = Patched(VersionView.ContentOf(version), part.Patch);
        if (content is null)
            return part.Refuse(new("patch-not-possible", $"It cannot be carried out: {problem}"));
        part = part with
        {
            Result = HashOf(RuleTreeJson.Write(content.Rules), content.Note),
            Messages = await ValidateAsync(part.PropertyId, content, cancellationToken),
        };
        if (!await keep(part))
            return null;
        var saved = await desk.SaveAsync(part.PropertyId, part.Version, version.Revision, content, by, cancellationToken);
        return saved.Revision is { } revision
            ? part with
            {
                State = BulkState.Complete,
                Revision = revision,
            }
            : part.Refuse(saved.Refusal ?? VersionDesk.SavedAnew(version));
    }

    private static (PropertyVersionDocument? Content, string? Problem) Patched(PropertyVersionDocument before, JsonElement patch)
    {
        var (text, fault) = TreePatch.Apply(before, patch);
        if (text is null)
            return (null, fault!.Sentence);
        var read = RuleTreeJson.Parse(text);
        return read.Value is { } tree ? (RuleDocument.With(before, tree), null) : (null, $"{read.Problems[0].Message} ({read.Problems[0].Pointer})");
    }

    /// <summary>What an activation of it would find.</summary>
    private async Task<IReadOnlyList<ValidationMessage>> ValidateAsync(
        long propertyId,
        PropertyVersionDocument content,
        CancellationToken cancellationToken
    )
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var accountId = await db.Properties.Where(p => p.Id == propertyId).Select(p => p.AccountId).FirstOrDefaultAsync(cancellationToken);
        return await AccountChecks.ValidateAsync(db, accountId, content, cancellationToken);
    }

    private async Task<PropertyVersion?> FindAsync(long propertyId, int number, Access by, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db
            .Versions.AsNoTracking()
            .Include(v => v.Hostnames)
            .Where(v => db.Properties.Seen(by).Any(p => p.Id == v.PropertyId))
            .SingleOrDefaultAsync(v => v.PropertyId == propertyId && v.Number == number, cancellationToken);
    }

    private async Task<int?> MadeAsync(VersionPart part, Access by, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db
            .Versions.Where(v => v.PropertyId == part.PropertyId && v.BasedOn == part.From && v.Author == by.Email && v.UpdatedAt >= part.StartedAt)
            .OrderBy(v => v.Number)
            .Select(v => (int?)v.Number)
            .FirstOrDefaultAsync(cancellationToken);
    }

    // As a version keeps them.
    private static string HashOf(string rules, string? note) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{rules}\n{note?.Trim()}")));
}
