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
        if (Product.Find(PapiRequest.WithPrefix("prd_", productId)) is not { } product)
            return PapiProblems.NotFound($"There is no product {productId}.");
        return PapiRequest.Answer(
            new UseCasesAnswer(
                product.UseCases.Count == 0
                    ? null
                    : [.. product.UseCases.Select(useCase => new UseCaseItem(MappingUseCase.Type, useCase.Options, useCase.Name))]
            )
        );
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
/// <param name="UseCases">Left out where the product has none.</param>
internal sealed record UseCasesAnswer(IReadOnlyList<UseCaseItem>? UseCases);

/// <summary>A kind of traffic, and the ways.</summary>
internal sealed record UseCaseItem(string Type, IReadOnlyList<string> Options, string UseCase);
