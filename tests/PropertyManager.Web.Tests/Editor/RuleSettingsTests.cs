using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using PropertyManager.Web.Features.Editor;

namespace PropertyManager.Web.Tests.Editor;

public sealed class RuleSettingsTests : BunitContext
{
    public RuleSettingsTests() => Services.AddSingleton(TimeProvider.System);

    [Theory]
    [InlineData(null, "Default Rule")]
    [InlineData("/rules", "Default Rule")]
    [InlineData("/rules/children/0", "Pictures")]
    [InlineData("/rules/children/0/children/0", "Thumbnails")]
    [InlineData("/rules/children/9", "Default Rule")]
    public void The_address_chooses_the_rule(string? place, string name)
    {
        var settings = Show(place);

        Assert.Equal(name, settings.Find("h3").TextContent);
        Assert.Equal(name, settings.Find("[aria-current=true] .name").TextContent);
    }

    [Fact]
    public void Each_rule_of_the_tree_is_a_link_that_chooses_it()
    {
        var links = Show()
            .FindAll("nav a")
            .ToDictionary(link => link.QuerySelector(".name")!.TextContent, link => link.GetAttribute("href")!, StringComparer.Ordinal);

        Assert.Equal(["Default Rule", "Pictures", "Thumbnails", "Services"], links.Keys, StringComparer.Ordinal);
        Assert.Contains("properties/prp_7/versions/3?rule=", links["Thumbnails"], StringComparison.Ordinal);
        Assert.EndsWith(Uri.EscapeDataString("/rules/children/0/children/0"), links["Thumbnails"], StringComparison.Ordinal);
    }

    [Fact]
    public void Criteria_and_behaviors_are_said_in_words()
    {
        var settings = Show("/rules/children/1");

        Assert.Equal("Path matches none of /api/*, /v2/*", Text(settings.Find(".criterion p").TextContent));
        Assert.Equal("Owner: payments.", settings.Find(".comments").TextContent);
        Assert.Equal("Caching option No store", Text(settings.Find(".behavior dl > div").TextContent));
    }

    [Theory]
    [InlineData("30 days", "Thumbnails")] // in words
    [InlineData("30d", "Thumbnails")] // as written
    [InlineData("no store", "Services")]
    [InlineData("payments", "Services")] // comments
    [InlineData("/API", "Services")] // criteria, whatever the case
    [InlineData("610101", "Default Rule")] // a number within an option
    public void A_search_shows_what_it_finds_and_what_is_above(string query, string found)
    {
        var settings = Show(query: query);

        Assert.Equal(found, settings.Find("h3").TextContent);
        Assert.Equal(found, settings.FindAll(".node:not(.aside) .name").Single().TextContent);
        Assert.Equal("1 of 4 rules matches.", settings.Find("[role=status]").TextContent);
    }

    [Fact]
    public void A_search_that_finds_nothing_says_so()
    {
        var settings = Show(query: "graphql");

        Assert.Equal("None of 4 rules matches.", settings.Find("[role=status]").TextContent);
        Assert.Empty(settings.FindAll(".hit"));
    }

    [Fact]
    public void What_is_typed_is_found_at_once_and_marked_where_it_stands()
    {
        var settings = Show();

        settings.Find("input[type=search]").Input("max age");

        Assert.Equal("2 of 4 rules match.", settings.Find("[role=status]").TextContent);
        Assert.Single(settings.FindAll(".behavior.hit"));
        Assert.Contains("q=max%20age", settings.Find("nav a").GetAttribute("href"), StringComparison.Ordinal);
    }

    [Fact]
    public void The_rules_in_a_rule_fold_away()
    {
        var settings = Show();

        settings.Find("nav button").Click();

        Assert.Equal("false", settings.Find("nav button").GetAttribute("aria-expanded"));
        Assert.DoesNotContain("Thumbnails", settings.Find("nav").TextContent, StringComparison.Ordinal);
    }

    private IRenderedComponent<RuleSettings> Show(string? place = null, string? query = null)
    {
        Services.GetRequiredService<NavigationManager>().NavigateTo("properties/prp_7/versions/3");
        return Render<RuleSettings>(p => p.Add(s => s.View, Versions.View()).Add(s => s.Place, place).Add(s => s.Query, query));
    }

    private static string Text(string markup) =>
        string.Join(' ', markup.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).Replace(" ,", ",", StringComparison.Ordinal);
}
