using Microsoft.EntityFrameworkCore;
using PropertyManager.Domain;
using PropertyManager.Domain.Activations;
using PropertyManager.Domain.Configuration;
using PropertyManager.Web.Data;
using PropertyManager.Web.Engine;
using PropertyManager.Web.Papi.Problems;
using PropertyManager.Web.Papi.Properties;

namespace PropertyManager.Web.Papi.Hostnames;

/// <summary>
/// <c>GET /properties/{id}/hostnames</c> and <c>…/diff</c>: the hostnames of the versions that are active, on both networks side by side, and
/// those that the networks have differently.
/// </summary>
internal static class PropertyHostnamesResource
{
    private const string Path = "/properties/{propertyId}/hostnames";

    public static void Map(IEndpointRouteBuilder papi)
    {
        papi.MapGet(Path, ListAsync).WithName("get-property-hostnames").Produces<PropertyHostnamesAnswer>();
        papi.MapGet($"{Path}/diff", DifferAsync).WithName("get-property-hostnames-diff").Produces<HostnamesDiffAnswer>();
    }

    private static async Task<IResult> ListAsync(HttpContext http, string propertyId, IDbContextFactory<AppDbContext> contexts)
    {
        var (page, wrong) = Page.Read(http);
        var (order, wrongOrder) = HostnameQuery.Sort(http);
        var (network, wrongNetwork) = HostnameQuery.Network(http);
        var (hasStatus, wrongStatus) = http.Switch("includeCertStatus", otherwise: false);
        if ((wrong ?? wrongOrder ?? wrongNetwork ?? wrongStatus) is { } refused)
            return refused;
        await using var db = await contexts.CreateDbContextAsync(http.RequestAborted);
        var (found, problem) = await http.FindPropertyAsync(db, propertyId);
        if (found is null)
            return problem!;
        var rows = Active(db, found.Property.Id).Where(row => network == null || row.Network == network);
        if (HostnameQuery.Like(http.Request.Query["hostname"]) is { } hostname)
            rows = rows.Where(row => EF.Functions.Like(row.CnameFrom, hostname, HostnameQuery.Escape));
        if (HostnameQuery.Like(http.Request.Query["cnameTo"]) is { } cnameTo)
            rows = rows.Where(row => EF.Functions.Like(row.CnameTo, cnameTo, HostnameQuery.Escape));
        var names = rows.Select(row => row.CnameFrom).Distinct();
        var total = await names.CountAsync(http.RequestAborted);
        var (items, edges) = await PartAsync(http, db, rows, names, order == HostnameQuery.Descending, page);
        var certificates = hasStatus ? await DeployedCertificates.ReadAsync(db, found.Property.Id, http.RequestAborted) : null;
        return PapiRequest.Answer(
            new PropertyHostnamesAnswer(
                http.Id(PublicId.Account, found.Property.AccountId),
                http.Id(found.ContractId),
                http.Id(PublicId.Group, found.Property.GroupId),
                http.Id(PublicId.Property, found.Property.Id),
                [HostnameQuery.Ascending, HostnameQuery.Descending],
                order,
                HostnameQuery.Ascending,
                new(
                    [.. items.Select(item => Item(http, item, edges, found.Property.AccountId, certificates))],
                    items.Count,
                    page.Next(http, total),
                    page.Previous(http),
                    total
                )
            )
        );
    }

    private static async Task<IResult> DifferAsync(HttpContext http, string propertyId, IDbContextFactory<AppDbContext> contexts)
    {
        var (page, wrong) = Page.Read(http);
        if (wrong is not null)
            return wrong;
        await using var db = await contexts.CreateDbContextAsync(http.RequestAborted);
        var (found, problem) = await http.FindPropertyAsync(db, propertyId);
        if (found is null)
            return problem!;
        var rows = Active(db, found.Property.Id);
        var staging = rows.Where(row => row.Network == Network.Staging);
        var production = rows.Where(row => row.Network == Network.Production);
        var same =
            from one in staging
            join other in production on one.CnameFrom equals other.CnameFrom
            where one.CnameTo == other.CnameTo && one.Certificate == other.Certificate
            select one.CnameFrom;
        var names = rows.Select(row => row.CnameFrom).Distinct().Where(name => !same.Contains(name));
        var total = await names.CountAsync(http.RequestAborted);
        var (items, edges) = await PartAsync(http, db, rows, names, isDescending: false, page);
        return PapiRequest.Answer(
            new HostnamesDiffAnswer(
                http.Id(PublicId.Account, found.Property.AccountId),
                http.Id(found.ContractId),
                http.Id(PublicId.Group, found.Property.GroupId),
                http.Id(PublicId.Property, found.Property.Id),
                new([.. items.Select(item => Difference(http, item, edges))], items.Count, page.Next(http, total), page.Previous(http), total)
            )
        );
    }

    private static IQueryable<ActiveRow> Active(AppDbContext db, long propertyId) =>
        from activation in db.Activations
        where activation.PropertyId == propertyId && activation.Status.State == ActivationState.Active
        join hostname in db.Hostnames on new { activation.PropertyId, activation.Version } equals new { hostname.PropertyId, hostname.Version }
        select new ActiveRow
        {
            Network = activation.Network,
            CnameFrom = hostname.CnameFrom,
            CnameTo = hostname.EdgeHostname,
            Certificate = hostname.Certificate,
        };

    /// <summary>A page of the names, each with what it is on the networks, and the numbers of their edge hostnames.</summary>
    private static async Task<(List<ActiveName> Items, IReadOnlyDictionary<string, long> Edges)> PartAsync(
        HttpContext http,
        AppDbContext db,
        IQueryable<ActiveRow> rows,
        IQueryable<string> names,
        bool isDescending,
        Page page
    )
    {
        var ordered = isDescending ? names.OrderByDescending(name => name) : names.OrderBy(name => name);
        var part = await ordered.Skip(page.Offset).Take(page.Limit).ToListAsync(http.RequestAborted);
        var read = await rows.Where(row => part.Contains(row.CnameFrom)).ToListAsync(http.RequestAborted);
        var byName = read.ToLookup(row => row.CnameFrom, StringComparer.Ordinal);
        var edges = await EdgeIds.OfAsync(db, http.Access(), read.Select(row => row.CnameTo), http.RequestAborted);
        return ([.. part.Select(name => new ActiveName(name, On(byName[name], Network.Staging), On(byName[name], Network.Production)))], edges);
    }

    private static ActiveRow? On(IEnumerable<ActiveRow> rows, Network network) => rows.FirstOrDefault(row => row.Network == network);

    private static PropertyHostnameItem Item(
        HttpContext http,
        ActiveName name,
        IReadOnlyDictionary<string, long> edges,
        long accountId,
        DeployedCertificates? certificates
    ) =>
        new(name.CnameFrom)
        {
            StagingCertType = name.Staging is { } staging ? HostnameWords.Of(staging.Certificate) : null,
            StagingCnameTo = name.Staging?.CnameTo,
            StagingEdgeHostnameId = Edge(http, name.Staging, edges),
            ProductionCertType = name.Production is { } production ? HostnameWords.Of(production.Certificate) : null,
            ProductionCnameTo = name.Production?.CnameTo,
            ProductionEdgeHostnameId = Edge(http, name.Production, edges),
            CertStatus =
                certificates is not null && (name.Staging ?? name.Production) is { } row
                    ? CertificateStatus.Of(
                        accountId,
                        new HostnameEntry(row.CnameFrom, row.CnameTo) { Certificate = row.Certificate },
                        edges.ContainsKey(row.CnameTo),
                        certificates
                    )
                    : null,
        };

    private static HostnameDifference Difference(HttpContext http, ActiveName name, IReadOnlyDictionary<string, long> edges) =>
        new(name.CnameFrom)
        {
            StagingCertType = name.Staging is { } staging ? HostnameWords.Of(staging.Certificate) : null,
            StagingCnameTo = name.Staging?.CnameTo,
            StagingCnameType = name.Staging is null ? null : HostnameWords.CnameType,
            StagingEdgeHostnameId = name.Staging is null ? null : Edge(http, name.Staging, edges) ?? "",
            ProductionCertType = name.Production is { } production ? HostnameWords.Of(production.Certificate) : null,
            ProductionCnameTo = name.Production?.CnameTo,
            ProductionCnameType = name.Production is null ? null : HostnameWords.CnameType,
            ProductionEdgeHostnameId = name.Production is null ? null : Edge(http, name.Production, edges) ?? "",
        };

    private static string? Edge(HttpContext http, ActiveRow? row, IReadOnlyDictionary<string, long> edges) =>
        row is not null && edges.TryGetValue(row.CnameTo, out var id) ? http.Id(PublicId.EdgeHostname, id) : null;

    /// <summary>A hostname of an active version.</summary>
    private sealed record ActiveRow
    {
        public required Network Network { get; init; }
        public required string CnameFrom { get; init; }
        public required string CnameTo { get; init; }
        public required CertificateProvisioning Certificate { get; init; }
    }

    /// <summary>A hostname on both networks; null where a network has it not.</summary>
    private sealed record ActiveName(string CnameFrom, ActiveRow? Staging, ActiveRow? Production);
}

/// <summary>The hostnames of a property that are active.</summary>
internal sealed record PropertyHostnamesAnswer(
    string AccountId,
    string ContractId,
    string GroupId,
    string PropertyId,
    IReadOnlyList<string> AvailableSort,
    string CurrentSort,
    string DefaultSort,
    HostnamePart<PropertyHostnameItem> Hostnames
);

/// <summary>The hostnames that the networks have differently.</summary>
internal sealed record HostnamesDiffAnswer(
    string AccountId,
    string ContractId,
    string GroupId,
    string PropertyId,
    HostnamePart<HostnameDifference> Hostnames
);

/// <summary>A part of them.</summary>
internal sealed record HostnamePart<T>(IReadOnlyList<T> Items, int CurrentItemCount, string NextLink, string? PreviousLink, int TotalItems);

/// <summary>A hostname: the members of a network that has it not are left out.</summary>
internal sealed record PropertyHostnameItem(string CnameFrom)
{
    /// <summary>There is no other kind.</summary>
    public string CnameType { get; } = HostnameWords.CnameType;
    public string? StagingCertType { get; init; }
    public string? StagingCnameTo { get; init; }
    public string? StagingEdgeHostnameId { get; init; }
    public string? ProductionCertType { get; init; }
    public string? ProductionCnameTo { get; init; }
    public string? ProductionEdgeHostnameId { get; init; }
    public CertificateStatus? CertStatus { get; init; }
}

/// <summary>A hostname: the members of a network that has it not are left out.</summary>
internal sealed record HostnameDifference(string CnameFrom)
{
    public string? StagingCertType { get; init; }
    public string? StagingCnameTo { get; init; }
    public string? StagingCnameType { get; init; }
    public string? StagingEdgeHostnameId { get; init; }
    public string? ProductionCertType { get; init; }
    public string? ProductionCnameTo { get; init; }
    public string? ProductionCnameType { get; init; }
    public string? ProductionEdgeHostnameId { get; init; }
}
