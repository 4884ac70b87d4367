namespace PropertyManager.Domain.Configuration.Validation;

/// <summary>The hostnames of a version, and the edge hostnames they point at.</summary>
internal static class HostnameChecks
{
    /// <summary>What a hostname lacks affects those requests that ask for it, as if a rule had the hostname as its criterion.</summary>
    private const int OfOne = 1;

    private static readonly string[] EdgeDomains = [".edgekey.net", ".edgesuite.net", ".akamaized.net"];

    /// <summary>The messages, in the order of the hostnames.</summary>
    /// <remarks>Whether an edge hostname is another property's cannot be told from one version.</remarks>
    public static IEnumerable<ValidationMessage> Of(IReadOnlyList<HostnameEntry> hostnames)
    {
        if (hostnames.Count == 0)
        {
            yield return new(Severity.Error, "No hostnames", "A version without hostnames answers nobody. Add at least one.", "/hostnames");
        }

        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < hostnames.Count; i++)
        {
            var (name, pointer) = (hostnames[i].CnameFrom, $"/hostnames/{i}");
            foreach (var message in OfName(name, pointer, seen).Concat(OfEdge(name, hostnames[i].EdgeHostname, pointer)))
            {
                yield return message with
                {
                    RulePath = name,
                    Criteria = OfOne,
                };
            }
        }
    }

    private static IEnumerable<ValidationMessage> OfName(string name, string pointer, HashSet<string> seen)
    {
        if (!seen.Add(name))
        {
            yield return new(
                Severity.Error,
                "A hostname stands twice",
                $"{name} can point at one edge hostname only. Remove one of the two.",
                pointer
            );
        }

        if (HostnameSyntax.HasUnderscore(name))
        {
            const string why = "has an underscore: DNS has no such host names, and no certificate is issued for one. Use a hyphen in its place.";
            yield return new(Severity.Error, "An underscore in a hostname", $"{name} {why}", pointer) { DetailOfMany = $"The hostname {why}" };
        }
    }

    private static IEnumerable<ValidationMessage> OfEdge(string name, string edge, string pointer)
    {
        if (string.IsNullOrWhiteSpace(edge))
        {
            const string why = "has no edge hostname to point at, so its end users do not come here. Choose one.";
            yield return new(Severity.Warning, "No edge hostname", $"{name} {why}", pointer) { DetailOfMany = $"The hostname {why}" };
        }
        else if (!EdgeDomains.Any(domain => edge.Length > domain.Length && edge.EndsWith(domain, StringComparison.OrdinalIgnoreCase)))
        {
            var why = $"which is none of this network: edge hostnames end in {string.Join(", ", EdgeDomains)}.";
            yield return new(Severity.Warning, "A foreign edge hostname", $"{name} points at {edge}, {why}", pointer)
            {
                DetailOfMany = $"The hostname points at a name {why}",
            };
        }
    }
}
