using System.Text.Json;
using PropertyManager.Domain.Configuration.Catalog;
using static PropertyManager.Domain.Tests.Configuration.Evaluation.Edge;

namespace PropertyManager.Domain.Tests.Configuration.Evaluation;

/// <summary>What is written otherwise than in the catalog, and means the same.</summary>
public sealed class SpellingTests
{
    public static TheoryData<string> Names => [.. RuleCatalog.Behaviors.Keys, .. RuleCatalog.Criteria.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_choice_is_understood_in_another_case(string name)
    {
        var item = RuleCatalog.Behaviors.GetValueOrDefault(name) ?? RuleCatalog.Criteria[name];
        foreach (var option in item.Options.Where(option => option.Choices.Count > 0))
        {
            foreach (var choice in option.Choices)
            {
                var written = option.Default is { ValueKind: JsonValueKind.Number } ? $"{choice.Value}.0" : $"\"{Swapped(choice.Value)}\"";
                Assert.Equal(choice, option.ChoiceOf(JsonElement.Parse(written)));
            }
        }
    }

    [Theory]
    [InlineData("""[]""")]
    [InlineData("""null""")]
    [InlineData("""true""")]
    [InlineData("""7""")]
    [InlineData("")]
    [InlineData(""" "MAX AGE" """)]
    [InlineData(""" "\ud800" """)]
    public void What_is_no_choice_means_none(string value) =>
        Assert.Null(RuleCatalog.Behaviors["caching"].Find("behavior")!.ChoiceOf(value.Length == 0 ? default : JsonElement.Parse(value)));

    [Theory]
    [InlineData("post", 200)]
    [InlineData("Delete", 403)]
    public void A_criterion_asks_by_the_choice_that_is_meant(string method, int status)
    {
        var rule = Rule(
            "posts",
            Item("requestMethod", $"\"matchOperator\": \"Is\", \"value\": \"{method}\""),
            Item("allowPost", "\"enabled\": true")
        );

        Assert.Equal(status, Answer(Send("POST", "/a"), "", rule).Status);
    }

    [Fact]
    public void A_behavior_does_what_the_choice_says_that_is_meant()
    {
        var answer = Answer(
            Get("/a"),
            Item(
                "redirect",
                """
                "mobileDefaultChoice": "default", "destinationProtocol": "Https", "destinationHostname": "other", "destinationHostnameOther": "b.example",
                "destinationPath": "Same_As_Request", "queryString": "append", "responseCode": 3.01e2
                """
            )
        );

        Assert.Empty(answer.Notes);
        Assert.Equal(301, answer.Status);
        Assert.Equal("https://b.example/a", answer.Location);
    }

    [Fact]
    public void The_words_of_a_setting_are_those_of_the_choice_that_is_meant()
    {
        var answer = Answer(Get("/a"), Item("caching", "\"behavior\": \"max_age\", \"ttl\": \"1d\""));

        Assert.Contains(answer.Settings, setting => setting is { Name: "caching", Value: "cache for 1d" });
    }

    [Theory]
    [InlineData("5.0")]
    [InlineData("5e0")]
    [InlineData("0.5E1")]
    public void A_whole_number_is_one_however_it_is_written(string bound)
    {
        var options = $$"""
            "cookieName": "n", "matchOperator": "IS_BETWEEN", "lowerBound": {{bound}}, "upperBound": 1e1
            """;

        Assert.True(Matches(Get("/a", ("Cookie", "n=5")), "requestCookie", options));
        Assert.False(Matches(Get("/a", ("Cookie", "n=4")), "requestCookie", options));
    }

    [Fact]
    public void So_it_is_within_an_object()
    {
        var answer = Answer(Get("/a"), Item("cpCode", """ "value": { "more": [ 1.0 ], "id": 1e3, "name": "Shop" } """));

        Assert.Contains(answer.Settings, setting => setting is { Name: "cpCode", Value: "1000 Shop" });
    }

    private static string Swapped(string text) =>
        string.Concat(text.Select(c => char.IsUpper(c) ? char.ToLowerInvariant(c) : char.ToUpperInvariant(c)));
}
