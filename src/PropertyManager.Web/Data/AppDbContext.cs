using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace PropertyManager.Web.Data;

/// <summary>The model. Itself it is the SQLite context; each other provider has a subclass, and with it migrations of its own.</summary>
public class AppDbContext : IdentityDbContext<AppUser>
{
    public AppDbContext(DbContextOptions<AppDbContext> options)
        : base(options) { }

    protected AppDbContext(DbContextOptions options)
        : base(options) { }

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
    }
}

public sealed class SqlServerAppDbContext(DbContextOptions<SqlServerAppDbContext> options) : AppDbContext(options);
