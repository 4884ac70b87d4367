using Microsoft.EntityFrameworkCore;
using PropertyManager.Domain.Configuration;
using PropertyManager.Web.Data;
using PropertyManager.Web.Papi.Accounts;
using PropertyManager.Web.Papi.Problems;

namespace PropertyManager.Web.Papi.Hostnames;

/// <summary><c>POST /hostnames/certificate-challenges</c>: the DNS records that prove whose hostnames are. It makes nothing.</summary>
internal static class CertificateChallengesResource
{
    private const int Most = 1000;

    public static void Map(IEndpointRouteBuilder papi) =>
        papi.MapPost("/hostnames/certificate-challenges", ReadAsync)
            .WithName("post-certificate-challenges")
            .Accepts<ChallengesBody>("application/json")
            .Produces<ChallengesAnswer>();

    private static async Task<IResult> ReadAsync(HttpContext http, IDbContextFactory<AppDbContext> contexts)
    {
        var (body, problem) = await http.ReadAsync<ChallengesBody>();
        if (body is null)
            return problem!;
        if (body.CnamesFrom is not { Count: > 0 and <= Most } names)
            return PapiProblems.BadRequest($"cnamesFrom lists the hostnames: from 1 to {Most:N0} of them.");
        foreach (var name in names)
        {
            if (HostnameSyntax.Fault(name ?? "") is { } fault)
                return PapiProblems.BadRequest($"The hostname “{name}” {fault}.");
            if (HostnameSyntax.HasUnderscore(name!))
                return PapiProblems.BadRequest($"The hostname “{name}” has an underscore: no certificate is issued for it.");
        }
        await using var db = await contexts.CreateDbContextAsync(http.RequestAborted);
        if (await http.AccountAsync(db) is not { } account)
            return PapiProblems.Forbidden("This API client sees no account that hostnames could be in.");
        return PapiRequest.Answer(
            new ChallengesAnswer(
                http.Id(account),
                new([.. names.Select(name => new ChallengeItem(name!.ToLowerInvariant(), CertificateChallenge.Of(account.Id, name)))])
            )
        );
    }
}

/// <summary>Which hostnames.</summary>
internal sealed record ChallengesBody(IReadOnlyList<string?>? CnamesFrom);

/// <summary>Their challenges.</summary>
internal sealed record ChallengesAnswer(string? AccountId, ItemList<ChallengeItem> Hostnames);

/// <summary>The challenge of a hostname.</summary>
internal sealed record ChallengeItem(string CnameFrom, CertificateChallenge ValidationCname);
