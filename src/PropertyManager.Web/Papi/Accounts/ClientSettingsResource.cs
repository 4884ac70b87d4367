using PropertyManager.Domain.Configuration;
using PropertyManager.Domain.Configuration.Catalog;
using PropertyManager.Web.Engine;
using PropertyManager.Web.Papi.Problems;

namespace PropertyManager.Web.Papi.Accounts;

/// <summary><c>/client-settings</c>: what this client means where its requests do not say.</summary>
internal static class ClientSettingsResource
{
    public static void Map(IEndpointRouteBuilder papi)
    {
        papi.MapGet("/client-settings", Get).WithName("get-client-settings").Produces<ClientSettingsAnswer>();
        papi.MapPut("/client-settings", PutAsync)
            .WithName("put-client-settings")
            .Accepts<ClientSettingsBody>("application/json")
            .Produces<ClientSettingsAnswer>();
    }

    private static IResult Get(HttpContext http) => Answer(http.Caller().RuleFormat, http.Caller().UsePrefixes);

    private static async Task<IResult> PutAsync(HttpContext http, ClientSettings settings)
    {
        var (body, problem) = await http.ReadAsync<ClientSettingsBody>();
        if (body is null)
            return problem!;
        var (now, refusal) = await settings.ChangeAsync(http.Caller(), body.RuleFormat, body.UsePrefixes, http.RequestAborted);
        return refusal is null ? Answer(now!.RuleFormat, now.UsePrefixes) : PapiProblems.From(refusal);
    }

    private static IResult Answer(string? ruleFormat, bool usePrefixes) =>
        PapiRequest.Answer(new ClientSettingsAnswer(ruleFormat ?? RuleFormats.Newest, usePrefixes));
}

/// <summary>What is to be changed; what is left out stays.</summary>
internal sealed record ClientSettingsBody(string? RuleFormat, bool? UsePrefixes);

/// <summary>The settings.</summary>
internal sealed record ClientSettingsAnswer(string RuleFormat, bool UsePrefixes);
