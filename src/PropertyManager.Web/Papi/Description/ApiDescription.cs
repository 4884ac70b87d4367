using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using PropertyManager.Web.Engine;
using PropertyManager.Web.Papi.Limits;
using PropertyManager.Web.Papi.Problems;
using PropertyManager.Web.Papi.Signing;
using PropertyManager.Web.Shell.Parts;
using Scalar.AspNetCore;

namespace PropertyManager.Web.Papi.Description;

/// <summary>What the API does, as an OpenAPI document for programs and as a page for people. Neither fetches anything from elsewhere.</summary>
internal static class ApiDescription
{
    /// <summary>Where the document is.</summary>
    public const string Document = "/openapi/v1.json";

    /// <summary>Where people read it; <c>Links.ApiReference</c> leads there.</summary>
    public const string Page = "/docs/api";

    internal const string Version = "v1";

    /// <summary>The product's letters, the way back in the page's own colours, and enough contrast for small letters.</summary>
    private const string Looks = """
        @font-face { font-family: "Inter"; src: url("/_content/Radzen.Blazor/fonts/InterVariable.woff2") format("woff2"); font-weight: 100 900; font-display: swap; }
        :root { --scalar-font: "Inter", system-ui, sans-serif; }
        .way-back { padding: 0.75rem 1.25rem; font: 500 0.875rem/1.5 "Inter", system-ui, sans-serif; }
        .way-back a { color: light-dark(#2f54d1, #8ea9ff); }
        .light-mode { --scalar-color-3: #6b6b6b; --scalar-color-green: #007a4d; --scalar-color-orange: #b34700; --scalar-color-yellow: #8a6100; --scalar-color-red: #c62828; --scalar-sidebar-search-color: #6b6b6b; }
        .dark-mode { --scalar-color-3: #9a9a9a; --scalar-color-green: #3fcf8e; --scalar-color-red: #ff7b7b; --scalar-sidebar-search-color: #9a9a9a; }
        .endpoints, .scalar-card-content:has(.endpoints) { max-height: none !important; overflow: clip !important; overflow-wrap: anywhere; }
        .endpoints * { white-space: normal !important; }
        .light-mode .way-back { color-scheme: light; }
        .dark-mode .way-back { color-scheme: dark; }
        """;

    /// <summary>Whoever is signed in on the screen, or signs the request.</summary>
    private const string Somebody = "SignedInOrSigned";

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
        services.AddSingleton<HeldDescription>();
        // Numbers in texts are read, for programs that write them so, and are not what is asked for.
        services.ConfigureHttpJsonOptions(options => options.SerializerOptions.NumberHandling = JsonNumberHandling.Strict);
        services.AddOpenApi(
            Version,
            options =>
            {
                options.ShouldInclude = api =>
                    PapiProblems.IsApi($"/{api.RelativePath}") && (api.HttpMethod != HttpMethods.Head || !HeadAnswers.IsOfGet(api.ActionDescriptor));
                options.AddSchemaTransformer(DescribedSchema.DescribeAsync);
                options.AddOperationTransformer(DescribedOperation.DescribeAsync);
                options.AddDocumentTransformer(DescribedDocument.DescribeAsync);
            }
        );
    }

    public static void MapApiDescription(this IEndpointRouteBuilder routes)
    {
        var policy = new AuthorizationPolicyBuilder(Somebody).RequireAuthenticatedUser().Build();
        routes.MapGet(Document, AnswerAsync).RequireAuthorization(policy).ExcludeFromDescription().AnswerHead();
        routes.MapScalarApiReference(Page, Show).RequireAuthorization().Add(KeepInside);
    }

    /// <summary>Programs ask as often as for anything else.</summary>
    private static async Task<IResult> AnswerAsync(HttpContext http, HeldDescription description, ApiLimits limits, TimeProvider time) =>
        http.Features.Get<ApiCaller>() is { } caller && LimitAnswers.Hold(http, limits.Take(caller), time.GetUtcNow()) is { } tooMany
            ? tooMany
            : TypedResults.Bytes(await description.ReadAsync(), "application/json; charset=utf-8");

    private static void Show(ScalarOptions page, HttpContext http)
    {
        page.WithTitle("API reference · Property Manager").WithOpenApiRoutePattern("/openapi/{documentName}.json").WithFavicon("/icons/favicon.svg");
        page.DisableTelemetry().DisableDefaultFonts().DisableAgent().DisableMcp();
        // A request has to be signed, which neither the page nor the lines it would show can do.
        page.HideTestRequestButton().HideClientButton().HideDeveloperTools();
        page.HiddenClients = true;
        // As it was chosen everywhere else; where nothing was, as the system says.
        _ = Themes.Parse(http.Request.Cookies[Themes.Cookie]) switch
        {
            Theme.Light => page.ForceLightMode(),
            Theme.Dark => page.ForceDarkMode(),
            _ => page,
        };
        page.HideDarkModeToggle().ExpandAllTags();
        page.AddHeadContent("<script>document.documentElement.lang = 'en'</script>");
        page.AddHeaderContent($"<nav class=\"way-back\"><a href=\"/{Links.ApiClients}\">API clients</a></nav>");
        page.WithCustomCss(Looks);
    }

    /// <summary>Whatever the page's script may want: the browser asks this server and no other.</summary>
    private static void KeepInside(EndpointBuilder endpoint)
    {
        var answer = endpoint.RequestDelegate!;
        endpoint.RequestDelegate = http =>
        {
            http.Response.Headers.ContentSecurityPolicy =
                "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; frame-ancestors 'none'";
            return answer(http);
        };
    }
}
