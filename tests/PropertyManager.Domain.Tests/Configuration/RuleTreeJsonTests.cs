using FsCheck;
using FsCheck.Fluent;
using PropertyManager.Domain.Configuration;

namespace PropertyManager.Domain.Tests.Configuration;

public sealed class RuleTreeJsonTests
{
    [Fact]
    public void A_tree_that_is_written_reads_back_as_the_same_text() =>
        Prop.ForAll(
                Trees.Any.ToArbitrary(),
                tree =>
                {
                    var text = RuleTreeJson.Write(tree);
                    var again = RuleTreeJson.Parse(text);
                    return again.Succeeded && RuleTreeJson.Write(again.Value) == text;
                }
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Every_field_survives_the_round_trip_known_or_not()
    {
        const string json = """
            {
              "comments": "first try",
              "rules": {
                "name": "default", "uuid": "u-1", "options": { "is_secure": true },
                "variables": [ { "name": "PMUSER_A", "value": "x", "hidden": false } ],
                "behaviors": [ { "name": "caching", "locked": true, "options": { "behavior": "MAX_AGE", "ttl": "7d", "big": 1.0 } } ],
                "children": [
                  { "name": "Images", "criteriaMustSatisfy": "any", "comments": "why",
                    "criteria": [ { "name": "fileExtension", "templateUuid": "t", "options": { "values": [ "jpg" ] } } ] }
                ]
              }
            }
            """;

        var tree = RuleTreeJson.Parse(json).Value!;

        Assert.Equal("first try", tree.Comments);
        Assert.True(tree.IsSecure);
        Assert.Equal("u-1", tree.Default.Extra.Text("uuid"));
        Assert.Equal("PMUSER_A", Assert.Single(tree.Default.Variables).Text("name"));
        Assert.Equal("7d", tree.Default.Behaviors[0].Options.Text("ttl"));
        Assert.True(tree.Default.Behaviors[0].Extra.IsOn("locked"));
        var child = Assert.Single(tree.Default.Children);
        Assert.Equal((CriteriaMustSatisfy.Any, "why"), (child.CriteriaMustSatisfy, child.Comments));
        Assert.Equal("t", child.Criteria[0].Extra.Text("templateUuid"));
        var text = RuleTreeJson.Write(tree);
        foreach (var kept in new[] { "\"uuid\": \"u-1\"", "\"locked\": true", "\"big\": 1.0", "\"templateUuid\": \"t\"", "\"hidden\": false" })
        {
            Assert.Contains(kept, text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_rule_itself_is_taken_as_well_as_the_object_around_it() =>
        Assert.Equal(
            RuleTreeJson.Write(RuleTreeJson.Parse("""{ "rules": { "name": "default", "behaviors": [] } }""").Value!),
            RuleTreeJson.Write(RuleTreeJson.Parse("\uFEFF" + """{ "name": "default", "behaviors": [] }""").Value!)
        );

    [Theory]
    [InlineData("", 1, 1, "empty")]
    [InlineData("{\n  \"rules\": ,\n}", 2, 12, "not JSON")]
    [InlineData("{\n  \"rules\": {\n", 3, 1, "not JSON")]
    [InlineData("{ \"é\": tru }", 1, 11, "not JSON")]
    [InlineData("{\n \"comments\": \"a\",\n \"comments\": \"b\"\n}", 3, 2, "\"comments\" stands twice")]
    [InlineData("{\n \"comments\": \"\\ud800\" }", 2, 14, "surrogate")]
    public void Text_that_is_not_JSON_is_named_by_line_and_column(string json, int line, int column, string message)
    {
        var problem = Assert.Single(RuleTreeJson.Parse(json).Problems);

        Assert.Equal((line, column), (problem.Line, problem.Column));
        Assert.Contains(message, problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[]", "", "an array")]
    [InlineData("""{ "rule": 1 }""", "", "No rules here")]
    [InlineData("""{ "rules": "x" }""", "/rules", "a string")]
    [InlineData("""{ "rules": {} }""", "/rules", "no \"name\"")]
    [InlineData("""{ "rules": { "name": " " } }""", "/rules/name", "empty")]
    [InlineData("""{ "rules": { "name": "default", "criteria": {} } }""", "/rules/criteria", "must be an array")]
    [InlineData("""{ "rules": { "name": "default", "criteriaMustSatisfy": "most" } }""", "/rules/criteriaMustSatisfy", "\"most\"")]
    [InlineData("""{ "rules": { "name": "default", "behaviors": [ { "name": "a" }, { "options": {} } ] } }""", "/rules/behaviors/1", "no \"name\"")]
    [InlineData("""{ "rules": { "name": "default", "behaviors": [ { "name": "a", "options": [] } ] } }""", "/rules/behaviors/0/options", "object")]
    [InlineData("""{ "rules": { "name": "default", "children": [ 7 ] } }""", "/rules/children/0", "a number")]
    public void A_wrong_shape_is_named_by_pointer_and_line(string json, string at, string message)
    {
        var problem = Assert.Single(RuleTreeJson.Parse("\n" + json).Problems);

        Assert.Equal((at, 2), (problem.Pointer, problem.Line));
        Assert.Contains(message, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void All_problems_are_told_at_once_in_the_order_of_the_text()
    {
        const string json = """{ "rules": { "name": 1, "children": [] } }""";
        const string two = """
            { "rules": { "name": "default",
              "behaviors": [ { "name": 3 } ],
              "children": [ { "name": "x", "criteria": 1 }, { } ] } }
            """;

        Assert.Equal("/rules/name", Assert.Single(RuleTreeJson.Parse(json).Problems).Pointer);
        Assert.Equal(
            [("/rules/behaviors/0/name", 2), ("/rules/children/0/criteria", 3), ("/rules/children/1", 3)],
            RuleTreeJson.Parse(two).Problems.Select(p => (p.Pointer, p.Line!.Value))
        );
    }

    [Fact]
    public void A_problem_is_found_in_a_long_text_under_long_names_without_writing_out_every_pointer()
    {
        var name = new string('k', 100_000);
        var json = $$"""{ "rules": { "name": "default", "{{name}}": [ {{string.Join(',', Enumerable.Repeat("0", 2_000))}} ], "options": 5 } }""";
        Assert.False(RuleTreeJson.Parse(json).Succeeded); // whatever is made once

        var before = GC.GetAllocatedBytesForCurrentThread();
        var problem = Assert.Single(RuleTreeJson.Parse(json).Problems);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Equal(("/rules/options", json.IndexOf('5', StringComparison.Ordinal) + 1), (problem.Pointer, problem.Column));
        Assert.InRange(allocated, 0, 20 * json.Length);
    }

    [Theory]
    [InlineData("rule", "/rules/name")]
    [InlineData("behavior", "/rules/behaviors/0/name")]
    public void A_name_has_a_thousand_characters_at_most(string what, string at)
    {
        Assert.True(RuleTreeJson.Parse(Named(new('n', RuleTreeJson.MaxNameLength))).Succeeded);

        var problem = Assert.Single(RuleTreeJson.Parse(Named(new('n', RuleTreeJson.MaxNameLength + 1))).Problems);

        Assert.Equal((at, $"The name of this {what} has 1,001 characters; at most 1,000 are allowed."), (problem.Pointer, problem.Message));

        string Named(string name) =>
            what == "rule"
                ? $$"""{ "rules": { "name": "{{name}}" } }"""
                : $$"""{ "rules": { "name": "default", "behaviors": [ { "name": "{{name}}" } ] } }""";
    }

    [Fact]
    public void Keys_that_stand_twice_under_a_long_name_are_told_until_their_pointers_are_too_long_together()
    {
        var twice = string.Join(',', Enumerable.Range(0, 50).Select(i => $"\"{i}\":1,\"{i}\":2"));
        var problems = RuleTreeJson.Parse($$"""{ "{{new string('k', 300_000)}}": { {{twice}} } }""").Problems;

        Assert.InRange(problems.Count, 1, 5);
        Assert.Contains("stands twice", problems[0].Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/a~1b/1/c~0d", 3)]
    [InlineData("/a~1b/1", 2)]
    [InlineData("/a~1b/2", 5)]
    [InlineData("/z", 6)]
    [InlineData("/a~1b/1/nothing", 2)]
    public void A_place_is_found_by_escaped_names_and_indexes_or_by_what_is_above_it(string at, int line)
    {
        const string json = """
            { "a/b": [ { "c~d": 0 },
              { "no": 1,
                "c~d": 2,
                "e": [ [ ], { "c~d": 3 } ] },
              [ ] ],
              "z": 4 }
            """;

        Assert.Equal(line, RuleTreeJson.PlaceOf(json, at)!.Value.Line);
    }

    [Fact]
    public void Of_very_many_problems_a_hundred_are_told_and_the_others_counted()
    {
        var behaviors = string.Join(',', Enumerable.Repeat("7", 200_000));

        var problems = RuleTreeJson.Parse($$"""{ "rules": { "name": "default", "behaviors": [ {{behaviors}} ] } }""").Problems;

        Assert.Equal(101, problems.Count);
        Assert.Equal("There are 199,900 more problems.", problems[^1].Message);
    }

    [Theory]
    [InlineData(600, true)]
    [InlineData(601, false)]
    public void At_most_600_rules_are_taken(int rules, bool taken)
    {
        var children = string.Join(',', Enumerable.Range(2, rules - 1).Select(i => $$"""{ "name": "r{{i}}" }"""));

        var parsed = RuleTreeJson.Parse($$"""{ "rules": { "name": "default", "children": [ {{children}} ] } }""");

        Assert.Equal(taken, parsed.Succeeded);
        Assert.True(taken || parsed.Problems.Single().Message == "The tree has 601 rules; at most 600 are allowed.");
    }

    [Theory]
    [InlineData(8, true)]
    [InlineData(9, false)]
    public void At_most_8_levels_are_taken(int levels, bool taken)
    {
        var json = """{ "name": "leaf" }""";
        for (var i = 2; i < levels; i++)
        {
            json = $$"""{ "name": "r", "children": [ {{json}} ] }""";
        }

        var parsed = RuleTreeJson.Parse($$"""{ "rules": { "name": "default", "children": [ {{json}} ] } }""");

        Assert.Equal(taken, parsed.Succeeded);
        Assert.True(taken || parsed.Problems.Single().Message == "The tree is 9 levels deep; at most 8 are allowed.");
    }

    [Fact]
    public void More_than_9_MB_are_refused_with_the_size()
    {
        var problem = Assert.Single(RuleTreeJson.Parse($$"""{ "comments": "{{new string('x', RuleTreeJson.MaxBytes)}}" }""").Problems);

        Assert.Contains("9,437,184 are allowed", problem.Message, StringComparison.Ordinal);
    }
}
