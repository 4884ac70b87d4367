namespace PropertyManager.Domain.Configuration;

/// <summary>
/// The hostnames of a property, as a server looks up which of them a request is for: the name itself, otherwise the wildcard that stands for it.
/// </summary>
public sealed class HostnameLookup
{
    private readonly Dictionary<string, string> _names = new(StringComparer.OrdinalIgnoreCase);

    // By what follows the star: ".app.shop.example".
    private readonly Dictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> _wildcards;

    /// <param name="hostnames">Names and wildcards; of two that differ in case only one counts.</param>
    public HostnameLookup(IEnumerable<string> hostnames)
    {
        ArgumentNullException.ThrowIfNull(hostnames);
        _wildcards = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();
        foreach (var hostname in hostnames)
        {
            if (HostnameSyntax.IsWildcard(hostname))
            {
                _wildcards.Dictionary[hostname[1..]] = hostname;
            }
            else
            {
                _names[hostname] = hostname;
            }
        }
    }

    /// <summary>There are no hostnames.</summary>
    public bool IsEmpty => _names.Count == 0 && _wildcards.Dictionary.Count == 0;

    /// <summary>The hostname that a request for a host is for, in any case; null where it is for none of them.</summary>
    public string? Find(string host)
    {
        ArgumentNullException.ThrowIfNull(host);
        if (_names.TryGetValue(host, out var name))
        {
            return name;
        }

        // A wildcard stands for one label, so that no two of them stand for one host.
        var dot = host.IndexOf('.', StringComparison.Ordinal);
        return dot > 0 && _wildcards.TryGetValue(host.AsSpan(dot), out name) ? name : null;
    }

    /// <summary>A host that end users ask for where they ask for a hostname: the hostname itself; of a wildcard one that no other hostname takes.</summary>
    public string Example(string hostname)
    {
        ArgumentNullException.ThrowIfNull(hostname);
        if (!HostnameSyntax.IsWildcard(hostname))
        {
            return hostname;
        }

        var example = $"www{hostname[1..]}";
        for (var i = 1; _names.ContainsKey(example); i++)
        {
            example = FormattableString.Invariant($"www{i}{hostname[1..]}");
        }

        return example;
    }
}
