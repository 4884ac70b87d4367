using System.Text.RegularExpressions;

namespace PropertyManager.Domain.Configuration;

/// <summary>A name end users type, and the edge hostname its DNS record points at. Both lower-case.</summary>
/// <param name="CnameFrom">The property hostname: <c>www.shop.example</c>; or a wildcard, <c>*.shop.example</c>, for all names with one label more.</param>
/// <param name="EdgeHostname">The edge hostname: <c>www.shop.example.edgekey.net</c>.</param>
/// <param name="MigratedFromLegacy">
/// It comes over from the legacy Configuration Manager: the activation that brings it is an exception (source: how activation works).
/// </param>
public sealed record HostnameEntry(string CnameFrom, string EdgeHostname, bool MigratedFromLegacy = false)
{
    /// <summary>Where its certificate comes from.</summary>
    public CertificateProvisioning Certificate { get; init; }
}

/// <summary>Where the certificate of a hostname comes from.</summary>
public enum CertificateProvisioning
{
    /// <summary>The customer's own enrolment.</summary>
    CpsManaged,

    /// <summary>Made for the hostname when it is activated; and so is its edge hostname, when there is none.</summary>
    Default,

    /// <summary>The customer's own, kept in the Cloud Certificate Manager.</summary>
    Ccm,
}

/// <summary>
/// Which host names may be used: RFC 1123 with at least two labels, in ASCII. Underscores are let through: a name with one is kept, and validation
/// tells of it.
/// </summary>
public static partial class HostnameSyntax
{
    private const string Star = "*.";

    /// <summary>Why this is no property hostname, as the rest of a sentence about it; null when it is one, or a wildcard. Upper case is allowed.</summary>
    public static string? Fault(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (!name.Contains('*', StringComparison.Ordinal))
        {
            return EdgeFault(name);
        }

        return !IsWildcard(name) || name.LastIndexOf('*') > 0
                ? "has a * that is not the whole of its first label; *.shop.example stands for every name with one label more than shop.example"
            : name.Count('.') < 2 ? "covers all names of a domain such as com; at least two labels are expected after the *, as in *.shop.example"
            : name.Length > 253 ? $"has {name.Length} characters; at most 253 are allowed"
            : EdgeFault(Base(name));
    }

    /// <summary>The same of an edge hostname, which is no wildcard.</summary>
    public static string? EdgeFault(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (name.Length == 0)
        {
            return "is empty";
        }

        if (!name.All(char.IsAscii))
        {
            return "is an internationalized name; write it in its ASCII form (xn--…)";
        }

        if (name.Length > 253)
        {
            return $"has {name.Length} characters; at most 253 are allowed";
        }

        var labels = name.Split('.');
        if (labels.Length < 2)
        {
            return "has only one label; a full name such as www.shop.example is expected";
        }

        if (labels.FirstOrDefault(label => label.Length > 63) is { } longest)
        {
            return $"has a label of {longest.Length} characters; at most 63 are allowed";
        }

        if (labels.Any(label => !Label().IsMatch(label)))
        {
            return "is not a host name: its labels are letters, digits and inner hyphens, separated by single dots";
        }

        return labels[^1].All(char.IsAsciiDigit) ? "is an address; a host name is expected" : null;
    }

    /// <summary>It stands for all names with one label in place of its star.</summary>
    public static bool IsWildcard(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.StartsWith(Star, StringComparison.Ordinal);
    }

    /// <summary>It is kept, but DNS knows no such host.</summary>
    public static bool HasUnderscore(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.Contains('_', StringComparison.Ordinal);
    }

    /// <summary>The name without the star of a wildcard.</summary>
    public static string Base(string name) => IsWildcard(name) ? name[Star.Length..] : name;

    /// <summary>The edge hostname of a hostname that is given without one.</summary>
    public static string UsualEdgeHostname(string name) => $"{Base(name)}.edgekey.net";

    [GeneratedRegex("^[A-Za-z0-9_]([A-Za-z0-9_-]*[A-Za-z0-9_])?$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Label();
}
