using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using PropertyManager.Web.Papi.Problems;
using PropertyManager.Web.Papi.Signing;
using Scalar.AspNetCore;

namespace PropertyManager.Web.Papi.Description;

/// <summary>What the API does, as an OpenAPI document for programs and as a page for people. Neither fetches anything from elsewhere.</summary>
public static class ApiDescription
{
    /// <summary>Where the document is.</summary>
    public const string Document = "/openapi/v1.json";

    /// <summary>Where people read it; <c>Links.ApiReference</c> leads there.</summary>
    public const string Page = "/docs/api";

    private const string Version = "v1";

    /// <summary>Whoever is signed in on the screen, or signs the request.</summary>
    private const string Somebody = "SignedInOrSigned";

    private const string Introduction = """
        The Property Manager API of this server: what the screen does, for programs. An API client has the rights of the person who made it, or fewer.
        Every request is signed with a key of an API client; existing clients for this API read the key from a file, which the page *API clients*
        gives when a key is made. Identifiers are taken with and without their prefix. What is refused is answered with a problem that says why.
        """;

    private const string Signing = """
        `Authorization: EG1-HMAC-SHA256 client_token=…;access_token=…;timestamp=yyyyMMddTHH:mm:ss+0000;nonce=…;signature=…`.
        The signature is the base64 of HMAC-SHA256 over method, scheme, host, path with query, an empty field, the SHA-256 of a POST's body (its
        first 131,072 bytes) and the header up to the signature, with tabs between them; its key is the base64 of HMAC-SHA256 of the timestamp,
        keyed with the client secret. A nonce is good for one request, a timestamp for 30 seconds.
        """;

    public static void AddApiDescription(this IServiceCollection services)
    {
        services
            .AddAuthentication()
            .AddPolicyScheme(
                Somebody,
                displayName: null,
                scheme =>
                    scheme.ForwardDefaultSelector = http =>
                        http.Request.Headers.Authorization.Count > 0 ? EdgeGridHandler.Name : IdentityConstants.ApplicationScheme
            );
        services.AddOpenApi(
            Version,
            options =>
            {
                options.ShouldInclude = api => PapiProblems.IsApi($"/{api.RelativePath}");
                options.AddDocumentTransformer(DescribeAsync);
            }
        );
    }

    public static void MapApiDescription(this IEndpointRouteBuilder routes)
    {
        var policy = new AuthorizationPolicyBuilder(Somebody).RequireAuthenticatedUser().Build();
        routes.MapOpenApi("/openapi/{documentName}.json").RequireAuthorization(policy);
        routes
            .MapScalarApiReference(
                Page,
                page =>
                {
                    page.WithTitle("API reference · Property Manager")
                        .WithOpenApiRoutePattern("/openapi/{documentName}.json")
                        .WithFavicon("/icons/favicon.svg");
                    // A request has to be signed, which the page cannot do; and nothing is told or asked outside.
                    page.HideTestRequestButton()
                        .HideClientButton()
                        .HideDeveloperTools()
                        .DisableTelemetry()
                        .DisableDefaultFonts()
                        .DisableAgent()
                        .DisableMcp();
                }
            )
            .RequireAuthorization();
    }

    private static Task DescribeAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info = new OpenApiInfo
        {
            Title = "Property Manager API",
            Version = Version,
            Description = Introduction,
        };
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>(StringComparer.Ordinal)
        {
            [EdgeGridHandler.Name] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http,
                Scheme = EdgeGridSignature.Scheme,
                Description = Signing,
            },
        };
        document.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(EdgeGridHandler.Name, document)] = [] }];
        return Task.CompletedTask;
    }
}
