using System.Globalization;
using Microsoft.EntityFrameworkCore;
using PropertyManager.Domain;
using PropertyManager.Domain.Properties;
using PropertyManager.Web.Data;
using PropertyManager.Web.Engine;
using PropertyManager.Web.Papi.Accounts;
using PropertyManager.Web.Papi.Problems;

namespace PropertyManager.Web.Papi.Properties;

/// <summary>The property that an address names.</summary>
/// <param name="ContractId"><c>ctr_…</c></param>
internal sealed record ScopedProperty(Property Property, string ContractId);

/// <summary>
/// Finds what an address names: a property, a version of it. Contract and group may stand in the query; they only ever narrow, because a
/// property belongs to one group.
/// </summary>
internal static class PropertyScope
{
    public static async Task<(ScopedProperty? Found, PapiProblem? Problem)> FindPropertyAsync(
        this HttpContext http,
        AppDbContext db,
        string propertyId
    )
    {
        var id = PublicId.Parse(PublicId.Property, propertyId);
        var found = await db
            .Properties.AsNoTracking()
            .Seen(http.Access())
            .Where(p => p.Id == id)
            .Join(db.Groups, p => p.GroupId, g => g.Id, (p, g) => new ScopedProperty(p, g.ContractId))
            .SingleOrDefaultAsync(http.RequestAborted);
        return found is not null && http.IsScoped(found.Property, found.ContractId)
            ? (found, null)
            : (null, PapiProblems.NotFound($"There is no property {propertyId}, or not one that this client may see."));
    }

    public static async ValueTask<(VersionHead? Found, PapiProblem? Problem)> FindVersionAsync(
        this HttpContext http,
        VersionHeads heads,
        string propertyId,
        string propertyVersion
    )
    {
        var found =
            PublicId.Parse(PublicId.Property, propertyId) is { } id && VersionNumber(propertyVersion) is { } number
                ? await heads.FindAsync(id, number, http.Access(), http.RequestAborted)
                : null;
        return found is not null && http.IsScoped(found.Property, found.ContractId)
            ? (found, null)
            : (
                null,
                PapiProblems.NotFound($"There is no version {propertyVersion} of a property {propertyId}, or not one that this client may see.")
            );
    }

    /// <summary>A version as it is now, with its hostnames.</summary>
    public static Task<PropertyVersion?> ReadVersionAsync(this HttpContext http, AppDbContext db, VersionHead head) =>
        db
            .Versions.AsNoTracking()
            .Include(v => v.Hostnames)
            .SingleOrDefaultAsync(v => v.PropertyId == head.Property.Id && v.Number == head.Number, http.RequestAborted);

    /// <summary>It was found, and deleted meanwhile.</summary>
    public static PapiProblem Gone(VersionHead head) => PapiProblems.NotFound($"Version {head.Number} is gone.");

    /// <summary>Where a property is, or what is below it, under <see cref="PapiEndpoints.Root"/>: with its contract and group.</summary>
    /// <param name="http">The request.</param>
    /// <param name="property">Whose address it is.</param>
    /// <param name="below">What comes after the property's own: <c>/versions/3</c>.</param>
    public static string PathOf(this HttpContext http, ScopedProperty property, string below) =>
        http.PathOf(property.Property.Id, below) + http.Place(property.ContractId, property.Property.GroupId);

    /// <summary>The same without contract and group.</summary>
    public static string PathOf(this HttpContext http, long propertyId, string below = "") =>
        $"/properties/{http.Id(PublicId.Property, propertyId)}{below}";

    /// <summary>Contract and group of the query, where they are there, are the property's.</summary>
    public static bool IsScoped(this HttpContext http, Property property, string contractId)
    {
        if (!http.Request.QueryString.HasValue)
            return true;
        var group = http.Request.Query["groupId"].ToString();
        return (group.Length == 0 || PublicId.Parse(PublicId.Group, group) == property.GroupId)
            && (http.ContractId() is not { } contract || contract == contractId);
    }

    private static int? VersionNumber(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : null;
}
