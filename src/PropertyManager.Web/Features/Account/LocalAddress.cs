namespace PropertyManager.Web.Features.Account;

/// <summary>Where to go after signing in.</summary>
public static class LocalAddress
{
    /// <summary>
    /// The path, where it is one of this site; otherwise the start page. A full address, "//host" and "/\host" (which browsers read as "//host") would
    /// lead elsewhere, and so would one with control characters, which browsers drop.
    /// </summary>
    public static string From(string? url) => url is ['/'] or ['/', not ('/' or '\\'), ..] && !url.Any(char.IsControl) ? url : "/";
}
