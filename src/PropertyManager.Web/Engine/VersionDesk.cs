using Microsoft.EntityFrameworkCore;
using PropertyManager.Domain;
using PropertyManager.Domain.Configuration;
using PropertyManager.Domain.Properties;
using PropertyManager.Web.Data;

namespace PropertyManager.Web.Engine;

/// <summary>What came of saving a version: exactly one is not null.</summary>
/// <param name="Revision">It is saved, and this is its revision now.</param>
/// <param name="Refusal">It is not saved, and why.</param>
/// <param name="Meanwhile">It is not saved: somebody else saved it, and this is what they made of it.</param>
public sealed record SaveAnswer(int? Revision, Refusal? Refusal, PropertyVersion? Meanwhile);

/// <summary>The one door for what people ask of versions, for screens and API alike: a new one from an earlier one, and saving.</summary>
public sealed class VersionDesk(IDbContextFactory<AppDbContext> contexts, VersionHeads heads, TimeProvider time)
{
    /// <summary>So often a number is looked for anew when others take it.</summary>
    private const int Attempts = 10;

    private static readonly Refusal Unknown = new("not-found", "There is no such property version.");
    private static readonly Refusal NotPermitted = new("not-permitted", "You need the role Editor in this property's group for that.");

    /// <summary>Makes a new version.</summary>
    /// <param name="propertyId">Of the property.</param>
    /// <param name="basedOn">An existing version of it; null for a first one.</param>
    /// <param name="content">What it says; null for what the version says that it is based on.</param>
    /// <param name="requestKey">
    /// Identifies the request: sent again, for instance by a second click or after a lost answer, it gives the version that it made. Null where each
    /// request is to make one.
    /// </param>
    /// <param name="by">Who asks.</param>
    /// <param name="cancellationToken">Ends it before anything is saved.</param>
    /// <returns>Its number, or why there is none.</returns>
    public Task<(int? Number, Refusal? Refusal)> CreateAsync(
        long propertyId,
        int? basedOn,
        PropertyVersionDocument? content,
        Guid? requestKey,
        Access by,
        CancellationToken cancellationToken
    ) => CreateAsync(propertyId, basedOn, etag: null, content, requestKey, by, cancellationToken);

    /// <summary>Makes a new version that says what another says.</summary>
    /// <param name="propertyId">Of the property.</param>
    /// <param name="basedOn">An existing version of it.</param>
    /// <param name="etag">The state of that version that is meant (<see cref="VersionEtag" />); null for whichever is the present one.</param>
    /// <param name="by">Who asks.</param>
    /// <param name="cancellationToken">Ends it before anything is saved.</param>
    /// <returns>Its number, or why there is none: <c>etag-conflict</c> when the other was saved anew.</returns>
    public Task<(int? Number, Refusal? Refusal)> CopyAsync(
        long propertyId,
        int basedOn,
        string? etag,
        Access by,
        CancellationToken cancellationToken
    ) => CreateAsync(propertyId, basedOn, etag, content: null, requestKey: null, by, cancellationToken);

    private async Task<(int? Number, Refusal? Refusal)> CreateAsync(
        long propertyId,
        int? basedOn,
        string? etag,
        PropertyVersionDocument? content,
        Guid? requestKey,
        Access by,
        CancellationToken cancellationToken
    )
    {
        if (content is not null && Wrong(content) is { } wrong)
            return (null, wrong);
        await using (var db = await contexts.CreateDbContextAsync(cancellationToken))
        {
            if (await RefuseAsync(db, propertyId, by, cancellationToken) is { } refusal)
                return (null, refusal);
            if (await FindMadeAsync(db, propertyId, requestKey, cancellationToken) is { } made)
                return (made, null);
            if (content is not null && await DefaultCertificates.RefuseAsync(db, propertyId, content.Hostnames, cancellationToken) is { } tooMany)
                return (null, tooMany);
            if (basedOn is not null || content is null)
            {
                if (await FindAsync(db, propertyId, basedOn, cancellationToken) is not { } before)
                    return (null, new("not-found", $"There is no version {basedOn} to base it on."));
                if (etag is not null && etag != VersionEtag.Of(propertyId, before.Number, before.Revision))
                    return (null, SavedAnew(before));
                content ??= VersionView.ContentOf(before) with { Note = "" };
            }
        }
        for (var attempt = 1; ; attempt++)
        {
            if (await TryAddAsync(propertyId, basedOn, content, requestKey, by, last: attempt == Attempts, cancellationToken) is { } number)
            {
                await MakeEdgesAsync(propertyId, content, by, cancellationToken);
                return (number, null);
            }
            // Somebody took the number, or deleted the property.
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            if (await RefuseAsync(db, propertyId, by, cancellationToken) is { } refusal)
                return (null, refusal);
        }
    }

    /// <summary>Saves changes to a version that was never activated, and drops the person's draft of it.</summary>
    /// <param name="propertyId">Of the property.</param>
    /// <param name="number">Of the version.</param>
    /// <param name="revision">Of the version that the changes were made to: another one is not overwritten.</param>
    /// <param name="content">What it is to say.</param>
    /// <param name="by">Who asks.</param>
    /// <param name="cancellationToken">Ends it before anything is saved.</param>
    public async Task<SaveAnswer> SaveAsync(
        long propertyId,
        int number,
        int revision,
        PropertyVersionDocument content,
        Access by,
        CancellationToken cancellationToken
    )
    {
        if (Wrong(content) is { } wrong)
            return new(null, wrong, null);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await RefuseAsync(db, propertyId, by, cancellationToken) is { } refusal)
            return new(null, refusal, null);
        if (await DefaultCertificates.RefuseAsync(db, propertyId, content.Hostnames, cancellationToken) is { } tooMany)
            return new(null, tooMany, null);
        await using (var transaction = await db.Database.BeginTransactionAsync(cancellationToken))
        {
            // One statement decides between this and whoever saves or activates at the same moment.
            var saved = await Savable(db, propertyId, number, revision)
                .ExecuteUpdateAsync(
                    set =>
                        set.SetProperty(v => v.Revision, revision + 1)
                            .SetProperty(v => v.Rules, RuleTreeJson.Write(content.Rules))
                            .SetProperty(v => v.RuleFormat, content.RuleFormat)
                            .SetProperty(v => v.Notes, (content.Note ?? "").Trim())
                            .SetProperty(v => v.UpdatedAt, time.GetUtcNow()),
                    cancellationToken
                );
            if (saved == 1)
            {
                await db.Hostnames.Where(h => h.PropertyId == propertyId && h.Version == number).ExecuteDeleteAsync(cancellationToken);
                db.Hostnames.AddRange(VersionView.Rows(content.Hostnames, propertyId, number));
                await db.SaveChangesAsync(cancellationToken);
                // What the person's program saves is not what they have open on the screen: they are told there that it was saved anew.
                if (by.Client is null)
                    await DraftDesk.DropAsync(db, propertyId, number, by, cancellationToken);
                await transaction.CommitAsync(cancellationToken);
                heads.Forget(propertyId, number);
                await MakeEdgesAsync(propertyId, content, by, cancellationToken);
                return new(revision + 1, null, null);
            }
        }
        return await NotSavedAsync(db, propertyId, number, cancellationToken);
    }

    /// <summary>What saving would come to, and saves nothing.</summary>
    /// <param name="propertyId">Of the property.</param>
    /// <param name="number">Of the version.</param>
    /// <param name="revision">Of the version that the changes were made to.</param>
    /// <param name="content">What it would say.</param>
    /// <param name="by">Who asks.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<SaveAnswer> CheckAsync(
        long propertyId,
        int number,
        int revision,
        PropertyVersionDocument content,
        Access by,
        CancellationToken cancellationToken
    )
    {
        if (Wrong(content) is { } wrong)
            return new(null, wrong, null);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await RefuseAsync(db, propertyId, by, cancellationToken) is { } refusal)
            return new(null, refusal, null);
        return await Savable(db, propertyId, number, revision).AnyAsync(cancellationToken)
            ? new(revision + 1, null, null)
            : await NotSavedAsync(db, propertyId, number, cancellationToken);
    }

    // A program makes edge hostnames itself, before it names them; or an activation does.
    private async Task MakeEdgesAsync(long propertyId, PropertyVersionDocument content, Access by, CancellationToken cancellationToken)
    {
        if (by.Client is not null)
            return;
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        try
        {
            await NamedEdgeHostnames.MakeAsync(db, propertyId, content.Hostnames, time.GetUtcNow(), cancellationToken);
        }
        catch (Exception exception) when (exception is DbUpdateException || DatabaseFailure.From(exception) is not null)
        {
            // The version is saved. What was not made of it stays unmade, and the version's messages tell so.
        }
    }

    private static IQueryable<PropertyVersion> Savable(AppDbContext db, long propertyId, int number, int revision) =>
        db.Versions.Where(v => v.PropertyId == propertyId && v.Number == number && v.Revision == revision && !v.IsLocked);

    private static async Task<SaveAnswer> NotSavedAsync(AppDbContext db, long propertyId, int number, CancellationToken cancellationToken) =>
        await FindAsync(db, propertyId, number, cancellationToken) switch
        {
            null => new(null, Unknown, null),
            { IsLocked: true } => new(null, Locked(number), null),
            var meanwhile => new(null, null, meanwhile),
        };

    /// <summary>Why this person may not change versions of a property, before anything is made of what they send; null when they may.</summary>
    public async Task<Refusal?> RefuseAsync(long propertyId, Access by, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await RefuseAsync(db, propertyId, by, cancellationToken);
    }

    /// <summary>Why this person may not change versions of a property; null when they may.</summary>
    internal static async Task<Refusal?> RefuseAsync(AppDbContext db, long propertyId, Access by, CancellationToken cancellationToken)
    {
        var property = await db.Properties.AsNoTracking().Seen(by).SingleOrDefaultAsync(p => p.Id == propertyId, cancellationToken);
        return property is null ? new("not-found", "There is no such property.")
            : by.MayEdit(property) ? null
            : NotPermitted;
    }

    private static Task<PropertyVersion?> FindAsync(AppDbContext db, long propertyId, int? number, CancellationToken cancellationToken) =>
        db
            .Versions.AsNoTracking()
            .Include(v => v.Hostnames)
            .SingleOrDefaultAsync(v => v.PropertyId == propertyId && v.Number == number, cancellationToken);

    internal static Refusal? Wrong(PropertyVersionDocument content)
    {
        if (content.Note is { Length: > PropertyVersion.NotesLength } notes)
            return new("note-too-long", $"Notes have {notes.Length} characters: {PropertyVersion.NotesLength} at most.");
        if (content.Hostnames.Count > PropertyVersion.MostHostnames)
            return new(
                "too-many-hostnames",
                $"It would have {content.Hostnames.Count:N0} hostnames: a version has {PropertyVersion.MostHostnames:N0} at most. Give some of them to another property."
            );
        var twice = content.Hostnames.GroupBy(h => h.CnameFrom, StringComparer.OrdinalIgnoreCase).FirstOrDefault(same => same.Count() > 1);
        if (twice is not null)
            return new("hostname-twice", $"The hostname {twice.Key} is listed {twice.Count()} times. Keep one of them.");
        if (RuleUsage.Of(content.Rules).Refuse() is { } tooMuch)
            return tooMuch;
        // What is stored has to read back: names that are missing, and the limits of a tree.
        return content.Hostnames.Select(FaultOf).FirstOrDefault(fault => fault is not null) is { } hostname ? new("hostname-invalid", hostname)
            : RuleTreeJson.Parse(RuleTreeJson.Write(content.Rules)).Problems is [var first, ..]
                ? new("rules-invalid", $"{first.Message} ({first.Pointer})")
            : null;
    }

    private static string? FaultOf(HostnameEntry hostname) =>
        HostnameSyntax.Fault(hostname.CnameFrom) is { } fault ? $"The hostname “{hostname.CnameFrom}” {fault}."
        : HostnameSyntax.EdgeFault(hostname.EdgeHostname) is { } edge ? $"The edge hostname of {hostname.CnameFrom} {edge}."
        : hostname.Certificate == CertificateProvisioning.Default
        && hostname.EdgeHostname.EndsWith(".akamaized.net", StringComparison.OrdinalIgnoreCase)
            ? $"{hostname.CnameFrom} points at {hostname.EdgeHostname}, which has a certificate of its own: none can be made for it."
        : null;

    internal static Refusal SavedAnew(PropertyVersion version) =>
        new("etag-conflict", $"Version {version.Number} was saved anew since you read it. Read it again, and decide then.");

    private static Refusal Locked(int number) =>
        new("version-locked", $"Version {number} was activated and stays as it is. Save your changes as a new version.");

    /// <summary>Null when somebody else took the number meanwhile, or deleted the property.</summary>
    private async Task<int?> TryAddAsync(
        long propertyId,
        int? basedOn,
        PropertyVersionDocument content,
        Guid? requestKey,
        Access by,
        bool last,
        CancellationToken cancellationToken
    )
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var number = await VersionView.NextNumberAsync(db, propertyId, cancellationToken);
        db.Versions.Add(
            new PropertyVersion
            {
                PropertyId = propertyId,
                Number = number,
                BasedOn = basedOn,
                Notes = (content.Note ?? "").Trim(),
                RuleFormat = content.RuleFormat,
                Rules = RuleTreeJson.Write(content.Rules),
                Hostnames = VersionView.Rows(content.Hostnames, propertyId, number),
                Author = by.Email,
                RequestKey = requestKey,
                UpdatedAt = time.GetUtcNow(),
            }
        );
        try
        {
            await db.SaveChangesAsync(cancellationToken);
            return number;
        }
        catch (DbUpdateException)
        {
            await using var other = await contexts.CreateDbContextAsync(cancellationToken);
            if (await FindMadeAsync(other, propertyId, requestKey, cancellationToken) is { } made)
                return made;
            if (
                last
                || !await other.Versions.AnyAsync(v => v.PropertyId == propertyId && v.Number == number, cancellationToken)
                    && await other.Properties.AnyAsync(p => p.Id == propertyId, cancellationToken)
            )
                throw;
            return null;
        }
    }

    /// <summary>The number of the version that this request made already; null when it made none.</summary>
    private static async Task<int?> FindMadeAsync(AppDbContext db, long propertyId, Guid? requestKey, CancellationToken cancellationToken) =>
        requestKey is null
            ? null
            : await db
                .Versions.Where(v => v.PropertyId == propertyId && v.RequestKey == requestKey)
                .Select(v => (int?)v.Number)
                .SingleOrDefaultAsync(cancellationToken);
}
