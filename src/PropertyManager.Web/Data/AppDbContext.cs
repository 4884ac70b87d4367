using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using PropertyManager.Domain.Activations;
using PropertyManager.Domain.Properties;
using PropertyManager.Web.Data.Configurations;

namespace PropertyManager.Web.Data;

/// <summary>The model. Itself it is the SQLite context; each other provider has a subclass, and with it migrations of its own.</summary>
public class AppDbContext : IdentityDbContext<AppUser>
{
    public AppDbContext(DbContextOptions<AppDbContext> options)
        : base(options) { }

    protected AppDbContext(DbContextOptions options)
        : base(options) { }

    public DbSet<Account> Accounts => Set<Account>();
    public DbSet<PropertyGroup> Groups => Set<PropertyGroup>();
    public DbSet<RoleAssignment> RoleAssignments => Set<RoleAssignment>();
    public DbSet<Property> Properties => Set<Property>();
    public DbSet<PropertyVersion> Versions => Set<PropertyVersion>();
    public DbSet<VersionDraft> Drafts => Set<VersionDraft>();
    public DbSet<Hostname> Hostnames => Set<Hostname>();
    public DbSet<Activation> Activations => Set<Activation>();
    public DbSet<ActivationEvent> ActivationEvents => Set<ActivationEvent>();
    public DbSet<ActivationPackage> Packages => Set<ActivationPackage>();
    public DbSet<StandingFault> StandingFaults => Set<StandingFault>();
    public DbSet<OutboxEvent> OutboxEvents => Set<OutboxEvent>();
    public DbSet<OutboxDelivery> OutboxDeliveries => Set<OutboxDelivery>();
    public DbSet<OutboxReceiver> OutboxReceivers => Set<OutboxReceiver>();
    public DbSet<EdgeHostname> EdgeHostnames => Set<EdgeHostname>();
    public DbSet<CpCode> CpCodes => Set<CpCode>();
    public DbSet<ApiClient> ApiClients => Set<ApiClient>();
    public DbSet<ApiCredential> ApiCredentials => Set<ApiCredential>();
    public DbSet<BulkRequest> BulkRequests => Set<BulkRequest>();
    public DbSet<BulkOutcome> BulkOutcomes => Set<BulkOutcome>();
    public DbSet<Webhook> Webhooks => Set<Webhook>();
    public DbSet<UserSession> Sessions => Set<UserSession>();
    public DbSet<SimulationState> Simulation => Set<SimulationState>();
    public DbSet<EngineLease> EngineLeases => Set<EngineLease>();
    public DbSet<KeyRecord> KeyRecords => Set<KeyRecord>();

    /// <summary>
    /// Passkeys came with schema version 3. Identity's context reads this from the options in the application's services, so whoever builds
    /// a context registers it there; overriding the context's own <c>SchemaVersion</c> changes nothing.
    /// </summary>
    public static void ConfigureStores(IdentityOptions options) => options.Stores.SchemaVersion = IdentitySchemaVersions.Version3;

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        // SQLite has no such type: as text it neither sorts nor compares in the database.
        if (Database.IsSqlite())
            configurationBuilder.Properties<DateTimeOffset>().HaveConversion<DateTimeOffsetToBinaryConverter>();
        // SQL Server's type for it ends at 24 hours.
        configurationBuilder.Properties<TimeSpan>().HaveConversion<TimeSpanToTicksConverter>();
    }

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.ApplyConfigurationsFromAssembly(typeof(AppDbContext).Assembly);
        if (Database.IsSqlite())
            ActivationConfiguration.FilterForSqlite(builder.Entity<Activation>());
        // Nothing is deleted by deleting something else; what became of a bulk request is a piece of it.
        var keys = builder.Model.GetEntityTypes().Where(type => type.ClrType != typeof(BulkOutcome)).SelectMany(type => type.GetForeignKeys());
        foreach (var key in keys)
        {
            if (key.PrincipalEntityType.ClrType.Namespace != typeof(IdentityUser).Namespace && key.PrincipalEntityType.ClrType != typeof(AppUser))
                key.DeleteBehavior = DeleteBehavior.Restrict;
        }
    }
}

/// <summary>The same model on SQL Server.</summary>
public sealed class SqlServerAppDbContext(DbContextOptions<SqlServerAppDbContext> options) : AppDbContext(options);
