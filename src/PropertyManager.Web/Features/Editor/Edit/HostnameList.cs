using PropertyManager.Domain.Configuration;

namespace PropertyManager.Web.Features.Editor.Edit;

/// <summary>Hostnames as people paste them.</summary>
public static class HostnameList
{
    private const int ShownFaults = 10;

    /// <summary>Reads one hostname a line, or separated by commas, each with its edge hostname after a space, tab or arrow, or without one.</summary>
    /// <param name="text">What was pasted.</param>
    /// <param name="there">Hostnames that the version has: none of them may come again.</param>
    public static (List<HostnameEntry> Added, List<string> Faults) Read(string text, IEnumerable<HostnameEntry> there)
    {
        var added = new List<HostnameEntry>();
        var faults = new List<string>();
        var known = there.Select(hostname => hostname.CnameFrom).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var entry in text.Split(['\n', ',', ';'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var parts = entry
                .Replace("->", " ", StringComparison.Ordinal)
                .Replace('→', ' ')
                .Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
            var name = parts.Length > 0 ? parts[0].ToLowerInvariant() : "";
            var edge = parts.Length > 1 ? parts[1].ToLowerInvariant() : HostnameSyntax.UsualEdgeHostname(name);
            if (parts.Length > 2)
                faults.Add($"“{entry}” has more than a hostname and an edge hostname.");
            else if (HostnameSyntax.Fault(name) is { } fault)
                faults.Add($"“{name}” {fault}.");
            else if (HostnameSyntax.EdgeFault(edge) is { } edgeFault)
                faults.Add($"The edge hostname “{edge}” {edgeFault}.");
            else if (!known.Add(name))
                faults.Add($"“{name}” is there already.");
            else
                added.Add(new HostnameEntry(name, edge));
        }
        if (faults.Count > ShownFaults)
            faults = [.. faults.Take(ShownFaults), $"And {faults.Count - ShownFaults} more."];
        return (added, faults);
    }
}
