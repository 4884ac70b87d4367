using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using NJsonSchema;

namespace PropertyManager.Web.Tests.Papi;

/// <summary>
/// Checks answers against the public description of the API: the file that <c>PAPI_DESCRIPTION</c> names, or that lies beside the checkout.
/// Where there is none nothing is checked, and tests that are skipped say so.
/// </summary>
internal static class Conformance
{
    private const string Root = "/papi/v1";

    private static readonly string[] Methods = ["get", "put", "post", "patch", "delete", "head"];

    /// <summary>What is known to differ, each with its reason: the description, and clients that were seen at work, disagree.</summary>
    private static readonly (string Reason, Func<Answer, bool> Is)[] Deviations =
    [
        ("What this product does not do is answered with 501, which the description does not know.", answer => answer.Status == 501),
        ("What is cancelled already is answered with 204, which clients know.", answer => answer is { Status: 204, Method: "delete" }),
        ("The description knows no dry run of an activation.", answer => answer.Body?["dryRun"] is not null),
        (
            "A state that is named and is not there any more is answered with 412 everywhere: the description knows it of some addresses only.",
            answer => answer.Status == 412
        ),
        (
            "Patches are told as they came: the description has no removal among them, and no value that is an object or a list.",
            answer => answer is { Status: 200, Template: "/bulk/rules-patch-requests/{bulkPatchId}" } && HasOtherPatches(answer.Body)
        ),
        ("A client that has the state already is answered with 304, which the description does not know.", answer => answer.Status == 304),
        (
            "A hostname that only one network has, has no members of the other network: described are both.",
            answer => answer is { Status: 200, Template: "/properties/{propertyId}/hostnames/diff" } && HasOneNetwork(answer.Body)
        ),
        (
            "A version is found with its hostname beside it, where clients read it: described is the hostname within it.",
            answer =>
                answer is { Status: 200, Template: "/search/find-by-value" }
                && answer.Body?["versions"]?["items"] is JsonArray { Count: > 0 } items
                && items[0]!["hostname"] is not null
        ),
        (
            "Certificates of the Cloud Certificate Manager came after the description.",
            answer => answer.Body?.ToJsonString().Contains("\"CCM\"", StringComparison.Ordinal) == true
        ),
        ("A database that fails is told everywhere: the description does not know it.", answer => answer.Status == 503),
        ("A body that is too large is told so everywhere: the description knows it of some addresses only.", answer => answer.Status == 413),
    ];

    /// <summary>Members that the description speaks of in its text, and that clients read and write, and its schemas leave out.</summary>
    private static readonly string[] LeftOut = ["errors", "warnings", "comments"];

    private static readonly Lazy<IReadOnlyList<Operation>?> Description = new(Read);

    private static readonly string? File = Find();

    /// <summary>The description is there.</summary>
    public static bool IsPossible => File is not null;

    /// <summary>Why nothing is checked.</summary>
    public const string Missing =
        "PAPI_DESCRIPTION names no public description of the API, and there is none beside the checkout: answers are not checked against it.";

    /// <summary>The description, as it is written.</summary>
    public static JsonObject Document => JsonNode.Parse(System.IO.File.ReadAllText(File!))!.AsObject();

    /// <summary>All operations, with something in the gaps of their paths.</summary>
    public static IReadOnlyList<(string Method, string Path)> All =>
        [.. (Description.Value ?? []).Select(o => (o.Method, Root + Regex.Replace(o.Template, @"\{[^}]*\}", "1", RegexOptions.NonBacktracking)))];

    /// <summary>Fails when an answer is not as the description says.</summary>
    public static void Check(string method, string path, PapiReply reply)
    {
        AnswerTable.CheckHeaders(method, path, reply);
        var bare = path.Split('?')[0].TrimEnd('/');
        if (Description.Value is not { } operations || !bare.StartsWith(Root + "/", StringComparison.Ordinal))
            return;
        var name = method.ToLowerInvariant();
        // A path with a name in it is nearer than one with a gap there.
        var operation = operations.Where(o => o.Method == name && o.Path.IsMatch(bare[Root.Length..])).MinBy(o => o.Gaps);
        if (operation is null)
        {
            // HEAD is answered wherever GET is; what rules refer to is asked for by clients, and not described.
            if (name == "head" || bare.EndsWith("/external-resources", StringComparison.Ordinal))
                return;
            Assert.True(reply.Status is >= 400 and < 500, $"{method} {path} is not in the description, and was answered with {reply.Status}.");
            return;
        }
        if (Deviations.Any(deviation => deviation.Is(new Answer(name, operation.Template, reply.Status, reply.Json))))
            return;
        Assert.True(operation.Answers.TryGetValue(reply.Status, out var contents), $"{method} {path}: {reply.Status} is not described. {reply.Text}");
        if (contents.Count == 0 || reply.Text.Length == 0)
            return;
        Assert.True(
            contents.Any(content => Matches(content.Key, reply.MediaType)),
            $"{method} {path}: {reply.Status} is {reply.MediaType}, described are {string.Join(", ", contents.Keys)}."
        );
        if (contents.FirstOrDefault(content => Matches(content.Key, reply.MediaType)).Value is { } schema && reply.Json is not null)
        {
            var errors = schema.Value.Validate(Described(operation.Template, reply));
            Assert.True(
                errors.Count == 0,
                $"{method} {path} ({reply.Status}) is not as described:\n{string.Join('\n', errors.Take(10).Select(error => error.ToString()))}\n{reply.Text[..Math.Min(2000, reply.Text.Length)]}"
            );
        }
    }

    /// <summary>The answer without what is known to go beyond the description.</summary>
    private static string Described(string template, PapiReply reply)
    {
        if (reply.Json is not JsonObject)
            return reply.Text;
        var body = reply.Json.DeepClone().AsObject();
        // Clients read the warnings that were not acknowledged out of the problem.
        if (reply.Status == 400)
            body.Remove("warnings");
        // Why a search failed: the status alone, which is described, helps nobody.
        if ((string?)body["searchTargetStatus"] == "ERROR")
            body.Remove("errors");
        // The status of a cancellation under way: the list of values leaves it out.
        foreach (var activation in body["activations"]?["items"] as JsonArray ?? [])
        {
            if ((string?)activation?["status"] == "PENDING_CANCELLATION")
                activation!["status"] = "PENDING";
            // What became of a cancel that came too late: the description has no place for it.
            activation?.AsObject().Remove("lateCancellation");
        }
        if (reply.Status == 200 && template.Contains("/versions/", StringComparison.Ordinal))
        {
            foreach (var member in LeftOut)
                body.Remove(member);
            (body["rules"] as JsonObject)?.Remove("comments");
        }
        return body.ToJsonString();
    }

    private static bool HasOtherPatches(JsonNode? body) =>
        body?["patchPropertyVersions"] is JsonArray versions
        && versions.SelectMany(version => version!["patches"]!.AsArray()).Any(patch => patch!["value"] is not JsonValue);

    // Media types of rule formats: the description has a gap for the format.
    private static bool Matches(string described, string? given) =>
        described == "*/*"
        || string.Equals(described, given, StringComparison.OrdinalIgnoreCase)
        || (
            described.StartsWith("application/vnd", StringComparison.Ordinal)
            && given?.StartsWith("application/vnd", StringComparison.Ordinal) == true
        );

    private static bool HasOneNetwork(JsonNode? body) =>
        body?["hostnames"]?["items"] is JsonArray items && items.Any(item => item!["stagingCnameTo"] is null != item["productionCnameTo"] is null);

    private static List<Operation>? Read()
    {
        if (File is null)
            return null;
        var paths = Document["paths"]!.AsObject();
        return
        [
            .. from path in paths
            from operation in path.Value!.AsObject()
            where Methods.Contains(operation.Key)
            select new Operation(
                operation.Key,
                path.Key,
                new Regex(
                    $"^{Regex.Replace(path.Key, @"\{[^}]*\}", "[^/]+", RegexOptions.NonBacktracking)}$",
                    RegexOptions.NonBacktracking,
                    TimeSpan.FromSeconds(1)
                ),
                path.Key.Count(c => c == '{'),
                operation.Value!["responses"]!
                    .AsObject()
                    .ToDictionary(
                        answer => int.Parse(answer.Key, System.Globalization.CultureInfo.InvariantCulture),
                        answer => (IReadOnlyDictionary<string, Lazy<JsonSchema>?>)Contents(answer.Value!["content"])
                    )
            ),
        ];
    }

    private static Dictionary<string, Lazy<JsonSchema>?> Contents(JsonNode? content) =>
        content is null
            ? []
            : content.AsObject().ToDictionary(type => type.Key, type => Schema(type.Value!["schema"]), StringComparer.OrdinalIgnoreCase);

    private static Lazy<JsonSchema>? Schema(JsonNode? schema)
    {
        if (schema is null)
            return null;
        return new(() =>
        {
            var copy = schema.DeepClone();
            Strip(copy);
            return JsonSchema.FromJsonAsync(copy.ToJsonString()).GetAwaiter().GetResult();
        });
    }

    /// <summary>Names of schemas, which lead nowhere.</summary>
    private static void Strip(JsonNode? node)
    {
        if (node is JsonObject schema)
        {
            if (schema["id"] is JsonValue)
                schema.Remove("id");
            schema.Remove("$schema");
            foreach (var member in schema.ToList())
                Strip(member.Value);
        }
        else if (node is JsonArray items)
        {
            foreach (var item in items)
                Strip(item);
        }
    }

    private static string? Find()
    {
        // One that is named and is not there is a mistake: reading it says so.
        if (Environment.GetEnvironmentVariable("PAPI_DESCRIPTION") is { Length: > 0 } named)
            return named;
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (System.IO.File.Exists(Path.Combine(folder.FullName, "PropertyManager.sln")))
            {
                var file = Path.Combine(folder.Parent?.FullName ?? folder.FullName, "shared", "papi", "openapi.json");
                return System.IO.File.Exists(file) ? file : null;
            }
        }
        return null;
    }

    private sealed record Answer(string Method, string Template, int Status, JsonNode? Body);

    private sealed record Operation(
        string Method,
        string Template,
        Regex Path,
        int Gaps,
        IReadOnlyDictionary<int, IReadOnlyDictionary<string, Lazy<JsonSchema>?>> Answers
    );
}
