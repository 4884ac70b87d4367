using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using PropertyManager.Domain;
using PropertyManager.Domain.Activations;
using PropertyManager.Web.Engine;
using PropertyManager.Web.Features.Properties;
using PropertyManager.Web.Shell.Parts;
using PropertyManager.Web.Tests.Engine;
using PropertyManager.Web.Tests.Shell;

namespace PropertyManager.Web.Tests.Properties;

public sealed class HistoryTabTests : BunitContext
{
    private static readonly ActivationOrder Production = new(EngineWorld.Shop, 2, Network.Production, Acknowledged: true);

    [Theory]
    [InlineData("?tab=history&status=pending", true, false)]
    [InlineData("?tab=history&status=pendingfullrollout", false, true)]
    [InlineData("?tab=history&status=pendingfullrollout&network=staging", false, false)]
    [InlineData("?tab=history", true, true)]
    public async Task What_comes_to_a_status_or_leaves_it_is_shown_accordingly(string query, bool isShownFirst, bool isShownThen)
    {
        await using var world = new EngineWorld();
        var node = this.Serve(world);
        var activation = await node.ActivateAsync(Production);
        Services.GetRequiredService<NavigationManager>().NavigateTo(Links.Property(EngineWorld.Shop) + query);
        var page = Render<PropertyDetailsPage>(p => p.Add(x => x.PropertyId, PublicId.Of(PublicId.Property, EngineWorld.Shop)));
        page.WaitForElement("dl.networks");
        await page.PollAsync(() => IsShown() == isShownFirst);

        await node.RunToAsync(activation.Id, ActivationState.World, seconds: 5);

        page.WaitForAssertion(() => Assert.Contains("Pending - Full Rollout", page.Find("dl.networks").TextContent, StringComparison.Ordinal));
        await page.PollAsync(() => IsShown() == isShownThen);
        await DisposeComponentsAsync();

        bool IsShown() => page.FindAll("tbody tr").Count > 0;
    }
}
