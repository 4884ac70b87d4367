using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using PropertyManager.Domain;
using PropertyManager.Domain.Activations;
using PropertyManager.Domain.Properties;
using PropertyManager.Domain.Rollouts;
using PropertyManager.Web.Data;

namespace PropertyManager.Web.Tests.Properties;

/// <summary>A SQLite file with two accounts: in the first a group with a group in it, in the second one group.</summary>
internal sealed class PropertyDatabase : IDbContextFactory<AppDbContext>, IDisposable
{
    public const long Top = 1;
    public const long Shop = 2;
    public const long Foreign = 3;

    public static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("property-manager-");

    public PropertyDatabase()
    {
        using var db = CreateDbContext();
        db.Database.EnsureCreated();
        db.Accounts.AddRange(new Account { Id = 1, Name = "Ours" }, new Account { Id = 2, Name = "Theirs" });
        db.Groups.AddRange(Group(Top, 1, null, "Ours"), Group(Shop, 1, Top, "Shop"), Group(Foreign, 2, null, "Theirs"));
        db.SaveChanges();
    }

    /// <summary>Sees the first account.</summary>
    public static Access Ours(Role role = Role.Publisher) =>
        new("somebody@demo.example", new Dictionary<long, Role> { [Top] = role, [Shop] = role }, IsSupport: false, MayDemonstrate: false);

    public AppDbContext CreateDbContext() =>
        new(
            new DbContextOptionsBuilder<AppDbContext>().UseSqlite($"Data Source={Path.Combine(_directory.FullName, "test.db")};Pooling=False").Options
        );

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        _directory.Delete(recursive: true);
    }

    /// <summary>A property; the hostnames are those of version 1, 2 …</summary>
    public long Add(string name, long group = Shop, params string[][] hostnames)
    {
        using var db = CreateDbContext();
        var property = new Property
        {
            AccountId = group == Foreign ? 2 : 1,
            GroupId = group,
            Name = name,
            ProductId = "prd_SPM",
            Traffic = new(2000, new Dictionary<string, double>(StringComparer.Ordinal) { ["DE"] = 1 }, new(1, 0, 0, 0)),
        };
        db.Properties.Add(property);
        db.SaveChanges();
        foreach (var (index, names) in hostnames.Index())
        {
            db.Versions.Add(
                new PropertyVersion
                {
                    PropertyId = property.Id,
                    Number = index + 1,
                    RuleFormat = "v2025-10-16",
                    Rules = "{}",
                    Author = "author@demo.example",
                    UpdatedAt = Noon.AddMinutes(index),
                    Hostnames = [.. names.Select(host => new Hostname { CnameFrom = host, EdgeHostname = host + ".edgekey.net" })],
                }
            );
        }
        db.SaveChanges();
        return property.Id;
    }

    public Activation Activate(
        long property,
        int version,
        Network network,
        ActivationState state,
        int minutes = 0,
        string by = "somebody@demo.example"
    )
    {
        using var db = CreateDbContext();
        var activation = new Activation
        {
            AccountId = 1,
            PropertyId = property,
            Version = version,
            Network = network,
            Type = ActivationType.Activate,
            Plan = new([], RolloutPace.Staging, 1),
            StartedAt = Noon,
            Intent = new() { SubmittedBy = by, SubmittedAt = Noon.AddMinutes(minutes) },
            Status = new() { State = state, EndedAfter = state > ActivationState.Cancelling ? TimeSpan.FromMinutes(minutes + 1) : null },
        };
        db.Activations.Add(activation);
        db.SaveChanges();
        return activation;
    }

    private static PropertyGroup Group(long id, long account, long? parent, string name) =>
        new()
        {
            Id = id,
            AccountId = account,
            ParentId = parent,
            Name = name,
            ContractId = "ctr_1",
        };
}
