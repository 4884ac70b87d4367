using System.Globalization;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using PropertyManager.Domain;
using PropertyManager.Domain.Activations;
using PropertyManager.Domain.Configuration;
using PropertyManager.Domain.Properties;
using PropertyManager.Domain.Rollouts;

namespace PropertyManager.Web.Data.Demo;

/// <summary>Fills a new database with the demo people, properties and past activations.</summary>
public static class DemoSeed
{
    /// <summary>Does nothing where there are accounts already.</summary>
    public static async Task AddDemoDataAsync(this IServiceProvider services)
    {
        await using var db = await services.GetRequiredService<IDbContextFactory<AppDbContext>>().CreateDbContextAsync();
        if (await db.Accounts.AnyAsync())
            return;
        var data = DemoCatalog.Read();
        // All or nothing: a start that is killed in between begins anew.
        await using var transaction = await db.Database.BeginTransactionAsync();
        await AddAccountsAsync(db, data);
        await AddUsersAsync(services, db, data);
        var past = new DemoHistory(services.GetRequiredService<IEdgeNetwork>(), services.GetRequiredService<TimeProvider>().GetUtcNow());
        var properties = data.Properties.Select(demo => (Demo: demo, Property: PropertyOf(db, demo))).ToList();
        await SaveNumberedAsync(db, properties.Select(pair => pair.Property));
        await SaveNumberedAsync(db, properties.SelectMany(pair => CpCodesOf(pair.Demo, pair.Property, past.Now)).DistinctBy(code => code.Id));
        await SaveNumberedAsync(db, properties.SelectMany(pair => EdgeHostnamesOf(pair.Demo, pair.Property, past.Now)).DistinctBy(edge => edge.Id));
        foreach (var (demo, property) in properties)
            db.Versions.AddRange(VersionsOf(demo, property, past.Now));
        // Their plans are most of the work of a first start, and need nobody else.
        var activations = properties.AsParallel().AsOrdered().Select(pair => past.Of(pair.Demo, pair.Property).ToList());
        db.Activations.AddRange(activations.SelectMany(each => each));
        await db.SaveChangesAsync();
        await transaction.CommitAsync();
    }

    private static async Task AddAccountsAsync(AppDbContext db, DemoData data)
    {
        await SaveNumberedAsync(db, data.Accounts.Select((account, index) => new Account { Id = index + 1, Name = account.Name }));
        await SaveNumberedAsync(
            db,
            data.Accounts.SelectMany(
                (account, index) =>
                    account.Groups.Select(group => new PropertyGroup
                    {
                        Id = Number(group.Id),
                        AccountId = index + 1,
                        ParentId = group.Parent is { } parent ? Number(parent) : null,
                        Name = group.Name,
                        ContractId = data.Properties.FirstOrDefault(property => property.Group == group.Id)?.Contract ?? account.Contracts[0].Id,
                    })
            )
        );
    }

    /// <summary>Saves what is new, these rows with it. SQL Server takes numbers that are given only where it is told, for one table at a time.</summary>
    private static async Task SaveNumberedAsync<TRow>(AppDbContext db, IEnumerable<TRow> rows)
        where TRow : class
    {
        db.AddRange(rows);
        var table = db.Model.FindEntityType(typeof(TRow))!.GetTableName();
        if (!db.Database.IsSqlServer())
        {
            await db.SaveChangesAsync();
            return;
        }
#pragma warning disable EF1002, EF1003 // a table's name is no parameter, and it is the model's
        await db.Database.ExecuteSqlRawAsync($"SET IDENTITY_INSERT [{table}] ON");
        await db.SaveChangesAsync();
        await db.Database.ExecuteSqlRawAsync($"SET IDENTITY_INSERT [{table}] OFF");
#pragma warning restore EF1002, EF1003
    }

    private static async Task AddUsersAsync(IServiceProvider services, AppDbContext db, DemoData data)
    {
        await using var scope = services.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<AppUser>>();
        // One hash for the one password: making it is meant to be slow, and here it guards nothing but demo data.
        string? hash = null;
        foreach (var demo in DemoUsers.All)
        {
            var user = new AppUser
            {
                UserName = demo.Email,
                NormalizedUserName = users.NormalizeName(demo.Email),
                Email = demo.Email,
                NormalizedEmail = users.NormalizeEmail(demo.Email),
                EmailConfirmed = true,
                LockoutEnabled = true,
                Name = demo.Name,
                IsSupport = demo.Role is null,
                MayDemonstrate = demo.Role >= Role.Publisher,
                SecurityStamp = Guid.NewGuid().ToString(),
            };
            user.PasswordHash = hash ??= users.PasswordHasher.HashPassword(user, DemoUsers.Password);
            db.Users.Add(user);
            // Those who publish see all three accounts; the others show what one cannot see.
            var accounts = demo.Role >= Role.Publisher ? data.Accounts : data.Accounts.Take(1);
            foreach (var account in accounts.Where(_ => demo.Role is not null))
            {
                var top = Number(account.Groups.First(group => group.Parent is null).Id);
                db.RoleAssignments.Add(
                    new RoleAssignment
                    {
                        UserId = user.Id,
                        GroupId = top,
                        Role = demo.Role!.Value,
                    }
                );
            }
        }
    }

    private static Property PropertyOf(AppDbContext db, DemoProperty demo)
    {
        var group = db.Groups.Local.Single(group => group.Id == Number(demo.Group));
        return new Property
        {
            Id = Number(demo.Id),
            AccountId = group.AccountId,
            GroupId = group.Id,
            Name = demo.Name,
            ProductId = demo.Product,
            Traffic = demo.Traffic,
            Audience = demo.Audience,
        };
    }

    private static IEnumerable<PropertyVersion> VersionsOf(DemoProperty demo, Property property, DateTimeOffset now) =>
        demo.Versions.Select(version => new PropertyVersion
        {
            PropertyId = property.Id,
            Number = version.Number,
            BasedOn = version.BasedOn,
            Notes = version.Note,
            RuleFormat = version.RuleFormat,
            IsLocked = demo.Activations.Any(activation => activation.Version == version.Number),
            Rules = RuleTreeJson.Write(version.Rules),
            Hostnames = VersionView.Rows(version.Hostnames, property.Id, version.Number),
            Author = version.Author,
            UpdatedAt = now - version.Age,
        });

    // What a property's rules and hostnames name was made before its first version.
    private static DateTimeOffset MadeAt(DemoProperty demo, DateTimeOffset now) => now - demo.Versions.Max(version => version.Age);

    private static IEnumerable<CpCode> CpCodesOf(DemoProperty demo, Property property, DateTimeOffset now) =>
        demo.CpCodes.Select(code => new CpCode
        {
            Id = Number(code.Id),
            AccountId = property.AccountId,
            GroupId = property.GroupId,
            ContractId = demo.Contract,
            ProductId = demo.Product,
            Name = code.Name,
            CreatedAt = MadeAt(demo, now),
        });

    private static IEnumerable<EdgeHostname> EdgeHostnamesOf(DemoProperty demo, Property property, DateTimeOffset now) =>
        demo.EdgeHostnames.Select(edge =>
        {
            var (prefix, suffix) = EdgeHostname.Split(edge.Name);
            return new EdgeHostname
            {
                Id = Number(edge.Id),
                AccountId = property.AccountId,
                GroupId = property.GroupId,
                ContractId = demo.Contract,
                ProductId = demo.Product,
                Prefix = prefix,
                Suffix = suffix,
                CreatedAt = MadeAt(demo, now),
            };
        });

    internal static long Number(string id) => long.Parse(id.AsSpan(id.IndexOf('_', StringComparison.Ordinal) + 1), CultureInfo.InvariantCulture);
}

/// <summary>Past activations as they would stand in the database, had they run here.</summary>
internal sealed class DemoHistory(IEdgeNetwork edge, DateTimeOffset now)
{
    /// <summary>Ages are counted back from here.</summary>
    public DateTimeOffset Now => now;

    public IEnumerable<Activation> Of(DemoProperty demo, Property property)
    {
        Dictionary<Network, int> active = [];
        Dictionary<Network, RolloutPlan> plans = [];
        foreach (var past in demo.Activations)
        {
            var network = past.Network == DemoNetwork.Staging ? Network.Staging : Network.Production;
            if (!plans.TryGetValue(network, out var plan))
            {
                var pace = network == Network.Staging ? RolloutPace.Staging : RolloutPace.Standard;
                plans[network] = plan = RolloutPlanner.Plan(network, edge.Survey(network, property.Id, property.Traffic), pace, property.Id);
            }
            yield return One(demo, past, property, network, plan, active.TryGetValue(network, out var previous) ? previous : null);
            if (past.Outcome is DemoOutcome.Active or DemoOutcome.Inactive)
                active[network] = past.Version;
            else if (past.Outcome == DemoOutcome.Deactivated)
                active.Remove(network);
        }
    }

    private Activation One(DemoProperty demo, DemoActivation past, Property property, Network network, RolloutPlan plan, int? previous)
    {
        var type = Enum.Parse<ActivationType>(past.Type.ToString());
        // A version that was taken off later was active, and is not any more.
        var state =
            past.Outcome == DemoOutcome.Deactivated && type != ActivationType.Deactivate
                ? ActivationState.Inactive
                : Enum.Parse<ActivationState>(past.Outcome.ToString());
        var submitted = now - past.Age;
        var reached = past.Outcome is not (DemoOutcome.Aborted or DemoOutcome.Failed);
        var live = reached && network == Network.Production ? past.Duration * 0.3 : (TimeSpan?)null;
        var cause = past.Cause is { By: { } by } ? $"Cancelled by {by}: {past.Cause.Detail}" : past.Cause?.Detail;
        var activation = new Activation
        {
            AccountId = property.AccountId,
            PropertyId = property.Id,
            Version = past.Version,
            Network = network,
            Type = type,
            PreviousVersion = previous,
            ExceptionReason = type == ActivationType.Activate ? ExceptionReason(demo, past.Version, previous) : null,
            Plan = plan,
            StartedAt = submitted,
            Intent = new ActivationIntent
            {
                SubmittedBy = past.By,
                SubmittedAt = submitted,
                Note = past.Note,
                CancelRequestedBy = past.Cause?.By,
                CancelRequestedAt = past.Cause?.By is null ? null : submitted + (past.Duration * 0.7),
            },
            Status = new ActivationStatus
            {
                State = state,
                LiveAfter = live,
                EndedAfter = past.Duration,
                DecidedAfter = past.Duration,
                CancelledAfter = past.Outcome == DemoOutcome.Aborted ? past.Duration * 0.7 : null,
                Cause = cause,
            },
        };
        AddEvents(activation, past, reached);
        return activation;
    }

    private static string? ExceptionReason(DemoProperty demo, int number, int? previous)
    {
        var version = demo.Versions[number - 1];
        var changes = HostnameChanges.Between(previous is { } before ? demo.Versions[before - 1].Hostnames : [], version.Hostnames);
        return ActivationClass.Of(changes.Count, RuleTreeFacts.UsesAdvancedMetadata(version.Rules), changes.Migrated).Reason;
    }

    private static void AddEvents(Activation activation, DemoActivation past, bool reached)
    {
        Add(activation, ActivationState.Pending, TimeSpan.Zero, $"Submitted by {past.By}");
        if (activation.Status.LiveAfter is { } at)
            Add(activation, ActivationState.World, at, $"Live traffic is on version {past.Version}");
        if (past.Outcome == DemoOutcome.Aborted)
            Add(activation, ActivationState.Cancelling, past.Duration * 0.7, activation.Status.Cause ?? "Cancelled");
        var end = reached
            ? activation.Type == ActivationType.Deactivate
                ? ActivationState.Deactivated
                : ActivationState.Active
            : activation.Status.State;
        Add(
            activation,
            end,
            past.Duration,
            end switch
            {
                ActivationState.Active => $"Version {past.Version} on all of the network",
                ActivationState.Deactivated => "The property is off the network",
                ActivationState.Aborted when activation.PreviousVersion is { } version => $"Version {version} restored",
                ActivationState.Aborted => "Taken off again; no version is active",
                _ => activation.Status.Cause ?? "Could not be carried out",
            }
        );
    }

    private static void Add(Activation activation, ActivationState state, TimeSpan elapsed, string reason) =>
        activation.History.Add(
            new ActivationEvent
            {
                State = state,
                At = activation.Intent.SubmittedAt + elapsed,
                Elapsed = elapsed,
                Reason = reason,
            }
        );
}
