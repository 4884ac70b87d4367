using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using PropertyManager.Domain;
using PropertyManager.Domain.Configuration;
using PropertyManager.Domain.Properties;
using PropertyManager.Web.Data;
using PropertyManager.Web.Engine;
using PropertyManager.Web.Papi.Description;
using PropertyManager.Web.Papi.Limits;
using PropertyManager.Web.Papi.Problems;
using PropertyManager.Web.Papi.Properties;
using PropertyManager.Web.Papi.Rules;

namespace PropertyManager.Web.Papi.Hostnames;

/// <summary>Hostnames of a version: read, written as a whole, and added and removed one by one.</summary>
internal static class VersionHostnamesResource
{
    private const string Path = "/properties/{propertyId}/versions/{propertyVersion}/hostnames";

    public static void Map(IEndpointRouteBuilder papi)
    {
        papi.MapGet(Path, GetAsync)
            .WithName("get-property-version-hostnames")
            .Produces<VersionHostnamesAnswer>()
            .Sends("ETag")
            .SendsLimits("Hosts-Per-Property");
        papi.MapPut(Path, PutAsync)
            .WithName("put-property-version-hostnames")
            .Accepts<IReadOnlyList<HostnameBody>>("application/json")
            .Produces<VersionHostnamesAnswer>()
            .Sends("ETag")
            .SendsLimits("Hosts-Per-Property", "Default-Certs-Per-Contract");
        papi.MapPatch(Path, PatchAsync)
            .WithName("patch-property-version-hostnames")
            .Accepts<HostnameChangesBody>("application/json")
            .Produces<VersionHostnamesAnswer>()
            .Sends("ETag")
            .SendsLimits("Hosts-Per-Property", "Default-Certs-Per-Contract");
    }

    private static async Task<IResult> GetAsync(
        string propertyId,
        string propertyVersion,
        HttpContext http,
        IDbContextFactory<AppDbContext> contexts,
        VersionHeads heads
    )
    {
        var (head, problem) = await http.FindVersionAsync(heads, propertyId, propertyVersion);
        if (head is null)
            return problem!;
        var (view, wrong) = View(http);
        if (wrong is not null)
            return wrong;
        await using var db = await contexts.CreateDbContextAsync(http.RequestAborted);
        return await http.ReadVersionAsync(db, head) is { } version
            ? await AnswerAsync(http, db, head, version.Revision, VersionView.ContentOf(version), view)
            : PropertyScope.Gone(head);
    }

    private static Task<IResult> PutAsync(string propertyId, string propertyVersion, HttpContext http, [AsParameters] HostnameServices services) =>
        SaveAsync(
            propertyId,
            propertyVersion,
            http,
            services,
            (body, sent, _) => IsArray(body, "", "hostnames, such as [{\"cnameFrom\": …, \"cnameTo\": …}]", sent) ? sent.Read(body, "") : []
        );

    private static Task<IResult> PatchAsync(string propertyId, string propertyVersion, HttpContext http, [AsParameters] HostnameServices services) =>
        SaveAsync(propertyId, propertyVersion, http, services, Change);

    private static async Task<IResult> SaveAsync(
        string propertyId,
        string propertyVersion,
        HttpContext http,
        HostnameServices services,
        Func<JsonElement, HostnamesBody, IReadOnlyList<HostnameEntry>, List<SentHostname>> read
    )
    {
        var (head, problem) = await http.FindVersionAsync(services.Heads, propertyId, propertyVersion);
        if (head is null)
            return problem!;
        var (view, wrongView) = View(http);
        if (wrongView is not null)
            return wrongView;
        // Reading what was sent is work: it is done for those who may send it.
        if (await services.Desk.RefuseAsync(head.Property.Id, http.Access(), http.RequestAborted) is { } notPermitted)
            return PapiProblems.From(notPermitted);
        var (bytes, unread) = await http.ReadBytesAsync(RuleTreeJson.MaxBytes, PapiRequest.PlainJson);
        if (unread is not null)
            return unread;
        var (json, malformed) = StrictJson.Read(bytes);
        if (json is not { } body)
            return malformed!;

        await using var db = await services.Contexts.CreateDbContextAsync(http.RequestAborted);
        if (await http.ReadVersionAsync(db, head) is not { } version)
            return PropertyScope.Gone(head);
        if (http.IfMatch(VersionEtag.Of(version.PropertyId, version.Number, version.Revision)) is { } changed)
            return changed;
        var before = VersionView.ContentOf(version);
        var sent = new HostnamesBody();
        var hostnames = await ResolveAsync(db, http.Access(), head, read(body, sent, before.Hostnames), before.Hostnames, sent, http.RequestAborted);
        if (sent.Problem is { } wrong)
            return wrong;
        var content = before with { Hostnames = [.. hostnames.OrderBy(h => h.CnameFrom, StringComparer.Ordinal)] };
        var saved = await services.Desk.SaveAsync(version.PropertyId, version.Number, version.Revision, content, http.Access(), http.RequestAborted);
        if (PapiProblems.Of(saved) is { } notSaved)
            return notSaved;
        if (content.Hostnames.Any(hostname => hostname.Certificate == CertificateProvisioning.Default))
            http.SetLimit(
                "Default-Certs-Per-Contract",
                DefaultCertificates.MostPerContract,
                await DefaultCertificates.CountAsync(db, head.ContractId, http.RequestAborted)
            );
        return await AnswerAsync(http, db, head, saved.Revision!.Value, content, view);
    }

    /// <summary>What is there, without what is to be removed and with what is to be added.</summary>
    private static List<SentHostname> Change(JsonElement body, HostnamesBody sent, IReadOnlyList<HostnameEntry> there)
    {
        if (body.ValueKind != JsonValueKind.Object)
        {
            sent.Report("", $"The body is {BodyShape.Of(body)}: it is an object with “add”, an array of hostnames, and “remove”, an array of names.");
            return [];
        }
        var removed =
            Has(body, "remove", out var remove) && IsArray(remove, "/remove", "names of hostnames", sent) ? sent.ReadNames(remove, "/remove") : [];
        var added = Has(body, "add", out var add) && IsArray(add, "/add", "hostnames", sent) ? sent.Read(add, "/add") : [];
        var left = there.ToDictionary(h => h.CnameFrom, StringComparer.Ordinal);
        foreach (var (name, pointer) in removed)
        {
            if (!left.Remove(name))
                sent.Report(pointer, $"The version has no hostname {name}.");
        }
        foreach (var entry in added.Where(entry => left.ContainsKey(entry.CnameFrom)))
            sent.Report($"{entry.Pointer}/cnameFrom", $"The version has the hostname {entry.CnameFrom} already.");
        return [.. left.Values.Select(h => new SentHostname("", h.CnameFrom, h.EdgeHostname, null, h.Certificate)), .. added];
    }

    private static bool IsArray(JsonElement json, string pointer, string of, HostnamesBody report)
    {
        if (json.ValueKind == JsonValueKind.Array)
            return true;
        report.Report(pointer, $"{(pointer.Length == 0 ? "The body" : pointer)} is {BodyShape.Of(json)}: it is an array of {of}.");
        return false;
    }

    private static bool Has(JsonElement body, string member, out JsonElement value) =>
        body.TryGetProperty(member, out value) && value.ValueKind != JsonValueKind.Null;

    private static async Task<List<HostnameEntry>> ResolveAsync(
        AppDbContext db,
        Access access,
        VersionHead head,
        IReadOnlyList<SentHostname> sent,
        IReadOnlyList<HostnameEntry> there,
        HostnamesBody report,
        CancellationToken cancellationToken
    )
    {
        var ids = sent.Select(h => h.EdgeHostnameId).OfType<long>().Distinct().ToList();
        var edges = await db
            .EdgeHostnames.AsNoTracking()
            .Seen(access)
            .Where(e => e.AccountId == head.Property.AccountId && ids.Contains(e.Id))
            .ToDictionaryAsync(e => e.Id, e => e.Name, cancellationToken);
        var known = there.ToDictionary(h => h.CnameFrom, StringComparer.Ordinal);
        var entries = new List<HostnameEntry>();
        foreach (var hostname in sent)
        {
            var name = hostname.EdgeHostnameId is { } id ? edges.GetValueOrDefault(id) : hostname.CnameTo;
            if (hostname.EdgeHostnameId is not null && name is null)
                report.Report($"{hostname.Pointer}/edgeHostnameId", $"The account has no edge hostname {hostname.EdgeHostnameId}.");
            if (name is null)
                continue;
            // What a client does not say stays as it was.
            var before = known.GetValueOrDefault(hostname.CnameFrom);
            entries.Add(
                new HostnameEntry(hostname.CnameFrom, name, before?.MigratedFromLegacy ?? false)
                {
                    Certificate = hostname.Certificate ?? before?.Certificate ?? CertificateProvisioning.CpsManaged,
                }
            );
        }
        return entries;
    }

    private static (HostnameView View, PapiProblem? Problem) View(HttpContext http)
    {
        var (validated, wrongValidated) = http.Switch("validateHostnames", otherwise: false);
        var (status, wrongStatus) = http.Switch("includeCertStatus", otherwise: false);
        return (new(validated, status), wrongValidated ?? wrongStatus);
    }

    private static async Task<IResult> AnswerAsync(
        HttpContext http,
        AppDbContext db,
        VersionHead head,
        int revision,
        PropertyVersionDocument content,
        HostnameView view
    )
    {
        var edges = await EdgeIds.OfAsync(db, http.Access(), content.Hostnames.Select(h => h.EdgeHostname), http.RequestAborted);
        var certificates = view.HasStatus ? await DeployedCertificates.ReadAsync(db, head.Property.Id, http.RequestAborted) : null;
        var messages = view.IsValidated
            ? (await AccountChecks.ValidateAsync(db, head.Property.AccountId, content, http.RequestAborted))
                .Where(message => message.IsOfHostnames)
                .ToLookup(message => message.Severity, RuleMessage.Of)
            : null;
        var etag = VersionEtag.Of(head.Property.Id, head.Number, revision);
        http.SetEtag(etag);
        http.SetLimit("Hosts-Per-Property", PropertyVersion.MostHostnames, content.Hostnames.Count);
        return PapiRequest.Answer(
            new VersionHostnamesAnswer(
                http.Id(PublicId.Account, head.Property.AccountId),
                http.Id(head.ContractId),
                http.Id(PublicId.Group, head.Property.GroupId),
                http.Id(PublicId.Property, head.Property.Id),
                head.Number,
                etag,
                new([
                    .. content.Hostnames.Select(h => new VersionHostnameItem(
                        h.CnameFrom,
                        h.EdgeHostname,
                        // It may be named before it is made.
                        edges.TryGetValue(h.EdgeHostname, out var id)
                            ? http.Id(PublicId.EdgeHostname, id)
                            : "",
                        HostnameWords.Of(h.Certificate),
                        certificates is null
                            ? null
                            : CertificateStatus.Of(head.Property.AccountId, h, edges.ContainsKey(h.EdgeHostname), certificates)
                    )),
                ]),
                Messages(messages, Severity.Error),
                Messages(messages, Severity.Warning)
            )
        );
    }

    private static List<RuleMessage>? Messages(ILookup<Severity, RuleMessage>? messages, Severity severity) =>
        messages?[severity].ToList() is { Count: > 0 } found ? found : null;

    /// <summary>How a request wants hostnames.</summary>
    private readonly record struct HostnameView(bool IsValidated, bool HasStatus);

    /// <summary>What saving hostnames needs of the application.</summary>
    internal sealed record HostnameServices(IDbContextFactory<AppDbContext> Contexts, VersionHeads Heads, VersionDesk Desk);
}
