using Microsoft.EntityFrameworkCore;
using PropertyManager.Domain;
using PropertyManager.Domain.Activations;
using PropertyManager.Domain.Properties;
using PropertyManager.Web.Data;
using PropertyManager.Web.Engine;
using PropertyManager.Web.Papi.Problems;

namespace PropertyManager.Web.Papi.Search;

/// <summary>
/// <c>POST /search/find-by-value</c>: versions of properties by the property's name, a hostname or an edge hostname. Those that are active are
/// found, and the latest.
/// </summary>
internal static class FindByValueResource
{
    public static void Map(IEndpointRouteBuilder papi) =>
        papi.MapPost("/search/find-by-value", FindAsync)
            .WithName("post-search-find-by-value")
            .Accepts<FindByValueBody>("application/json")
            .Produces<FoundAnswer>();

    private static async Task<IResult> FindAsync(HttpContext http, IDbContextFactory<AppDbContext> contexts)
    {
        var (body, problem) = await http.ReadAsync<FindByValueBody>();
        if (body is null)
            return problem!;
        if (new[] { body.PropertyName, body.Hostname, body.EdgeHostname, body.IncludeName }.Count(value => !string.IsNullOrEmpty(value)) != 1)
            return PapiProblems.BadRequest("Give exactly one of propertyName, hostname, edgeHostname and includeName: it is what is searched for.");
        if (body.IncludeName is { Length: > 0 })
            return PapiRequest.Answer(new FoundAnswer(ItemList<FoundVersion>.Empty));

        await using var db = await contexts.CreateDbContextAsync(http.RequestAborted);
        var hostname = body.Hostname?.ToLowerInvariant();
        var edgeHostname = body.EdgeHostname?.ToLowerInvariant();
        // Null where the property itself was asked for: then each of its versions is one of those that are meant.
        var hostnames = body.PropertyName is { Length: > 0 }
            ? null
            : await db
                .Hostnames.AsNoTracking()
                .Where(h => string.IsNullOrEmpty(hostname) ? h.EdgeHostname == edgeHostname : h.CnameFrom == hostname)
                .Where(h => db.Properties.Seen(http.Access()).Any(p => p.Id == h.PropertyId))
                .ToListAsync(http.RequestAborted);
        var among = hostnames?.Select(h => h.PropertyId).Distinct().ToList();
        var properties = await db
            .Properties.AsNoTracking()
            .Seen(http.Access())
            .Where(p => among == null ? p.Name == body.PropertyName : among.Contains(p.Id))
            .Join(db.Groups, p => p.GroupId, g => g.Id, (Property, Group) => new { Property, Group.ContractId })
            .OrderBy(pair => pair.Property.Id)
            .ToListAsync(http.RequestAborted);

        List<FoundVersion> found = [];
        foreach (var pair in properties)
        {
            var named = hostnames?.Where(h => h.PropertyId == pair.Property.Id).ToList();
            found.AddRange(await VersionsAsync(http, db, pair.Property, pair.ContractId, named));
        }
        return PapiRequest.Answer(new FoundAnswer(new(found)));
    }

    private static async Task<IEnumerable<FoundVersion>> VersionsAsync(
        HttpContext http,
        AppDbContext db,
        Property property,
        string contractId,
        IReadOnlyList<Hostname>? named
    )
    {
        var versions = await db
            .Versions.Where(v => v.PropertyId == property.Id)
            .OrderByDescending(v => v.Number)
            .Select(v => new VersionLine(v.Number, v.BasedOn, v.Notes, v.Author, v.UpdatedAt))
            .ToListAsync(http.RequestAborted);
        var activations = await db
            .Activations.Where(a => a.PropertyId == property.Id)
            .Select(a => new ActivationLine(a.Id, a.Version, a.Network, a.Type, a.Status.State))
            .ToListAsync(http.RequestAborted);
        return versions
            .Where(version => version == versions[0] || activations.Exists(a => a.Version == version.Number && a.State == ActivationState.Active))
            .Where(version => named?.Any(h => h.Version == version.Number) != false)
            .Select(version =>
            {
                var one = new FoundVersion(
                    http.Id(PublicId.Account, property.AccountId),
                    http.Id(contractId),
                    http.Id(PublicId.Group, property.GroupId),
                    http.Id(PublicId.Asset, property.Id),
                    http.Id(PublicId.Property, property.Id),
                    property.Name,
                    version.Number,
                    StatusWords.Api(activations, version.Number, Network.Staging),
                    StatusWords.Api(activations, version.Number, Network.Production),
                    version.Author,
                    Moments.Text(version.UpdatedAt)
                );
                var where = named?.Where(h => h.Version == version.Number).OrderBy(h => h.CnameFrom, StringComparer.Ordinal);
                return where is null
                    ? one
                    : one with
                    {
                        Versions = new([.. where.Select(h => one with { Hostname = h.CnameFrom, EdgeHostname = h.EdgeHostname })]),
                    };
            });
    }
}

/// <summary>What is searched for: one of these.</summary>
internal sealed record FindByValueBody(string? PropertyName, string? Hostname, string? EdgeHostname, string? IncludeName);

/// <summary>What was found.</summary>
internal sealed record FoundAnswer(ItemList<FoundVersion> Versions);

/// <summary>A version; within it, once for each hostname that was searched for.</summary>
internal sealed record FoundVersion(
    string AccountId,
    string ContractId,
    string GroupId,
    string AssetId,
    string PropertyId,
    string PropertyName,
    int PropertyVersion,
    string StagingStatus,
    string ProductionStatus,
    string UpdatedByUser,
    string UpdatedDate
)
{
    public string? Hostname { get; init; }
    public string? EdgeHostname { get; init; }
    public ItemList<FoundVersion>? Versions { get; init; }
}
