using PropertyManager.Domain.Properties;

namespace PropertyManager.Web.Data;

/// <summary>What one person may see and do: every query and every order is bounded by it.</summary>
/// <param name="Email">Who it is.</param>
/// <param name="Roles">Their role by group, those that come from groups above included.</param>
/// <param name="IsSupport">Reads every account.</param>
/// <param name="MayDemonstrate">An administrator allows the person to demonstrate; on what, their roles say: <see cref="MaySimulate"/>.</param>
/// <param name="Client">Name of the API client that acts in the person's place; null on the screen.</param>
public sealed record Access(string Email, IReadOnlyDictionary<long, Role> Roles, bool IsSupport, bool MayDemonstrate, string? Client = null)
{
    /// <summary>An API client of chosen groups only: what concerns everybody, like the speed of simulated time, is not its to change.</summary>
    public bool IsConfined { get; init; }

    /// <summary>Sees nothing.</summary>
    public static Access None { get; } = new("", new Dictionary<long, Role>(), IsSupport: false, MayDemonstrate: false);

    public bool MayRead(Property property) => IsSupport || Has(property, Role.Viewer);

    public bool MayEdit(Property property) => Has(property, Role.Editor);

    /// <summary>May make properties in it.</summary>
    public bool MayEdit(PropertyGroup group) => Roles.TryGetValue(group.Id, out var given) && given >= Role.Editor;

    /// <summary>May activate, cancel, fall back and deactivate.</summary>
    public bool MayPublish(Property property) => Has(property, Role.Publisher);

    /// <summary>May use the controls of the simulation: for the properties that they publish, see <see cref="MaySimulateFor"/>.</summary>
    public bool MaySimulate => MayDemonstrate && Roles.Values.Any(role => role >= Role.Publisher);

    /// <summary>May make things go wrong for a property, and change its simulated traffic.</summary>
    public bool MaySimulateFor(Property property) => MayDemonstrate && MayPublish(property);

    /// <summary>May change how fast simulated time runs: it runs for every account, so that takes an administrator.</summary>
    public bool MayChangeSpeed => MayDemonstrate && !IsConfined && Roles.Values.Contains(Role.Admin);

    /// <summary>The groups on whose properties they are at least publisher.</summary>
    public IReadOnlyList<long> PublishedGroups => [.. Roles.Where(pair => pair.Value >= Role.Publisher).Select(pair => pair.Key)];

    /// <summary>The same in some of the groups only.</summary>
    public Access Within(Func<long, bool> isOne) => this with { Roles = Roles.Where(pair => isOne(pair.Key)).ToDictionary() };

    private bool Has(Property property, Role role) => Roles.TryGetValue(property.GroupId, out var given) && given >= role;
}

/// <summary>Queries that stay within what a person may see.</summary>
public static class AccessQueries
{
    public static IQueryable<Property> Seen(this IQueryable<Property> properties, Access access)
    {
        if (access.IsSupport)
            return properties;
        var groups = access.Roles.Keys.ToList();
        return properties.Where(property => groups.Contains(property.GroupId));
    }

    /// <summary>An edge hostname is seen with the group that it was made in.</summary>
    public static IQueryable<EdgeHostname> Seen(this IQueryable<EdgeHostname> hostnames, Access access)
    {
        if (access.IsSupport)
            return hostnames;
        var groups = access.Roles.Keys.ToList();
        return hostnames.Where(hostname => groups.Contains(hostname.GroupId));
    }

    public static IQueryable<PropertyGroup> Seen(this IQueryable<PropertyGroup> groups, Access access)
    {
        if (access.IsSupport)
            return groups;
        var seen = access.Roles.Keys.ToList();
        return groups.Where(group => seen.Contains(group.Id));
    }
}
