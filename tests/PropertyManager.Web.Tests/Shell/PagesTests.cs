using System.Net;
using System.Text.RegularExpressions;
using PropertyManager.Web.Data;
using PropertyManager.Web.Features.Account;
using PropertyManager.Web.Shell;
using PropertyManager.Web.Shell.Parts;

namespace PropertyManager.Web.Tests.Shell;

public sealed class PagesTests
{
    [Theory]
    [InlineData("/", "/")]
    [InlineData("/groups?x=1", "/groups?x=1")]
    [InlineData(null, "/")]
    [InlineData("", "/")]
    [InlineData("groups", "/")]
    [InlineData("//evil.example", "/")]
    [InlineData("/\\evil.example", "/")]
    [InlineData("/\t/evil.example", "/")]
    [InlineData("https://evil.example", "/")]
    public void Signing_in_leads_to_this_site_only(string? url, string expected) => Assert.Equal(expected, LocalAddress.From(url));

    [Fact]
    public async Task Unknown_addresses_are_404_with_a_way_back()
    {
        await using var app = new TestApp();
        using var client = app.CreateClient();

        using var response = await client.GetAsync(new Uri("/no/such/page", UriKind.Relative));

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        var html = await response.Content.ReadAsStringAsync();
        Assert.Contains("Page not found", html, StringComparison.Ordinal);
        Assert.Contains("href=\"/groups\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_may_not_is_told_so_with_403()
    {
        await using var app = new TestApp();
        using var client = app.CreateClient();

        using var response = await client.GetAsync(new Uri("/account/denied", UriKind.Relative));

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Contains("Not allowed", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_is_signed_out_without_the_antiforgery_token()
    {
        await using var app = new TestApp();
        using var client = app.CreateClient();
        using var form = new FormUrlEncodedContent([]);

        using var response = await client.PostAsync(new Uri("/account/logout", UriKind.Relative), form);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Theory]
    [InlineData("Development", true)]
    [InlineData("Production", false)]
    public async Task The_demo_sign_ins_are_listed_in_Development_only(string environment, bool listed)
    {
        await using var app = new TestApp(environment);
        using var client = app.CreateClient();

        var html = await client.GetStringAsync(new Uri("/account/login", UriKind.Relative));

        Assert.Contains("Sign in", html, StringComparison.Ordinal);
        foreach (var demo in DemoUsers.All)
            Assert.Equal(listed, html.Contains(demo.Email, StringComparison.Ordinal));
        Assert.Equal(listed, html.Contains(DemoUsers.Password, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(null, "auto", "(prefers-color-scheme: light)", "(prefers-color-scheme: dark)")]
    [InlineData("light", "light", "all", "not all")]
    [InlineData("dark", "dark", "not all", "all")]
    [InlineData("\"><script>", "auto", "(prefers-color-scheme: light)", "(prefers-color-scheme: dark)")]
    public async Task The_first_picture_has_the_theme_of_the_cookie(string? cookie, string theme, string light, string dark)
    {
        await using var app = new TestApp();
        using var client = app.CreateClient(new() { HandleCookies = false });
        using var request = new HttpRequestMessage(HttpMethod.Get, "/account/login");
        if (cookie is not null)
            request.Headers.Add("Cookie", $"{Themes.Cookie}={Uri.EscapeDataString(cookie)}");

        using var response = await client.SendAsync(request);
        var html = await response.Content.ReadAsStringAsync();

        Assert.Contains($"data-theme=\"{theme}\"", html, StringComparison.Ordinal);
        Assert.Equal(light, SheetMedia(html, "light"));
        Assert.Equal(dark, SheetMedia(html, "dark"));
    }

    private static string SheetMedia(string html, string sheet) =>
        Regex.Match(html, $"media=\"([^\"]*)\" data-theme-sheet=\"{sheet}\"", RegexOptions.None, TimeSpan.FromSeconds(1)).Groups[1].Value;
}
