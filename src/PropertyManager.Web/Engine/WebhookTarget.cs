using System.Net;
using System.Net.Sockets;

namespace PropertyManager.Web.Engine;

/// <summary>
/// Where webhooks may be sent: to the public internet. Whoever names an address must not get this server to speak to its own network in their place.
/// </summary>
public static class WebhookTarget
{
    /// <summary>Characters of an address, at most.</summary>
    public const int MaxLength = 2000;

    private static readonly (string Range, string Name)[] Named =
    [
        ("0.0.0.0/8", "unspecified"),
        ("10.0.0.0/8", "private"),
        ("100.64.0.0/10", "shared"),
        ("127.0.0.0/8", "loopback"),
        // Where a cloud speaks to its own machines, by an address that looks public.
        ("168.63.129.16/32", "reserved"),
        ("169.254.0.0/16", "link-local"),
        ("172.16.0.0/12", "private"),
        ("192.0.0.0/24", "reserved"),
        ("192.168.0.0/16", "private"),
        ("198.18.0.0/15", "reserved"),
        ("224.0.0.0/4", "multicast"),
        ("240.0.0.0/4", "reserved"),
        ("::/128", "unspecified"),
        ("::1/128", "loopback"),
        ("64:ff9b:1::/48", "private"),
        ("fc00::/7", "private"),
        ("fe80::/10", "link-local"),
        ("fec0::/10", "private"),
        ("ff00::/8", "multicast"),
        ("2001::/32", "tunnel"),
    ];

    private static readonly IReadOnlyList<(IPNetwork Range, string Name)> Refused =
    [
        .. Named.Select(range => (IPNetwork.Parse(range.Range), range.Name)),
    ];

    private static readonly IPNetwork Nat64 = IPNetwork.Parse("64:ff9b::/96");
    private static readonly IPNetwork SixToFour = IPNetwork.Parse("2002::/16");

    /// <summary>What is wrong with an address that somebody typed, in words; null when it can be told.</summary>
    /// <param name="url">Absolute.</param>
    /// <param name="anywhere">Addresses of this machine and its network are fine, too.</param>
    public static string? Problem(string url, bool anywhere)
    {
        if (url.Length > MaxLength)
            return $"An address has {MaxLength:N0} characters at most.";
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
            return "Write the whole address, beginning with https:// or http://.";
        if (uri.UserInfo.Length > 0)
            return "Leave user name and password out of the address: the signature says who sends.";
        return !anywhere && IPAddress.TryParse(uri.IdnHost, out var address) ? Refuse(address) : null;
    }

    /// <summary>Why nothing is sent to this address, in words; null when it may be.</summary>
    public static string? Refuse(IPAddress address)
    {
        var real = Embedded(address);
        var (_, name) = Refused.FirstOrDefault(range => range.Range.Contains(real));
        return name is null ? null : $"{address} is a {name} address: webhooks are sent to the public internet only.";
    }

    /// <summary>The IPv4 address that one of IPv6 stands for, where it does.</summary>
    private static IPAddress Embedded(IPAddress address)
    {
        if (address.AddressFamily != AddressFamily.InterNetworkV6)
            return address;
        if (address.IsIPv4MappedToIPv6)
            return address.MapToIPv4();
        var bytes = address.GetAddressBytes();
        return Nat64.Contains(address) ? new IPAddress(bytes.AsSpan(12, 4))
            : SixToFour.Contains(address) ? new IPAddress(bytes.AsSpan(2, 4))
            : new IPAddress(bytes); // without a zone
    }
}
