using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PropertyManager.Domain;
using PropertyManager.Web.Data;

namespace PropertyManager.Web.Tests.Properties;

public sealed class PermalinkTests(PermalinkTests.Site site) : IClassFixture<PermalinkTests.Site>
{
    private readonly TestApp _app = site.App;

    [Fact]
    public async Task Unknown_things_are_404_and_those_of_others_403()
    {
        using var viewer = await SignInAsync("viewer@demo.example");
        var (own, foreign, foreignActivation) = await ThingsAsync();

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(viewer, $"/properties/{own}"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(viewer, $"/properties/{own}/versions/1"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(viewer, $"/properties/{own}/versions/2/diff/1"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(viewer, $"/properties/{own}/compare/1/2"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(viewer, $"/properties/{own}/audience"));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(viewer, "/properties/prp_999999999"));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(viewer, "/properties/prp_999999999/audience"));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(viewer, $"/properties/{foreign}/audience"));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(viewer, "/properties/shop"));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(viewer, $"/properties/{own}/versions/99"));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(viewer, $"/properties/{own}/versions/99/activate"));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(viewer, $"/properties/{own}/versions/2/diff/99"));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(viewer, $"/properties/{own}/compare/99/2"));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(viewer, $"/properties/{own}/compare/1/99"));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(viewer, "/activations/atv_999999999"));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(viewer, $"/properties/{own}/import"));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(viewer, $"/properties/{foreign}"));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(viewer, $"/properties/{foreign}/versions/99"));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(viewer, $"/properties/{foreign}/compare/1/2"));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(viewer, $"/activations/{foreignActivation}"));
    }

    [Fact]
    public async Task Support_reads_everything_and_imports_nothing()
    {
        using var support = await SignInAsync("support@demo.example");
        var (own, foreign, foreignActivation) = await ThingsAsync();

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(support, $"/properties/{foreign}"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(support, $"/activations/{foreignActivation}"));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(support, $"/properties/{own}/import"));
    }

    [Fact]
    public async Task The_answer_has_a_way_back()
    {
        using var viewer = await SignInAsync("viewer@demo.example");

        using var response = await viewer.GetAsync(new Uri("/properties/prp_999999999", UriKind.Relative));

        var html = await response.Content.ReadAsStringAsync();
        Assert.Contains("Page not found", html, StringComparison.Ordinal);
        Assert.Contains("href=\"/groups\"", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/groups")]
    [InlineData("/properties/prp_1")]
    [InlineData("/activations/atv_1")]
    public async Task Who_is_not_signed_in_is_sent_to_sign_in_and_learns_nothing(string path)
    {
        using var client = _app.CreateClient(new() { AllowAutoRedirect = false });

        using var response = await client.GetAsync(new Uri(path, UriKind.Relative));

        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        Assert.Equal($"/account/login?ReturnUrl={Uri.EscapeDataString(path)}", response.Headers.Location?.PathAndQuery);
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient client, string path)
    {
        using var response = await client.GetAsync(new Uri(path, UriKind.Relative));
        return response.StatusCode;
    }

    /// <summary>A property that the viewer sees, and of another account a property with an activation.</summary>
    private async Task<(string Own, string Foreign, string ForeignActivation)> ThingsAsync()
    {
        await using var db = await _app.Services.GetRequiredService<IDbContextFactory<AppDbContext>>().CreateDbContextAsync();
        var own = await db.Properties.Where(property => property.AccountId == 1).OrderBy(property => property.Id).FirstAsync();
        var activation = await db.Activations.Where(activation => activation.AccountId == 2).OrderBy(activation => activation.Id).FirstAsync();
        return (
            PublicId.Of(PublicId.Property, own.Id),
            PublicId.Of(PublicId.Property, activation.PropertyId),
            PublicId.Of(PublicId.Activation, activation.Id)
        );
    }

    private async Task<HttpClient> SignInAsync(string email)
    {
        var client = _app.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false });
        var page = await client.GetStringAsync(new Uri("/account/login", UriKind.Relative));
        var token = Regex
            .Match(page, "name=\"__RequestVerificationToken\" value=\"(?<token>[^\"]+)\"", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1))
            .Groups["token"]
            .Value;
        using var form = new FormUrlEncodedContent(
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["_handler"] = "login",
                ["__RequestVerificationToken"] = token,
                ["Input.Email"] = email,
                ["Input.Password"] = DemoUsers.Password,
            }
        );
        using var answer = await client.PostAsync(new Uri("/account/login", UriKind.Relative), form);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return client;
    }

    /// <summary>One application for all of these: they only read.</summary>
    public sealed class Site : IAsyncLifetime
    {
        public TestApp App { get; } = new();

        public Task InitializeAsync() => Task.CompletedTask;

        public async Task DisposeAsync() => await App.DisposeAsync();
    }
}
