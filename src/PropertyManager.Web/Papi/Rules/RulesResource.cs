using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PropertyManager.Domain.Configuration;
using PropertyManager.Domain.Properties;
using PropertyManager.Web.Data;
using PropertyManager.Web.Engine;
using PropertyManager.Web.Papi.Description;
using PropertyManager.Web.Papi.Limits;
using PropertyManager.Web.Papi.Problems;
using PropertyManager.Web.Papi.Properties;

namespace PropertyManager.Web.Papi.Rules;

/// <summary>The rule tree of a version: read, written, patched, and asked for its state alone.</summary>
internal static class RulesResource
{
    private const string Path = "/properties/{propertyId}/versions/{propertyVersion}/rules";
    private const string PatchType = "application/json-patch+json";

    /// <summary>Routing lets everything through: which types there are is said here, where the version's own format is known.</summary>
    private const string Any = "*/*";

    private const string Elements = "Elements-Per-Property";
    private const string ClientIps = "Clientip-Per-Property";
    private const string Addresses = "Max-Clientip-Per-Match";
    private const string Nested = "Max-Nested-Rules";

    public static void Map(IEndpointRouteBuilder papi)
    {
        papi.MapGet(Path, GetAsync)
            .WithName("get-property-version-rules")
            .WithMetadata(OwnHead.Instance)
            .Produces<RulesAnswer>()
            .Sends("ETag")
            .SendsLimits(Elements, ClientIps, Addresses, Nested);
        papi.MapPut(Path, PutAsync)
            .WithName("put-property-version-rules")
            .Accepts<RulesBody>(PapiRequest.PlainJson, Any)
            .Produces<RulesAnswer>()
            .Sends("ETag")
            .SendsLimits(Elements, ClientIps, Addresses, Nested);
        papi.MapPatch(Path, PatchAsync)
            .WithName("patch-property-version-rules")
            .Accepts<IReadOnlyList<PatchOperationBody>>(PatchType, Any)
            .Produces<RulesAnswer>()
            .Sends("ETag")
            .SendsLimits(Elements, ClientIps, Addresses, Nested);
        papi.MapMethods(Path, [HttpMethods.Head], HeadAsync)
            .WithName("head-property-version-rules")
            .Produces(StatusCodes.Status204NoContent)
            .Sends("ETag");
    }

    private static async Task<IResult> GetAsync(string propertyId, string propertyVersion, HttpContext http, VersionHeads heads, RuleAnswers answers)
    {
        var (head, problem) = await http.FindVersionAsync(heads, propertyId, propertyVersion);
        if (head is null)
            return problem!;
        var (view, mediaType, wrong) = View(http, head);
        if (wrong is not null)
            return wrong;
        if (http.NotModified(VersionEtag.Of(head.Property.Id, head.Number, head.Revision)) is { } known)
            return known;
        return await answers.FindAsync(head, view, http.RequestAborted) is { } answer ? Answer(http, answer, mediaType) : PropertyScope.Gone(head);
    }

    private static async Task<IResult> HeadAsync(string propertyId, string propertyVersion, HttpContext http, VersionHeads heads)
    {
        var (head, problem) = await http.FindVersionAsync(heads, propertyId, propertyVersion);
        if (head is null)
            return problem!;
        var (_, mediaType, wrong) = View(http, head);
        if (wrong is not null)
            return wrong;
        http.SetEtag(VersionEtag.Of(head.Property.Id, head.Number, head.Revision));
        http.Response.ContentType = mediaType;
        return TypedResults.NoContent();
    }

    private static Task<IResult> PutAsync(string propertyId, string propertyVersion, HttpContext http, [AsParameters] RuleServices services) =>
        SaveAsync(propertyId, propertyVersion, http, services, RuleFormatNegotiation.MediaTypes, (_, body) => Read(body));

    private static Task<IResult> PatchAsync(string propertyId, string propertyVersion, HttpContext http, [AsParameters] RuleServices services) =>
        SaveAsync(propertyId, propertyVersion, http, services, [PatchType], Patch);

    private static async Task<IResult> SaveAsync(
        string propertyId,
        string propertyVersion,
        HttpContext http,
        RuleServices services,
        string[] mediaTypes,
        Func<PropertyVersionDocument, ReadOnlyMemory<byte>, (RuleTree? Tree, PapiProblem? Problem)> read
    )
    {
        var (head, problem) = await http.FindVersionAsync(services.Heads, propertyId, propertyVersion);
        if (head is null)
            return problem!;
        var (format, wrongFormat) = http.BodyFormat(head.RuleFormat);
        var (view, mediaType, wrong) = View(http, head with { RuleFormat = format ?? head.RuleFormat });
        var (dryRun, wrongRun) = http.Switch("dryRun", otherwise: false);
        if ((wrongFormat ?? wrong ?? wrongRun) is { } refused)
            return refused;
        var access = dryRun ? http.Caller().Trials : http.Access();
        // Reading what was sent is work: it is done for those who may send it.
        if (await services.Desk.RefuseAsync(head.Property.Id, access, http.RequestAborted) is { } notPermitted)
            return PapiProblems.From(notPermitted);
        var (body, unread) = await http.ReadBytesAsync(RuleTreeJson.MaxBytes, mediaTypes);
        if (unread is not null)
            return unread;

        PropertyVersion? version;
        await using (var db = await services.Contexts.CreateDbContextAsync(http.RequestAborted))
            version = await http.ReadVersionAsync(db, head);
        if (version is null)
            return PropertyScope.Gone(head);
        if (http.IfMatch(VersionEtag.Of(version.PropertyId, version.Number, version.Revision)) is { } changed)
            return changed;
        var before = VersionView.ContentOf(version);
        var (tree, unreadable) = read(before, body);
        if (tree is null)
            return unreadable!;
        var content = RuleDocument.With(before, tree) with { RuleFormat = format ?? before.RuleFormat };

        var (number, revision) = (version.Number, version.Revision);
        var saved = dryRun
            ? await services.Desk.CheckAsync(version.PropertyId, number, revision, content, access, http.RequestAborted)
            : await services.Desk.SaveAsync(version.PropertyId, number, revision, content, access, http.RequestAborted);
        if (PapiProblems.Of(saved) is { } notSaved)
            return notSaved;
        return Answer(
            http,
            dryRun
                ? await services.Answers.DraftAsync(head with { Revision = revision }, content, view, http.RequestAborted)
                : await services.Answers.WriteAsync(head with { Revision = saved.Revision!.Value }, content, view, http.RequestAborted),
            mediaType
        );
    }

    private static (RuleTree? Tree, PapiProblem? Problem) Read(ReadOnlyMemory<byte> body)
    {
        var (text, problem) = StrictJson.ReadText(body);
        return text is null ? (null, problem) : Read(text);
    }

    private static (RuleTree? Tree, PapiProblem? Problem) Read(string text)
    {
        var parsed = RuleTreeJson.Parse(text);
        if (parsed.Succeeded)
            return (parsed.Value, null);
        var first = parsed.Problems[0];
        return (
            null,
            new PapiProblem(StatusCodes.Status400BadRequest, "papi/v1/rules-invalid", "Invalid rules", $"{Where(first)}{first.Message}")
            {
                Errors =
                [
                    .. parsed
                        .Problems.Select(p => new PapiError(
                            $"{PapiProblem.Types}papi/v1/rules-invalid",
                            "Invalid rules",
                            Where(p) + p.Message,
                            "#" + p.Pointer
                        ))
                        .Distinct(),
                ],
            }
        );
    }

    private static string Where(ConfigurationProblem problem) =>
        problem.Line is null ? "" : FormattableString.Invariant($"Line {problem.Line}, column {problem.Column}: ");

    private static (RuleTree? Tree, PapiProblem? Problem) Patch(PropertyVersionDocument before, ReadOnlyMemory<byte> body)
    {
        var (patch, unread) = StrictJson.Read(body);
        if (patch is not { } operations)
            return (null, unread);
        if (TreePatch.Wrong(operations, TreePatch.All) is { } wrong)
            return (null, NotPossible(wrong));
        var (rules, fault) = TreePatch.Apply(before, operations);
        return rules is null ? (null, NotPossible(fault!)) : Read(rules);
    }

    private static PapiProblem NotPossible(PatchFault fault)
    {
        var problem = PapiProblems.BadRequest($"Nothing was changed: {fault.Sentence}");
        return fault.Index is not { } index
            ? problem
            : problem with
            {
                Errors =
                [
                    new(
                        $"{PapiProblem.Types}papi/v1/json-patch",
                        "Operation not possible",
                        fault.Sentence,
                        string.Create(CultureInfo.InvariantCulture, $"#/{index}")
                    ),
                ],
            };
    }

    private static (RuleView View, string MediaType, PapiProblem? Problem) View(HttpContext http, VersionHead head)
    {
        var (format, mediaType, problem) = http.AnswerFormat(head.RuleFormat);
        var (validate, wrong) = http.Switch("validateRules", otherwise: true);
        // The fast way is the only one here: nothing else has to be converted to be checked.
        var mode = http.Request.Query["validateMode"].ToString();
        if (mode is not ("" or "fast" or "full"))
            wrong ??= PapiProblems.BadRequest($"validateMode is “{mode}”: it is fast or full.");
        return (new RuleView(format, http.WantsPrefixes(), validate), mediaType, problem ?? wrong);
    }

    private static FileContentHttpResult Answer(HttpContext http, RuleAnswer answer, string mediaType)
    {
        http.SetEtag(answer.Etag);
        http.SetLimit(Elements, RuleUsage.MostElements, answer.Usage.Elements);
        http.SetLimit(ClientIps, RuleUsage.MostClientIps, answer.Usage.ClientIps);
        http.SetLimit(Addresses, RuleUsage.MostAddresses, answer.Usage.Addresses);
        http.SetLimit(Nested, RuleUsage.MostNested, answer.Usage.Nested);
        return TypedResults.Bytes(answer.Json, mediaType);
    }

    /// <summary>What saving rules needs of the application.</summary>
    internal sealed record RuleServices(IDbContextFactory<AppDbContext> Contexts, VersionHeads Heads, VersionDesk Desk, RuleAnswers Answers);
}

/// <summary>A rule tree.</summary>
/// <param name="Comments">What the version is about; left out, it stays as it is.</param>
/// <param name="Rules">The default rule, and in it all others.</param>
internal sealed record RulesBody(string? Comments, JsonObject Rules);

/// <summary>One operation of a JSON patch (RFC 6902).</summary>
internal sealed record PatchOperationBody(string Op, string Path, string? From, JsonNode? Value);

/// <summary>A rule tree, whose it is, and what was found wrong with it.</summary>
internal sealed record RulesAnswer(
    string AccountId,
    string ContractId,
    string GroupId,
    string PropertyId,
    int PropertyVersion,
    string Etag,
    string RuleFormat,
    string? Comments,
    JsonObject Rules,
    IReadOnlyList<RuleMessage>? Errors,
    IReadOnlyList<RuleMessage>? Warnings
);
