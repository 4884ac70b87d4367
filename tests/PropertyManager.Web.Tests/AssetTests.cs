using System.Net;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace PropertyManager.Web.Tests;

public sealed class AssetTests
{
    [Theory]
    [InlineData("Development")]
    [InlineData("Production")]
    public async Task Serves_what_lies_at_the_root_and_what_packages_bring(string environment)
    {
        await using var app = new TestApp(environment);
        using var client = app.CreateClient();

        foreach (var path in new[] { "app.css", "icons/favicon.svg", "_framework/blazor.web.js", "_content/Radzen.Blazor/Radzen.Blazor.js" })
        {
            using var response = await client.GetAsync(new Uri(path, UriKind.Relative));
            Assert.Equal((path, HttpStatusCode.OK), (path, response.StatusCode));
        }
    }

    [Fact]
    public async Task Reads_the_root_settings_in_Development_only()
    {
        await using var development = new TestApp("Development");
        await using var production = new TestApp("Production");

        Assert.NotNull(Setting(development, "Simulation:Speed"));
        Assert.Null(Setting(production, "Simulation:Speed"));
    }

    private static string? Setting(TestApp app, string key) => app.Services.GetRequiredService<IConfiguration>()[key];
}
