using Microsoft.EntityFrameworkCore;
using PropertyManager.Domain;
using PropertyManager.Domain.Activations;
using PropertyManager.Domain.Configuration;
using PropertyManager.Domain.Properties;
using PropertyManager.Web.Data;

namespace PropertyManager.Web.Engine;

/// <summary>A version that somebody wants to activate, and its property.</summary>
/// <param name="ContractId"><c>ctr_…</c></param>
/// <param name="Version">Without its hostnames until it is checked; null when there is no such version.</param>
/// <param name="WasOnStaging">The version was active on staging at some time.</param>
public sealed record FoundVersion(Property Property, string ContractId, PropertyVersion? Version, bool WasOnStaging)
{
    /// <summary>The property and its version, in one command; null when there is no such property.</summary>
    public static Task<FoundVersion?> ReadAsync(AppDbContext db, long propertyId, int number, CancellationToken cancellationToken)
    {
        var found =
            from property in db.Properties.AsNoTracking()
            where property.Id == propertyId
            join folder in db.Groups on property.GroupId equals folder.Id
            join version in db.Versions.Where(version => version.Number == number) on property.Id equals version.PropertyId into versions
            from version in versions.DefaultIfEmpty()
            select new FoundVersion(
                property,
                folder.ContractId,
                version,
                db.Activations.Any(a =>
                    a.PropertyId == propertyId
                    && a.Version == number
                    && a.Network == Network.Staging
                    && a.Type == ActivationType.Activate
                    && (a.Status.State == ActivationState.Active || a.Status.State == ActivationState.Inactive)
                )
            );
        return found.SingleOrDefaultAsync(cancellationToken);
    }
}

/// <summary>All that decides on a version's activation but what its networks have at the moment.</summary>
/// <param name="Version">With its hostnames.</param>
/// <param name="Messages">What is wrong with it on either network, as <see cref="ValidationMessages.Arrange"/> has it.</param>
/// <param name="UsesAdvancedMetadata">Its activation is an exception.</param>
/// <param name="HostnamesByVersion">Of the versions that the networks have or are getting.</param>
public sealed record VersionCheck(
    PropertyVersion Version,
    bool WasOnStaging,
    IReadOnlyDictionary<Network, IReadOnlyList<ValidationMessage>> Messages,
    bool UsesAdvancedMetadata,
    IReadOnlyDictionary<int, IReadOnlyList<HostnameEntry>> HostnamesByVersion
)
{
    /// <summary>Its hostnames.</summary>
    public IReadOnlyList<HostnameEntry> Hostnames => HostnamesByVersion[Version.Number];

    /// <summary>Checks a version. Reads hostnames, other properties' activations, and the account's CP codes and edge hostnames.</summary>
    /// <param name="db">Where they are read.</param>
    /// <param name="found">With a version; its hostnames are filled in.</param>
    /// <param name="states">What the networks have now.</param>
    /// <param name="by">Who asks: a property that they do not see is not named.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static async Task<VersionCheck> ReadAsync(
        AppDbContext db,
        FoundVersion found,
        IReadOnlyDictionary<Network, NetworkState> states,
        Access by,
        CancellationToken cancellationToken
    )
    {
        var version = found.Version!;
        var rows = await ReadHostnamesAsync(db, version.PropertyId, [version.Number, .. VersionsOf(states)], cancellationToken);
        foreach (var hostname in rows.Where(hostname => hostname.Version == version.Number))
            version.Hostnames.Add(hostname);
        var hostnames = VersionView.Entries(version.Hostnames);
        var rules = RuleTreeJson.Parse(version.Rules);
        var taken = await AccountChecks.TakenAsync(db, version.PropertyId, version.Number, by, cancellationToken);
        var account = await AccountNames.ReadAsync(db, found.Property.AccountId, found.ContractId, rules.Value, hostnames, cancellationToken);
        var full = NamedEdgeHostnames.Refuse(hostnames, account) is { } refusal
            ? [new ValidationMessage(Severity.Error, "No room for edge hostnames", refusal.Message, "/hostnames")]
            : Array.Empty<ValidationMessage>();
        List<ValidationMessage> own = rules.Value is { } tree
            ? [.. RuleTreeValidator.Validate(tree, hostnames, version.RuleFormat), .. AccountChecks.Missing(tree, hostnames, account)]
            : [.. rules.Problems.Select(problem => new ValidationMessage(Severity.Error, "Rule tree", problem.Message, problem.Pointer))];
        return new(
            version,
            found.WasOnStaging,
            Enum.GetValues<Network>()
                .ToDictionary(network => network, network => ValidationMessages.Arrange(own.Concat(taken[network]).Concat(full))),
            rules.Value is { } known && RuleTreeFacts.UsesAdvancedMetadata(known),
            ByVersion(rows, [version.Number, .. VersionsOf(states)])
        );
    }

    /// <summary>The same with the hostnames of versions that the networks have got since; nothing is read where they are known.</summary>
    public async Task<VersionCheck> FollowAsync(
        AppDbContext db,
        IReadOnlyDictionary<Network, NetworkState> states,
        CancellationToken cancellationToken
    )
    {
        // The end of an activation on staging is all that makes a version one that was there.
        var staged =
            states.GetValueOrDefault(Network.Staging)?.Active is { Type: ActivationType.Activate } active && active.Version == Version.Number;
        var check = staged && !WasOnStaging ? this with { WasOnStaging = true } : this;
        List<int> unknown = [.. VersionsOf(states).Where(number => !HostnamesByVersion.ContainsKey(number))];
        if (unknown.Count == 0)
            return check;
        var rows = await ReadHostnamesAsync(db, Version.PropertyId, unknown, cancellationToken);
        return check with { HostnamesByVersion = HostnamesByVersion.Concat(ByVersion(rows, unknown)).ToDictionary() };
    }

    /// <summary>What activating it on a network would do.</summary>
    public ActivationPreview Preview(Network network, NetworkState state)
    {
        var facts = state.Facts;
        var changes = HostnameChanges.Between(facts.Active is { } active ? HostnamesByVersion[active.Version] : [], Hostnames);
        var messages = Messages[network];
        var errors = messages.Count(message => message.Severity == Severity.Error);
        return new(
            Version.Revision,
            facts.Active,
            facts.Open,
            changes,
            ActivationClass.Of(changes.Count, UsesAdvancedMetadata, changes.Migrated),
            WasOnStaging,
            messages,
            [.. Warnings(network, messages)],
            // Whether the person acknowledges what can be acknowledged is only known when they ask.
            Admission.Activate(Version.Number, network, facts, WasOnStaging, acknowledged: true, errors)
        );
    }

    private IEnumerable<ActivationWarning> Warnings(Network network, IReadOnlyList<ValidationMessage> messages)
    {
        if (Admission.Activate(Version.Number, network, new NetworkFacts(null, null), WasOnStaging, acknowledged: false, errors: 0) is { } refusal)
            yield return ActivationWarning.Of(new(Severity.Warning, "Never on staging", refusal.Message, ""));
        foreach (var message in messages.Where(message => message.Severity == Severity.Warning))
            yield return ActivationWarning.Of(message);
    }

    private static IEnumerable<int> VersionsOf(IReadOnlyDictionary<Network, NetworkState> states) =>
        states.Values.SelectMany(state => new[] { state.Active?.Version, state.Open?.Version }).OfType<int>().Distinct();

    private static Task<List<Hostname>> ReadHostnamesAsync(
        AppDbContext db,
        long propertyId,
        IReadOnlyCollection<int> versions,
        CancellationToken cancellationToken
    ) => db.Hostnames.AsNoTracking().Where(h => h.PropertyId == propertyId && versions.Contains(h.Version)).ToListAsync(cancellationToken);

    private static Dictionary<int, IReadOnlyList<HostnameEntry>> ByVersion(IEnumerable<Hostname> rows, IEnumerable<int> versions)
    {
        var byVersion = rows.ToLookup(row => row.Version);
        return versions.Distinct().ToDictionary(number => number, number => VersionView.Entries(byVersion[number]));
    }
}
