using Microsoft.EntityFrameworkCore;
using PropertyManager.Web.Data;
using PropertyManager.Web.Engine;
using PropertyManager.Web.Papi.Accounts;
using PropertyManager.Web.Papi.Problems;
using PropertyManager.Web.Papi.Properties;

namespace PropertyManager.Web.Papi.Absent;

/// <summary><c>/includes</c>: parts of rule trees shared between properties. There are none here.</summary>
internal static class IncludesResource
{
    private const string What = "Includes";

    public static void Map(IEndpointRouteBuilder papi)
    {
        papi.MapGet("/includes", ListAsync).WithName("get-includes").Produces<IncludesAnswer>();
        papi.MapPost("/includes", CreateAsync).WithName("post-includes");
        papi.MapGet("/properties/{propertyId}/versions/{propertyVersion}/includes", OfVersionAsync)
            .WithName("get-property-version-includes")
            .Produces<IncludesAnswer>();
        Get(papi, "/includes/validation-results/{includeId}/properties/{propertyId}/versions/{propertyVersion}", "get-include-validation");

        Get(papi, "/includes/{includeId}", "get-include");
        papi.MapDelete("/includes/{includeId}", Nothing).WithName("delete-include");
        Get(papi, "/includes/{includeId}/parents", "get-include-parents");
        Get(papi, "/includes/{includeId}/activations", "get-include-activations");
        papi.MapPost("/includes/{includeId}/activations", Nothing).WithName("post-include-activation");
        Get(papi, "/includes/{includeId}/activations/{activationId}", "get-include-activation");
        papi.MapDelete("/includes/{includeId}/activations/{activationId}", Nothing).WithName("delete-include-activation");
        Get(papi, "/includes/{includeId}/versions", "get-include-versions");
        papi.MapPost("/includes/{includeId}/versions", Nothing).WithName("post-include-versions");
        Get(papi, "/includes/{includeId}/versions/latest", "get-latest-include-version");
        Get(papi, "/includes/{includeId}/versions/{includeVersion}", "get-include-version");
        Get(papi, "/includes/{includeId}/versions/{includeVersion}/available-behaviors", "get-include-available-behaviors");
        Get(papi, "/includes/{includeId}/versions/{includeVersion}/available-criteria", "get-include-available-criteria");
        const string rules = "/includes/{includeId}/versions/{includeVersion}/rules";
        Get(papi, rules, "get-include-version-rules");
        papi.MapPut(rules, Nothing).WithName("put-include-version-rules");
        papi.MapPatch(rules, Nothing).WithName("patch-include-version-rules");
        papi.MapMethods(rules, [HttpMethods.Head], Unknown).WithName("head-include-version-rules");
    }

    private static void Get(IEndpointRouteBuilder papi, string path, string name) => papi.MapGet(path, Unknown).WithName(name);

    private static async Task<IResult> ListAsync(HttpContext http, IDbContextFactory<AppDbContext> contexts)
    {
        await using var db = await contexts.CreateDbContextAsync(http.RequestAborted);
        return (await http.RequiredGroupAsync(db)).Problem is { } problem ? problem : PapiRequest.Answer(IncludesAnswer.None);
    }

    private static async Task<IResult> CreateAsync(HttpContext http, IDbContextFactory<AppDbContext> contexts)
    {
        await using var db = await contexts.CreateDbContextAsync(http.RequestAborted);
        return (await http.RequiredGroupAsync(db)).Problem ?? PapiProblems.NotImplemented(What);
    }

    private static async Task<IResult> OfVersionAsync(HttpContext http, string propertyId, string propertyVersion, VersionHeads heads) =>
        (await http.FindVersionAsync(heads, propertyId, propertyVersion)).Problem is { } problem ? problem : PapiRequest.Answer(IncludesAnswer.None);

    private static PapiProblem Unknown(string includeId) =>
        PapiProblems.NotFound($"There is no include {includeId}: {What} are not part of this product.");

    private static PapiProblem Nothing() => PapiProblems.NotImplemented(What);
}

/// <summary>The includes: none.</summary>
internal sealed record IncludesAnswer(ItemList<IncludeItem> Includes)
{
    public static IncludesAnswer None { get; } = new(ItemList<IncludeItem>.Empty);
}

/// <summary>An include, were there one.</summary>
internal sealed record IncludeItem(string IncludeId, string IncludeName);
