namespace PropertyManager.Domain.Configuration.Evaluation;

/// <summary>What the option <c>normalize</c> of the criterion <c>path</c> does, so that <c>/a/%2e%2e/b</c> cannot get around a rule.</summary>
internal static class PathNormalizer
{
    /// <summary>The path decoded once, without double slashes, and with <c>.</c> and <c>..</c> resolved.</summary>
    public static string Normalize(string path)
    {
        var decoded = Fields.Decode(path);
        var plain = !decoded.Contains("//", StringComparison.Ordinal) && !decoded.Contains("/.", StringComparison.Ordinal) && decoded.StartsWith('/');
        if (plain)
        {
            return decoded;
        }

        var kept = new List<string>();
        var segments = decoded.Split('/');
        foreach (var segment in segments)
        {
            if (segment == ".." && kept.Count > 0)
            {
                kept.RemoveAt(kept.Count - 1);
            }
            else if (segment is not ("" or "." or ".."))
            {
                kept.Add(segment);
            }
        }

        var directory = kept.Count > 0 && segments[^1] is "" or "." or "..";
        return "/" + string.Join('/', kept) + (directory ? "/" : "");
    }
}
