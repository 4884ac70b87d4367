using Microsoft.EntityFrameworkCore;
using PropertyManager.Domain.Configuration;
using PropertyManager.Domain.Properties;
using PropertyManager.Web.Data;

namespace PropertyManager.Web.Engine;

/// <summary>What there is of the CP codes and edge hostnames that a version names.</summary>
/// <param name="AccountId">Whose version it is.</param>
/// <param name="CpCodes">The account's.</param>
/// <param name="EdgeHostnames">Whose they are, by prefix and suffix; those that nobody made are left out.</param>
/// <param name="ContractEdgeHostnames">How many the contract has; null where none has to be made.</param>
public sealed record AccountNames(
    long AccountId,
    IReadOnlySet<long> CpCodes,
    IReadOnlyDictionary<(string Prefix, string Suffix), long> EdgeHostnames,
    int? ContractEdgeHostnames
)
{
    /// <summary>Reads all of them in one command, and in a second one the contract's room where edge hostnames have to be made.</summary>
    /// <param name="db">Where they are read.</param>
    /// <param name="accountId">Of the property.</param>
    /// <param name="contractId"><c>ctr_…</c>; null where the room does not matter.</param>
    /// <param name="rules">Null where they cannot be read.</param>
    /// <param name="hostnames">Of the version.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static async Task<AccountNames> ReadAsync(
        AppDbContext db,
        long accountId,
        string? contractId,
        RuleTree? rules,
        IReadOnlyList<HostnameEntry> hostnames,
        CancellationToken cancellationToken
    )
    {
        List<long> numbers = rules is null ? [] : [.. RuleTreeFacts.CpCodes(rules).Select(code => code.Number).Distinct()];
        List<string> prefixes =
        [
            .. hostnames
                .Select(hostname => EdgeHostname.Split(hostname.EdgeHostname))
                // Names outside of the network's domains are another matter, and told by the version itself.
                .Where(name => EdgeHostname.Suffixes.Contains(name.Suffix, StringComparer.Ordinal) && name.Prefix.Length > 0)
                .Select(name => name.Prefix)
                .Distinct(StringComparer.Ordinal),
        ];
        var codes = db
            .CpCodes.Where(code => code.AccountId == accountId && numbers.Contains(code.Id))
            .Select(code => new Named
            {
                CpCode = code.Id,
                AccountId = code.AccountId,
                Prefix = "",
                Suffix = "",
            });
        var edges = db
            .EdgeHostnames.Where(edge => prefixes.Contains(edge.Prefix))
            .Select(edge => new Named
            {
                CpCode = 0,
                AccountId = edge.AccountId,
                Prefix = edge.Prefix,
                Suffix = edge.Suffix,
            });
        var rows = (numbers.Count, prefixes.Count) switch
        {
            (0, 0) => [],
            (0, _) => await edges.ToListAsync(cancellationToken),
            (_, 0) => await codes.ToListAsync(cancellationToken),
            _ => await codes.Concat(edges).ToListAsync(cancellationToken),
        };
        AccountNames names = new(
            accountId,
            rows.Where(row => row.Prefix.Length == 0).Select(row => row.CpCode).ToHashSet(),
            rows.Where(row => row.Prefix.Length > 0).ToDictionary(row => (row.Prefix, row.Suffix), row => row.AccountId),
            ContractEdgeHostnames: null
        );
        return contractId is null || NamedEdgeHostnames.Unmade(hostnames, names) == 0
            ? names
            : names with
            {
                ContractEdgeHostnames = await db.EdgeHostnames.CountAsync(edge => edge.ContractId == contractId, cancellationToken),
            };
    }

    /// <summary>A CP code, or an edge hostname, which has a prefix.</summary>
    private sealed record Named
    {
        public required long CpCode { get; init; }
        public required long AccountId { get; init; }
        public required string Prefix { get; init; }
        public required string Suffix { get; init; }
    }
}
