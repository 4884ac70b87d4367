using Microsoft.EntityFrameworkCore;
using PropertyManager.Domain;
using PropertyManager.Domain.Properties;
using PropertyManager.Web.Data;
using PropertyManager.Web.Papi.Problems;

namespace PropertyManager.Web.Papi.Absent;

/// <summary>The property in an address, as far as the client sees it.</summary>
internal static class SeenProperty
{
    public static async Task<Property?> FindAsync(HttpContext http, AppDbContext db, string propertyId) =>
        PublicId.Parse(PublicId.Property, propertyId) is { } id
            ? await db.Properties.AsNoTracking().Seen(http.Access()).SingleOrDefaultAsync(p => p.Id == id, http.RequestAborted)
            : null;

    public static PapiProblem Missing(string propertyId) => PapiProblems.NotFound($"There is no property {propertyId}.");
}
