using PropertyManager.Domain.Configuration;

namespace PropertyManager.Domain.Properties;

/// <summary>A customer: owns contracts, groups and properties, and sees nothing of other accounts.</summary>
public sealed class Account
{
    public long Id { get; init; }
    public required string Name { get; init; }
}

/// <summary>A folder of properties in an account; groups nest, and roles given on one hold for those under it.</summary>
public sealed class PropertyGroup
{
    public long Id { get; init; }
    public required long AccountId { get; init; }

    /// <summary>Null at the top of the account's tree.</summary>
    public long? ParentId { get; init; }
    public required string Name { get; init; }

    /// <summary><c>ctr_…</c>: what the properties in it are billed to.</summary>
    public required string ContractId { get; init; }
}

/// <summary>One site's delivery configuration; what it says is in its versions.</summary>
public sealed class Property
{
    public long Id { get; init; }
    public required long AccountId { get; init; }
    public required long GroupId { get; init; }
    public required string Name { get; init; }

    /// <summary><c>prd_…</c>: the delivery product.</summary>
    public required string ProductId { get; init; }

    /// <summary>What end users ask of it: decides which servers carry its live traffic.</summary>
    public required TrafficProfile Traffic { get; init; }

    /// <summary>The requests that they make; empty where nobody has said: then the front page of each hostname.</summary>
    public IReadOnlyList<AudienceRequest> Audience { get; set; } = [];
}

/// <summary>
/// A numbered state of a property's configuration. It is edited until it is first activated; after that it stays as it is, and a change is
/// a new version (source: how activation works, "Edit an active property").
/// </summary>
public sealed class PropertyVersion
{
    /// <summary>Characters of <see cref="Notes"/>, at most.</summary>
    public const int NotesLength = 1000;

    /// <summary>Hostnames of a version, at most.</summary>
    public const int MostHostnames = 10_000;

    public required long PropertyId { get; init; }

    /// <summary>From 1, without gaps.</summary>
    public required int Number { get; init; }

    /// <summary>The version it was made from; null for the first.</summary>
    public int? BasedOn { get; init; }
    public string Notes { get; set; } = "";

    /// <summary>Such as <c>v2025-10-16</c>.</summary>
    public required string RuleFormat { get; set; }

    /// <summary>Goes up with each save: who saves says which one they started from, so that nobody overwrites what they have not seen.</summary>
    public int Revision { get; set; } = 1;

    /// <summary>It was activated once, on whichever network and however that ended: from then on it stays as it is.</summary>
    public bool IsLocked { get; set; }

    /// <summary>The rule tree as JSON.</summary>
    public required string Rules { get; set; }
    public IList<Hostname> Hostnames { get; init; } = [];

    /// <summary>E-mail address of the person who made it.</summary>
    public required string Author { get; init; }

    /// <summary>Identifies the request that made it, so that the same request sent twice makes one version; null where the request had none.</summary>
    public Guid? RequestKey { get; init; }

    /// <summary>Real time.</summary>
    public required DateTimeOffset UpdatedAt { get; set; }
}

/// <summary>A name that end users ask for, and the edge hostname its DNS record points at.</summary>
public sealed class Hostname
{
    public long PropertyId { get; init; }
    public int Version { get; init; }

    /// <summary>Lower case, such as <c>www.shop.example</c>.</summary>
    public required string CnameFrom { get; init; }

    /// <summary>Such as <c>www.shop.example.edgekey.net</c>.</summary>
    public required string EdgeHostname { get; init; }

    /// <summary>It is being migrated from the legacy Configuration Manager: that makes an activation an exception.</summary>
    public bool MigratedFromLegacy { get; init; }

    /// <summary>Where its certificate comes from.</summary>
    public CertificateProvisioning Certificate { get; init; }
}

/// <summary>A name in the network's own domain that property hostnames point at.</summary>
public sealed class EdgeHostname
{
    public long Id { get; init; }
    public required long AccountId { get; init; }

    /// <summary>The group that it was made in.</summary>
    public required long GroupId { get; init; }

    /// <summary><c>ctr_…</c></summary>
    public required string ContractId { get; init; }

    /// <summary><c>prd_…</c></summary>
    public required string ProductId { get; init; }

    /// <summary>What stands before the suffix: <c>www.shop.example</c>. Lower case.</summary>
    public required string Prefix { get; init; }

    /// <summary>The network's domain: <c>edgekey.net</c>, <c>edgesuite.net</c> or <c>akamaized.net</c>.</summary>
    public required string Suffix { get; init; }

    /// <summary>It also has addresses of IPv6.</summary>
    public bool IsIpv6 { get; init; }

    /// <summary>Real time.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>How traffic of some kinds is to be mapped, as it was chosen; kept and told, and one map serves all traffic.</summary>
    public IReadOnlyList<MappingChoice> UseCases { get; init; } = [];

    /// <summary>So long the name servers of the network take to know a new name, real time.</summary>
    public static TimeSpan Distribution { get; } = TimeSpan.FromMinutes(1);

    /// <summary>Not all name servers of the network know the name yet.</summary>
    public bool IsPending(DateTimeOffset now) => now - CreatedAt < Distribution;

    /// <summary>The domains of the network that names can be in.</summary>
    public static IReadOnlyList<string> Suffixes { get; } = ["edgekey.net", "edgesuite.net", "akamaized.net"];

    /// <summary>A name's prefix and suffix: the suffix is its last two labels.</summary>
    public static (string Prefix, string Suffix) Split(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var domain = name.LastIndexOf('.');
        var dot = domain > 0 ? name.LastIndexOf('.', domain - 1) : -1;
        return dot < 0 ? ("", name) : (name[..dot], name[(dot + 1)..]);
    }

    /// <summary>Its host name.</summary>
    public string Name => $"{Prefix}.{Suffix}";

    /// <summary>It serves TLS with a certificate of the customer's.</summary>
    public bool IsSecure => Suffix == "edgekey.net";

    /// <summary>What points at this name is served with a certificate that is there before any activation: the customer's, or the shared one.</summary>
    public static bool HasCertificate(string name) => Split(name).Suffix is "edgekey.net" or "akamaized.net";
}

/// <summary>A number that traffic is reported and billed under.</summary>
public sealed class CpCode
{
    /// <summary>Characters of <see cref="Name"/>, at most.</summary>
    public const int NameLength = 100;

    public long Id { get; init; }
    public required long AccountId { get; init; }

    /// <summary>The group that it was made in.</summary>
    public required long GroupId { get; init; }

    /// <summary><c>ctr_…</c></summary>
    public required string ContractId { get; init; }

    /// <summary><c>prd_…</c></summary>
    public required string ProductId { get; init; }
    public required string Name { get; init; }

    /// <summary>Real time.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
}
