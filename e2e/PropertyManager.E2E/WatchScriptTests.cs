using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PropertyManager.Domain;
using PropertyManager.Domain.Activations;
using PropertyManager.Web.Data;
using PropertyManager.Web.Engine;

namespace PropertyManager.E2E;

/// <summary>The script that draws an activation in the terminal, with clients that this project did not write, over TLS.</summary>
public sealed class WatchScriptTests
{
    [NodeFact]
    public async Task The_script_draws_an_activation_to_its_end()
    {
        await using var app = LiveApp.StartSecure(Site.Brisk);
        var edgerc = await WriteEdgercAsync(app);
        var activation = await ActivateAsync(app);

        var (code, output) = await NodeScript.RunAsync(app.DataDirectory, edgerc, "watch.mjs", activation);

        Assert.True(code == 0, output);
        Assert.Contains("█ 100% www.northwind.example v5 PRODUCTION Active", output, StringComparison.Ordinal);
        Assert.Contains("Version 5 on ", output, StringComparison.Ordinal);
    }

    [NodeFact]
    public async Task What_there_is_not_is_said_and_ends_the_script()
    {
        await using var app = LiveApp.StartSecure(Site.Brisk);

        var (code, output) = await NodeScript.RunAsync(app.DataDirectory, await WriteEdgercAsync(app), "watch.mjs", "atv_999999");

        Assert.Equal(1, code);
        Assert.Contains("There is no activation atv_999999", output, StringComparison.Ordinal);
    }

    [NodeFact]
    public async Task One_that_another_took_the_place_of_was_active_all_the_same()
    {
        await using var app = LiveApp.StartSecure(Site.Brisk);
        await using var db = await app.Services.GetRequiredService<IDbContextFactory<AppDbContext>>().CreateDbContextAsync();
        var replaced = await db.Activations.Where(a => a.Status.State == ActivationState.Inactive).Select(a => a.Id).FirstAsync();
        var edgerc = await WriteEdgercAsync(app);

        var (code, output) = await NodeScript.RunAsync(app.DataDirectory, edgerc, "watch.mjs", PublicId.Of(PublicId.Activation, replaced));

        Assert.True(code == 0, output);
    }

    [NodeFact]
    public async Task A_wrong_secret_and_a_missing_argument_are_a_line_each()
    {
        await using var app = LiveApp.StartSecure(Site.Brisk);
        var edgerc = await WriteEdgercAsync(app);
        await File.WriteAllTextAsync(edgerc, (await File.ReadAllTextAsync(edgerc)).Replace("secret-of", "another-of", StringComparison.Ordinal));

        var wrong = await NodeScript.RunAsync(app.DataDirectory, edgerc, "watch.mjs", "atv_1");
        var nothing = await NodeScript.RunAsync(app.DataDirectory, edgerc, "watch.mjs");

        Assert.Equal((1, 1), (wrong.Code, nothing.Code));
        Assert.Contains("The signature does not match. Check client_secret", Assert.Single(Lines(wrong.Output)), StringComparison.Ordinal);
        Assert.Contains("node watch.mjs atv_7", Assert.Single(Lines(nothing.Output)), StringComparison.Ordinal);

        static string[] Lines(string output) => output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private static async Task<string> ActivateAsync(LiveApp app)
    {
        var services = app.Services;
        await using var db = await services.GetRequiredService<IDbContextFactory<AppDbContext>>().CreateDbContextAsync();
        var user = await db.Users.SingleAsync(u => u.Email == People.Publisher);
        var access = await services.GetRequiredService<AccessReader>().ReadAsync(user.Id, CancellationToken.None);
        var answer = await services
            .GetRequiredService<ActivationDesk>()
            .SubmitAsync(new(100101, 5, Network.Production, Acknowledged: true), access, CancellationToken.None);
        Assert.Null(answer.Refusal);
        return PublicId.Of(PublicId.Activation, answer.Activation!.Id);
    }

    /// <summary>A client of the publisher's, as the file that clients of the real service read.</summary>
    private static async Task<string> WriteEdgercAsync(LiveApp app)
    {
        const string secret = "secret-of-the-script";
        await using var db = await app.Services.GetRequiredService<IDbContextFactory<AppDbContext>>().CreateDbContextAsync();
        var client = new ApiClient
        {
            UserId = (await db.Users.SingleAsync(u => u.Email == People.Publisher)).Id,
            Name = "Script",
            AccessToken = "akab-access-of-the-script",
            IsReadOnly = true,
            CreatedAt = DateTimeOffset.UnixEpoch,
            Credentials =
            [
                new ApiCredential
                {
                    ClientToken = "akab-client-of-the-script",
                    ProtectedSecret = app.Services.GetRequiredService<ApiCallers>().Protect(secret),
                    CreatedAt = DateTimeOffset.UnixEpoch,
                },
            ],
        };
        db.ApiClients.Add(client);
        await db.SaveChangesAsync();
        var file = Path.Combine(app.DataDirectory, "script.edgerc");
        await File.WriteAllTextAsync(
            file,
            $"""
            [default]
            client_secret = {secret}
            host = {app.Authority}
            access_token = {client.AccessToken}
            client_token = {client.Credentials[0].ClientToken}

            """
        );
        return file;
    }
}
