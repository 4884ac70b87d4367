using Microsoft.EntityFrameworkCore;
using PropertyManager.Domain.Properties;
using PropertyManager.Web.Data;
using PropertyManager.Web.Papi.Accounts;
using PropertyManager.Web.Papi.Problems;

namespace PropertyManager.Web.Papi.Catalog;

/// <summary><c>/products</c>: what properties of a contract can be made with.</summary>
internal static class ProductsResource
{
    public static void Map(IEndpointRouteBuilder papi)
    {
        papi.MapGet("/products", ListAsync).WithName("get-products").Produces<ProductsAnswer>();
        papi.MapGet("/products/{productId}/mapping-use-cases", UseCasesAsync).WithName("get-product-mapping-use-cases").Produces<UseCasesAnswer>();
    }

    private static async Task<IResult> ListAsync(HttpContext http, IDbContextFactory<AppDbContext> contexts)
    {
        await using var db = await contexts.CreateDbContextAsync(http.RequestAborted);
        if (await RefuseAsync(http, db) is { } problem)
            return problem;
        return PapiRequest.Answer(
            new ProductsAnswer(
                http.Id(await http.AccountAsync(db)),
                http.Id(http.ContractId()!),
                new([.. Product.All.Select(product => new ProductItem(http.Id(product.Id), product.Name))])
            )
        );
    }

    private static async Task<IResult> UseCasesAsync(HttpContext http, string productId, IDbContextFactory<AppDbContext> contexts)
    {
        await using var db = await contexts.CreateDbContextAsync(http.RequestAborted);
        if (await RefuseAsync(http, db) is { } problem)
            return problem;
        // One map serves all traffic here: there is nothing to choose.
        return Product.Find(PapiRequest.WithPrefix("prd_", productId)) is null
            ? PapiProblems.NotFound($"There is no product {productId}.")
            : PapiRequest.Answer(new UseCasesAnswer([]));
    }

    private static async Task<PapiProblem?> RefuseAsync(HttpContext http, AppDbContext db) =>
        http.ContractId() is null
            ? PapiProblems.BadRequest("The query lacks contractId: products are those of a contract.")
            : (await http.GroupAsync(db)).Problem;
}

/// <summary>The products of a contract.</summary>
internal sealed record ProductsAnswer(string? AccountId, string ContractId, ItemList<ProductItem> Products);

/// <summary>A product.</summary>
internal sealed record ProductItem(string ProductId, string ProductName);

/// <summary>Which kinds of traffic can be mapped in ways of their own.</summary>
internal sealed record UseCasesAnswer(IReadOnlyList<UseCaseItem> UseCases);

/// <summary>A kind of traffic, and the ways.</summary>
internal sealed record UseCaseItem(string Type, IReadOnlyList<string> Options, string UseCase);
