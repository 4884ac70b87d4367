namespace PropertyManager.Web.Tests.Papi;

/// <summary>
/// Every answer of every test is checked against the public description by <see cref="Conformance"/>; here, that the check sees what it is there for,
/// and that the API has every operation.
/// </summary>
public sealed class ConformanceTests(PapiApp app) : IClassFixture<PapiApp>
{
    [DescribedFact]
    public async Task Every_operation_of_the_description_is_there()
    {
        var client = await app.ClientAsync();
        List<string> missing = [];
        foreach (var (method, path) in Conformance.All)
        {
            var reply = await client.SendAsync(new HttpMethod(method.ToUpperInvariant()), path, method is "get" or "head" or "delete" ? null : "{}");
            if (reply.Status == 405 || reply.Detail.StartsWith("There is nothing at", StringComparison.Ordinal))
                missing.Add($"{method} {path}: {reply.Status}");
        }

        Assert.True(missing.Count == 0, string.Join('\n', missing));
        Assert.Equal(81, Conformance.All.Count);
    }

    [DescribedTheory]
    [InlineData("""{"ruleFormats":{"items":["v2025-10-16"]}}""", 200, true)]
    [InlineData("""{"ruleFormats":{"items":[7]}}""", 200, false)]
    [InlineData("""{"ruleFormats":{"items":[],"more":1}}""", 200, false)]
    [InlineData("""{"ruleFormats":{"items":[]}}""", 302, false)]
    public void An_answer_that_is_not_as_described_is_found(string body, int status, bool isFine)
    {
        var reply = new PapiReply(
            status,
            "application/json",
            body,
            System.Text.Json.Nodes.JsonNode.Parse(body),
            new Dictionary<string, string>(StringComparer.Ordinal)
        );

        var error = Record.Exception(() => Conformance.Check("GET", "/papi/v1/rule-formats/?x=1", reply));

        Assert.Equal(isFine, error is null);
    }
}

/// <summary>A test that needs the public description: skipped, and said so, where its file is not.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class DescribedFactAttribute : FactAttribute
{
    public DescribedFactAttribute() => Skip = Conformance.IsPossible ? null : Conformance.Missing;
}

/// <summary>The same, of several cases.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class DescribedTheoryAttribute : TheoryAttribute
{
    public DescribedTheoryAttribute() => Skip = Conformance.IsPossible ? null : Conformance.Missing;
}
