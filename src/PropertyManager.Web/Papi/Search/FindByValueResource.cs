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
        var isByName = body.PropertyName is { Length: > 0 };
        // Each by itself: what decides in the database between the two is answered without an index.
        var named = string.IsNullOrEmpty(hostname)
            ? db.Hostnames.AsNoTracking().Where(h => h.EdgeHostname == edgeHostname)
            : db.Hostnames.AsNoTracking().Where(h => h.CnameFrom == hostname);
        var seen = db.Properties.Seen(http.Access());
        var meant = isByName ? seen.Where(p => p.Name == body.PropertyName) : seen.Where(p => named.Any(h => h.PropertyId == p.Id));
        // Of a property that was asked for by its name each version is one of those that are meant.
        var versions = isByName ? db.Versions : db.Versions.Where(v => named.Any(h => h.PropertyId == v.PropertyId && h.Version == v.Number));
        var found = await ActiveOrLatest(db, meant, versions).ToListAsync(http.RequestAborted);
        var activations = await db
            .Activations.Where(a => meant.Any(p => p.Id == a.PropertyId))
            .Select(a => new { a.PropertyId, Line = new ActivationLine(a.Id, a.Version, a.Network, a.Type, a.Status.State) })
            .ToListAsync(http.RequestAborted);
        var lines = activations.ToLookup(a => (a.PropertyId, a.Line.Version), a => a.Line);
        var hostnames = isByName ? [] : await named.Where(h => meant.Any(p => p.Id == h.PropertyId)).ToListAsync(http.RequestAborted);
        var where = hostnames.ToLookup(h => (h.PropertyId, h.Version));
        return PapiRequest.Answer(
            new FoundAnswer(
                new([
                    .. found.Select(version =>
                        Item(
                            http,
                            version,
                            lines[(version.PropertyId, version.Number)],
                            isByName ? null : where[(version.PropertyId, version.Number)].OrderBy(h => h.CnameFrom, StringComparer.Ordinal)
                        )
                    ),
                ])
            )
        );
    }

    private static IQueryable<VersionFound> ActiveOrLatest(AppDbContext db, IQueryable<Property> properties, IQueryable<PropertyVersion> versions) =>
        from version in versions
        join property in properties on version.PropertyId equals property.Id
        join owner in db.Groups on property.GroupId equals owner.Id
        where
            !db.Versions.Any(v => v.PropertyId == version.PropertyId && v.Number > version.Number)
            || db.Activations.Any(a => a.PropertyId == version.PropertyId && a.Version == version.Number && a.Status.State == ActivationState.Active)
        orderby version.PropertyId, version.Number descending
        select new VersionFound(
            property.AccountId,
            owner.ContractId,
            property.GroupId,
            property.Id,
            property.Name,
            version.Number,
            version.Author,
            version.UpdatedAt
        );

    private static FoundVersion Item(HttpContext http, VersionFound version, IEnumerable<ActivationLine> activations, IEnumerable<Hostname>? where)
    {
        var one = new FoundVersion(
            http.Id(PublicId.Account, version.AccountId),
            http.Id(version.ContractId),
            http.Id(PublicId.Group, version.GroupId),
            http.Id(PublicId.Asset, version.PropertyId),
            http.Id(PublicId.Property, version.PropertyId),
            version.PropertyName,
            version.Number,
            StatusWords.Api(activations, version.Number, Network.Staging),
            StatusWords.Api(activations, version.Number, Network.Production),
            version.Author,
            Moments.Text(version.UpdatedAt)
        );
        if (where is null)
            return one;
        var items = where.Select(h => one with { Hostname = h.CnameFrom, EdgeHostname = h.EdgeHostname }).ToList();
        // Clients read the hostname beside the version, and not within it.
        return one with { Hostname = items[0].Hostname, EdgeHostname = items[0].EdgeHostname, Versions = new(items) };
    }

    /// <summary>A version as it is read.</summary>
    private sealed record VersionFound(
        long AccountId,
        string ContractId,
        long GroupId,
        long PropertyId,
        string PropertyName,
        int Number,
        string Author,
        DateTimeOffset UpdatedAt
    );
}

/// <summary>What is searched for: one of these.</summary>
internal sealed record FindByValueBody(string? PropertyName, string? Hostname, string? EdgeHostname, string? IncludeName);

/// <summary>What was found.</summary>
internal sealed record FoundAnswer(ItemList<FoundVersion> Versions);

/// <summary>A version, with the first hostname that was searched for; within it, once for each of them.</summary>
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
