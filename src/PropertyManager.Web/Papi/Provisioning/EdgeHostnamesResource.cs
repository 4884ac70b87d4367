using Microsoft.EntityFrameworkCore;
using PropertyManager.Domain;
using PropertyManager.Domain.Properties;
using PropertyManager.Web.Data;
using PropertyManager.Web.Engine;
using PropertyManager.Web.Papi.Accounts;
using PropertyManager.Web.Papi.Description;
using PropertyManager.Web.Papi.Limits;
using PropertyManager.Web.Papi.Problems;

namespace PropertyManager.Web.Papi.Provisioning;

/// <summary><c>/edgehostnames</c>: names in the network's own domain that property hostnames of a contract point at.</summary>
internal static class EdgeHostnamesResource
{
    private const string PerContract = "Edgehostnames-Per-Contract";

    public static void Map(IEndpointRouteBuilder papi)
    {
        papi.MapGet("/edgehostnames", ListAsync).WithName("get-edgehostnames").Produces<EdgeHostnamesAnswer>().SendsLimits(PerContract);
        papi.MapPost("/edgehostnames", CreateAsync)
            .WithName("post-edgehostnames")
            .Accepts<EdgeHostnameBody>("application/json")
            .Produces<EdgeHostnameLink>(StatusCodes.Status201Created)
            .Sends("Location")
            .SendsLimits(PerContract);
        papi.MapGet("/edgehostnames/{edgeHostnameId}", GetAsync).WithName("get-edgehostname").Produces<EdgeHostnamesAnswer>();
    }

    private static async Task<IResult> ListAsync(HttpContext http, IDbContextFactory<AppDbContext> contexts, TimeProvider time)
    {
        await using var db = await contexts.CreateDbContextAsync(http.RequestAborted);
        var (group, problem) = await http.RequiredGroupAsync(db);
        if (group is null)
            return problem!;
        await LimitAsync(http, db, group);
        return Answer(http, group, await In(http, db, group).OrderBy(e => e.Id).ToListAsync(http.RequestAborted), time);
    }

    private static async Task<IResult> GetAsync(HttpContext http, string edgeHostnameId, IDbContextFactory<AppDbContext> contexts, TimeProvider time)
    {
        await using var db = await contexts.CreateDbContextAsync(http.RequestAborted);
        var (group, problem) = await http.RequiredGroupAsync(db);
        if (group is null)
            return problem!;
        return
            PublicId.Parse(PublicId.EdgeHostname, edgeHostnameId) is { } id
            && await In(http, db, group).SingleOrDefaultAsync(e => e.Id == id, http.RequestAborted) is { } found
            ? Answer(http, group, [found], time)
            : PapiProblems.NotFound($"There is no edge hostname {edgeHostnameId} in this contract.");
    }

    private static async Task<IResult> CreateAsync(HttpContext http, IDbContextFactory<AppDbContext> contexts, ContractDesk desk)
    {
        await using var db = await contexts.CreateDbContextAsync(http.RequestAborted);
        var (group, problem) = await http.RequiredGroupAsync(db);
        if (group is null)
            return problem!;
        var (body, unreadable) = await http.ReadAsync<EdgeHostnameBody>();
        if (body is null)
            return unreadable!;
        var order = new EdgeHostnameOrder(
            PapiRequest.WithPrefix("prd_", body.ProductId),
            body.DomainPrefix,
            body.DomainSuffix,
            body.SecureNetwork,
            body.Secure,
            body.CertEnrollmentId,
            body.IpVersionBehavior,
            body.UseCases ?? []
        );
        var (made, refusal) = await desk.CreateEdgeHostnameAsync(group.Id, order, http.Access(), http.RequestAborted);
        if (refusal is not null)
            return PapiProblems.From(refusal);
        await LimitAsync(http, db, group);
        return http.Created("edgeHostnameLink", $"/edgehostnames/{http.Id(PublicId.EdgeHostname, made!.Id)}{http.Place(group.ContractId, group.Id)}");
    }

    /// <summary>Those of the contract, as far as the client sees the groups that they were made in: any of its properties may point at them.</summary>
    private static IQueryable<EdgeHostname> In(HttpContext http, AppDbContext db, PropertyGroup group) =>
        db.EdgeHostnames.AsNoTracking().Seen(http.Access()).Where(e => e.AccountId == group.AccountId && e.ContractId == group.ContractId);

    private static async Task LimitAsync(HttpContext http, AppDbContext db, PropertyGroup group)
    {
        var count = await db.EdgeHostnames.CountAsync(e => e.ContractId == group.ContractId, http.RequestAborted);
        http.SetLimit(PerContract, ContractDesk.MostPerContract, count);
    }

    // Which details of maps are asked for changes nothing: one map serves all traffic here.
    private static IResult Answer(HttpContext http, PropertyGroup group, IReadOnlyList<EdgeHostname> found, TimeProvider time) =>
        PapiRequest.Answer(
            new EdgeHostnamesAnswer(
                http.Id(PublicId.Account, group.AccountId),
                http.Id(group.ContractId),
                http.Id(PublicId.Group, group.Id),
                new([
                    .. found.Select(edge => new EdgeHostnameItem(
                        http.Id(PublicId.EdgeHostname, edge.Id),
                        edge.Prefix,
                        edge.Suffix,
                        edge.Name,
                        http.Id(edge.ProductId),
                        edge.IsIpv6 ? "IPV6_COMPLIANCE" : "IPV4",
                        edge.IsSecure,
                        edge.IsPending(time.GetUtcNow()) ? EdgeHostnameItem.Pending : null,
                        edge.UseCases.Count == 0
                            ? null
                            : [.. edge.UseCases.Select(choice => new UseCaseChosen(MappingUseCase.Type, choice.Option, choice.UseCase))]
                    )),
                ])
            )
        );
}

/// <summary>
/// What an edge hostname is made of. Certificates are none of this product's business: certEnrollmentId is asked for where the API asks for it, and
/// like slotNumber it changes nothing.
/// </summary>
internal sealed record EdgeHostnameBody(
    string? ProductId,
    string? DomainPrefix,
    string? DomainSuffix,
    string? IpVersionBehavior,
    bool? Secure,
    string? SecureNetwork,
    long? CertEnrollmentId,
    int? SlotNumber,
    IReadOnlyList<MappingOrder>? UseCases
);

/// <summary>Where the new one is.</summary>
internal sealed record EdgeHostnameLink([property: System.Text.Json.Serialization.JsonPropertyName("edgeHostnameLink")] string Link);

/// <summary>The edge hostnames of a contract.</summary>
internal sealed record EdgeHostnamesAnswer(string AccountId, string ContractId, string GroupId, ItemList<EdgeHostnameItem> EdgeHostnames);

/// <summary>An edge hostname.</summary>
/// <param name="Status">PENDING while not all name servers of the network know the name; left out from then on.</param>
/// <param name="UseCases">How traffic is to be mapped; left out where nothing was chosen.</param>
internal sealed record EdgeHostnameItem(
    string EdgeHostnameId,
    string DomainPrefix,
    string DomainSuffix,
    string EdgeHostnameDomain,
    string ProductId,
    string IpVersionBehavior,
    bool Secure,
    string? Status,
    IReadOnlyList<UseCaseChosen>? UseCases
)
{
    /// <summary>The only status there is a word for.</summary>
    public const string Pending = "PENDING";
}

/// <summary>A kind of traffic that is mapped in a way of its own.</summary>
internal sealed record UseCaseChosen(string Type, string Option, string UseCase);
