using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Mvc.Testing;
using PropertyManager.Domain.Configuration;

namespace PropertyManager.Web.Tests.Editor;

/// <summary>The files of a version, asked for over HTTP by the demo users.</summary>
public sealed partial class EditorEndpointsTests(EditorEndpointsTests.DemoApp demo) : IClassFixture<EditorEndpointsTests.DemoApp>
{
    private const string Shop = "/properties/prp_100101/versions/4";
    private const string Bank = "/properties/prp_100104/versions/1";

    [Theory]
    [InlineData("metadata.xml")]
    [InlineData("rules.json")]
    public async Task Somebody_not_signed_in_is_sent_to_sign_in(string file)
    {
        using var client = demo.Client();

        using var response = await client.GetAsync(new Uri($"{Shop}/{file}", UriKind.Relative));

        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        Assert.Equal("/account/login", response.Headers.Location!.AbsolutePath);
    }

    [Theory]
    [InlineData(Bank + "/metadata.xml", HttpStatusCode.Forbidden)]
    [InlineData(Bank + "/rules.json", HttpStatusCode.Forbidden)]
    [InlineData("/properties/prp_100101/versions/99/rules.json", HttpStatusCode.NotFound)]
    [InlineData("/properties/prp_9/versions/1/metadata.xml", HttpStatusCode.NotFound)]
    [InlineData("/properties/nonsense/versions/1/metadata.xml", HttpStatusCode.NotFound)]
    public async Task Only_what_there_is_and_what_one_may_see_is_given(string path, HttpStatusCode status)
    {
        using var client = await demo.SignInAsync("viewer@demo.example");

        using var response = await client.GetAsync(new Uri(path, UriKind.Relative));

        Assert.Equal(status, response.StatusCode);
        Assert.DoesNotContain("harbourbank", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_XML_is_an_attachment_with_the_name_of_the_version()
    {
        using var client = await demo.SignInAsync("viewer@demo.example");

        using var response = await client.GetAsync(new Uri(Shop + "/metadata.xml", UriKind.Relative));

        Assert.Equal("www.northwind.example-v4.xml", response.Content.Headers.ContentDisposition!.FileName!.Trim('"'));
        Assert.Equal("application/xml", response.Content.Headers.ContentType!.MediaType);
        Assert.True(response.Headers.CacheControl!.NoStore);
        Assert.StartsWith("<configs ", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_JSON_is_a_file_that_can_be_imported()
    {
        using var client = await demo.SignInAsync("support@demo.example");

        var json = await client.GetStringAsync(new Uri(Bank + "/rules.json", UriKind.Relative));

        var document = PropertyVersionDocument.Parse(json).Value!;
        Assert.Equal("v2025-10-16", document.RuleFormat);
        Assert.NotEmpty(document.Hostnames);
        Assert.NotEmpty(document.Rules.Default.Behaviors);
        Assert.NotNull(document.Note);
    }

    public sealed partial class DemoApp : IDisposable
    {
        private static readonly WebApplicationFactoryClientOptions NoRedirect = new() { AllowAutoRedirect = false };

        private readonly TestApp _app = new();

        public void Dispose() => _app.Dispose();

        public HttpClient Client() => _app.CreateClient(NoRedirect);

        public async Task<HttpClient> SignInAsync(string email)
        {
            var client = Client();
            var page = await client.GetStringAsync(new Uri("/account/login", UriKind.Relative));
            using var form = new FormUrlEncodedContent(
                new Dictionary<string, string>(StringComparer.Ordinal)
                {
                    ["_handler"] = "login",
                    ["__RequestVerificationToken"] = Token().Match(page).Groups["token"].Value,
                    ["Input.Email"] = email,
                    ["Input.Password"] = "Demo!2026pass",
                }
            );
            using var response = await client.PostAsync(new Uri("/account/login", UriKind.Relative), form);
            Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
            return client;
        }

        [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"(?<token>[^\"]+)\"", RegexOptions.ExplicitCapture, 1000)]
        private static partial Regex Token();
    }
}
