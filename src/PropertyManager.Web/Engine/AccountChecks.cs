using Microsoft.EntityFrameworkCore;
using PropertyManager.Domain;
using PropertyManager.Domain.Activations;
using PropertyManager.Domain.Configuration;
using PropertyManager.Domain.Properties;
using PropertyManager.Web.Data;

namespace PropertyManager.Web.Engine;

/// <summary>
/// What is wrong with a version and cannot be told from the version: it names what its account has not, or what another property answers for.
/// </summary>
public static class AccountChecks
{
    /// <summary>What there is to say of a configuration, of itself and as this account's.</summary>
    public static async Task<IReadOnlyList<ValidationMessage>> ValidateAsync(
        AppDbContext db,
        long accountId,
        RuleTree rules,
        IReadOnlyList<HostnameEntry> hostnames,
        CancellationToken cancellationToken
    ) => [.. RuleTreeValidator.Validate(rules, hostnames), .. await MissingAsync(db, accountId, rules, hostnames, cancellationToken)];

    /// <summary>
    /// What the rules and hostnames name and the account has not, CP codes first; edge hostnames that an activation makes are not missing. What an
    /// account has it keeps: who finds nothing missing once need not ask again of the same rules.
    /// </summary>
    public static async Task<IReadOnlyList<ValidationMessage>> MissingAsync(
        AppDbContext db,
        long accountId,
        RuleTree rules,
        IReadOnlyList<HostnameEntry> hostnames,
        CancellationToken cancellationToken
    ) =>
        [
            .. await MissingCodesAsync(db, accountId, rules, cancellationToken),
            .. await MissingEdgesAsync(db, accountId, hostnames, cancellationToken),
        ];

    /// <summary>
    /// Hostnames of a version that another property has on this network, or is being put there with: end users who ask for a name are answered
    /// by one property.
    /// </summary>
    /// <param name="db">Where properties are.</param>
    /// <param name="propertyId">Of the property.</param>
    /// <param name="version">Of it.</param>
    /// <param name="network">Where it is to go.</param>
    /// <param name="by">Who asks: a property that they do not see is not named.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static async Task<IReadOnlyList<ValidationMessage>> TakenAsync(
        AppDbContext db,
        long propertyId,
        int version,
        Network network,
        Access by,
        CancellationToken cancellationToken
    )
    {
        var taken = await Taken(db, propertyId, version, network).Distinct().OrderBy(t => t.CnameFrom).ToListAsync(cancellationToken);
        if (taken.Count == 0)
            return [];
        var ids = taken.Select(t => t.PropertyId).Distinct().ToList();
        var names = await db.Properties.Seen(by).Where(p => ids.Contains(p.Id)).ToDictionaryAsync(p => p.Id, p => p.Name, cancellationToken);
        var where = network == Network.Staging ? "staging" : "production";
        return
        [
            .. taken.Select(t => new ValidationMessage(
                Severity.Error,
                "A hostname of another property",
                names.TryGetValue(t.PropertyId, out var name)
                    ? $"On {where} {t.CnameFrom} is answered by the property {name} ({PublicId.Of(PublicId.Property, t.PropertyId)}). Take it off there, or out of this version."
                    : $"On {where} {t.CnameFrom} is answered by another property, which you do not see. Take it out of this version, or have it taken off there.",
                "/hostnames"
            )),
        ];
    }

    /// <summary>The same within what somebody else has begun, in a sentence; null when all are free.</summary>
    internal static async Task<Refusal?> RefuseTakenAsync(AppDbContext db, Activation activation, CancellationToken cancellationToken) =>
        await Taken(db, activation.PropertyId, activation.Version, activation.Network).Select(t => t.CnameFrom).FirstOrDefaultAsync(cancellationToken)
            is { } name
            ? new(
                "hostname-taken",
                $"On {(activation.Network == Network.Staging ? "staging" : "production")} {name} is answered by another property. Take it off there first."
            )
            : null;

    private static IQueryable<TakenHostname> Taken(AppDbContext db, long propertyId, int version, Network network) =>
        from own in db.Hostnames
        where own.PropertyId == propertyId && own.Version == version
        join other in db.Hostnames on own.CnameFrom equals other.CnameFrom
        where other.PropertyId != propertyId
        join activation in db.Activations on new { other.PropertyId, other.Version } equals new { activation.PropertyId, activation.Version }
        where
            activation.Network == network
            && (activation.Status.State == ActivationState.Active || (activation.Status.IsOpen && activation.Type != ActivationType.Deactivate))
        select new TakenHostname { CnameFrom = own.CnameFrom, PropertyId = other.PropertyId };

    private static async Task<IEnumerable<ValidationMessage>> MissingCodesAsync(
        AppDbContext db,
        long accountId,
        RuleTree rules,
        CancellationToken cancellationToken
    )
    {
        var named = RuleTreeFacts.CpCodes(rules);
        if (named.Count == 0)
            return [];
        var numbers = named.Select(n => n.Number).Distinct().ToList();
        var had = await db.CpCodes.Where(c => c.AccountId == accountId && numbers.Contains(c.Id)).Select(c => c.Id).ToListAsync(cancellationToken);
        return named
            .Where(n => !had.Contains(n.Number))
            .Select(n => new ValidationMessage(
                Severity.Warning,
                "An unknown CP code",
                $"The account has no CP code {n.Number}, so what is counted under it appears in nobody's reports. Use one of the account's.",
                n.Pointer
            )
            {
                RulePath = n.RulePath,
            });
    }

    private static async Task<IEnumerable<ValidationMessage>> MissingEdgesAsync(
        AppDbContext db,
        long accountId,
        IReadOnlyList<HostnameEntry> hostnames,
        CancellationToken cancellationToken
    )
    {
        // Names outside of the network's domains are another matter, and told by the version itself.
        var named = hostnames
            .Index()
            .Select(h => (h.Index, Hostname: h.Item, Parts: EdgeHostname.Split(h.Item.EdgeHostname)))
            .Where(h => EdgeHostname.Suffixes.Contains(h.Parts.Suffix, StringComparer.Ordinal) && h.Parts.Prefix.Length > 0)
            .ToList();
        if (named.Count == 0)
            return [];
        var prefixes = named.Select(h => h.Parts.Prefix).Distinct(StringComparer.Ordinal).ToList();
        var rows = await db
            .EdgeHostnames.Where(e => prefixes.Contains(e.Prefix))
            .Select(e => new
            {
                e.Prefix,
                e.Suffix,
                e.AccountId,
            })
            .ToListAsync(cancellationToken);
        var owners = rows.ToDictionary(e => (e.Prefix, e.Suffix), e => (long?)e.AccountId);
        return named
            .Select(h =>
                owners.GetValueOrDefault(h.Parts) switch
                {
                    null when NamedEdgeHostnames.IsMadeOnActivation(h.Hostname) => null,
                    null => new ValidationMessage(
                        Severity.Warning,
                        "An unknown edge hostname",
                        $"{h.Hostname.CnameFrom} points at {h.Hostname.EdgeHostname}, which was never made, so its end users do not come here. Make it, or use another.",
                        $"/hostnames/{h.Index}"
                    ),
                    var owner when owner != accountId => new ValidationMessage(
                        Severity.Error,
                        "An edge hostname of somebody else",
                        $"{h.Hostname.CnameFrom} points at {h.Hostname.EdgeHostname}, which is another account's. Use one of this account's.",
                        $"/hostnames/{h.Index}"
                    ),
                    _ => null,
                }
            )
            .OfType<ValidationMessage>();
    }

    private sealed record TakenHostname
    {
        public required string CnameFrom { get; init; }
        public required long PropertyId { get; init; }
    }
}
