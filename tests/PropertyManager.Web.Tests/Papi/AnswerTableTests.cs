using System.Globalization;
using System.Text.Json.Nodes;

namespace PropertyManager.Web.Tests.Papi;

/// <summary>The table of what the public description defines for answers is true of the product, and complete.</summary>
public sealed class AnswerTableTests(PapiApp app) : IClassFixture<PapiApp>
{
    [Fact]
    public async Task What_the_table_says_is_there_the_product_answers_and_the_rest_it_does_not()
    {
        var own = new Dictionary<string, IReadOnlySet<string>>(OwnAnswers.Of(app.Services), StringComparer.Ordinal);
        foreach (
            var problem in AnswerTable
                .Rows.Select(row => row.Operation)
                .Where(name => name.StartsWith(Problem, StringComparison.Ordinal))
                .Distinct(StringComparer.Ordinal)
        )
            own[problem] = await OwnAnswers.OfProblemAsync(int.Parse(problem[Problem.Length..], CultureInfo.InvariantCulture));

        var wrong = AnswerTable
            .Rows.Where(row =>
                !(row.IsPresent || row.IsAbsent)
                || !own.TryGetValue(AnswerTable.Bare(row.Operation), out var members)
                || members.Contains(row.Member) != row.IsPresent
            )
            .Select(row => $"{row.Operation}\t{row.Member}\t{row.State}")
            .ToList();

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Fact]
    public void The_table_is_sorted_and_says_each_thing_once()
    {
        var keys = AnswerTable.Rows.Select(row => $"{row.Operation}\t{row.Member}").ToList();

        Assert.NotEmpty(keys);
        Assert.Equal(keys.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal), keys, StringComparer.Ordinal);
    }

    [Theory]
    [InlineData("GET", "/papi/v1/properties/prp_1/versions/1", 200, "ETag", true)]
    [InlineData("GET", "/papi/v1/properties/prp_1/versions/1/?x=1", 200, "Location", false)]
    [InlineData("GET", "/papi/v1/properties/prp_1/versions/latest", 302, "ETag", false)]
    [InlineData("GET", "/papi/v1/properties/prp_1/versions/latest", 302, "Location", true)]
    [InlineData("GET", "/papi/v1/properties/prp_1/versions/1", 404, "Location", true)]
    [InlineData("GET", "/papi/v1/properties/prp_1/activations/1", 200, "Location", true)]
    public void An_answer_that_lacks_a_header_of_the_table_is_found(string method, string path, int status, string header, bool isFine)
    {
        var reply = new PapiReply(status, null, "", null, new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { [header] = "x" });

        var error = Record.Exception(() => AnswerTable.CheckHeaders(method, path, reply));

        Assert.Equal(isFine, error is null);
    }

    [DescribedFact]
    public void The_table_has_what_the_description_defines_and_nothing_else()
    {
        var described = new SortedSet<string>(Described(Conformance.Document), StringComparer.Ordinal);
        var told = AnswerTable.Rows.Select(row => $"{row.Operation}\t{row.Member}").ToHashSet(StringComparer.Ordinal);

        Assert.Equal("", string.Join('\n', described.Where(line => !told.Contains(line)).Select(line => $"missing: {line}")));
        Assert.Equal("", string.Join('\n', told.Where(line => !described.Contains(line)).Select(line => $"not described: {line}")));
    }

    /// <summary>Why something was not done is told in the same way everywhere: a status is a line's operation.</summary>
    private const string Problem = "problem ";

    private static IEnumerable<string> Described(JsonObject document) =>
        from path in document["paths"]!.AsObject()
        from operation in path.Value!.AsObject()
        where operation.Value is JsonObject described && described.ContainsKey("responses")
        from answer in operation.Value!["responses"]!.AsObject()
        let isDone = answer.Key[0] == '2' || answer.Key == "302"
        from member in Members(answer.Value!)
        select $"{(isDone ? $"{operation.Key} {path.Key}" : Problem + answer.Key)}\t{member}";

    private static HashSet<string> Members(JsonNode answer)
    {
        var members = new HashSet<string>(StringComparer.Ordinal);
        foreach (var header in answer["headers"] as JsonObject ?? [])
            members.Add(AnswerTable.Header + header.Key);
        foreach (var content in answer["content"] as JsonObject ?? [])
            Walk(content.Value!["schema"], "", members);
        return members;
    }

    private static void Walk(JsonNode? node, string path, HashSet<string> members)
    {
        if (node is not JsonObject schema)
            return;
        Assert.False(schema.ContainsKey("$ref"), $"{path}: references are not followed.");
        foreach (var choices in new[] { "allOf", "anyOf", "oneOf" })
        {
            foreach (var choice in schema[choices] as JsonArray ?? [])
                Walk(choice, path, members);
        }
        foreach (var (name, member) in schema["properties"] as JsonObject ?? [])
        {
            var below = path.Length == 0 ? name : $"{path}.{name}";
            members.Add(below);
            Walk(member, below, members);
        }
        Walk(schema["items"], path + "[]", members);
        if (schema["additionalProperties"] is JsonObject others)
            Walk(others, path + ".*", members);
    }
}
