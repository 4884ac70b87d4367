using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using PropertyManager.Domain;
using PropertyManager.Domain.Activations;
using PropertyManager.Domain.Configuration;
using PropertyManager.Domain.Properties;
using PropertyManager.Web.Data;

namespace PropertyManager.Web.Engine;

/// <summary>What an activation would do, before it is asked for.</summary>
/// <param name="Revision">Of the version that was looked at.</param>
/// <param name="Active">The activation that is active on the network now.</param>
/// <param name="Open">The activation that runs there now.</param>
/// <param name="Messages">What is wrong with the version, errors first.</param>
/// <param name="Warnings">What whoever activates it has to acknowledge.</param>
/// <param name="Refusal">Why it cannot be asked for; null when it can.</param>
public sealed record ActivationPreview(
    int Revision,
    Activation? Active,
    Activation? Open,
    HostnameChanges Hostnames,
    ActivationClass Class,
    bool WasOnStaging,
    IReadOnlyList<ValidationMessage> Messages,
    IReadOnlyList<ActivationWarning> Warnings,
    Refusal? Refusal
)
{
    /// <summary>Those of the messages that stand in its way.</summary>
    public IReadOnlyList<ValidationMessage> Errors => [.. Messages.Where(message => message.Severity == Severity.Error)];
}

/// <summary>Something that does not stand in an activation's way once it is acknowledged.</summary>
/// <param name="Id"><c>msg_…</c>: the same as long as it says the same.</param>
/// <param name="Title">In a few words.</param>
/// <param name="Detail">In a sentence.</param>
public sealed record ActivationWarning(string Id, string Title, string Detail)
{
    internal static ActivationWarning Of(string title, string detail, string pointer) =>
        new("msg_" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{title}\n{detail}\n{pointer}")).AsSpan(0, 10)), title, detail);
}

/// <summary>Looks at a version as its activation would find it.</summary>
internal static class ActivationPreviews
{
    public static async Task<ActivationPreview> ReadAsync(
        AppDbContext db,
        Property property,
        PropertyVersion version,
        Network network,
        Access by,
        CancellationToken cancellationToken
    )
    {
        var facts = await FactsAsync(db, version.PropertyId, network, cancellationToken);
        var current = facts.Active is { } active
            ? await db.Hostnames.Where(h => h.PropertyId == version.PropertyId && h.Version == active.Version).ToListAsync(cancellationToken)
            : [];
        var next = VersionView.Entries(version.Hostnames);
        var changes = HostnameChanges.Between(VersionView.Entries(current), next);
        var rules = RuleTreeJson.Parse(version.Rules);
        var taken = await AccountChecks.TakenAsync(db, version.PropertyId, version.Number, network, by, cancellationToken);
        if (await NamedEdgeHostnames.RefuseAsync(db, property, next, cancellationToken) is { } full)
            taken = [.. taken, new ValidationMessage(Severity.Error, "No room for edge hostnames", full.Message, "/hostnames")];
        var messages = rules.Value is { } tree
            ? (await AccountChecks.ValidateAsync(db, property.AccountId, tree, next, cancellationToken))
                .Concat(taken)
                .OrderByDescending(message => message.Severity)
                .ToList()
            : [.. rules.Problems.Select(problem => new ValidationMessage(Severity.Error, "Rule tree", problem.Message, problem.Pointer)), .. taken];
        var exception = ActivationClass.Of(changes.Count, rules.Value is { } known && RuleTreeFacts.UsesAdvancedMetadata(known), changes.Migrated);
        var wasOnStaging = await db.Activations.AnyAsync(
            a =>
                a.PropertyId == version.PropertyId
                && a.Version == version.Number
                && a.Network == Network.Staging
                && a.Type == ActivationType.Activate
                && (a.Status.State == ActivationState.Active || a.Status.State == ActivationState.Inactive),
            cancellationToken
        );
        var errors = messages.Count(message => message.Severity == Severity.Error);
        // Whether the person acknowledges what can be acknowledged is only known when they ask.
        var refusal = Admission.Activate(version.Number, network, facts, wasOnStaging, acknowledged: true, errors);
        return new(
            version.Revision,
            facts.Active,
            facts.Open,
            changes,
            exception,
            wasOnStaging,
            messages,
            [.. Warnings(version.Number, network, facts, wasOnStaging, messages)],
            refusal
        );
    }

    public static async Task<NetworkFacts> FactsAsync(AppDbContext db, long propertyId, Network network, CancellationToken cancellationToken)
    {
        var standing = await db
            .Activations.AsNoTracking()
            .Where(a => a.PropertyId == propertyId && a.Network == network && (a.Status.IsOpen || a.Status.State == ActivationState.Active))
            .ToListAsync(cancellationToken);
        return new(standing.Find(a => a.Status.IsOpen), standing.Find(a => a.Status.State == ActivationState.Active));
    }

    private static IEnumerable<ActivationWarning> Warnings(
        int version,
        Network network,
        NetworkFacts facts,
        bool wasOnStaging,
        IReadOnlyList<ValidationMessage> messages
    )
    {
        if (
            Admission.Activate(version, network, facts with { Open = null, Active = null }, wasOnStaging, acknowledged: false, errors: 0) is
            { } refusal
        )
            yield return ActivationWarning.Of("Never on staging", refusal.Message, "");
        foreach (var message in messages.Where(message => message.Severity == Severity.Warning))
            yield return ActivationWarning.Of(message.Title, message.Detail, message.Pointer);
    }
}
