using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using PropertyManager.Domain;
using PropertyManager.Tests;
using PropertyManager.Web.Data;
using PropertyManager.Web.Engine;
using PropertyManager.Web.Hosting;
using PropertyManager.Web.Tests.Engine;

namespace PropertyManager.Web.Tests;

/// <summary>Real processes whose keys are not those of their database, or do not look like keys.</summary>
public sealed class KeyStartTests
{
    private const string Production = "Production";

    [Fact]
    public async Task Without_its_signing_key_it_does_not_start_and_with_another_it_signs_what_is_open_anew()
    {
        await using var app = new AppProcess(("Simulation:Speed", "1")) { Environment = Production };
        await using var world = new EngineWorld(app.DataDirectory);
        var order = new ActivationOrder(EngineWorld.Shop, 1, Network.Production, Acknowledged: true);
        var answer = await world.StartNode().Desk.SubmitAsync(order, EngineWorld.Publisher, CancellationToken.None);
        // A database without a record adopts what is there.
        await app.StartAsync();
        await app.KillAsync();
        var file = Path.Combine(app.DataDirectory, "signing.pem");

        File.Delete(file);
        await BadDay.AssertRefusesAsync(app, $"{file} is missing", "README, Backup and restore", "--accept-new-signing-key");
        Assert.False(File.Exists(file));
        using (SigningKey.LoadOrCreate(new DataDirectory(app.DataDirectory)))
            await BadDay.AssertRefusesAsync(app, $"{file} is not the key that the packages of this database are signed with");
        await File.WriteAllTextAsync(file, "garbage");
        await BadDay.AssertRefusesAsync(app, $"{file} cannot be read as a signing key", "--accept-new-signing-key");

        app.Options.Add("--accept-new-signing-key");
        await app.StartAsync();
        await app.WaitForErrorAsync("New signing key accepted: 1 packages of open activations signed anew.");
        using var key = SigningKey.LoadOrCreate(new DataDirectory(app.DataDirectory));
        await using (var db = world.CreateDbContext())
        {
            var package = (await db.Packages.SingleAsync(p => p.ActivationId == answer.Activation!.Id)).Package;
            Assert.Null(package.Check(answer.Activation!.Revision, key));
        }
        Assert.Equal("garbage", await File.ReadAllTextAsync(file + ".replaced"));
        app.Options.Clear();
        await app.RestartAsync();
        Assert.Empty(app.Errors);
    }

    [Fact]
    public async Task Without_its_data_keys_it_does_not_start_and_with_others_it_revokes_what_cannot_be_read()
    {
        await using var app = new AppProcess { Environment = Production };
        await using var world = new EngineWorld(app.DataDirectory);
        await app.StartAsync();
        await app.KillAsync();
        await AddSecretsAsync(world);
        var keys = Path.Combine(app.DataDirectory, "keys");
        var key = Directory.GetFiles(keys).Single();
        var content = await File.ReadAllTextAsync(key);

        File.Delete(key);
        await BadDay.AssertRefusesAsync(app, $"{keys} holds no keys", "README, Backup and restore", "--accept-new-data-keys");
        // Looking for a key has not made one.
        Assert.Empty(Directory.GetFiles(keys));
        await File.WriteAllTextAsync(key, "<garbage");
        await BadDay.AssertRefusesAsync(app, $"{keys} does not hold the keys", "damaged", "--accept-new-data-keys");
        await File.WriteAllTextAsync(key, content);
        await app.StartAsync();
        await app.KillAsync();
        Assert.Empty(app.Errors);

        await File.WriteAllTextAsync(key, "<garbage");
        app.Options.Add("--accept-new-data-keys");
        await app.StartAsync();
        await app.WaitForErrorAsync("New data keys accepted: 1 API keys revoked, 1 webhooks disabled.");
        await using (var db = world.CreateDbContext())
        {
            Assert.NotNull((await db.ApiCredentials.SingleAsync()).RevokedAt);
            Assert.NotNull((await db.Webhooks.SingleAsync()).DisabledAt);
        }
        app.Options.Clear();
        await app.RestartAsync();
        Assert.Empty(app.Errors);
    }

    [Fact]
    public async Task What_the_keys_that_are_there_decrypt_is_kept_with_new_data_keys()
    {
        await using var world = new EngineWorld();
        var (data, protection) = (new DataDirectory(world.Directory), new EphemeralDataProtectionProvider());
        using var signing = SigningKey.LoadOrCreate(data);
        await AddSecretsAsync(world);
        await using (var db = world.CreateDbContext())
        {
            db.KeyRecords.Add(new KeyRecord { Sentinel = "CfDJ8", SigningKey = SigningKey.Fingerprint(signing) });
            var client = await db.ApiClients.SingleAsync();
            client.Credentials.Add(
                new ApiCredential
                {
                    ClientToken = "akab-known",
                    ProtectedSecret = protection.CreateProtector(SecretText.ApiCredential).Protect("known"),
                    CreatedAt = DateTimeOffset.UnixEpoch,
                }
            );
            db.Webhooks.Add(
                new Webhook
                {
                    UserId = "ann",
                    Url = "https://known.example/",
                    ProtectedSecret = protection.CreateProtector(SecretText.Webhook).Protect("known"),
                    CreatedAt = DateTimeOffset.UnixEpoch,
                }
            );
            await db.SaveChangesAsync();
        }

        await using var told = new StringWriter();
        await new KeyCheck(world, protection, data, TimeProvider.System).RunAsync(StartCommands.Parse([StartCommands.DataKeysOption]), told);

        Assert.Contains("1 API keys revoked, 1 webhooks disabled.", told.ToString(), StringComparison.Ordinal);
        await using var after = world.CreateDbContext();
        Assert.Equal("akab-known", (await after.ApiCredentials.SingleAsync(c => c.RevokedAt == null)).ClientToken);
        Assert.Equal("https://known.example/", (await after.Webhooks.SingleAsync(w => w.DisabledAt == null)).Url);
    }

    [Fact]
    public async Task In_Development_the_demo_key_is_made_anew_with_new_data_keys()
    {
        await using var app = new AppProcess(("urls", "http://127.0.0.1:0;https://127.0.0.1:0"));
        await app.StartAsync();
        await app.WaitForOutputAsync("API key");
        await app.KillAsync();
        var file = Path.Combine(app.DataDirectory, "demo.edgerc");
        var before = EdgeRc.ReadClientToken(await File.ReadAllTextAsync(file));
        Directory.Delete(Path.Combine(app.DataDirectory, "keys"), recursive: true);

        app.Options.Add("--accept-new-data-keys");
        await app.StartAsync();
        await app.WaitForOutputAsync("API key");

        Assert.NotEqual(before, EdgeRc.ReadClientToken(await File.ReadAllTextAsync(file)), StringComparer.Ordinal);
    }

    [Fact]
    public async Task An_empty_database_beside_keys_is_refused_and_left_alone()
    {
        await using var app = new AppProcess { Environment = Production };
        using (SigningKey.LoadOrCreate(new DataDirectory(app.DataDirectory))) { }
        var database = Path.Combine(app.DataDirectory, "property-manager.db");
        await File.WriteAllBytesAsync(database, []);

        await BadDay.AssertRefusesAsync(app, $"the database {database} is an empty file", "Restore the database");
        Assert.Equal(0, new FileInfo(database).Length);

        File.Delete(database);
        await app.StartAsync();
    }

    [Fact]
    public async Task A_development_certificate_that_cannot_be_read_is_named()
    {
        var data = new DataDirectory(Directory.CreateTempSubdirectory("property-manager-").FullName);
        await File.WriteAllTextAsync(data.File("development.pfx"), "garbage");

        var problem = Assert.Throws<StartupProblem>(() => DevelopmentCertificate.LoadOrCreate(data, TimeProvider.System));

        Assert.Contains("development.pfx cannot be read", problem.Message, StringComparison.Ordinal);
        Directory.Delete(data.Path, recursive: true);
    }

    [Fact]
    public void A_public_key_cannot_sign_and_is_refused()
    {
        var data = new DataDirectory(Directory.CreateTempSubdirectory("property-manager-").FullName);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        File.WriteAllText(data.File("signing.pem"), key.ExportSubjectPublicKeyInfoPem());

        Assert.Contains(
            "cannot be read as a signing key",
            Assert.Throws<StartupProblem>(() => SigningKey.Load(data)).Message,
            StringComparison.Ordinal
        );
        Directory.Delete(data.Path, recursive: true);
    }

    /// <summary>An API client and a webhook, with secrets that the keys of the data directory do not decrypt.</summary>
    private static async Task AddSecretsAsync(EngineWorld world)
    {
        await using var db = world.CreateDbContext();
        db.Users.Add(
            new AppUser
            {
                Id = "ann",
                UserName = "ann@shop.example",
                Name = "Ann",
            }
        );
        db.ApiClients.Add(
            new ApiClient
            {
                UserId = "ann",
                Name = "Pipeline",
                AccessToken = "akab-access",
                CreatedAt = DateTimeOffset.UnixEpoch,
                Credentials =
                [
                    new ApiCredential
                    {
                        ClientToken = "akab-client",
                        ProtectedSecret = "CfDJ8",
                        CreatedAt = DateTimeOffset.UnixEpoch,
                    },
                ],
            }
        );
        db.Webhooks.Add(
            new Webhook
            {
                UserId = "ann",
                Url = "https://hooks.example/",
                ProtectedSecret = "CfDJ8",
                CreatedAt = DateTimeOffset.UnixEpoch,
            }
        );
        await db.SaveChangesAsync();
    }
}
