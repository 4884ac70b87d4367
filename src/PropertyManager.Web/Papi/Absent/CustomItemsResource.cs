using Microsoft.EntityFrameworkCore;
using PropertyManager.Web.Data;
using PropertyManager.Web.Papi.Accounts;
using PropertyManager.Web.Papi.Problems;

namespace PropertyManager.Web.Papi.Absent;

/// <summary><c>/custom-behaviors</c> and <c>/custom-overrides</c>: metadata that the network's staff writes for one customer. There is none here.</summary>
internal static class CustomItemsResource
{
    public static void Map(IEndpointRouteBuilder papi)
    {
        papi.MapGet("/custom-behaviors", BehaviorsAsync).WithName("get-custom-behaviors").Produces<CustomBehaviorsAnswer>();
        papi.MapGet("/custom-behaviors/{behaviorId}", (string behaviorId) => Unknown("behavior", behaviorId)).WithName("get-custom-behavior");
        papi.MapGet("/custom-overrides", OverridesAsync).WithName("get-custom-overrides").Produces<CustomOverridesAnswer>();
        papi.MapGet("/custom-overrides/{overrideId}", (string overrideId) => Unknown("override", overrideId)).WithName("get-custom-override");
    }

    private static async Task<IResult> BehaviorsAsync(HttpContext http, IDbContextFactory<AppDbContext> contexts)
    {
        await using var db = await contexts.CreateDbContextAsync(http.RequestAborted);
        return PapiRequest.Answer(new CustomBehaviorsAnswer(http.Id(await http.AccountAsync(db)), ItemList<string>.Empty));
    }

    private static async Task<IResult> OverridesAsync(HttpContext http, IDbContextFactory<AppDbContext> contexts)
    {
        await using var db = await contexts.CreateDbContextAsync(http.RequestAborted);
        return PapiRequest.Answer(new CustomOverridesAnswer(http.Id(await http.AccountAsync(db)), ItemList<string>.Empty));
    }

    private static PapiProblem Unknown(string what, string id) =>
        PapiProblems.NotFound($"There is no custom {what} {id}: custom {what}s are not part of this product.");
}

/// <summary>The custom behaviors: none.</summary>
internal sealed record CustomBehaviorsAnswer(string? AccountId, ItemList<string> CustomBehaviors);

/// <summary>The custom overrides: none.</summary>
internal sealed record CustomOverridesAnswer(string? AccountId, ItemList<string> CustomOverrides);
