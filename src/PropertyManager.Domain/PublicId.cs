using System.Globalization;

namespace PropertyManager.Domain;

/// <summary>The identifiers people and programs see: a prefix that tells the kind, and a number. <c>prp_1204</c>, <c>atv_77</c>.</summary>
public static class PublicId
{
    /// <summary><c>act_…</c></summary>
    public const string Account = "act_";

    /// <summary><c>grp_…</c></summary>
    public const string Group = "grp_";

    /// <summary><c>prp_…</c></summary>
    public const string Property = "prp_";

    /// <summary><c>aid_…</c>: a property as what roles are given for. It has the property's number.</summary>
    public const string Asset = "aid_";

    /// <summary><c>atv_…</c></summary>
    public const string Activation = "atv_";

    /// <summary><c>ehn_…</c></summary>
    public const string EdgeHostname = "ehn_";

    /// <summary><c>cpc_…</c></summary>
    public const string CpCode = "cpc_";

    /// <summary>The identifier of <paramref name="number"/> with <paramref name="prefix"/>.</summary>
    public static string Of(string prefix, long number) => string.Create(CultureInfo.InvariantCulture, $"{prefix}{number}");

    /// <summary>The number in <paramref name="text"/>, which may come without its prefix; null when it is neither.</summary>
    public static long? Parse(string prefix, string? text)
    {
        var digits = text is not null && text.StartsWith(prefix, StringComparison.OrdinalIgnoreCase) ? text.AsSpan(prefix.Length) : text;
        return long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : null;
    }
}
