using Microsoft.Data.Sqlite;
using PropertyManager.Web.Hosting;

namespace PropertyManager.Web.Data;

public enum DatabaseProvider
{
    Sqlite,
    SqlServer,
}

/// <summary>Section <c>Database</c>: <c>Provider</c>, and <c>ConnectionString</c>, which SQLite can do without.</summary>
public sealed record DatabaseSettings(DatabaseProvider Provider, string ConnectionString)
{
    public static DatabaseSettings From(IConfiguration configuration, DataDirectory data)
    {
        var section = configuration.GetSection("Database");
        var provider = section.GetValue("Provider", DatabaseProvider.Sqlite);
        var given = section["ConnectionString"];
        if (!string.IsNullOrWhiteSpace(given))
            return new DatabaseSettings(provider, given);
        if (provider != DatabaseProvider.Sqlite)
            throw new InvalidOperationException($"Database:ConnectionString is needed for {provider}.");
        return new DatabaseSettings(provider, new SqliteConnectionStringBuilder { DataSource = data.File("property-manager.db") }.ToString());
    }
}
