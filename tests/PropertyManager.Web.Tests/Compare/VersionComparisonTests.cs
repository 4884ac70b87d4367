using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PropertyManager.Domain;
using PropertyManager.Web.Data;
using PropertyManager.Web.Features.Compare;
using PropertyManager.Web.Tests.Engine;
using PropertyManager.Web.Tests.Shell;

namespace PropertyManager.Web.Tests.Compare;

public sealed class VersionComparisonTests : BunitContext
{
    private const string Rules = """{"rules":{"name":"default","behaviors":[{"name":"caching","options":{"ttl":"7d"}}]}}""";

    private const string OneWay = """
        { "rules": { "name": "default", "options": { "is_secure": false }, "behaviors": [
            { "name": "origin", "options": { "originType": "CUSTOMER", "hostname": "origin.shop.example", "httpPort": 80 } },
            { "name": "caching", "options": { "ttl": "7d", "behavior": "MAX_AGE", "mustRevalidate": false } } ],
          "children": [ { "name": "Pictures", "criteriaMustSatisfy": "all", "behaviors": [],
            "criteria": [ { "name": "fileExtension", "options": { "matchOperator": "IS_ONE_OF", "values": [ "png" ], "matchCaseSensitive": false } } ] } ] } }
        """;

    private const string Another = """
        { "rules": { "behaviors": [
            { "name": "origin", "options": { "hostname": "origin.shop.example", "httpPort": 80.0, "customValidCnValues": [] }, "uuid": "1" },
            { "name": "caching", "options": { "behavior": "MAX_AGE", "ttl": "7d" } } ],
          "children": [ { "criteria": [ { "options": { "values": [ "png" ] }, "name": "fileExtension" } ], "name": "Pictures", "criteriaLocked": false } ],
          "name": "default", "uuid": "2" } }
        """;

    [Fact]
    public async Task Each_tab_has_an_address_of_its_own_and_says_how_much_changes()
    {
        await using var world = new EngineWorld();
        var page = Open(world, CompareTab.Rules, rules: Rules);

        var tabs = page.FindAll("nav.pm-tabs a");

        Assert.Equal(["Rules (1)", "Hostnames (0)", "XML", "Behaviour"], tabs.Select(tab => tab.TextContent), StringComparer.Ordinal);
        Assert.Equal(
            ["rules", "hostnames", "xml", "behaviour"],
            tabs.Select(tab => tab.GetAttribute("href")!.Replace($"properties/{Shop}/compare/1/2?view=", "", StringComparison.Ordinal)),
            StringComparer.Ordinal
        );
        Assert.Equal("Rules (1)", page.Find("nav.pm-tabs [aria-current=page]").TextContent);
        Assert.Single(page.FindAll("article"));
    }

    [Fact]
    public async Task Versions_are_chosen_and_swapped_within_the_tab()
    {
        await using var world = new EngineWorld();
        var page = Open(world, CompareTab.Hostnames);

        Assert.Equal($"properties/{Shop}/compare/2/1?view=hostnames", page.Find(".versions > a").GetAttribute("href"));
        Assert.Contains("No difference", page.Markup, StringComparison.Ordinal);
        page.FindAll("select")[0].Change("2");

        Assert.EndsWith(
            $"/properties/{Shop}/compare/2/2?view=hostnames",
            Services.GetRequiredService<NavigationManager>().Uri,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData(CompareTab.Rules)]
    [InlineData(CompareTab.Xml)]
    public async Task Rules_that_cannot_be_read_are_named_with_what_is_wrong(CompareTab tab)
    {
        await using var world = new EngineWorld();
        var page = Open(world, tab, rules: """{"rules":{"name":"default","behaviors":5}}""");

        var problem = page.Find(".pm-callout").TextContent;

        Assert.Contains("The rules of version 2 cannot be read", problem, StringComparison.Ordinal);
        Assert.Contains("/rules/behaviors", problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Hostnames_are_compared_whatever_the_rules_are()
    {
        await using var world = new EngineWorld();
        var page = Open(world, CompareTab.Hostnames, rules: "{}");

        Assert.Empty(page.FindAll(".pm-callout"));
        Assert.Contains("Both versions have the same hostnames.", page.Markup, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(CompareTab.Rules, "No difference")]
    [InlineData(CompareTab.Xml, "No differences")]
    [InlineData(CompareTab.Hostnames, "Both versions have the same hostnames.")]
    public async Task The_same_rules_written_otherwise_have_no_difference(CompareTab tab, string said)
    {
        await using var world = new EngineWorld();
        using (var db = world.CreateDbContext())
        {
            db.Versions.Where(version => version.PropertyId == EngineWorld.Shop && version.Number == 1)
                .ExecuteUpdate(version => version.SetProperty(x => x.Rules, OneWay));
        }

        var page = Open(world, tab, rules: Another);

        Assert.Contains(said, page.Markup, StringComparison.Ordinal);
        Assert.Equal("Rules (0)", page.Find("nav.pm-tabs a").TextContent);
    }

    [Theory]
    [InlineData(99, 2)]
    [InlineData(1, 99)]
    public async Task A_version_that_does_not_exist_is_not_found(int left, int right)
    {
        await using var world = new EngineWorld();

        Assert.Contains("Page not found", Open(world, CompareTab.Rules, left, right).Markup, StringComparison.Ordinal);
    }

    private static string Shop => PublicId.Of(PublicId.Property, EngineWorld.Shop);

    /// <summary>Opens the comparison once it has been read.</summary>
    private IRenderedComponent<VersionComparison> Open(EngineWorld world, CompareTab tab, int left = 1, int right = 2, string? rules = null)
    {
        this.Serve(world);
        Services.AddScoped<VersionQuery>();
        if (rules is not null)
        {
            using var db = world.CreateDbContext();
            db.Versions.Where(version => version.PropertyId == EngineWorld.Shop && version.Number == 2)
                .ExecuteUpdate(version => version.SetProperty(x => x.Rules, rules));
        }
        var page = Render<VersionComparison>(p =>
            p.Add(x => x.PropertyId, Shop).Add(x => x.Left, left).Add(x => x.Right, right).Add(x => x.Tab, tab)
        );
        page.WaitForElement("h1, .pm-tabs");
        return page;
    }
}
