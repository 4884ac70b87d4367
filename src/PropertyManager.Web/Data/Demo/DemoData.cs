using PropertyManager.Domain.Configuration;
using PropertyManager.Domain.Properties;

namespace PropertyManager.Web.Data.Demo;

/// <summary>What a new installation is filled with in Development. Ages are counted back from the moment it is filled.</summary>
/// <param name="Products">What the properties are delivered with.</param>
/// <param name="Accounts">The customers.</param>
/// <param name="Properties">Their properties, with versions and past activations.</param>
public sealed record DemoData(IReadOnlyList<DemoProduct> Products, IReadOnlyList<DemoAccount> Accounts, IReadOnlyList<DemoProperty> Properties);

/// <summary>A product.</summary>
/// <param name="Id"><c>prd_…</c></param>
/// <param name="Name">As shown.</param>
public sealed record DemoProduct(string Id, string Name);

/// <summary>A customer.</summary>
/// <param name="Id"><c>act_…</c></param>
/// <param name="Name">As shown.</param>
/// <param name="Contracts">Its contracts.</param>
/// <param name="Groups">Its groups, three levels deep; a parent stands before its children.</param>
public sealed record DemoAccount(string Id, string Name, IReadOnlyList<DemoContract> Contracts, IReadOnlyList<DemoGroup> Groups);

/// <summary>A contract.</summary>
/// <param name="Id"><c>ctr_…</c></param>
/// <param name="Name">As shown.</param>
public sealed record DemoContract(string Id, string Name);

/// <summary>A group of properties.</summary>
/// <param name="Id"><c>grp_…</c></param>
/// <param name="Name">As shown.</param>
/// <param name="Parent">Id of the group above; null for the account's topmost group.</param>
public sealed record DemoGroup(string Id, string Name, string? Parent = null);

/// <summary>A CP code that the property reports to.</summary>
/// <param name="Id"><c>cpc_…</c></param>
/// <param name="Name">As shown.</param>
public sealed record DemoCpCode(string Id, string Name);

/// <summary>An edge hostname that one or more of the property's hostnames point at.</summary>
/// <param name="Id"><c>ehn_…</c></param>
/// <param name="Name">The host name.</param>
public sealed record DemoEdgeHostname(string Id, string Name);

/// <summary>A property.</summary>
/// <param name="Id"><c>prp_…</c></param>
/// <param name="Name">As shown.</param>
/// <param name="Account">Id of its account.</param>
/// <param name="Group">Id of its group, on the third level.</param>
/// <param name="Contract">Id of its contract.</param>
/// <param name="Product">Id of its product.</param>
/// <param name="Traffic">How much its end users ask, from where, and how they are answered.</param>
/// <param name="Audience">What they ask for.</param>
/// <param name="CpCodes">The CP codes its rules name.</param>
/// <param name="EdgeHostnames">The edge hostnames its versions name.</param>
/// <param name="Versions">In order of their numbers, from 1 without gaps.</param>
/// <param name="Activations">In the order in which they were asked for.</param>
public sealed record DemoProperty(
    string Id,
    string Name,
    string Account,
    string Group,
    string Contract,
    string Product,
    TrafficProfile Traffic,
    IReadOnlyList<AudienceRequest> Audience,
    IReadOnlyList<DemoCpCode> CpCodes,
    IReadOnlyList<DemoEdgeHostname> EdgeHostnames,
    IReadOnlyList<DemoVersion> Versions,
    IReadOnlyList<DemoActivation> Activations
);

/// <summary>A property version.</summary>
/// <param name="Number">From 1.</param>
/// <param name="BasedOn">Number of the version it was made from; null for the first.</param>
/// <param name="Author">E-mail of who made it.</param>
/// <param name="Age">How long ago it was last edited.</param>
/// <param name="Note">What it is about.</param>
/// <param name="RuleFormat">Catalog its rules are written for.</param>
/// <param name="Rules">Its rule tree.</param>
/// <param name="Hostnames">Its hostnames.</param>
public sealed record DemoVersion(
    int Number,
    int? BasedOn,
    string Author,
    TimeSpan Age,
    string Note,
    string RuleFormat,
    RuleTree Rules,
    IReadOnlyList<HostnameEntry> Hostnames
);

/// <summary>A past activation; none is still running.</summary>
/// <param name="Version">Number of the version; of the one taken off, for a deactivation.</param>
/// <param name="Network">Where.</param>
/// <param name="Type">What was asked for.</param>
/// <param name="Outcome">What has become of it by now.</param>
/// <param name="Age">How long ago it was asked for.</param>
/// <param name="Duration">From then to its end.</param>
/// <param name="By">E-mail of who asked.</param>
/// <param name="Note">What they wrote beside it; empty when nothing.</param>
/// <param name="Cause">Why it was aborted or failed; null for every other outcome.</param>
public sealed record DemoActivation(
    int Version,
    DemoNetwork Network,
    DemoActivationType Type,
    DemoOutcome Outcome,
    TimeSpan Age,
    TimeSpan Duration,
    string By,
    string Note,
    DemoCause? Cause
);

/// <summary>Why an activation did not reach its end.</summary>
/// <param name="Kind">Who or what ended it.</param>
/// <param name="Detail">The evidence or the person's reason, in a sentence.</param>
/// <param name="By">E-mail of the person; null when it was no person.</param>
public sealed record DemoCause(DemoCauseKind Kind, string Detail, string? By = null);

/// <summary>A network.</summary>
public enum DemoNetwork
{
    /// <summary>For tests, without end users.</summary>
    Staging,

    /// <summary>Serves end users.</summary>
    Production,
}

/// <summary>What was asked for.</summary>
public enum DemoActivationType
{
    /// <summary>Put a version on the network.</summary>
    Activate,

    /// <summary>Take the property off the network.</summary>
    Deactivate,

    /// <summary>Go back to the version before; <see cref="DemoActivation.Version" /> is the one gone back to.</summary>
    FastFallback,
}

/// <summary>What has become of an activation by now, in the words of the history.</summary>
public enum DemoOutcome
{
    /// <summary>Its version is on the network now.</summary>
    Active,

    /// <summary>It was carried out, and another version has taken its version's place.</summary>
    Inactive,

    /// <summary>It was cancelled, by a person or by a check.</summary>
    Aborted,

    /// <summary>It could not be carried out.</summary>
    Failed,

    /// <summary>Its version was taken off the network; also of the deactivation that did it.</summary>
    Deactivated,
}

/// <summary>Who or what ended an activation early.</summary>
public enum DemoCauseKind
{
    /// <summary>Someone pressed Cancel.</summary>
    Person,

    /// <summary>The error-rate limit was reached.</summary>
    ErrorRateLimit,

    /// <summary>Too many updated servers were in trouble.</summary>
    ServerHealthLimit,

    /// <summary>The package could not be installed.</summary>
    InstallFailure,
}
