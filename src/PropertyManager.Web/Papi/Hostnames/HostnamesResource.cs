using Microsoft.EntityFrameworkCore;
using PropertyManager.Domain;
using PropertyManager.Domain.Activations;
using PropertyManager.Domain.Configuration;
using PropertyManager.Web.Data;
using PropertyManager.Web.Engine;
using PropertyManager.Web.Papi.Accounts;
using PropertyManager.Web.Papi.Problems;

namespace PropertyManager.Web.Papi.Hostnames;

/// <summary><c>GET /hostnames</c>: those that are active now, each with the network it is active on.</summary>
internal static class HostnamesResource
{
    public static void Map(IEndpointRouteBuilder papi) => papi.MapGet("/hostnames", ListAsync).WithName("get-hostnames").Produces<HostnamesAnswer>();

    private static async Task<IResult> ListAsync(HttpContext http, IDbContextFactory<AppDbContext> contexts)
    {
        var (page, wrong) = Page.Read(http);
        if (wrong is not null)
            return wrong;
        var (sort, wrongSort) = HostnameQuery.Sort(http);
        var (network, wrongNetwork) = HostnameQuery.Network(http);
        if ((wrongSort ?? wrongNetwork) is { } refused)
            return refused;

        await using var db = await contexts.CreateDbContextAsync(http.RequestAborted);
        var (group, problem) = await http.GroupAsync(db);
        if (problem is not null)
            return problem;
        var active = Active(http, db).Where(row => (network == null || row.Network == network) && (group == null || row.GroupId == group.Id));
        if (http.ContractId() is { } contract)
            active = active.Where(row => row.ContractId == contract);
        if (HostnameQuery.Like(http.Request.Query["hostname"]) is { } hostname)
            active = active.Where(row => EF.Functions.Like(row.CnameFrom, hostname, HostnameQuery.Escape));
        if (HostnameQuery.Like(http.Request.Query["cnameTo"]) is { } cnameTo)
            active = active.Where(row => EF.Functions.Like(row.CnameTo, cnameTo, HostnameQuery.Escape));

        var total = await active.CountAsync(http.RequestAborted);
        var ordered = sort == HostnameQuery.Ascending ? active.OrderBy(row => row.CnameFrom) : active.OrderByDescending(row => row.CnameFrom);
        var rows = await ordered
            .ThenBy(row => row.Network)
            .ThenBy(row => row.PropertyId)
            .Skip(page.Offset)
            .Take(page.Limit)
            .ToListAsync(http.RequestAborted);
        var ids = await EdgeIds.OfAsync(db, http.Access(), rows.Select(row => row.CnameTo), http.RequestAborted);
        return PapiRequest.Answer(
            new HostnamesAnswer(
                http.Id(await http.AccountAsync(db, group)) ?? "",
                [HostnameQuery.Ascending, HostnameQuery.Descending],
                sort,
                HostnameQuery.Ascending,
                new(
                    [.. rows.Select(row => Item(http, row, ids.TryGetValue(row.CnameTo, out var id) ? http.Id(PublicId.EdgeHostname, id) : null))],
                    rows.Count,
                    page.Next(http, total),
                    page.Previous(http),
                    total
                )
            )
        );
    }

    private static IQueryable<ActiveHostname> Active(HttpContext http, AppDbContext db) =>
        from activation in db.Activations
        where activation.Status.State == ActivationState.Active
        join property in db.Properties.Seen(http.Access()) on activation.PropertyId equals property.Id
        join home in db.Groups on property.GroupId equals home.Id
        join hostname in db.Hostnames on new { activation.PropertyId, activation.Version } equals new { hostname.PropertyId, hostname.Version }
        select new ActiveHostname
        {
            Network = activation.Network,
            PropertyId = property.Id,
            PropertyName = property.Name,
            GroupId = property.GroupId,
            ContractId = home.ContractId,
            CnameFrom = hostname.CnameFrom,
            CnameTo = hostname.EdgeHostname,
            Certificate = hostname.Certificate,
        };

    private static HostnameItem Item(HttpContext http, ActiveHostname row, string? edgeId)
    {
        var item = new HostnameItem(
            row.CnameFrom,
            http.Id(row.ContractId),
            http.Id(PublicId.Group, row.GroupId),
            http.Id(PublicId.Property, row.PropertyId),
            row.PropertyName,
            "TRADITIONAL"
        );
        var certificate = HostnameWords.Of(row.Certificate);
        return row.Network == Network.Staging
            ? item with
            {
                StagingCertType = certificate,
                StagingCnameTo = row.CnameTo,
                StagingCnameType = HostnameWords.CnameType,
                StagingEdgeHostnameId = edgeId,
            }
            : item with
            {
                ProductionCertType = certificate,
                ProductionCnameTo = row.CnameTo,
                ProductionCnameType = HostnameWords.CnameType,
                ProductionEdgeHostnameId = edgeId,
            };
    }

    private sealed record ActiveHostname
    {
        public required Network Network { get; init; }
        public required long PropertyId { get; init; }
        public required string PropertyName { get; init; }
        public required long GroupId { get; init; }
        public required string ContractId { get; init; }
        public required string CnameFrom { get; init; }
        public required string CnameTo { get; init; }
        public required CertificateProvisioning Certificate { get; init; }
    }
}

/// <summary>The hostnames that are active.</summary>
internal sealed record HostnamesAnswer(
    string AccountId,
    IReadOnlyList<string> AvailableSort,
    string CurrentSort,
    string DefaultSort,
    HostnamePart<HostnameItem> Hostnames
);

/// <summary>A hostname on a network: the members of the other network are left out.</summary>
internal sealed record HostnameItem(string CnameFrom, string ContractId, string GroupId, string PropertyId, string PropertyName, string PropertyType)
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
