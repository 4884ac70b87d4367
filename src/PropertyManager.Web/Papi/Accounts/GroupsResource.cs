using Microsoft.EntityFrameworkCore;
using PropertyManager.Domain;
using PropertyManager.Web.Data;

namespace PropertyManager.Web.Papi.Accounts;

/// <summary><c>GET /groups</c>: those that a client sees. One whose parent it does not see stands at the top.</summary>
internal static class GroupsResource
{
    public static void Map(IEndpointRouteBuilder papi) => papi.MapGet("/groups", ListAsync).WithName("get-groups").Produces<GroupsAnswer>();

    private static async Task<IResult> ListAsync(HttpContext http, IDbContextFactory<AppDbContext> contexts)
    {
        await using var db = await contexts.CreateDbContextAsync(http.RequestAborted);
        var groups = await db.Groups.AsNoTracking().Seen(http.Access()).OrderBy(g => g.Id).ToListAsync(http.RequestAborted);
        var seen = groups.Select(group => group.Id).ToHashSet();
        var account = await http.AccountAsync(db);
        return PapiRequest.Answer(
            new GroupsAnswer(
                http.Id(account),
                account?.Name,
                new([
                    .. groups.Select(group => new GroupItem(
                        http.Id(PublicId.Group, group.Id),
                        group.Name,
                        group.ParentId is { } parent && seen.Contains(parent) ? http.Id(PublicId.Group, parent) : null,
                        [http.Id(group.ContractId)]
                    )),
                ])
            )
        );
    }
}

/// <summary>The groups.</summary>
internal sealed record GroupsAnswer(string? AccountId, string? AccountName, ItemList<GroupItem> Groups);

/// <summary>A group.</summary>
internal sealed record GroupItem(string GroupId, string GroupName, string? ParentGroupId, IReadOnlyList<string> ContractIds);
