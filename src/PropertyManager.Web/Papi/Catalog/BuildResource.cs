using PropertyManager.Domain.Configuration;

namespace PropertyManager.Web.Papi.Catalog;

/// <summary><c>GET /build</c>: which version of the product answers.</summary>
internal static class BuildResource
{
    private static readonly BuildAnswer Answer = Of(typeof(BuildResource).Assembly);

    public static void Map(IEndpointRouteBuilder papi) => papi.MapGet("/build", Get).WithName("get-build").Produces<BuildAnswer>();

    private static IResult Get() => PapiRequest.Answer(Answer);

    private static BuildAnswer Of(System.Reflection.Assembly assembly)
    {
        var version = assembly.GetName().Version?.ToString(3) ?? "";
        var built = Moments.Text(new DateTimeOffset(File.GetLastWriteTimeUtc(assembly.Location)));
        // The catalog of behaviors is part of the program: what is said of the one holds for the other.
        var source = new BuildSource("main", built, built, version);
        return new(version, PropertyVersionDocument.DefaultRuleFormat, source, source);
    }
}

/// <summary>Which version answers.</summary>
internal sealed record BuildAnswer(string CoreVersion, string CurrentCatalogVersion, BuildSource CoreGitInfo, BuildSource CatalogGitInfo);

/// <summary>What it was built from.</summary>
internal sealed record BuildSource(string Branch, string BuildDate, string CommitDate, string CommitId);
