using System.Data.Common;
using Microsoft.EntityFrameworkCore;

namespace PropertyManager.Web.Data;

/// <summary>Tells what a database does from bugs.</summary>
public static class DatabaseTrouble
{
    /// <summary>
    /// Whether it comes from the database, as itself or within another: what may pass on SQL Server comes within an
    /// <see cref="InvalidOperationException"/>.
    /// </summary>
    public static bool IsDatabase(this Exception exception) =>
        exception is DbException or DbUpdateException || exception.InnerException?.IsDatabase() == true;
}
