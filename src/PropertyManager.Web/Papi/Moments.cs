using System.Globalization;

namespace PropertyManager.Web.Papi;

/// <summary>Times in answers: ISO 8601, UTC, to the second.</summary>
internal static class Moments
{
    public static string Text(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
