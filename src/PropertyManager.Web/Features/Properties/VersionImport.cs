using System.Text;
using Microsoft.EntityFrameworkCore;
using PropertyManager.Domain;
using PropertyManager.Domain.Configuration;
using PropertyManager.Web.Data;
using PropertyManager.Web.Engine;

namespace PropertyManager.Web.Features.Properties;

/// <summary>What importing a document would make.</summary>
/// <param name="Number">Of the version to be, unless somebody else makes one first.</param>
/// <param name="Rules">How many, the default rule included.</param>
/// <param name="Hostnames">The version's hostnames.</param>
/// <param name="KeepsHostnames">The file names none: they are those of the version it is based on.</param>
/// <param name="Changes">Against the version it is based on.</param>
/// <param name="Messages">What is wrong with it, as <see cref="ValidationMessages.Arrange"/> has it.</param>
public sealed record ImportPreview(
    int Number,
    int Rules,
    IReadOnlyList<HostnameEntry> Hostnames,
    bool KeepsHostnames,
    HostnameChanges Changes,
    IReadOnlyList<ValidationMessage> Messages
);

/// <summary>Makes property versions from files.</summary>
public sealed class VersionImport(IDbContextFactory<AppDbContext> contexts, VersionDesk desk)
{
    /// <summary>Bytes of a file, at most.</summary>
    public const int MaxBytes = RuleTreeJson.MaxBytes;

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
            await VersionView.NextNumberAsync(db, propertyId, cancellationToken),
            document.Rules.Rules().Count(),
            next,
            keeps,
            HostnameChanges.Between(current, next),
            RuleTreeValidator.Validate(document.Rules, next, document.RuleFormat)
        );
    }

    /// <summary>
    /// Saves the version under the next number, whole or not at all. Of several who import at once, each gets a number of their own.
    /// </summary>
    /// <returns>The number, or why nothing was saved. The same request key gives the same version again.</returns>
    public async Task<(int? Number, Refusal? Refusal)> SaveAsync(
        long propertyId,
        int? basedOn,
        PropertyVersionDocument document,
        string notes,
        Guid? requestKey,
        Access by,
        CancellationToken cancellationToken
    )
    {
        var hostnames = document.Hostnames;
        if (hostnames.Count == 0)
        {
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            hostnames = await HostnamesAsync(db, propertyId, basedOn, cancellationToken);
        }
        return await desk.CreateAsync(propertyId, basedOn, document with { Hostnames = hostnames, Note = notes }, requestKey, by, cancellationToken);
    }

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
