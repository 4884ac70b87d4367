using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Net.Http.Headers;
using PropertyManager.Domain;
using PropertyManager.Domain.Activations;
using PropertyManager.Domain.Configuration;
using PropertyManager.Web.Data;
using PropertyManager.Web.Engine;
using PropertyManager.Web.Papi.Description;
using PropertyManager.Web.Papi.Problems;
using PropertyManager.Web.Papi.Properties;

namespace PropertyManager.Web.Papi.Versions;

/// <summary><c>/properties/{propertyId}/versions</c>: what versions there are, and making one from another.</summary>
internal static class VersionsResource
{
    private const string Path = "/properties/{propertyId}/versions";

    /// <summary>Versions in an answer, at most.</summary>
    private const int Most = 500;

    public static void Map(IEndpointRouteBuilder papi)
    {
        papi.MapGet(Path, ListAsync).WithName("get-property-versions").Produces<VersionsAnswer>();
        papi.MapPost(Path, CreateAsync)
            .WithName("post-property-versions")
            .Accepts<VersionBody>("application/json")
            .Produces<VersionLinkAnswer>(StatusCodes.Status201Created)
            .Sends("Location");
        papi.MapGet($"{Path}/latest", LatestAsync)
            .WithName("get-latest-property-version")
            .Produces<VersionLinkAnswer>(StatusCodes.Status302Found)
            .Sends("Location");
        papi.MapGet($"{Path}/{{propertyVersion}}", GetAsync)
            .WithName("get-property-version")
            .Produces<VersionsAnswer>(StatusCodes.Status200OK, "application/json", "text/xml")
            .Sends("ETag");
        papi.MapGet($"{Path}/{{propertyVersion}}/external-resources", ExternalAsync)
            .WithName("get-external-resources")
            .Produces<ExternalResourcesAnswer>();
    }

    // Rules refer to nothing that is kept elsewhere. Clients ask all the same, before they copy rules.
    private static async Task<IResult> ExternalAsync(string propertyId, string propertyVersion, HttpContext http, VersionHeads heads) =>
        (await http.FindVersionAsync(heads, propertyId, propertyVersion)).Problem ?? PapiRequest.Answer(new ExternalResourcesAnswer(new()));

    private static async Task<IResult> ListAsync(string propertyId, HttpContext http, IDbContextFactory<AppDbContext> contexts)
    {
        var (page, wrong) = Page.Read(http, Most);
        if (wrong is not null)
            return wrong;
        await using var db = await contexts.CreateDbContextAsync(http.RequestAborted);
        var (found, problem) = await http.FindPropertyAsync(db, propertyId);
        return problem ?? await AnswerAsync(http, db, found!, number: null, page);
    }

    private static async Task<IResult> CreateAsync(string propertyId, HttpContext http, IDbContextFactory<AppDbContext> contexts, VersionDesk desk)
    {
        ScopedProperty? found;
        await using (var db = await contexts.CreateDbContextAsync(http.RequestAborted))
        {
            (found, var unknown) = await http.FindPropertyAsync(db, propertyId);
            if (found is null)
                return unknown!;
        }
        var (body, problem) = await http.ReadAsync<VersionBody>();
        if (body is null)
            return problem!;
        if (body.CreateFromVersion is not { } from)
            return PapiProblems.BadRequest("createFromVersion is missing: it is the number of the version that the new one is made from.");
        var (number, refusal) = await desk.CopyAsync(
            found.Property.Id,
            from,
            RequestOptions.Etag(body.CreateFromVersionEtag),
            http.Access(),
            http.RequestAborted
        );
        return refusal is not null
            ? PapiProblems.From(refusal)
            : http.Created("versionLink", http.PathOf(found, string.Create(CultureInfo.InvariantCulture, $"/versions/{number}")));
    }

    private static async Task<IResult> LatestAsync(string propertyId, HttpContext http, IDbContextFactory<AppDbContext> contexts)
    {
        await using var db = await contexts.CreateDbContextAsync(http.RequestAborted);
        var (found, problem) = await http.FindPropertyAsync(db, propertyId);
        if (found is null)
            return problem!;
        var id = found.Property.Id;
        var network = http.Request.Query["activatedOn"].ToString();
        if (network.Length > 0 && StatusWords.NetworkOf(network) is null)
            return PapiProblems.BadRequest($"activatedOn is “{network}”: it is STAGING or PRODUCTION.");
        var number = StatusWords.NetworkOf(network) is { } where
            ? await ActiveAsync(db, id, where, http.RequestAborted)
            : await db.Versions.Where(v => v.PropertyId == id).MaxAsync(v => (int?)v.Number, http.RequestAborted);
        if (number is null)
            return PapiProblems.NotFound($"No version of {found.Property.Name} is active there.");
        var path = http.PathOf(found, string.Create(CultureInfo.InvariantCulture, $"/versions/{number}"));
        // Programs follow it by themselves, and some fail where it lacks the host.
        http.Response.Headers.Location = http.Absolute(path);
        return PapiRequest.Answer(new VersionLinkAnswer(PapiEndpoints.Root + path), StatusCodes.Status302Found);
    }

    private static Task<int?> ActiveAsync(AppDbContext db, long propertyId, Network network, CancellationToken cancellationToken) =>
        db
            .Activations.Where(a => a.PropertyId == propertyId && a.Network == network && a.Status.State == ActivationState.Active)
            .Select(a => (int?)a.Version)
            .SingleOrDefaultAsync(cancellationToken);

    private static async Task<IResult> GetAsync(
        string propertyId,
        string propertyVersion,
        HttpContext http,
        IDbContextFactory<AppDbContext> contexts,
        VersionHeads heads
    )
    {
        var (head, problem) = await http.FindVersionAsync(heads, propertyId, propertyVersion);
        if (head is null)
            return problem!;
        await using var db = await contexts.CreateDbContextAsync(http.RequestAborted);
        if (!WantsXml(http))
            return await AnswerAsync(http, db, new(head.Property, head.ContractId), head.Number, new(Offset: 0, Limit: 1));
        if (await http.ReadVersionAsync(db, head) is not { } version)
            return PropertyScope.Gone(head);
        http.SetEtag(VersionEtag.Of(version.PropertyId, version.Number, version.Revision));
        var document = VersionView.DocumentOf(head.Property, version, VersionView.ContentOf(version).Rules);
        return TypedResults.Text(MetadataXml.Write(document), "text/xml", System.Text.Encoding.UTF8);
    }

    private static bool WantsXml(HttpContext http) =>
        MediaTypeHeaderValue.TryParseList(http.Request.Headers.Accept, out var types)
        && types
            .OrderByDescending(type => type.Quality ?? 1)
            .Select(type => type.MediaType.ToString().ToLowerInvariant())
            .FirstOrDefault(type => type is "text/xml" or "application/xml" or "application/json" or "*/*")
            is "text/xml"
                or "application/xml";

    private static async Task<IResult> AnswerAsync(HttpContext http, AppDbContext db, ScopedProperty of, int? number, Page page)
    {
        var property = of.Property;
        var versions = await db
            .Versions.Where(v => v.PropertyId == property.Id && (number == null || v.Number == number))
            .OrderByDescending(v => v.Number)
            .Skip(page.Offset)
            .Take(page.Limit)
            .Select(v => new
            {
                v.Number,
                v.Revision,
                v.Notes,
                v.RuleFormat,
                v.Author,
                v.UpdatedAt,
            })
            .ToListAsync(http.RequestAborted);
        var activations = await db
            .Activations.Where(a => a.PropertyId == property.Id && (number == null || a.Version == number))
            .Select(a => new ActivationLine(a.Id, a.Version, a.Network, a.Type, a.Status.State))
            .ToListAsync(http.RequestAborted);
        var items = versions.Select(v => new VersionItem(
            v.Number,
            v.Author,
            Moments.Text(v.UpdatedAt),
            StatusWords.Api(activations, v.Number, Network.Production),
            StatusWords.Api(activations, v.Number, Network.Staging),
            VersionEtag.Of(property.Id, v.Number, v.Revision),
            http.Id(property.ProductId),
            v.RuleFormat,
            v.Notes
        ));
        if (number is not null && versions is [var one])
            http.SetEtag(VersionEtag.Of(property.Id, one.Number, one.Revision));
        return PapiRequest.Answer(
            new VersionsAnswer(
                http.Id(PublicId.Property, property.Id),
                property.Name,
                http.Id(PublicId.Account, property.AccountId),
                http.Id(of.ContractId),
                http.Id(PublicId.Group, property.GroupId),
                http.Id(PublicId.Asset, property.Id),
                new([.. items])
            )
        );
    }
}

/// <summary>A new version that is wanted.</summary>
internal sealed record VersionBody(int? CreateFromVersion, string? CreateFromVersionEtag);

/// <summary>Where a version is.</summary>
internal sealed record VersionLinkAnswer(string VersionLink);

/// <summary>What rules refer to and is kept elsewhere: nothing.</summary>
internal sealed record ExternalResourcesAnswer(System.Text.Json.Nodes.JsonObject ExternalResources);

/// <summary>Versions of a property, the newest first.</summary>
internal sealed record VersionsAnswer(
    string PropertyId,
    string PropertyName,
    string AccountId,
    string ContractId,
    string GroupId,
    string AssetId,
    ItemList<VersionItem> Versions
);

/// <summary>A version, and how it stands on each network.</summary>
internal sealed record VersionItem(
    int PropertyVersion,
    string UpdatedByUser,
    string UpdatedDate,
    string ProductionStatus,
    string StagingStatus,
    string Etag,
    string ProductId,
    string RuleFormat,
    string Note
);
