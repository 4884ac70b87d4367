using System.Text;
using Microsoft.EntityFrameworkCore;
using PropertyManager.Domain;
using PropertyManager.Domain.Configuration;
using PropertyManager.Domain.Properties;
using PropertyManager.Web.Data;

namespace PropertyManager.Web.Features.Properties;

/// <summary>What importing a document would make.</summary>
/// <param name="Number">Of the version to be, unless somebody else makes one first.</param>
/// <param name="Rules">How many, the default rule included.</param>
/// <param name="Hostnames">The version's hostnames.</param>
/// <param name="KeepsHostnames">The file names none: they are those of the version it is based on.</param>
/// <param name="Changes">Against the version it is based on.</param>
public sealed record ImportPreview(
    int Number,
    int Rules,
    IReadOnlyList<HostnameEntry> Hostnames,
    bool KeepsHostnames,
    HostnameChanges Changes,
    IReadOnlyList<ValidationMessage> Messages
);

/// <summary>Makes property versions from files.</summary>
public sealed class VersionImport(IDbContextFactory<AppDbContext> contexts, TimeProvider time)
{
    /// <summary>Bytes of a file, at most.</summary>
    public const int MaxBytes = RuleTreeJson.MaxBytes;

    private const int Attempts = 10;

    private static readonly Encoding Utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads UTF-8; what is wrong with the text is among the problems.</summary>
    /// <exception cref="IOException">The stream is longer than it may be, or broke off.</exception>
    public static async Task<(PropertyVersionDocument? Document, IReadOnlyList<ConfigurationProblem> Problems)> ReadAsync(
        Stream stream,
        CancellationToken cancellationToken
    )
    {
        using var reader = new StreamReader(stream, Utf8);
        string text;
        try
        {
            text = await reader.ReadToEndAsync(cancellationToken);
        }
        catch (DecoderFallbackException)
        {
            return (null, [new ConfigurationProblem("", null, null, "The file is not text in UTF-8. Save it in this encoding, or export it again.")]);
        }
        // Several megabytes take a while: the circuit's other events do not wait for it.
        var parsed = await Task.Run(() => PropertyVersionDocument.Parse(text), cancellationToken);
        return (parsed.Value, parsed.Problems);
    }

    /// <param name="basedOn">An existing version; null when the property has none.</param>
    public async Task<ImportPreview> PreviewAsync(
        long propertyId,
        int? basedOn,
        PropertyVersionDocument document,
        CancellationToken cancellationToken
    )
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var current = await HostnamesAsync(db, propertyId, basedOn, cancellationToken);
        var keeps = document.Hostnames.Count == 0 && current.Count > 0;
        var next = keeps ? current : document.Hostnames;
        return new(
            await NextNumberAsync(db, propertyId, cancellationToken),
            document.Rules.Rules().Count(),
            next,
            keeps,
            HostnameChanges.Between(current, next),
            [.. RuleTreeValidator.Validate(document.Rules, next).OrderByDescending(message => message.Severity)]
        );
    }

    /// <summary>
    /// Saves the version under the next number, whole or not at all. Of several who import at once, each gets a number of their own.
    /// </summary>
    /// <returns>The number, or why nothing was saved.</returns>
    public async Task<(int? Number, Refusal? Refusal)> SaveAsync(
        long propertyId,
        int? basedOn,
        PropertyVersionDocument document,
        string notes,
        Access by,
        CancellationToken cancellationToken
    )
    {
        if (notes.Length > PropertyVersion.NotesLength)
            return (null, new("note-too-long", $"Notes have {notes.Length} characters: {PropertyVersion.NotesLength} at most."));
        await using (var db = await contexts.CreateDbContextAsync(cancellationToken))
        {
            var property = await db.Properties.AsNoTracking().Seen(by).SingleOrDefaultAsync(p => p.Id == propertyId, cancellationToken);
            if (property is null)
                return (null, new("not-found", "There is no such property."));
            if (!by.MayEdit(property))
                return (null, new("not-permitted", "You need the role Editor in this property's group for that."));
            if (basedOn is not null && !await db.Versions.AnyAsync(v => v.PropertyId == propertyId && v.Number == basedOn, cancellationToken))
                return (null, new("not-found", $"There is no version {basedOn} to base it on."));
        }
        for (var attempt = 1; ; attempt++)
        {
            if (await TrySaveAsync(propertyId, basedOn, document, notes, by, last: attempt == Attempts, cancellationToken) is { } number)
                return (number, null);
        }
    }

    /// <summary>Null when somebody else took the number meanwhile.</summary>
    private async Task<int?> TrySaveAsync(
        long propertyId,
        int? basedOn,
        PropertyVersionDocument document,
        string notes,
        Access by,
        bool last,
        CancellationToken cancellationToken
    )
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var number = await NextNumberAsync(db, propertyId, cancellationToken);
        var hostnames = document.Hostnames.Count > 0 ? document.Hostnames : await HostnamesAsync(db, propertyId, basedOn, cancellationToken);
        db.Versions.Add(
            new PropertyVersion
            {
                PropertyId = propertyId,
                Number = number,
                BasedOn = basedOn,
                Notes = notes.Trim(),
                RuleFormat = document.RuleFormat,
                Rules = RuleTreeJson.Write(document.Rules),
                Hostnames = VersionView.Rows(hostnames),
                Author = by.Email,
                UpdatedAt = time.GetUtcNow(),
            }
        );
        try
        {
            await db.SaveChangesAsync(cancellationToken);
            return number;
        }
        catch (DbUpdateException) when (!last)
        {
            await using var other = await contexts.CreateDbContextAsync(cancellationToken);
            if (!await other.Versions.AnyAsync(v => v.PropertyId == propertyId && v.Number == number, cancellationToken))
                throw;
            return null;
        }
    }

    private static async Task<int> NextNumberAsync(AppDbContext db, long propertyId, CancellationToken cancellationToken) =>
        1 + await db.Versions.Where(v => v.PropertyId == propertyId).MaxAsync(v => (int?)v.Number, cancellationToken) ?? 1;

    private static async Task<IReadOnlyList<HostnameEntry>> HostnamesAsync(
        AppDbContext db,
        long propertyId,
        int? version,
        CancellationToken cancellationToken
    ) =>
        VersionView.Entries(
            await db.Hostnames.Where(hostname => hostname.PropertyId == propertyId && hostname.Version == version).ToListAsync(cancellationToken)
        );
}
