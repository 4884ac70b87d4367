using System.Xml;
using Microsoft.EntityFrameworkCore;
using PropertyManager.Domain;
using PropertyManager.Domain.Activations;
using PropertyManager.Domain.Properties;
using PropertyManager.Web.Data;
using PropertyManager.Web.Engine;
using PropertyManager.Web.Papi.Accounts;
using PropertyManager.Web.Papi.Description;
using PropertyManager.Web.Papi.Limits;
using PropertyManager.Web.Papi.Problems;

namespace PropertyManager.Web.Papi.Properties;

/// <summary><c>/properties</c>: what there is in a group, and making, cloning and deleting.</summary>
internal static class PropertiesResource
{
    private const string PerContract = "Properties-Per-Contract";

    public static void Map(IEndpointRouteBuilder papi)
    {
        papi.MapGet("/properties", ListAsync).WithName("get-properties").Produces<PropertiesAnswer>().SendsLimits(PerContract);
        papi.MapPost("/properties", CreateAsync)
            .WithName("post-properties")
            .Accepts<PropertyBody>("application/json")
            .Produces<PropertyLinkAnswer>(StatusCodes.Status201Created)
            .Sends("Location")
            .SendsLimits(PerContract);
        papi.MapGet("/properties/{propertyId}", GetAsync).WithName("get-property").Produces<PropertiesAnswer>();
        papi.MapDelete("/properties/{propertyId}", DeleteAsync).WithName("delete-property").Produces<MessageAnswer>();
    }

    private static async Task<IResult> ListAsync(HttpContext http, IDbContextFactory<AppDbContext> contexts, TimeProvider time)
    {
        await using var db = await contexts.CreateDbContextAsync(http.RequestAborted);
        var (since, network, problem) = Modified(http, time);
        if (problem is not null)
            return problem;
        var properties = db.Properties.AsNoTracking().Seen(http.Access());
        // Whoever asks for what changed lately may ask for it everywhere, in a contract, or in a group.
        var (group, wrong) = since is null ? await http.RequiredGroupAsync(db) : await http.GroupAsync(db);
        if (wrong is not null)
            return wrong;
        if (group is not null)
            properties = properties.Where(p => p.GroupId == group.Id);
        else if (http.ContractId() is { } contract)
            properties = properties.Where(p => db.Groups.Any(g => g.Id == p.GroupId && g.ContractId == contract));
        if (since is not null)
            properties = network is null ? Saved(db, properties, since.Value) : Activated(db, properties, network, since.Value);
        if ((group?.ContractId ?? http.ContractId()) is { } of)
            await LimitAsync(http, db, of);
        return Answer(http, await RowsAsync(db, properties, http.RequestAborted));
    }

    private static async Task LimitAsync(HttpContext http, AppDbContext db, string contractId) =>
        http.SetLimit(PerContract, PropertyDesk.MostPerContract, await PropertyDesk.CountAsync(db, contractId, http.RequestAborted));

    private static IQueryable<Property> Saved(AppDbContext db, IQueryable<Property> properties, DateTimeOffset since) =>
        properties.Where(p => db.Versions.Any(v => v.PropertyId == p.Id && v.UpdatedAt >= since));

    /// <summary>On each of the networks.</summary>
    private static IQueryable<Property> Activated(
        AppDbContext db,
        IQueryable<Property> properties,
        IReadOnlyList<Network> on,
        DateTimeOffset since
    ) =>
        on.Aggregate(
            properties,
            (left, network) => left.Where(p => db.Activations.Any(a => a.PropertyId == p.Id && a.Network == network && a.Intent.SubmittedAt >= since))
        );

    private static async Task<IResult> GetAsync(string propertyId, HttpContext http, IDbContextFactory<AppDbContext> contexts)
    {
        await using var db = await contexts.CreateDbContextAsync(http.RequestAborted);
        var (found, problem) = await http.FindPropertyAsync(db, propertyId);
        return problem ?? Answer(http, await RowsAsync(db, db.Properties.Where(p => p.Id == found!.Property.Id), http.RequestAborted));
    }

    private static async Task<IResult> CreateAsync(HttpContext http, IDbContextFactory<AppDbContext> contexts, PropertyDesk desk)
    {
        var (body, unread) = await http.ReadAsync<PropertyBody>();
        if (body is null)
            return unread!;
        PropertyGroup? group;
        await using (var db = await contexts.CreateDbContextAsync(http.RequestAborted))
        {
            (group, var wrong) = await http.RequiredGroupAsync(db);
            if (group is null)
                return wrong!;
        }
        if (body.PropertyName is null || body.ProductId is null)
            return PapiProblems.BadRequest(
                $"{(body.PropertyName is null ? "propertyName" : "productId")} is missing: a property has a name and a product."
            );
        if (body.UseHostnameBucket == true)
            return PapiProblems.NotImplemented("Hostname buckets");
        CloneSource? from = null;
        if (body.CloneFrom is { } clone)
        {
            if (PublicId.Parse(PublicId.Property, clone.PropertyId) is not { } source || clone.Version is not { } version)
                return PapiProblems.BadRequest("cloneFrom names a property and a version, such as propertyId prp_1 and version 1.");
            from = new(source, version, RequestOptions.Etag(clone.CloneFromVersionEtag), clone.CopyHostnames == true);
        }
        var order = new PropertyOrder(body.PropertyName, PapiRequest.WithPrefix("prd_", body.ProductId) ?? "", group.ContractId, group.Id)
        {
            RuleFormat = body.RuleFormat ?? (from is null ? http.Caller().RuleFormat : null),
            From = from,
        };
        var (id, refusal) = await desk.CreateAsync(order, http.Access(), http.RequestAborted);
        if (refusal is not null)
            return PapiProblems.From(refusal);
        await using (var db = await contexts.CreateDbContextAsync(http.RequestAborted))
            await LimitAsync(http, db, group.ContractId);
        return http.Created("propertyLink", http.PathOf(id!.Value) + http.Place(group.ContractId, group.Id));
    }

    private static async Task<IResult> DeleteAsync(string propertyId, HttpContext http, IDbContextFactory<AppDbContext> contexts, PropertyDesk desk)
    {
        ScopedProperty? found;
        await using (var db = await contexts.CreateDbContextAsync(http.RequestAborted))
        {
            (found, var problem) = await http.FindPropertyAsync(db, propertyId);
            if (found is null)
                return problem!;
        }
        return await desk.DeleteAsync(found.Property.Id, http.Access(), http.RequestAborted) is { } refusal
            ? PapiProblems.From(refusal)
            : PapiRequest.Answer(new MessageAnswer("Deletion Successful."));
    }

    private static (DateTimeOffset? Since, IReadOnlyList<Network>? Networks, PapiProblem? Problem) Modified(HttpContext http, TimeProvider time)
    {
        var (since, network) = (http.Request.Query["modifiedSince"].ToString(), http.Request.Query["modifiedNetwork"].ToString());
        IReadOnlyList<Network>? networks = network switch
        {
            "" => null,
            "BOTH" => [Network.Staging, Network.Production],
            _ => StatusWords.NetworkOf(network) is { } one ? [one] : [],
        };
        if (networks is [])
            return (null, null, PapiProblems.BadRequest($"modifiedNetwork is “{network}”: it is STAGING, PRODUCTION or BOTH."));
        if (since.Length == 0)
            return (
                null,
                null,
                networks is null ? null : PapiProblems.BadRequest("modifiedNetwork says where, and modifiedSince is missing that says since when.")
            );
        try
        {
            return (time.GetUtcNow() - XmlConvert.ToTimeSpan(since), networks, null);
        }
        catch (Exception exception) when (exception is FormatException or OverflowException or ArgumentOutOfRangeException)
        {
            return (null, null, PapiProblems.BadRequest($"modifiedSince is “{since}”: it is a duration such as P7D or PT12H."));
        }
    }

    private static Task<List<PropertyRow>> RowsAsync(AppDbContext db, IQueryable<Property> properties, CancellationToken cancellationToken) =>
        properties
            .OrderBy(p => p.Name)
            .Select(p => new PropertyRow
            {
                Id = p.Id,
                AccountId = p.AccountId,
                GroupId = p.GroupId,
                ContractId = db.Groups.Where(g => g.Id == p.GroupId).Select(g => g.ContractId).First(),
                Name = p.Name,
                ProductId = p.ProductId,
                Latest = db.Versions.Where(v => v.PropertyId == p.Id).Max(v => v.Number),
                Note = db.Versions.Where(v => v.PropertyId == p.Id).OrderByDescending(v => v.Number).Select(v => v.Notes).First(),
                RuleFormat = db.Versions.Where(v => v.PropertyId == p.Id).OrderByDescending(v => v.Number).Select(v => v.RuleFormat).First(),
                Staging = db
                    .Activations.Where(a => a.PropertyId == p.Id && a.Network == Network.Staging && a.Status.State == ActivationState.Active)
                    .Select(a => (int?)a.Version)
                    .FirstOrDefault(),
                Production = db
                    .Activations.Where(a => a.PropertyId == p.Id && a.Network == Network.Production && a.Status.State == ActivationState.Active)
                    .Select(a => (int?)a.Version)
                    .FirstOrDefault(),
            })
            .ToListAsync(cancellationToken);

    private static IResult Answer(HttpContext http, IReadOnlyList<PropertyRow> rows) =>
        PapiRequest.Answer(
            new PropertiesAnswer(
                new([
                    .. rows.Select(row => new PropertyItem(
                        http.Id(PublicId.Account, row.AccountId),
                        http.Id(row.ContractId),
                        http.Id(PublicId.Group, row.GroupId),
                        http.Id(PublicId.Property, row.Id),
                        http.Id(PublicId.Asset, row.Id),
                        row.Name,
                        http.Id(row.ProductId),
                        row.Latest,
                        row.Staging,
                        row.Production,
                        row.Note,
                        row.RuleFormat
                    )),
                ])
            )
        );

    private sealed class PropertyRow
    {
        public required long Id { get; init; }
        public required long AccountId { get; init; }
        public required long GroupId { get; init; }
        public required string ContractId { get; init; }
        public required string Name { get; init; }
        public required string ProductId { get; init; }
        public required int Latest { get; init; }
        public required string Note { get; init; }
        public required string RuleFormat { get; init; }
        public required int? Staging { get; init; }
        public required int? Production { get; init; }
    }
}
