using Microsoft.EntityFrameworkCore;
using PropertyManager.Domain;
using PropertyManager.Domain.Configuration;
using PropertyManager.Domain.Properties;
using PropertyManager.Web.Data;

namespace PropertyManager.Web.Engine;

/// <summary>What is asked for when an edge hostname is made.</summary>
/// <param name="ProductId"><c>prd_…</c></param>
/// <param name="Prefix">What stands before the suffix.</param>
/// <param name="Suffix">The network's domain.</param>
/// <param name="SecureNetwork">Where its TLS comes from, in the API's words; null for what the suffix says.</param>
/// <param name="Secure">True asks for TLS with a certificate of the customer's; false and null leave that to the rest.</param>
/// <param name="CertEnrollmentId">Of the customer's certificate: ENHANCED_TLS asks for one. There are no enrollments here, so any will do.</param>
/// <param name="IpVersions">IPV4 or IPV6_COMPLIANCE; null for the first.</param>
/// <param name="UseCases">How traffic is to be mapped, of those that the product has.</param>
public sealed record EdgeHostnameOrder(
    string? ProductId,
    string? Prefix,
    string? Suffix,
    string? SecureNetwork,
    bool? Secure,
    long? CertEnrollmentId,
    string? IpVersions,
    IReadOnlyList<MappingOrder> UseCases
);

/// <summary>A kind of traffic that is to be mapped in a way of its own.</summary>
/// <param name="Type">GLOBAL.</param>
/// <param name="Option">The way.</param>
/// <param name="UseCase">The kind.</param>
public sealed record MappingOrder(string? Type, string? Option, string? UseCase);

/// <summary>
/// The one door for what a contract holds beside properties: CP codes and edge hostnames. It checks who asks and what may be made.
/// </summary>
public sealed class ContractDesk(IDbContextFactory<AppDbContext> contexts, TimeProvider time)
{
    /// <summary>Edge hostnames, and CP codes, that a contract can hold.</summary>
    public const int MostPerContract = 1000;

    /// <summary>Labels of DNS are no longer, and the shared certificate covers one label.</summary>
    private const int LongestLabel = 63;

    /// <summary>Characters that names of CP codes cannot have (source: the public description of the API).</summary>
    private const string ReservedInNames = ",_'\"^#%";

    /// <summary>The domain whose names have a certificate that they share.</summary>
    internal const string SharedSuffix = "akamaized.net";

    private const string EnhancedTls = "ENHANCED_TLS";

    private static readonly Dictionary<string, string> SuffixOf = new(StringComparer.Ordinal)
    {
        [EnhancedTls] = "edgekey.net",
        ["STANDARD_TLS"] = "edgesuite.net",
        ["SHARED_CERT"] = SharedSuffix,
    };

    private int _codesMade;

    private static readonly Refusal NotPermitted = new("not-permitted", "You need the role Editor in this group for that.");

    /// <summary>How many CP codes were made here: whoever looked for one in vain and keeps that looks again when it is another number.</summary>
    public int CodesMade => Volatile.Read(ref _codesMade);

    /// <summary>Makes a CP code in a group.</summary>
    /// <param name="groupId">Of the group; it is billed to the group's contract.</param>
    /// <param name="productId"><c>prd_…</c></param>
    /// <param name="name">As shown.</param>
    /// <param name="by">Who asks.</param>
    /// <param name="cancellationToken">Ends it before anything is saved.</param>
    public async Task<(CpCode? Code, Refusal? Refusal)> CreateCpCodeAsync(
        long groupId,
        string? productId,
        string? name,
        Access by,
        CancellationToken cancellationToken
    )
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var (group, product, refusal) = await PlaceAsync(db, groupId, productId, by, cancellationToken);
        if (refusal is not null)
            return (null, refusal);
        var trimmed = (name ?? "").Trim();
        if (WrongName(trimmed) is { } wrong)
            return (null, new("cpcode-name-invalid", wrong));
        // Looking and adding are one step: of two that ask for one name, the later finds it.
        await using var transaction = await db.Database.BeginTransactionAsync(System.Data.IsolationLevel.Serializable, cancellationToken);
        var same = await db.CpCodes.Where(c => c.AccountId == group!.AccountId && c.Name == trimmed).FirstOrDefaultAsync(cancellationToken);
        if (same is not null)
            return (null, new("cpcode-exists", Taken(by, same.GroupId, $"CP code “{trimmed}”", PublicId.Of(PublicId.CpCode, same.Id))));
        if (await db.CpCodes.CountAsync(c => c.ContractId == group!.ContractId, cancellationToken) >= MostPerContract)
            return (null, new("cpcode-limit", $"The contract has {MostPerContract:N0} CP codes, as many as it can. Use one of them."));
        var code = new CpCode
        {
            AccountId = group!.AccountId,
            GroupId = group.Id,
            ContractId = group.ContractId,
            ProductId = product!.Id,
            Name = trimmed,
            CreatedAt = time.GetUtcNow(),
        };
        db.CpCodes.Add(code);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        Interlocked.Increment(ref _codesMade);
        return (code, null);
    }

    /// <summary>Makes an edge hostname in a group.</summary>
    public async Task<(EdgeHostname? Made, Refusal? Refusal)> CreateEdgeHostnameAsync(
        long groupId,
        EdgeHostnameOrder order,
        Access by,
        CancellationToken cancellationToken
    )
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var (group, product, refusal) = await PlaceAsync(db, groupId, order.ProductId, by, cancellationToken);
        if (refusal is not null)
            return (null, refusal);
        var prefix = (order.Prefix ?? "").Trim().ToLowerInvariant();
        var suffix = (order.Suffix ?? "").Trim().ToLowerInvariant();
        if ((WrongSuffix(order, suffix) ?? WrongEnrollment(order) ?? WrongPrefix(prefix, suffix)) is { } wrong)
            return (null, wrong);
        if (order.IpVersions is not (null or "IPV4" or "IPV6_COMPLIANCE"))
            return (null, new("ip-version-invalid", $"ipVersionBehavior is IPV4 or IPV6_COMPLIANCE, not “{order.IpVersions}”."));
        if (WrongUseCase(product!, order.UseCases) is { } useCase)
            return (null, new("use-case-invalid", useCase));
        if (await db.EdgeHostnames.CountAsync(e => e.ContractId == group!.ContractId, cancellationToken) >= MostPerContract)
            return (null, new("edge-hostname-limit", $"The contract has {MostPerContract:N0} edge hostnames, as many as it can. Use one of them."));
        if (await ExistingAsync(db, prefix, suffix, by, cancellationToken) is { } exists)
            return (null, exists);
        var made = new EdgeHostname
        {
            AccountId = group!.AccountId,
            GroupId = group.Id,
            ContractId = group.ContractId,
            ProductId = product!.Id,
            Prefix = prefix,
            Suffix = suffix,
            IsIpv6 = order.IpVersions == "IPV6_COMPLIANCE",
            UseCases = [.. order.UseCases.Select(choice => new MappingChoice(choice.UseCase!, choice.Option!))],
            CreatedAt = time.GetUtcNow(),
        };
        db.EdgeHostnames.Add(made);
        try
        {
            await db.SaveChangesAsync(cancellationToken);
            return (made, null);
        }
        catch (DbUpdateException)
        {
            // Of two that race, the database takes one.
            if (await ExistingAsync(db, prefix, suffix, by, cancellationToken) is { } lost)
                return (null, lost);
            throw;
        }
    }

    private static async Task<(PropertyGroup? Group, Product? Product, Refusal? Refusal)> PlaceAsync(
        AppDbContext db,
        long groupId,
        string? productId,
        Access by,
        CancellationToken cancellationToken
    )
    {
        var group = await db.Groups.AsNoTracking().Seen(by).SingleOrDefaultAsync(g => g.Id == groupId, cancellationToken);
        if (group is null)
            return (null, null, new("not-found", "There is no such group."));
        if (!by.MayEdit(group))
            return (null, null, NotPermitted);
        return Product.Find(productId) is { } product
            ? (group, product, null)
            : (
                null,
                null,
                productId is null
                    ? new("product-missing", "productId is missing: it says which product it is for.")
                    : new(
                        "product-unknown",
                        $"There is no product {productId} in this contract. It has {string.Join(", ", Product.All.Select(p => p.Id))}."
                    )
            );
    }

    private static string? WrongName(string name)
    {
        if (name.Length == 0)
            return "cpcodeName is missing.";
        if (name.Length > CpCode.NameLength)
            return $"The name has {name.Length} characters: {CpCode.NameLength} at most.";
        return name.Any(c => char.IsControl(c) || ReservedInNames.Contains(c, StringComparison.Ordinal))
            ? "The name has a character that names of CP codes cannot have: commas, underscores, quotes, ^, # and % are not possible."
            : null;
    }

    private static Refusal? WrongSuffix(EdgeHostnameOrder order, string suffix)
    {
        if (!EdgeHostname.Suffixes.Contains(suffix, StringComparer.Ordinal))
            return new(
                "domain-suffix-invalid",
                $"domainSuffix is {(suffix.Length == 0 ? "missing" : $"“{suffix}”")}: it is one of {string.Join(", ", EdgeHostname.Suffixes)}."
            );
        if (order.SecureNetwork is { } network)
        {
            if (!SuffixOf.TryGetValue(network, out var wanted))
                return new("secure-network-invalid", $"secureNetwork is one of {string.Join(", ", SuffixOf.Keys)}, not “{network}”.");
            return wanted == suffix ? null : new("secure-network-invalid", $"{network} goes with the suffix {wanted}, not with {suffix}.");
        }
        // False is what is meant by saying nothing (source: the public description of the API).
        return order.Secure == true && suffix != SuffixOf[EnhancedTls]
            ? new("secure-invalid", $"secure is true, and goes with {SuffixOf[EnhancedTls]}: the suffix is {suffix}.")
            : null;
    }

    private static Refusal? WrongEnrollment(EdgeHostnameOrder order) =>
        order.CertEnrollmentId switch
        {
            null when order.SecureNetwork == EnhancedTls => new(
                "cert-enrollment-missing",
                $"certEnrollmentId is missing: {EnhancedTls} goes with the number of a certificate's enrollment. This product has no enrollments, so any number from 1 will do."
            ),
            < 1 => new("cert-enrollment-invalid", $"certEnrollmentId is a number from 1, not {order.CertEnrollmentId}."),
            _ => null,
        };

    private static string? WrongUseCase(Product product, IReadOnlyList<MappingOrder> choices)
    {
        foreach (var choice in choices)
        {
            if (product.UseCases.FirstOrDefault(useCase => useCase.Name == choice.UseCase) is not { } useCase)
                return product.UseCases.Count == 0
                    ? $"{product.Id} has no mapping use cases: leave useCases out."
                    : $"{product.Id} has no use case “{choice.UseCase}”. It has {string.Join(", ", product.UseCases.Select(known => known.Name))}.";
            if (choice.Type != MappingUseCase.Type)
                return $"The type of the use case {useCase.Name} is {MappingUseCase.Type}, not “{choice.Type}”.";
            if (!useCase.Options.Contains(choice.Option, StringComparer.Ordinal))
                return $"The option of the use case {useCase.Name} is one of {string.Join(", ", useCase.Options)}, not “{choice.Option}”.";
        }
        var twice = choices.GroupBy(choice => choice.UseCase, StringComparer.Ordinal).FirstOrDefault(same => same.Count() > 1);
        return twice is null ? null : $"The use case {twice.Key} is there {twice.Count()} times: choose one option for it.";
    }

    /// <summary>Why nothing can be made of this prefix in that domain; null when it can.</summary>
    internal static Refusal? WrongPrefix(string prefix, string suffix)
    {
        if (prefix.Length == 0)
            return new("domain-prefix-invalid", "domainPrefix is missing: it is what stands before the suffix.");
        if (suffix == SharedSuffix && (prefix.Contains('.', StringComparison.Ordinal) || prefix.Length > LongestLabel))
            return new(
                "domain-prefix-invalid",
                $"In {SharedSuffix} the prefix is one label without dots, of {LongestLabel} characters at most: the shared certificate covers no more."
            );
        if (HostnameSyntax.HasUnderscore(prefix))
            return new("domain-prefix-invalid", $"The edge hostname “{prefix}.{suffix}” has an underscore: use a hyphen in its place.");
        return HostnameSyntax.EdgeFault($"{prefix}.{suffix}") is { } fault
            ? new("domain-prefix-invalid", $"The edge hostname “{prefix}.{suffix}” {fault}.")
            : null;
    }

    private static async Task<Refusal?> ExistingAsync(AppDbContext db, string prefix, string suffix, Access by, CancellationToken cancellationToken)
    {
        var had = await db.EdgeHostnames.AsNoTracking().SingleOrDefaultAsync(e => e.Prefix == prefix && e.Suffix == suffix, cancellationToken);
        return had is null
            ? null
            : new("edge-hostname-exists", Taken(by, had.GroupId, $"edge hostname {had.Name}", PublicId.Of(PublicId.EdgeHostname, had.Id)));
    }

    // Whose it is, and which, is nobody's business who does not see it.
    private static string Taken(Access by, long groupId, string what, string id) =>
        by.IsSupport || by.Roles.ContainsKey(groupId)
            ? $"The {what} exists already: it is {id}. Use it, or choose another name."
            : $"The {what} is taken. Choose another name.";
}
