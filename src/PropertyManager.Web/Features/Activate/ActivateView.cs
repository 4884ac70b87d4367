using PropertyManager.Domain;
using PropertyManager.Domain.Activations;
using PropertyManager.Domain.Properties;
using PropertyManager.Web.Data;
using PropertyManager.Web.Engine;
using PropertyManager.Web.Shell.Parts;

namespace PropertyManager.Web.Features.Activate;

/// <summary>What the Activate tab shows.</summary>
/// <param name="Check">Of the version.</param>
public sealed record ActivateView(Property Property, Access Access, VersionCheck Check, NetworkView Production, NetworkView Staging)
{
    /// <summary>Those of the version, by name.</summary>
    public IReadOnlyList<string> Hostnames => [.. Check.Hostnames.Select(hostname => hostname.CnameFrom)];

    /// <summary>The version that is to be activated.</summary>
    public VersionRules Candidate => new(Property.Id, Check.Version.Number, Check.Version.Rules, Check.Hostnames);

    /// <summary>The version that is active on production; null where none is.</summary>
    public VersionRules? Serving =>
        Production.State is { Active: { } active, ActiveRules: { } rules }
            ? new(Property.Id, active.Version, rules, Check.HostnamesByVersion[active.Version])
            : null;

    /// <summary>Reads all of it.</summary>
    public static async Task<PageAnswer<ActivateView>> ReadAsync(AppDbContext db, long propertyId, int version, PageRead read)
    {
        var found = await FoundVersion.ReadAsync(db, propertyId, version, read.Cancellation);
        if (Permalinks.Judge(found?.Property.GroupId, found?.Version is not null, read.Access) is { } problem)
            return problem;
        read.Watch(new(PublicId.Property, propertyId));
        var states = await NetworkStates.ReadAsync(db, propertyId, rulesOf: Network.Production, read.Cancellation);
        var check = await VersionCheck.ReadAsync(db, found!, states, read.Access, read.Cancellation);
        return new ActivateView(
            found!.Property,
            read.Access,
            check,
            NetworkView.Of(check, Network.Production, states),
            NetworkView.Of(check, Network.Staging, states)
        );
    }

    /// <summary>After a transition of an activation that goes on. What started or ended is read.</summary>
    public ActivateView Apply(ActivationProgress progress)
    {
        var shown = progress.Network == Network.Production ? Production : Staging;
        if (!progress.Status.IsOpen || shown.State.Open is not { } open || open.Id != progress.ActivationId)
            return this;
        open = progress.ApplyTo(open);
        var next = new NetworkView(shown.Preview with { Open = open }, shown.State with { Open = open });
        return progress.Network == Network.Production ? this with { Production = next } : this with { Staging = next };
    }

    /// <summary>Reads what changed with activations that started or ended; the other network stays as it is.</summary>
    public async Task<PageAnswer<ActivateView>> RefreshAsync(AppDbContext db, IReadOnlyList<ActivationProgress> boundaries, PageRead read)
    {
        if (!read.Access.MayRead(Property))
            return PermalinkProblem.Forbidden;
        var states = await NetworkStates.ReadAsync(db, Property.Id, rulesOf: Network.Production, read.Cancellation);
        var check = await Check.FollowAsync(db, states, read.Cancellation);
        // What was on staging needs no acknowledgement on production.
        var isChanged = check.WasOnStaging != Check.WasOnStaging;
        return this with
        {
            Access = read.Access,
            Check = check,
            Production = isChanged || Concerns(Network.Production) ? NetworkView.Of(check, Network.Production, states) : Production,
            Staging = isChanged || Concerns(Network.Staging) ? NetworkView.Of(check, Network.Staging, states) : Staging,
        };

        bool Concerns(Network network) => boundaries.Any(progress => progress.Network == network);
    }
}

/// <summary>What a network has, and what activating the version there would do.</summary>
public sealed record NetworkView(ActivationPreview Preview, NetworkState State)
{
    internal static NetworkView Of(VersionCheck check, Network network, IReadOnlyDictionary<Network, NetworkState> states)
    {
        var state = states.GetValueOrDefault(network, NetworkState.Empty);
        return new(check.Preview(network, state), state);
    }
}
