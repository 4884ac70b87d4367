using Bunit;
using Bunit.TestDoubles;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PropertyManager.Domain;
using PropertyManager.Web.Features.Try;
using PropertyManager.Web.Tests.Engine;
using PropertyManager.Web.Tests.Shell;

namespace PropertyManager.Web.Tests.Try;

public sealed class TryPageTests : BunitContext
{
    [Fact]
    public async Task An_expression_that_takes_too_long_is_said_to_be_not_evaluated_and_its_rule_is_named()
    {
        await using var world = new EngineWorld();
        await using (var db = world.CreateDbContext())
        {
            await db
                .Versions.Where(version => version.PropertyId == EngineWorld.Shop && version.Number == 2)
                .ExecuteUpdateAsync(set =>
                    set.SetProperty(
                        version => version.Rules,
                        """
                        { "rules": { "name": "default", "behaviors": [], "children": [ { "name": "Slow",
                            "criteria": [ { "name": "regularExpression", "options": { "matchString": "{{builtin.AK_PATH}}", "regex": "^(([a-z/]{0,60}){0,60}){0,60}zz$" } } ],
                            "behaviors": [ { "name": "denyAccess", "options": {} } ] } ] } }
                        """
                    )
                );
        }
        this.Serve(world);
        var path = string.Concat(Enumerable.Repeat("/section", 20));
        Services.GetRequiredService<BunitNavigationManager>().NavigateTo($"/try?url=https://www.shop.example{path}&against=1");

        var page = Render<TryPage>(p => p.Add(x => x.PropertyId, PublicId.Of(PublicId.Property, EngineWorld.Shop)).Add(x => x.Version, 2));
        var verdict = page.WaitForElement(".verdict", TimeSpan.FromSeconds(60)).TextContent;

        Assert.StartsWith("v1 → 200", verdict, StringComparison.Ordinal);
        Assert.EndsWith("v2 → not evaluated", verdict, StringComparison.Ordinal);
        Assert.Contains("longer than 20 ms", page.Find(".pm-callout").TextContent, StringComparison.Ordinal);
        Assert.EndsWith("?rule=%2Frules%2Fchildren%2F0", page.Find(".pm-callout a").GetAttribute("href"), StringComparison.Ordinal);
    }
}
