using Microsoft.EntityFrameworkCore;
using PropertyManager.Domain;
using PropertyManager.Domain.Configuration;
using PropertyManager.Domain.Configuration.Catalog;
using PropertyManager.Web.Data;

namespace PropertyManager.Web.Engine;

/// <summary>What a program means where its requests do not say, of what it makes and of answers: kept with it.</summary>
public sealed class ClientSettings(IDbContextFactory<AppDbContext> contexts, ApiCallers callers)
{
    /// <summary>Changes what is given and leaves the rest.</summary>
    /// <param name="caller">Whose settings they are.</param>
    /// <param name="ruleFormat">Of properties that it makes; null to leave it.</param>
    /// <param name="usePrefixes">Identifiers have their prefixes; null to leave it.</param>
    /// <param name="cancellationToken">Ends it before anything is saved.</param>
    /// <returns>The settings now, or why they were not changed.</returns>
    public async Task<(ApiClient? Settings, Refusal? Refusal)> ChangeAsync(
        ApiCaller caller,
        string? ruleFormat,
        bool? usePrefixes,
        CancellationToken cancellationToken
    )
    {
        if (ruleFormat is not null && !RuleFormats.IsKnown(ruleFormat))
            return (null, new("rule-format-unknown", $"There is no rule format “{ruleFormat}”. There are {RuleFormats.Possible}."));
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var client = await db.ApiClients.SingleAsync(c => c.Id == caller.ClientId, cancellationToken);
        if (client.IsReadOnly)
            return (
                null,
                new("client-only-reads", "This API client only reads, and its settings stay as they are: say with each request what is meant.")
            );
        client.RuleFormat = ruleFormat ?? client.RuleFormat;
        client.UsePrefixes = usePrefixes ?? client.UsePrefixes;
        await db.SaveChangesAsync(cancellationToken);
        callers.Forget(client.Id);
        return (client, null);
    }
}
