using Microsoft.EntityFrameworkCore;
using PropertyManager.Domain;
using PropertyManager.Domain.Activations;
using PropertyManager.Domain.Configuration;
using PropertyManager.Domain.Configuration.Validation;
using PropertyManager.Domain.Properties;
using PropertyManager.Web.Data;

namespace PropertyManager.Web.Engine;

/// <summary>
/// What is wrong with a version and cannot be told from the version: it names what its account has not, or what another property answers for.
/// </summary>
public static class AccountChecks
{
    /// <summary>What is wrong with one hostname affects the requests that ask for it: as many as a criterion lets through.</summary>
    private const int OfOne = 1;

    /// <summary>What there is to say of a configuration, of itself and as this account's.</summary>
    public static async Task<IReadOnlyList<ValidationMessage>> ValidateAsync(
        AppDbContext db,
        long accountId,
        PropertyVersionDocument content,
        CancellationToken cancellationToken
    ) =>
        ValidationMessages.Arrange([
            .. RuleTreeValidator.Validate(content.Rules, content.Hostnames, content.RuleFormat),
            .. await MissingAsync(db, accountId, content.Rules, content.Hostnames, cancellationToken),
        ]);

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
    ) => Missing(rules, hostnames, await AccountNames.ReadAsync(db, accountId, contractId: null, rules, hostnames, cancellationToken));

    /// <summary>The same of what was read.</summary>
    internal static IReadOnlyList<ValidationMessage> Missing(RuleTree rules, IReadOnlyList<HostnameEntry> hostnames, AccountNames names) =>
        [.. MissingCodes(rules, names), .. MissingEdges(hostnames, names)];

    /// <summary>
    /// Hostnames of a version that another property has on a network, or is being put there with: end users who ask for a name are answered
    /// by one property.
    /// </summary>
    /// <param name="db">Where properties are.</param>
    /// <param name="propertyId">Of the property.</param>
    /// <param name="version">Of it.</param>
    /// <param name="by">Who asks: a property that they do not see is not named.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static async Task<ILookup<Network, ValidationMessage>> TakenAsync(
        AppDbContext db,
        long propertyId,
        int version,
        Access by,
        CancellationToken cancellationToken
    )
    {
        var taken = await Taken(db, propertyId, version).Distinct().OrderBy(t => t.CnameFrom).ToListAsync(cancellationToken);
        return taken.ToLookup(
            t => t.Network,
            t => new ValidationMessage(
                Severity.Error,
                "A hostname of another property",
                by.IsSupport || by.Roles.ContainsKey(t.GroupId)
                    ? $"On {Name(t.Network)} {t.CnameFrom} is answered by the property {t.PropertyName} ({PublicId.Of(PublicId.Property, t.PropertyId)}). Take it off there, or out of this version."
                    : $"On {Name(t.Network)} {t.CnameFrom} is answered by another property, which you do not see. Take it out of this version, or have it taken off there.",
                "/hostnames"
            )
        );
    }

    /// <summary>The same within what somebody else has begun, in a sentence; null when all are free.</summary>
    internal static async Task<Refusal?> RefuseTakenAsync(AppDbContext db, Activation activation, CancellationToken cancellationToken) =>
        await Taken(db, activation.PropertyId, activation.Version)
            .Where(t => t.Network == activation.Network)
            .Select(t => t.CnameFrom)
            .FirstOrDefaultAsync(cancellationToken)
            is { } name
            ? new("hostname-taken", $"On {Name(activation.Network)} {name} is answered by another property. Take it off there first.")
            : null;

    private static IQueryable<TakenHostname> Taken(AppDbContext db, long propertyId, int version) =>
        from own in db.Hostnames
        where own.PropertyId == propertyId && own.Version == version
        join other in db.Hostnames on own.CnameFrom equals other.CnameFrom
        where other.PropertyId != propertyId
        join activation in db.Activations on new { other.PropertyId, other.Version } equals new { activation.PropertyId, activation.Version }
        where activation.Status.State == ActivationState.Active || (activation.Status.IsOpen && activation.Type != ActivationType.Deactivate)
        join property in db.Properties on other.PropertyId equals property.Id
        select new TakenHostname
        {
            CnameFrom = own.CnameFrom,
            Network = activation.Network,
            PropertyId = other.PropertyId,
            PropertyName = property.Name,
            GroupId = property.GroupId,
        };

    private static string Name(Network network) => network == Network.Staging ? "staging" : "production";

    private static IEnumerable<ValidationMessage> MissingCodes(RuleTree rules, AccountNames names) =>
        RuleTreeFacts
            .CpCodes(rules)
            .Where(n => !names.CpCodes.Contains(n.Number))
            .Select(n => new ValidationMessage(
                Severity.Warning,
                "An unknown CP code",
                $"The account has no CP code {n.Number}, so what is counted under it appears in nobody's reports. Use one of the account's.",
                n.Pointer
            )
            {
                RulePath = n.RulePath,
                Kind = MessageKind.CpCodeNotAvailable,
                // Requests are answered all the same.
                Criteria = ValidationMessage.NoRequest,
            });

    private static IEnumerable<ValidationMessage> MissingEdges(IReadOnlyList<HostnameEntry> hostnames, AccountNames names)
    {
        foreach (var (index, hostname) in hostnames.Index())
        {
            var name = EdgeHostname.Split(hostname.EdgeHostname);
            // Names outside of the network's domains are another matter, and told by the version itself.
            if (!EdgeHostname.Suffixes.Contains(name.Suffix, StringComparer.Ordinal) || name.Prefix.Length == 0)
                continue;
            if (names.EdgeHostnames.TryGetValue(name, out var owner))
            {
                if (owner != names.AccountId)
                    yield return new ValidationMessage(
                        Severity.Error,
                        "An edge hostname of somebody else",
                        $"{hostname.CnameFrom} points at {hostname.EdgeHostname}, which is another account's. Use one of this account's.",
                        $"/hostnames/{index}"
                    )
                    {
                        RulePath = hostname.CnameFrom,
                        DetailOfMany = "The hostname points at an edge hostname of another account. Use one of this account's.",
                        Criteria = OfOne,
                    };
            }
            else if (!NamedEdgeHostnames.IsMadeOnActivation(hostname))
                yield return new ValidationMessage(
                    Severity.Warning,
                    "An unknown edge hostname",
                    $"{hostname.CnameFrom} points at {hostname.EdgeHostname}, which was never made, so its end users do not come here. Make it, or use another.",
                    $"/hostnames/{index}"
                )
                {
                    RulePath = hostname.CnameFrom,
                    DetailOfMany =
                        "The hostname points at an edge hostname that was never made, so its end users do not come here. Make it, or use another.",
                    Criteria = OfOne,
                };
        }
    }

    private sealed record TakenHostname
    {
        public required string CnameFrom { get; init; }
        public required Network Network { get; init; }
        public required long PropertyId { get; init; }
        public required string PropertyName { get; init; }
        public required long GroupId { get; init; }
    }
}
