using System.Text;
using System.Text.Json;
using PropertyManager.Domain;
using PropertyManager.Domain.Configuration;
using PropertyManager.Domain.Configuration.Catalog;
using PropertyManager.Web.Data;
using PropertyManager.Web.Engine.Sessions;
using PropertyManager.Web.Shell.Parts;

namespace PropertyManager.Web.Features.Editor;

/// <summary>A version as files: its metadata XML, and its rules and hostnames as JSON.</summary>
public static class EditorEndpoints
{
    private const string SchemaRoute = "/editor/rules.schema.json";

    private const string Route = "/properties/{propertyId}/versions/{version:int}";

    /// <summary>
    /// <c>GET …/metadata.xml</c> and <c>…/rules.json</c>, as attachments. 404 for what there is not, 403 for what the person may not see.
    /// </summary>
    public static void MapEditor(this IEndpointRouteBuilder routes)
    {
        var files = routes.MapGroup(Route).RequireAuthorization();
        files.MapGet("/metadata.xml", XmlAsync);
        files.MapGet("/rules.json", JsonAsync);
        routes
            .MapGet(
                SchemaRoute,
                (HttpContext http, string? format) =>
                {
                    http.Response.Headers.CacheControl = "private, max-age=3600";
                    var known = format is not null && RuleFormats.IsKnown(format) ? format : RuleFormats.Latest;
                    return Results.Text(RuleSchema.Of(known), "application/schema+json", Encoding.UTF8);
                }
            )
            .RequireAuthorization();
    }

    /// <summary>Where the JSON schema of rules is.</summary>
    /// <param name="format">The rule format that they are written in.</param>
    internal static string Schema(string format) => $"{SchemaRoute}?format={Uri.EscapeDataString(format)}";

    /// <summary>Where the version's metadata XML is.</summary>
    internal static string Xml(VersionView view) => $"{Links.Version(view.Property.Id, view.Version.Number)}/metadata.xml";

    /// <summary>Where the version's rules and hostnames are.</summary>
    internal static string Json(VersionView view) => $"{Links.Version(view.Property.Id, view.Version.Number)}/rules.json";

    private static Task<IResult> XmlAsync([AsParameters] FileRequest request) =>
        AnswerAsync(request, "xml", "application/xml", view => MetadataXml.Write(view.Document));

    private static Task<IResult> JsonAsync([AsParameters] FileRequest request) => AnswerAsync(request, "json", "application/json", WriteJson);

    private static async Task<IResult> AnswerAsync(FileRequest request, string extension, string contentType, Func<VersionView, string> write)
    {
        var session = await request.Sessions.ReadAsync(request.Http.User, SessionService.RightsAge, request.CancellationToken);
        var answer = await request.Versions.ReadAsync(session.Access, request.PropertyId, request.Version, request.CancellationToken);
        if (answer.IsForbidden)
            return Results.StatusCode(StatusCodes.Status403Forbidden);
        if (answer.View is not { } view)
            return Results.NotFound();
        request.Http.Response.Headers.CacheControl = "no-store"; // what is behind a sign-in is not kept by what lies between
        request.Http.Response.Headers.ContentDisposition = $"attachment; filename=\"{FileName(view)}.{extension}\"";
        return Results.Text(write(view), contentType, Encoding.UTF8);
    }

    /// <summary>"www.northwind.example-v4", of characters that are safe in a header and in every file system.</summary>
    private static string FileName(VersionView view)
    {
        var name = view.Property.Name.Select(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_' ? c : '-');
        return $"{string.Concat(name)}-v{view.Version.Number}";
    }

    /// <summary>The file that "Import" takes: a version made from it has the same rules and hostnames.</summary>
    private static string WriteJson(VersionView view) =>
        view.Content.Write(
            ("propertyId", JsonSerializer.SerializeToElement(PublicId.Of(PublicId.Property, view.Property.Id))),
            ("propertyName", JsonSerializer.SerializeToElement(view.Property.Name)),
            ("propertyVersion", JsonSerializer.SerializeToElement(view.Version.Number))
        );

    private sealed record FileRequest(
        string PropertyId,
        int Version,
        HttpContext Http,
        SessionService Sessions,
        VersionQuery Versions,
        CancellationToken CancellationToken
    );
}
