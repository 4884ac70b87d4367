using Microsoft.EntityFrameworkCore;
using PropertyManager.Domain;
using PropertyManager.Domain.Properties;
using PropertyManager.Web.Data;
using PropertyManager.Web.Engine;
using PropertyManager.Web.Papi.Accounts;
using PropertyManager.Web.Papi.Description;
using PropertyManager.Web.Papi.Problems;

namespace PropertyManager.Web.Papi.Provisioning;

/// <summary><c>/cpcodes</c>: what traffic of a group's properties is counted under.</summary>
internal static class CpCodesResource
{
    public static void Map(IEndpointRouteBuilder papi)
    {
        papi.MapGet("/cpcodes", ListAsync).WithName("get-cpcodes").Produces<CpCodesAnswer>();
        papi.MapPost("/cpcodes", CreateAsync)
            .WithName("post-cpcodes")
            .Accepts<CpCodeBody>("application/json")
            .Produces<CpCodeLink>(StatusCodes.Status201Created)
            .Sends("Location");
        papi.MapGet("/cpcodes/{cpcodeId}", GetAsync).WithName("get-cpcode").Produces<CpCodesAnswer>();
    }

    private static async Task<IResult> ListAsync(HttpContext http, IDbContextFactory<AppDbContext> contexts)
    {
        await using var db = await contexts.CreateDbContextAsync(http.RequestAborted);
        var (group, problem) = await http.RequiredGroupAsync(db);
        if (group is null)
            return problem!;
        return Answer(http, group, await In(db, group).OrderBy(c => c.Id).ToListAsync(http.RequestAborted));
    }

    private static async Task<IResult> GetAsync(HttpContext http, string cpcodeId, IDbContextFactory<AppDbContext> contexts)
    {
        await using var db = await contexts.CreateDbContextAsync(http.RequestAborted);
        var (group, problem) = await http.RequiredGroupAsync(db);
        if (group is null)
            return problem!;
        return
            PublicId.Parse(PublicId.CpCode, cpcodeId) is { } id
            && await In(db, group).SingleOrDefaultAsync(c => c.Id == id, http.RequestAborted) is { } code
            ? Answer(http, group, [code])
            : PapiProblems.NotFound($"There is no CP code {cpcodeId} in this group.");
    }

    private static async Task<IResult> CreateAsync(HttpContext http, IDbContextFactory<AppDbContext> contexts, ContractDesk desk)
    {
        await using var db = await contexts.CreateDbContextAsync(http.RequestAborted);
        var (group, problem) = await http.RequiredGroupAsync(db);
        if (group is null)
            return problem!;
        var (body, unreadable) = await http.ReadAsync<CpCodeBody>();
        if (body is null)
            return unreadable!;
        var product = PapiRequest.WithPrefix("prd_", body.ProductId);
        var (code, refusal) = await desk.CreateCpCodeAsync(group.Id, product, body.CpcodeName, http.Access(), http.RequestAborted);
        return refusal is null
            ? http.Created("cpcodeLink", $"/cpcodes/{http.Id(PublicId.CpCode, code!.Id)}{http.Place(group.ContractId, group.Id)}")
            : PapiProblems.From(refusal);
    }

    private static IQueryable<CpCode> In(AppDbContext db, PropertyGroup group) =>
        db.CpCodes.AsNoTracking().Where(c => c.GroupId == group.Id && c.ContractId == group.ContractId);

    private static IResult Answer(HttpContext http, PropertyGroup group, IReadOnlyList<CpCode> codes) =>
        PapiRequest.Answer(
            new CpCodesAnswer(
                http.Id(PublicId.Account, group.AccountId),
                http.Id(group.ContractId),
                http.Id(PublicId.Group, group.Id),
                new([
                    .. codes.Select(code => new CpCodeItem(
                        http.Id(PublicId.CpCode, code.Id),
                        code.Name,
                        [http.Id(code.ProductId)],
                        Moments.Text(code.CreatedAt)
                    )),
                ])
            )
        );
}

/// <summary>What a CP code is made of.</summary>
internal sealed record CpCodeBody(string? ProductId, string? CpcodeName);

/// <summary>Where the new one is.</summary>
internal sealed record CpCodeLink([property: System.Text.Json.Serialization.JsonPropertyName("cpcodeLink")] string Link);

/// <summary>The CP codes of a group.</summary>
internal sealed record CpCodesAnswer(string AccountId, string ContractId, string GroupId, ItemList<CpCodeItem> Cpcodes);

/// <summary>A CP code.</summary>
internal sealed record CpCodeItem(string CpcodeId, string CpcodeName, IReadOnlyList<string> ProductIds, string CreatedDate);
