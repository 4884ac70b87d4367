using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace PropertyManager.Web.Engine;

/// <summary>
/// The digest that programs name a state of a version by: one for its rules, hostnames and notes, as they are saved together. Whoever saves
/// names the state that they changed, and what others made of it meanwhile is not overwritten.
/// </summary>
public static class VersionEtag
{
    private const int Bytes = 20;

    /// <summary>40 hexadecimal digits; another for each revision.</summary>
    public static string Of(long propertyId, int number, int revision)
    {
        var state = string.Create(CultureInfo.InvariantCulture, $"{propertyId}/{number}/{revision}");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(state)).AsSpan(0, Bytes));
    }
}
