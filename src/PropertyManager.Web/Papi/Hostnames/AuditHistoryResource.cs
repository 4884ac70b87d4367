using Microsoft.EntityFrameworkCore;
using PropertyManager.Domain;
using PropertyManager.Domain.Activations;
using PropertyManager.Domain.Configuration;
using PropertyManager.Domain.Properties;
using PropertyManager.Web.Data;
using PropertyManager.Web.Engine;
using PropertyManager.Web.Papi.Problems;

namespace PropertyManager.Web.Papi.Hostnames;

/// <summary><c>GET /hostnames/{hostname}/audit-history</c>: what activations did to a hostname, the newest first.</summary>
internal static class AuditHistoryResource
{
    public static void Map(IEndpointRouteBuilder papi) =>
        papi.MapGet("/hostnames/{hostname}/audit-history", GetAsync).WithName("get-hostname-audit-history").Produces<AuditAnswer>();

    private static async Task<IResult> GetAsync(HttpContext http, string hostname, IDbContextFactory<AppDbContext> contexts)
    {
        var name = hostname.ToLowerInvariant();
        await using var db = await contexts.CreateDbContextAsync(http.RequestAborted);
        var seen = db.Properties.Seen(http.Access());
        var rows = await db
            .Hostnames.AsNoTracking()
            .Where(h => h.CnameFrom == name && seen.Any(p => p.Id == h.PropertyId))
            .ToListAsync(http.RequestAborted);
        if (rows.Count == 0)
            return PapiProblems.NotFound($"No property has the hostname {hostname}.");
        var ids = rows.Select(h => h.PropertyId).Distinct().ToList();
        var homes = await db
            .Properties.Where(p => ids.Contains(p.Id))
            .Join(db.Groups, p => p.GroupId, g => g.Id, (p, g) => new { p.Id, Group = g })
            .AsNoTracking()
            .ToDictionaryAsync(pair => pair.Id, pair => pair.Group, http.RequestAborted);
        var activations = await db
            .Activations.Where(a => ids.Contains(a.PropertyId))
            .OrderBy(a => a.Id)
            .Select(a => new AuditedActivation(
                a.PropertyId,
                a.Network,
                a.Type,
                a.Version,
                a.PreviousVersion,
                a.Intent.SubmittedBy,
                a.Intent.SubmittedAt,
                a.History.OrderBy(e => e.Id).Select(e => new AuditedEvent(e.State, e.At)).ToList()
            ))
            .ToListAsync(http.RequestAborted);
        var edgeIds = await EdgeIds.OfAsync(db, http.Access(), rows.Select(h => h.EdgeHostname), http.RequestAborted);
        var versions = rows.ToDictionary(h => (h.PropertyId, h.Version), VersionView.Entry);
        var items = activations
            .SelectMany(activation => Steps(activation, versions))
            .OrderByDescending(step => step.At)
            .Select(step => Item(http, step, homes[step.Activation.PropertyId], edgeIds));
        return PapiRequest.Answer(new AuditAnswer(name, new([.. items])));
    }

    private static IEnumerable<Step> Steps(AuditedActivation activation, IReadOnlyDictionary<(long, int), HostnameEntry> versions)
    {
        var before = activation.PreviousVersion is { } previous ? versions.GetValueOrDefault((activation.PropertyId, previous)) : null;
        var after = activation.Type == ActivationType.Deactivate ? null : versions.GetValueOrDefault((activation.PropertyId, activation.Version));
        // Of an activation that left it as it was there is nothing to tell.
        if (HostnameChanges.Of(before, after) is not { } change)
            yield break;
        var entry = (after ?? before)!;
        yield return new(HostnameWords.Of(change), activation.SubmittedAt, activation, entry);
        foreach (var happened in activation.History)
        {
            var action = happened.State switch
            {
                ActivationState.Active or ActivationState.Deactivated => change == HostnameChange.Removed ? "DEACTIVATE" : "ACTIVATE",
                ActivationState.Aborted => "ABORTED",
                ActivationState.Failed => "ERROR",
                _ => null,
            };
            if (action is not null)
                yield return new(action, happened.At, activation, entry);
        }
    }

    private static AuditItem Item(HttpContext http, Step step, PropertyGroup home, IReadOnlyDictionary<string, long> edgeIds) =>
        new(
            step.Action,
            HostnameWords.Of(step.Hostname.Certificate),
            step.Hostname.EdgeHostname,
            http.Id(home.ContractId),
            edgeIds.TryGetValue(step.Hostname.EdgeHostname, out var id) ? http.Id(PublicId.EdgeHostname, id) : "",
            http.Id(PublicId.Group, home.Id),
            StatusWords.Api(step.Activation.Network),
            http.Id(PublicId.Property, step.Activation.PropertyId),
            Moments.Text(step.At),
            step.Activation.SubmittedBy
        );

    private sealed record AuditedActivation(
        long PropertyId,
        Network Network,
        ActivationType Type,
        int Version,
        int? PreviousVersion,
        string SubmittedBy,
        DateTimeOffset SubmittedAt,
        IReadOnlyList<AuditedEvent> History
    );

    private sealed record AuditedEvent(ActivationState State, DateTimeOffset At);

    private sealed record Step(string Action, DateTimeOffset At, AuditedActivation Activation, HostnameEntry Hostname);
}

/// <summary>What happened to a hostname.</summary>
internal sealed record AuditAnswer(string Hostname, ItemList<AuditItem> History);

/// <summary>One thing that happened to it.</summary>
internal sealed record AuditItem(
    string Action,
    string CertProvisioningType,
    string CnameTo,
    string ContractId,
    string EdgeHostnameId,
    string GroupId,
    string Network,
    string PropertyId,
    string Timestamp,
    string User
);
