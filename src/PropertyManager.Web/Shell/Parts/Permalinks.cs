using System.Globalization;
using Microsoft.EntityFrameworkCore;
using PropertyManager.Domain;
using PropertyManager.Web.Data;

namespace PropertyManager.Web.Shell.Parts;

/// <summary>What stands in the way of showing an address.</summary>
public enum PermalinkProblem
{
    /// <summary>There is no such thing: 404.</summary>
    Unknown = StatusCodes.Status404NotFound,

    /// <summary>There is, and this person may not see it: 403.</summary>
    Forbidden = StatusCodes.Status403Forbidden,
}

/// <summary>Whether the address of a property, a version, an activation or the simulation leads somewhere, for this person.</summary>
public static class Permalinks
{
    /// <summary>
    /// Null when it can be shown, and for addresses of other things. Where a property may not be seen, nothing is said of its versions.
    /// </summary>
    /// <param name="path">From the root, with or without a slash before it: <c>properties/prp_7/versions/3/diff/2</c>.</param>
    public static async Task<PermalinkProblem?> CheckAsync(AppDbContext db, Access access, string path, CancellationToken cancellationToken)
    {
        var parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        return parts switch
        {
            ["properties", var id] => Judge(await PropertyAsync(id), access),
            ["properties", var id, "audience"] => Judge(await PropertyAsync(id), access),
            ["properties", var id, "import"] => Judge(await PropertyAsync(id), access, Role.Editor),
            ["properties", var id, "compare", var left, var right] => Judge(await PropertyAsync(id, left, right), access),
            ["properties", var id, "versions", var version, "diff", var before] => Judge(await PropertyAsync(id, version, before), access),
            ["properties", var id, "versions", var version, ..] => Judge(await PropertyAsync(id, version), access),
            ["activations", var id, ..] => Judge(await ActivationAsync(id), access),
            [Links.Simulation] => access.MaySimulate ? null : PermalinkProblem.Forbidden,
            _ => null,
        };

        async Task<Found?> PropertyAsync(string text, params string[] numbers)
        {
            if (PublicId.Parse(PublicId.Property, text) is not { } id)
                return null;
            List<int> wanted = [.. numbers.Distinct(StringComparer.Ordinal).Select(Number)];
            return await db
                .Properties.Where(property => property.Id == id)
                .Select(property => new Found(
                    property.GroupId,
                    wanted.Count == 0 || db.Versions.Count(version => version.PropertyId == id && wanted.Contains(version.Number)) == wanted.Count
                ))
                .SingleOrDefaultAsync(cancellationToken);
        }

        async Task<Found?> ActivationAsync(string text) =>
            PublicId.Parse(PublicId.Activation, text) is { } id
                ? await db
                    .Activations.Where(activation => activation.Id == id)
                    .Join(
                        db.Properties,
                        activation => activation.PropertyId,
                        property => property.Id,
                        (_, property) => new Found(property.GroupId, true)
                    )
                    .SingleOrDefaultAsync(cancellationToken)
                : null;
    }

    private static int Number(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1;

    /// <summary>The same for what was found; null when it can be shown.</summary>
    /// <param name="groupId">Of the property: what roles are given on; null where there is no such property.</param>
    /// <param name="isWhole">Everything else that the address names exists too.</param>
    /// <param name="access">Of the person.</param>
    /// <param name="least">The role that it takes.</param>
    public static PermalinkProblem? Judge(long? groupId, bool isWhole, Access access, Role least = Role.Viewer)
    {
        if (groupId is not { } group)
            return PermalinkProblem.Unknown;
        var has = access.Roles.TryGetValue(group, out var role);
        if (!(has && role >= least) && !(access.IsSupport && least == Role.Viewer))
            return PermalinkProblem.Forbidden;
        return isWhole ? null : PermalinkProblem.Unknown;
    }

    private static PermalinkProblem? Judge(Found? found, Access access, Role least = Role.Viewer) =>
        Judge(found?.GroupId, found?.Whole == true, access, least);

    /// <param name="GroupId">Of the property: what roles are given on.</param>
    /// <param name="Whole">The versions that the address names exist too.</param>
    private sealed record Found(long GroupId, bool Whole);
}
