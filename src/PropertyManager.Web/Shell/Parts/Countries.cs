using System.Globalization;
using PropertyManager.Domain.Configuration.Evaluation;

namespace PropertyManager.Web.Shell.Parts;

/// <summary>Countries by their names.</summary>
public static class Countries
{
    private static readonly Lazy<IReadOnlyList<(string Code, string Name)>> Known = new(() =>
        [.. Continents.Countries.Select(code => (code, Name(code))).OrderBy(country => country.Item2, StringComparer.InvariantCultureIgnoreCase)]
    );

    /// <summary>All, by name.</summary>
    public static IReadOnlyList<(string Code, string Name)> All => Known.Value;

    /// <summary>"Germany"; the code itself where it has no name.</summary>
    /// <param name="code">ISO 3166-1 alpha-2.</param>
    public static string Name(string code)
    {
        try
        {
            return new RegionInfo(code).EnglishName;
        }
        catch (ArgumentException)
        {
            return code;
        }
    }
}
