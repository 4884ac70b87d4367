using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Memory;
using PropertyManager.Domain;
using PropertyManager.Domain.Configuration;
using PropertyManager.Domain.Properties;
using PropertyManager.Web.Data;
using PropertyManager.Web.Engine;
using PropertyManager.Web.Papi.Problems;

namespace PropertyManager.Web.Papi.Rules;

/// <summary>How a request wants rules.</summary>
/// <param name="Format">The rule format that the answer names.</param>
/// <param name="HasPrefixes">Identifiers have their prefixes.</param>
/// <param name="IsValidated">Errors and warnings stand beside the rules.</param>
internal readonly record struct RuleView(string Format, bool HasPrefixes, bool IsValidated);

/// <summary>Rules of a version, written out.</summary>
/// <param name="Json">The body.</param>
/// <param name="Etag">Of the state that they are from.</param>
/// <param name="Usage">What they have of what is limited.</param>
internal sealed record RuleAnswer(byte[] Json, string Etag, RuleUsage Usage);

/// <summary>
/// Writes rules out as the API answers them, and holds what it wrote: property, version and revision together say one thing for ever, so that
/// what is held never has to be taken back, unless the account misses something that they name. What is held is bounded; which revision is the
/// present one is asked elsewhere.
/// </summary>
internal sealed class RuleAnswers(IDbContextFactory<AppDbContext> contexts, ContractDesk desk, TimeProvider time) : IDisposable
{
    /// <summary>Bytes that are held, at most.</summary>
    private const long MostHeld = 64 * 1024 * 1024;

    private static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly MemoryCache _held = new(new MemoryCacheOptions { SizeLimit = MostHeld });

    public void Dispose() => _held.Dispose();

    /// <summary>The rules in the present state of a version; null when it is gone.</summary>
    public async ValueTask<RuleAnswer?> FindAsync(VersionHead head, RuleView view, CancellationToken cancellationToken)
    {
        if (_held.TryGetValue((head.Property.Id, head.Number, head.Revision, view), out Held? held) && IsGood(held!))
            return held!.Answer;
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var version = await db
            .Versions.AsNoTracking()
            .Include(v => v.Hostnames)
            .SingleOrDefaultAsync(v => v.PropertyId == head.Property.Id && v.Number == head.Number, cancellationToken);
        // It may have been saved anew meanwhile: then it is answered, and held, as what it is now.
        return version is null
            ? null
            : await WriteAsync(head with { Revision = version.Revision }, VersionView.ContentOf(version), view, cancellationToken);
    }

    /// <summary>A state of a version, written out and held.</summary>
    public async Task<RuleAnswer> WriteAsync(VersionHead head, PropertyVersionDocument content, RuleView view, CancellationToken cancellationToken)
    {
        var made = desk.CodesMade;
        var missing = await MissingAsync(head, content, view, cancellationToken);
        var answer = Draft(head, content, view, missing);
        var until = missing.Count == 0 ? long.MaxValue : time.GetTimestamp() + (long)(VersionHeads.Fresh.TotalSeconds * time.TimestampFrequency);
        _held.Set(
            (head.Property.Id, head.Number, head.Revision, view),
            new Held(answer, until, made),
            new MemoryCacheEntryOptions { Size = answer.Json.Length + 1000 }
        );
        return answer;
    }

    // What is missing may be made: here that is known at once, of another node after a moment.
    private bool IsGood(Held held) => held.Until == long.MaxValue || (held.CodesMade == desk.CodesMade && time.GetTimestamp() < held.Until);

    private sealed record Held(RuleAnswer Answer, long Until, int CodesMade);

    /// <summary>A state that was not saved, written out.</summary>
    public async Task<RuleAnswer> DraftAsync(VersionHead head, PropertyVersionDocument content, RuleView view, CancellationToken cancellationToken) =>
        Draft(head, content, view, await MissingAsync(head, content, view, cancellationToken));

    private async Task<IReadOnlyList<ValidationMessage>> MissingAsync(
        VersionHead head,
        PropertyVersionDocument content,
        RuleView view,
        CancellationToken cancellationToken
    )
    {
        if (!view.IsValidated)
            return [];
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await AccountChecks.MissingAsync(db, head.Property.AccountId, content.Rules, [], cancellationToken);
    }

    private static RuleAnswer Draft(VersionHead head, PropertyVersionDocument content, RuleView view, IReadOnlyList<ValidationMessage> missing)
    {
        string Id(string prefix, string number) => view.HasPrefixes ? prefix + number : number;
        string Number(string prefix, long number) => view.HasPrefixes ? PublicId.Of(prefix, number) : PublicId.Of("", number);

        var etag = VersionEtag.Of(head.Property.Id, head.Number, head.Revision);
        var body = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(body, Writing))
        {
            json.WriteStartObject();
            json.WriteString("accountId", Number(PublicId.Account, head.Property.AccountId));
            json.WriteString("contractId", Id("ctr_", head.ContractId["ctr_".Length..]));
            json.WriteString("groupId", Number(PublicId.Group, head.Property.GroupId));
            json.WriteString("propertyId", Number(PublicId.Property, head.Property.Id));
            json.WriteNumber("propertyVersion", head.Number);
            json.WriteString("etag", etag);
            json.WriteString("ruleFormat", view.Format);
            foreach (var (name, value) in RuleDocument.Of(content))
            {
                json.WritePropertyName(name);
                value!.WriteTo(json);
            }
            if (view.IsValidated)
                WriteMessages(
                    json,
                    ValidationMessages.Arrange([
                        .. RuleTreeValidator.Validate(content.Rules, content.Hostnames, content.RuleFormat).Where(message => !message.IsOfHostnames),
                        .. missing,
                    ])
                );
            json.WriteEndObject();
        }
        return new(body.WrittenSpan.ToArray(), etag, RuleUsage.Of(content.Rules));
    }

    /// <summary>Errors and warnings under their names, where there are any.</summary>
    public static void WriteMessages(Utf8JsonWriter json, IReadOnlyList<ValidationMessage> messages)
    {
        foreach (var (name, severity) in new[] { ("errors", Severity.Error), ("warnings", Severity.Warning) })
        {
            var found = messages.Where(message => message.Severity == severity).Select(RuleMessage.Of).ToList();
            if (found.Count == 0)
                continue;
            json.WritePropertyName(name);
            JsonSerializer.Serialize(json, found, PapiRequest.Json);
        }
    }
}

/// <summary>Something that validation found.</summary>
/// <param name="Type">Absolute; the same for all of its kind, and the public API's own where clients know it.</param>
/// <param name="Title">A few words.</param>
/// <param name="Detail">Why it matters and what to do; of several places how many they are, and the first of them.</param>
/// <param name="ErrorLocation">Where: a JSON pointer after a hash. Of several places the first.</param>
/// <param name="ErrorLocations">Where it is so in several places: all of them, or of very many the first thousand. Left out where it is one.</param>
internal sealed record RuleMessage(string Type, string Title, string Detail, string ErrorLocation, IReadOnlyList<string>? ErrorLocations)
{
    public static RuleMessage Of(ValidationMessage message)
    {
        var kind = message.Kind ?? string.Concat(message.Title.Select(c => char.IsAsciiLetterOrDigit(c) ? char.ToLowerInvariant(c) : '_')).Trim('_');
        return new($"{PapiProblem.Types}papi/v0/validation/{kind}", message.Title, message.WholeDetail, "#" + message.Pointer, Locations(message));
    }

    private static List<string>? Locations(ValidationMessage message) =>
        message.Others.Count == 0 ? null : [.. message.Places.Select(place => "#" + place.Pointer)];
}
