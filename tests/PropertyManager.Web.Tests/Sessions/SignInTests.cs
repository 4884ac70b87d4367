using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PropertyManager.Web.Data;

namespace PropertyManager.Web.Tests.Sessions;

/// <summary>The cookie, over HTTP: what is open with it, and when it is good for nothing any more.</summary>
public sealed partial class SignInTests(SignInTests.Site site) : IClassFixture<SignInTests.Site>
{
    private const string Page = "/groups";

    [Fact]
    public async Task A_copy_of_the_cookie_ends_with_the_sign_out()
    {
        using var browser = await SignInAsync("editor@demo.example");
        using var other = await SignInAsync("editor@demo.example");
        var copy = browser.Cookie;
        Assert.Equal(HttpStatusCode.OK, await GetAsync(copy));

        using var answer = await browser.PostAsync("/account/logout", []);

        Assert.Equal("/account/login", answer.Headers.Location?.OriginalString);
        Assert.Equal(HttpStatusCode.Redirect, await GetAsync(copy));
        Assert.Equal(HttpStatusCode.OK, await GetAsync(other.Cookie));
    }

    [Fact]
    public async Task Whoever_signs_in_anew_in_the_same_browser_ends_the_session_before()
    {
        using var browser = await SignInAsync("editor@demo.example");
        var copy = browser.Cookie;

        await browser.SignInAsync("editor@demo.example");

        Assert.NotEqual(copy, browser.Cookie, StringComparer.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, await GetAsync(copy));
        Assert.Equal(HttpStatusCode.OK, await GetAsync(browser.Cookie));
    }

    [Fact]
    public async Task A_new_security_stamp_and_a_lock_out_end_it_with_the_next_request()
    {
        using var viewer = await SignInAsync("viewer@demo.example");
        Assert.Equal(HttpStatusCode.OK, await GetAsync(viewer.Cookie));
        await ChangeAsync("viewer@demo.example", (users, user) => users.UpdateSecurityStampAsync(user));
        Assert.Equal(HttpStatusCode.Redirect, await GetAsync(viewer.Cookie));

        await viewer.SignInAsync("viewer@demo.example");
        Assert.Equal(HttpStatusCode.OK, await GetAsync(viewer.Cookie));
        await ChangeAsync("viewer@demo.example", (users, user) => users.SetLockoutEndDateAsync(user, DateTimeOffset.UtcNow.AddMinutes(5)));
        Assert.Equal(HttpStatusCode.Redirect, await GetAsync(viewer.Cookie));
        await ChangeAsync("viewer@demo.example", (users, user) => users.SetLockoutEndDateAsync(user, null));
        Assert.Equal(HttpStatusCode.Redirect, await GetAsync(viewer.Cookie));
    }

    [Fact]
    public async Task The_session_names_the_browser()
    {
        using var browser = await SignInAsync("support@demo.example");

        await using var db = await site.App.Services.GetRequiredService<IDbContextFactory<AppDbContext>>().CreateDbContextAsync();
        var support = await db.Users.SingleAsync(user => user.Email == "support@demo.example");
        var session = Assert.Single(await db.Sessions.Where(s => s.UserId == support.Id).ToListAsync());
        Assert.Equal(("Tester/1.0", null), (session.UserAgent, session.EndedAt));
        Assert.False(support.MayDemonstrate);
    }

    private async Task<Browser> SignInAsync(string email)
    {
        var browser = new Browser(site.App.CreateClient(Browser.Options));
        await browser.SignInAsync(email);
        return browser;
    }

    /// <summary>The status of a page with this cookie, from anywhere.</summary>
    private async Task<HttpStatusCode> GetAsync(string cookie)
    {
        using var client = site.App.CreateClient(Browser.Options);
        using var request = new HttpRequestMessage(HttpMethod.Get, Page);
        request.Headers.Add("Cookie", cookie);
        using var answer = await client.SendAsync(request);
        return answer.StatusCode;
    }

    private async Task ChangeAsync(string email, Func<UserManager<AppUser>, AppUser, Task<IdentityResult>> change)
    {
        await using var scope = site.App.Services.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<AppUser>>();
        Assert.True((await change(users, (await users.FindByEmailAsync(email))!)).Succeeded);
    }

    /// <summary>Keeps its cookies where the test can read them.</summary>
    private sealed partial class Browser(HttpClient client) : IDisposable
    {
        public static readonly WebApplicationFactoryClientOptions Options = new() { AllowAutoRedirect = false, HandleCookies = false };

        private readonly Dictionary<string, string> _cookies = new(StringComparer.Ordinal);

        public string Cookie => string.Join("; ", _cookies.Select(pair => $"{pair.Key}={pair.Value}"));

        public void Dispose() => client.Dispose();

        public async Task SignInAsync(string email)
        {
            using var answer = await PostAsync(
                "/account/login",
                new(StringComparer.Ordinal)
                {
                    ["_handler"] = "login",
                    ["Input.Email"] = email,
                    ["Input.Password"] = DemoUsers.Password,
                }
            );
            Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        }

        /// <summary>With the antiforgery token of the sign-in page.</summary>
        public async Task<HttpResponseMessage> PostAsync(string path, Dictionary<string, string> form)
        {
            using var page = await SendAsync(HttpMethod.Get, "/account/login", content: null);
            form["__RequestVerificationToken"] = Token().Match(await page.Content.ReadAsStringAsync()).Groups["token"].Value;
            using var content = new FormUrlEncodedContent(form);
            return await SendAsync(HttpMethod.Post, path, content);
        }

        private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, HttpContent? content)
        {
            using var request = new HttpRequestMessage(method, path) { Content = content };
            request.Headers.Add("User-Agent", "Tester/1.0");
            if (_cookies.Count > 0)
                request.Headers.Add("Cookie", Cookie);
            var answer = await client.SendAsync(request);
            foreach (var cookie in answer.Headers.TryGetValues("Set-Cookie", out var set) ? set : [])
            {
                var pair = cookie.Split(';')[0].Split('=', 2);
                _cookies[pair[0]] = pair[1];
            }
            return answer;
        }

        [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"(?<token>[^\"]+)\"", RegexOptions.ExplicitCapture, 1000)]
        private static partial Regex Token();
    }

    /// <summary>One application for all of these: each uses another person.</summary>
    public sealed class Site : IAsyncLifetime
    {
        public TestApp App { get; } = new();

        public Task InitializeAsync() => Task.CompletedTask;

        public async Task DisposeAsync() => await App.DisposeAsync();
    }
}
