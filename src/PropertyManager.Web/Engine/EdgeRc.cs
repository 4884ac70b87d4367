namespace PropertyManager.Web.Engine;

/// <summary><c>.edgerc</c>, the file from which existing clients read their key and the host.</summary>
public static class EdgeRc
{
    private const string ClientToken = "client_token";
    private const string Host = "host";

    /// <summary>The file with one section, <c>[default]</c>.</summary>
    /// <param name="key">Whose requests it signs.</param>
    /// <param name="host">Where they go: host name, and port unless it is 443.</param>
    public static string Text(ApiKey key, string host) =>
        $"""
            [default]
            client_secret = {key.ClientSecret}
            {Host} = {host}
            access_token = {key.AccessToken}
            {ClientToken} = {key.ClientToken}

            """;

    /// <summary>The client token that a file holds; null when it holds none.</summary>
    public static string? ReadClientToken(string text) =>
        text.Split('\n')
            .Where(line => IsOf(line, ClientToken))
            .Select(line => line[(line.IndexOf('=', StringComparison.Ordinal) + 1)..].Trim())
            .FirstOrDefault();

    /// <summary>The same file with another host; the very same when it names that one.</summary>
    public static string WithHost(string text, string host) =>
        string.Join('\n', text.Split('\n').Select(line => IsOf(line, Host) ? $"{Host} = {host}" : line));

    /// <summary>
    /// Where clients reach this server, who all speak https: the address that a person has in front of them, if it is one; otherwise the first that
    /// the server listens on. Null when there is none.
    /// </summary>
    /// <param name="listening">The server's addresses.</param>
    /// <param name="page">Address of the page that asks; null where nobody looks.</param>
    public static string? HostOf(IEnumerable<string> listening, Uri? page)
    {
        if (page?.Scheme == Uri.UriSchemeHttps)
            return page.Authority;
        var address = listening
            .Where(each => each.StartsWith("https://", StringComparison.OrdinalIgnoreCase))
            .Select(BindingAddress.Parse)
            .FirstOrDefault();
        if (address is null)
            return null;
        // What listens on every address of the machine is reached by the name that the page was reached by.
        var name = address.Host is "*" or "+" or "0.0.0.0" or "[::]" ? page?.Host ?? "localhost" : address.Host;
        return address.Port == 443 ? name : FormattableString.Invariant($"{name}:{address.Port}");
    }

    private static bool IsOf(string line, string name) => line.Split('=')[0].Trim() == name && line.Contains('=', StringComparison.Ordinal);
}
