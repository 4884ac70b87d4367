using System.Globalization;
using PropertyManager.Domain.Configuration.Catalog;

namespace PropertyManager.Web.Engine;

/// <summary>
/// The rule formats that versions can be written in: dated sets of behaviors and criteria. There is one set. Programs that were written for an
/// earlier one name that, and go on: their versions keep the name, and are read by the one set.
/// </summary>
public static class RuleFormats
{
    /// <summary>Stands for the newest, whichever that is when it is asked for.</summary>
    public const string Latest = "latest";

    /// <summary>The day of the earliest that there ever was.</summary>
    private static readonly DateOnly Earliest = new(2015, 8, 17);

    /// <summary>The newest dated one.</summary>
    public static string Newest => RuleCatalog.RuleFormat;

    /// <summary>Which names are taken, as the rest of a sentence.</summary>
    public static string Possible => $"{Latest}, {Newest} and the names of earlier ones, such as v2023-01-05";

    /// <summary>Whether a version can be saved in it.</summary>
    public static bool IsKnown(string name) => name == Latest || (DayOf(name) is { } day && day >= Earliest && day <= DayOf(Newest));

    private static DateOnly? DayOf(string name) =>
        DateOnly.TryParseExact(name, "'v'yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
}
