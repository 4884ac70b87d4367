using Microsoft.EntityFrameworkCore;
using PropertyManager.Web.Data;

namespace PropertyManager.Web.Papi.Accounts;

/// <summary><c>GET /contracts</c>: what the groups that a client sees are billed to.</summary>
internal static class ContractsResource
{
    // How a contract was sold is not known here, and changes nothing.
    private const string Type = "DIRECT_CUSTOMER";

    public static void Map(IEndpointRouteBuilder papi) => papi.MapGet("/contracts", ListAsync).WithName("get-contracts").Produces<ContractsAnswer>();

    private static async Task<IResult> ListAsync(HttpContext http, IDbContextFactory<AppDbContext> contexts)
    {
        await using var db = await contexts.CreateDbContextAsync(http.RequestAborted);
        var contracts = await db.Groups.Seen(http.Access()).Select(g => g.ContractId).Distinct().Order().ToListAsync(http.RequestAborted);
        return PapiRequest.Answer(
            new ContractsAnswer(
                http.Id(await http.AccountAsync(db)),
                new([.. contracts.Select(contract => new ContractItem(http.Id(contract), Type))])
            )
        );
    }
}

/// <summary>The contracts.</summary>
internal sealed record ContractsAnswer(string? AccountId, ItemList<ContractItem> Contracts);

/// <summary>A contract.</summary>
internal sealed record ContractItem(string ContractId, string ContractTypeName);
