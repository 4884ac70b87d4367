using Microsoft.EntityFrameworkCore;
using PropertyManager.Domain;
using PropertyManager.Web.Data;
using PropertyManager.Web.Papi.Problems;
using PropertyManager.Web.Papi.Properties;

namespace PropertyManager.Web.Papi.Absent;

/// <summary>
/// Hostnames that are kept beside a property's versions, and activated without them. No property keeps its hostnames so here: there are no activations of them.
/// </summary>
internal static class HostnameBucketResource
{
    private const string What = "Hostname buckets";

    public static void Map(IEndpointRouteBuilder papi)
    {
        papi.MapGet(
                "/properties/{propertyId}/hostname-activations",
                (HttpContext http, string propertyId, IDbContextFactory<AppDbContext> contexts) => ListAsync(http, propertyId, contexts, Activations)
            )
            .WithName("get-property-hostname-activations")
            .Produces<BucketActivationsAnswer>();
        papi.MapPatch("/properties/{propertyId}/hostnames", ChangeAsync).WithName("patch-property-hostnames");
        papi.MapGet("/properties/{propertyId}/hostname-activations/{hostnameActivationId}", OneAsync).WithName("get-property-hostname-activation");
        papi.MapDelete("/properties/{propertyId}/hostname-activations/{hostnameActivationId}", ChangeAsync)
            .WithName("delete-property-hostname-activations");
    }

    private static async Task<IResult> ListAsync(
        HttpContext http,
        string propertyId,
        IDbContextFactory<AppDbContext> contexts,
        Func<HttpContext, ScopedProperty, IResult> answer
    )
    {
        if (Page.Read(http).Problem is { } wrong)
            return wrong;
        await using var db = await contexts.CreateDbContextAsync(http.RequestAborted);
        var (found, problem) = await http.FindPropertyAsync(db, propertyId);
        return problem ?? answer(http, found!);
    }

    private static IResult Activations(HttpContext http, ScopedProperty of) =>
        PapiRequest.Answer(
            new BucketActivationsAnswer(
                http.Id(PublicId.Account, of.Property.AccountId),
                http.Id(of.ContractId),
                http.Id(PublicId.Group, of.Property.GroupId),
                CurrentItemCount: 0,
                Page.Read(http).Page.Previous(http),
                TotalItems: 0,
                new([], CurrentItemCount: 0, Page.Read(http).Page.Previous(http), TotalItems: 0)
            )
        );

    private static async Task<IResult> OneAsync(
        HttpContext http,
        string propertyId,
        string hostnameActivationId,
        IDbContextFactory<AppDbContext> contexts
    )
    {
        await using var db = await contexts.CreateDbContextAsync(http.RequestAborted);
        return (await http.FindPropertyAsync(db, propertyId)).Problem
            ?? PapiProblems.NotFound($"There is no hostname activation {hostnameActivationId}: {What} are not part of this product.");
    }

    private static async Task<IResult> ChangeAsync(HttpContext http, string propertyId, IDbContextFactory<AppDbContext> contexts)
    {
        await using var db = await contexts.CreateDbContextAsync(http.RequestAborted);
        return (await http.FindPropertyAsync(db, propertyId)).Problem ?? PapiProblems.NotImplemented(What);
    }
}

/// <summary>Activations of a bucket: none.</summary>
/// <param name="PrevLink">To the part before this one, where this is not the first; the same within the page, under another name.</param>
internal sealed record BucketActivationsAnswer(
    string AccountId,
    string ContractId,
    string GroupId,
    int CurrentItemCount,
    string? PrevLink,
    int TotalItems,
    BucketActivationsPage HostnameActivations
);

/// <summary>An empty part of an empty list of activations.</summary>
internal sealed record BucketActivationsPage(IReadOnlyList<string> Items, int CurrentItemCount, string? PreviousLink, int TotalItems);

/// <summary>An empty part of an empty list.</summary>
internal sealed record BucketPage(IReadOnlyList<string> Items, int CurrentItemCount, int TotalItems)
{
    public static BucketPage Empty { get; } = new([], 0, 0);
}
