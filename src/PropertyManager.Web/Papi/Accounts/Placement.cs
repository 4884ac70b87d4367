using Microsoft.EntityFrameworkCore;
using PropertyManager.Domain;
using PropertyManager.Domain.Properties;
using PropertyManager.Web.Data;
using PropertyManager.Web.Papi.Problems;

namespace PropertyManager.Web.Papi.Accounts;

/// <summary>Where in the account a request is at home: <c>contractId</c> and <c>groupId</c> of its query.</summary>
internal static class Placement
{
    private static readonly string[] Required = ["contractId", "groupId"];

    /// <summary>The contract's name in the query, with its prefix; null when it is not there.</summary>
    public static string? ContractId(this HttpContext http) => PapiRequest.WithPrefix("ctr_", http.Request.Query["contractId"]);

    /// <summary>The group that both name; or the problem that is to be answered when one is missing, or there is none that this client sees.</summary>
    public static async Task<(PropertyGroup? Group, PapiProblem? Problem)> RequiredGroupAsync(this HttpContext http, AppDbContext db)
    {
        var missing = Required.Where(name => string.IsNullOrEmpty(http.Request.Query[name])).ToList();
        if (missing.Count > 0)
            return (
                null,
                PapiProblems.BadRequest($"The query lacks {string.Join(" and ", missing)}: they say in which contract and group this is to happen.")
            );
        return await http.GroupAsync(db);
    }

    /// <summary>The group that the query names, if it does; or the problem that is to be answered when this client sees no such group.</summary>
    public static async Task<(PropertyGroup? Group, PapiProblem? Problem)> GroupAsync(this HttpContext http, AppDbContext db)
    {
        var contract = http.ContractId();
        if (http.Request.Query["groupId"] is not [{ Length: > 0 } text])
            return contract is null || await db.Groups.Seen(http.Access()).AnyAsync(g => g.ContractId == contract, http.RequestAborted)
                ? (null, null)
                : (null, PapiProblems.NotFound($"There is no contract {contract}, or not one that this client may see."));
        var group = PublicId.Parse(PublicId.Group, text) is { } id
            ? await db.Groups.AsNoTracking().Seen(http.Access()).SingleOrDefaultAsync(g => g.Id == id, http.RequestAborted)
            : null;
        return group is null ? (null, PapiProblems.NotFound($"There is no group {text}, or not one that this client may see."))
            : contract is not null && group.ContractId != contract
                ? (null, PapiProblems.NotFound($"There is no group {text} in contract {contract}: it is in {http.Id(group.ContractId)}."))
            : (group, null);
    }

    /// <summary>The account that answers: that of the group, of the contract, or the first that this client sees. Null when it sees none.</summary>
    public static async Task<Account?> AccountAsync(this HttpContext http, AppDbContext db, PropertyGroup? group = null)
    {
        var contract = http.ContractId();
        var groups = db.Groups.Seen(http.Access());
        if (group is not null)
            groups = groups.Where(g => g.Id == group.Id);
        else if (contract is not null)
            groups = groups.Where(g => g.ContractId == contract);
        return await groups
            .Join(db.Accounts, g => g.AccountId, a => a.Id, (_, account) => account)
            .AsNoTracking()
            .OrderBy(account => account.Id)
            .FirstOrDefaultAsync(http.RequestAborted);
    }

    /// <summary>The query that names a group and its contract, for links to what is in it.</summary>
    public static string Place(this HttpContext http, string contractId, long groupId) =>
        $"?contractId={http.Id(contractId)}&groupId={http.Id(PublicId.Group, groupId)}";

    /// <summary>The account's identifier as this client wants it; null where there is no account.</summary>
    public static string? Id(this HttpContext http, Account? account) => account is null ? null : http.Id(PublicId.Account, account.Id);
}
