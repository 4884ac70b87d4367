using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Xml;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using PropertyManager.Web.Data;
using PropertyManager.Web.Engine;

namespace PropertyManager.Web.Hosting;

/// <summary>
/// Compares the data directory's keys with those that the database belongs to, before anything uses them. With other keys, servers would refuse
/// every package and no API client would be known.
/// </summary>
public sealed class KeyCheck(IDbContextFactory<AppDbContext> contexts, IDataProtectionProvider protection, DataDirectory data, TimeProvider time)
{
    private const string SentinelText = "Property Manager";
    private const string LostSecret = "The keys that its secret was encrypted with are lost: give it a new secret.";
    private const string Restore = "Restore it from a backup (README, Backup and restore), or start once with";

    private readonly IDataProtector _sentinels = protection.CreateProtector("Sentinel");

    /// <summary>Refuses an empty database file beside keys: an accident made it, and starting would hide that.</summary>
    /// <exception cref="StartupProblem">There is one. Nothing was changed.</exception>
    public static void RefuseEmptyDatabase(StartSettings settings)
    {
        var (data, file) = (settings.Data, settings.Database.File);
        if (file is null || new FileInfo(file) is not { Exists: true, Length: 0 })
            return;
        if (File.Exists(data.File(SigningKey.FileName)) || HasDataKeys(data))
            throw new StartupProblem(
                $"the database {file} is an empty file, but {data.Path} holds the keys of a database. Restore the database from a backup (README, Backup and restore); or delete the empty file, to begin with a new one."
            );
    }

    /// <summary>Returns when the keys are those of the database; a database without a record of its keys adopts what is there.</summary>
    /// <param name="commands">Say which other keys are accepted.</param>
    /// <param name="tell">Takes a line for what was changed for accepted keys.</param>
    /// <exception cref="StartupProblem">Keys are missing, unreadable or foreign, and are not accepted. Nothing was changed.</exception>
    public async Task RunAsync(StartCommands commands, TextWriter tell)
    {
        await using var db = await contexts.CreateDbContextAsync();
        var record = await db.KeyRecords.SingleOrDefaultAsync();
        var problems = new List<string>();
        if (SigningProblem(record) is { } signing && !commands.AcceptNewSigningKey)
            problems.Add(signing);
        if (DataKeysProblem(record) is { } dataKeys && !commands.AcceptNewDataKeys)
            problems.Add(dataKeys);
        if (problems.Count > 0)
            throw new StartupProblem(string.Join(" ", problems));

        await using var transaction = await db.Database.BeginTransactionAsync();
        using var key = LoadOrReplace();
        var fingerprint = SigningKey.Fingerprint(key);
        if (record is null)
            db.KeyRecords.Add(new KeyRecord { Sentinel = NewSentinel(), SigningKey = fingerprint });
        else
        {
            if (record.SigningKey != fingerprint)
            {
                await tell.WriteLineAsync($"New signing key accepted: {await SignAnewAsync(db, key)} packages of open activations signed anew.");
                record.SigningKey = fingerprint;
            }
            if (!CanRead(record))
            {
                SetDamagedKeysAside();
                record.Sentinel = NewSentinel();
                var (clients, webhooks) = await RevokeAsync(db);
                await tell.WriteLineAsync(
                    $"New data keys accepted: {clients} API keys revoked, {webhooks} webhooks disabled. Everybody signs in again."
                );
            }
        }
        await db.SaveChangesAsync();
        await transaction.CommitAsync();
    }

    private string? SigningProblem(KeyRecord? record)
    {
        var path = data.File(SigningKey.FileName);
        var accept = $"{Restore} {StartCommands.SigningKeyOption}, which makes a new key where there is none and signs open activations anew.";
        try
        {
            using var key = SigningKey.Load(data);
            if (record is null || (key is not null && SigningKey.Fingerprint(key) == record.SigningKey))
                return null;
            return key is null
                ? $"{path} is missing: the packages of this database are signed with it. {accept}"
                : $"{path} is not the key that the packages of this database are signed with. {accept}";
        }
        catch (StartupProblem unreadable)
        {
            return $"{unreadable.Message} {accept}";
        }
    }

    private string? DataKeysProblem(KeyRecord? record)
    {
        var keys = data.File(DataDirectory.KeysName);
        var accept =
            $"{Restore} {StartCommands.DataKeysOption}, which revokes the keys of API clients and disables the webhooks whose secrets can no longer be read.";
        if (record is null || CanRead(record))
            return null;
        return HasDataKeys(data)
            ? $"{keys} does not hold the keys that the secrets in this database are encrypted with, or they are damaged. {accept}"
            : $"{keys} holds no keys: the secrets in this database are encrypted with them. {accept}";
    }

    private bool CanRead(KeyRecord record) =>
        // Looking for a key where there is none would make one.
        HasDataKeys(data) && SecretText.CanRead(_sentinels, record.Sentinel);

    [SuppressMessage("Design", "CA1031", Justification = "A damaged key file comes as whatever its parser throws.")]
    private string NewSentinel()
    {
        try
        {
            return _sentinels.Protect(SentinelText);
        }
        catch (Exception exception)
        {
            throw new StartupProblem(
                $"the keys in {data.File(DataDirectory.KeysName)} cannot be used ({exception.Message.TrimEnd('.')}). {Restore} {StartCommands.DataKeysOption}.",
                exception
            );
        }
    }

    /// <summary>One file that cannot be read would keep all the others from being used.</summary>
    private void SetDamagedKeysAside()
    {
        if (!HasDataKeys(data))
            return;
        foreach (var file in Directory.GetFiles(data.File(DataDirectory.KeysName), "*.xml"))
        {
            try
            {
                XElement.Load(file);
            }
            catch (XmlException)
            {
                File.Move(file, file + ".damaged", overwrite: true);
            }
        }
    }

    private static bool HasDataKeys(DataDirectory data) =>
        Directory.Exists(data.File(DataDirectory.KeysName)) && Directory.EnumerateFiles(data.File(DataDirectory.KeysName), "key-*.xml").Any();

    private ECDsa LoadOrReplace()
    {
        try
        {
            return SigningKey.LoadOrCreate(data);
        }
        catch (StartupProblem)
        {
            // Accepted: it is kept under another name.
            return SigningKey.Create(data);
        }
    }

    private static async Task<int> SignAnewAsync(AppDbContext db, ECDsa key)
    {
        var open = await db
            .Packages.Where(p => db.Activations.Any(a => a.Id == p.ActivationId && a.Status.IsOpen))
            .Select(p => p.ActivationId)
            .ToListAsync();
        foreach (var id in open)
        {
            var package = (await db.Packages.AsNoTracking().SingleAsync(p => p.ActivationId == id)).Package;
            var signature = package.SignedBy(key).Signature.ToArray();
            await db.Packages.Where(p => p.ActivationId == id).ExecuteUpdateAsync(set => set.SetProperty(p => p.Signature, signature));
        }
        return open.Count;
    }

    private async Task<(int ApiKeys, int Webhooks)> RevokeAsync(AppDbContext db)
    {
        var now = time.GetUtcNow();
        var credentials = protection.CreateProtector(SecretText.ApiCredential);
        var keys = await db.ApiCredentials.AsNoTracking().Where(c => c.RevokedAt == null).ToListAsync();
        var unreadable = keys.Where(c => !SecretText.CanRead(credentials, c.ProtectedSecret)).ToList();
        foreach (var key in unreadable)
            await db.ApiCredentials.Where(c => c.Id == key.Id).ExecuteUpdateAsync(set => set.SetProperty(c => c.RevokedAt, now));

        // The demo client's file would go on to name a key that is revoked: without it another is made.
        var demo = data.File(DemoClientFile.FileName);
        if (File.Exists(demo) && EdgeRc.ReadClientToken(await File.ReadAllTextAsync(demo)) is { } token)
        {
            if (unreadable.Exists(key => key.ClientToken == token))
                File.Delete(demo);
        }

        var secrets = protection.CreateProtector(SecretText.Webhook);
        var webhooks = await db.Webhooks.AsNoTracking().Where(w => w.DisabledAt == null).ToListAsync();
        var silent = webhooks.Where(w => !SecretText.CanRead(secrets, w.ProtectedSecret)).ToList();
        foreach (var webhook in silent)
            await db
                .Webhooks.Where(w => w.Id == webhook.Id)
                .ExecuteUpdateAsync(set => set.SetProperty(w => w.DisabledAt, now).SetProperty(w => w.DisabledReason, LostSecret));
        return (unreadable.Count, silent.Count);
    }
}
