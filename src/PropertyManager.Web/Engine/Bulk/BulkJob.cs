using System.Text.Json;
using System.Text.Json.Serialization;
using PropertyManager.Domain;
using PropertyManager.Domain.Configuration;
using PropertyManager.Web.Data;

namespace PropertyManager.Web.Engine.Bulk;

/// <summary>Many things that a program asked for at once: what is kept of them, as JSON.</summary>
/// <param name="By">Who asked.</param>
/// <param name="Parts">Done one after another, in this order.</param>
public sealed record BulkJob(BulkAsker By, IReadOnlyList<BulkPart> Parts)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>With one of its parts as it is now.</summary>
    public BulkJob With(int index, BulkPart part) => this with { Parts = [.. Parts.Select((other, i) => i == index ? part : other)] };

    /// <summary>As it is kept.</summary>
    public string Write() => JsonSerializer.Serialize(this, Json);

    /// <summary>What was kept: what was asked for, and of what was begun as it was noted last.</summary>
    public static BulkJob Read(string document, IEnumerable<BulkOutcome> outcomes)
    {
        var job = JsonSerializer.Deserialize<BulkJob>(document, Json)!;
        var parts = job.Parts.ToArray();
        foreach (var outcome in outcomes)
            parts[outcome.Part] = JsonSerializer.Deserialize<BulkPart>(outcome.Document, Json)!;
        return job with { Parts = parts };
    }

    /// <summary>One of its parts as it is noted.</summary>
    public string WritePart(int index) => JsonSerializer.Serialize(Parts[index], Json);
}

/// <summary>Who asked, so that the work is done with the rights that they have when it is done.</summary>
/// <param name="ClientId">The program.</param>
/// <param name="Groups">Those that the request could see: the work sees no more.</param>
public sealed record BulkAsker(long ClientId, IReadOnlyList<long> Groups);

/// <summary>How far a part is.</summary>
public enum BulkState
{
    /// <summary>Not begun.</summary>
    Pending,

    /// <summary>Begun, and not known to be over.</summary>
    InProgress,

    /// <summary>Done.</summary>
    Complete,

    /// <summary>Not done, and why stands beside it.</summary>
    Refused,
}

/// <summary>One thing of many.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(ActivationPart), "activation")]
[JsonDerivedType(typeof(VersionPart), "version")]
[JsonDerivedType(typeof(PatchPart), "patch")]
[JsonDerivedType(typeof(SearchPart), "search")]
public abstract record BulkPart
{
    public BulkState State { get; init; }

    /// <summary>Real time; null while it is not begun.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>Real time; null while it is not over.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Why it was not done; null when it was.</summary>
    public Refusal? Refusal { get; init; }

    /// <summary>It has its outcome.</summary>
    [JsonIgnore]
    public bool IsOver => State >= BulkState.Complete;

    /// <summary>It is not done, for this reason.</summary>
    public BulkPart Refuse(Refusal why) => this with { State = BulkState.Refused, Refusal = why };
}

/// <summary>How the activations of one request are asked for.</summary>
/// <param name="AcknowledgeAll">All warnings are acknowledged.</param>
/// <param name="FastPush">False: on production as slowly as an exception, whatever it is.</param>
/// <param name="UseFastFallback">The version before is put on the network again.</param>
/// <param name="NotifyEmails">Addresses that are told.</param>
public sealed record ActivationDefaults(bool AcknowledgeAll, bool FastPush, bool UseFastFallback, IReadOnlyList<string> NotifyEmails);

/// <summary>Put a version on a network.</summary>
public sealed record ActivationPart(
    long PropertyId,
    int Version,
    Network Network,
    string Note,
    IReadOnlyList<string> Acknowledged,
    ActivationDefaults Defaults
) : BulkPart
{
    /// <summary>What it led to; null while there is none.</summary>
    public long? ActivationId { get; init; }

    /// <summary>What had to be acknowledged.</summary>
    public IReadOnlyList<ActivationWarning> Warnings { get; init; } = [];

    /// <summary>What is wrong with the version and stood in its way.</summary>
    public IReadOnlyList<ValidationMessage> Errors { get; init; } = [];
}

/// <summary>Make a version that says what another says.</summary>
/// <param name="PropertyId">Of the property.</param>
/// <param name="From">The other's number.</param>
/// <param name="Etag">The state of the other that is meant; null for whichever is the present one.</param>
public sealed record VersionPart(long PropertyId, int From, string? Etag) : BulkPart
{
    /// <summary>The new version's number; null while there is none.</summary>
    public int? Made { get; init; }

    /// <summary>The state of the other that the new version says; null while there is none, or where that was not noted.</summary>
    public string? MadeFrom { get; init; }
}

/// <summary>Change the rules of a version.</summary>
/// <param name="PropertyId">Of the property.</param>
/// <param name="Version">Its number.</param>
/// <param name="Etag">The state of it that is meant; null for whichever is the present one.</param>
/// <param name="Patch">JSON patch (RFC 6902).</param>
public sealed record PatchPart(long PropertyId, int Version, string? Etag, JsonElement Patch) : BulkPart
{
    /// <summary>The revision that it made; null while there is none.</summary>
    public int? Revision { get; init; }

    /// <summary>What is wrong with the version that it made.</summary>
    public IReadOnlyList<ValidationMessage> Messages { get; init; } = [];

    /// <summary>SHA-256 of the rules that it makes, hexadecimal: by them it is known again what was saved and not noted.</summary>
    public string? Result { get; init; }
}

/// <summary>Find places in rules.</summary>
/// <param name="Match">JSONPath.</param>
/// <param name="Qualifiers">JSONPaths that have to find something, too.</param>
/// <param name="PropertyType">TRADITIONAL, which all properties are, INCLUDE or HOSTNAME_BUCKET; null for all.</param>
public sealed record SearchPart(string Match, IReadOnlyList<string> Qualifiers, string? PropertyType) : BulkPart
{
    public IReadOnlyList<SearchHit> Hits { get; init; } = [];
}

/// <summary>A version in which something was found.</summary>
/// <param name="Places">JSON pointers into the document with the rules: <c>/rules/…</c>.</param>
public sealed record SearchHit(
    long AccountId,
    long PropertyId,
    string PropertyName,
    int Version,
    bool IsLatest,
    bool IsLocked,
    bool IsSecure,
    DateTimeOffset UpdatedAt,
    IReadOnlyList<string> Places
);
