using Microsoft.AspNetCore.Authentication;
using PropertyManager.Web.Engine;
using PropertyManager.Web.Papi.Absent;
using PropertyManager.Web.Papi.Accounts;
using PropertyManager.Web.Papi.Activations;
using PropertyManager.Web.Papi.Bulk;
using PropertyManager.Web.Papi.Catalog;
using PropertyManager.Web.Papi.Description;
using PropertyManager.Web.Papi.Hostnames;
using PropertyManager.Web.Papi.Hub;
using PropertyManager.Web.Papi.Limits;
using PropertyManager.Web.Papi.Properties;
using PropertyManager.Web.Papi.Provisioning;
using PropertyManager.Web.Papi.Rules;
using PropertyManager.Web.Papi.Search;
using PropertyManager.Web.Papi.Signing;
using PropertyManager.Web.Papi.Simulation;
using PropertyManager.Web.Papi.Versions;
using PropertyManager.Web.Papi.Webhooks;

namespace PropertyManager.Web.Papi;

/// <summary>The Property Manager API, v1.</summary>
internal static class PapiEndpoints
{
    /// <summary>Where it is.</summary>
    public const string Root = "/papi/v1";

    public static void AddPapi(this IServiceCollection services)
    {
        services.AddSingleton<NonceStore>();
        services.AddSingleton<EdgeGridCheck>();
        services.AddSingleton<ActivationView>();
        services.AddSingleton<ApiLimits>();
        services.AddSingleton<RuleAnswers>();
        services.AddApiCompression();
        services.AddAuthentication().AddScheme<AuthenticationSchemeOptions, EdgeGridHandler>(EdgeGridHandler.Name, configureOptions: null);
        services.AddActivationHub();
        services.AddApiDescription();
    }

    public static void MapPapi(this IEndpointRouteBuilder routes)
    {
        var papi = routes.MapGroup(Root).AnswerHead();
        ContractsResource.Map(papi);
        GroupsResource.Map(papi);
        ClientSettingsResource.Map(papi);

        BuildResource.Map(papi);
        ProductsResource.Map(papi);
        RuleFormatsResource.Map(papi);
        SchemasResource.Map(papi);

        PropertiesResource.Map(papi);
        VersionsResource.Map(papi);
        AvailableResource.Map(papi);
        RulesResource.Map(papi);
        ActivationsResource.Map(papi);

        HostnamesResource.Map(papi);
        PropertyHostnamesResource.Map(papi);
        VersionHostnamesResource.Map(papi);
        CertificateChallengesResource.Map(papi);
        AuditHistoryResource.Map(papi);

        CpCodesResource.Map(papi);
        EdgeHostnamesResource.Map(papi);

        FindByValueResource.Map(papi);

        BulkVersionsResource.Map(papi);
        BulkPatchResource.Map(papi);
        BulkActivationsResource.Map(papi);
        BulkSearchResource.Map(papi);

        IncludesResource.Map(papi);
        HostnameBucketResource.Map(papi);
        CustomItemsResource.Map(papi);

        routes.MapActivationHub();
        SimulationEndpoints.Map(routes);
        WebhookResource.Map(routes);
        routes.MapApiDescription();
    }
}
