using System.Net;
using System.Net.Sockets;

namespace PropertyManager.Domain.Configuration.Evaluation;

/// <summary>A block of addresses such as <c>198.51.100.0/24</c>, or one address.</summary>
internal readonly record struct AddressRange(UInt128 First, UInt128 Mask)
{
    private static readonly UInt128 Mapped = (UInt128)0xFFFF << 32;

    /// <summary>Null when the text is neither an address nor a block. Bits after the prefix are passed over.</summary>
    public static AddressRange? Parse(string text)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        if (!IPAddress.TryParse(slash < 0 ? text : text[..slash], out var address))
        {
            return null;
        }

        var longest = address.AddressFamily == AddressFamily.InterNetwork ? 32 : 128;
        var prefix = longest;
        if (slash >= 0 && (!byte.TryParse(text.AsSpan(slash + 1), out var given) || (prefix = given) > longest))
        {
            return null;
        }

        var host = longest - prefix;
        var mask = host == 128 ? UInt128.Zero : UInt128.MaxValue << host;
        return new AddressRange(Bits(address) & mask, mask);
    }

    /// <summary>An address as 128 bits; IPv4 in its mapped form, so that both kinds are compared alike.</summary>
    public static UInt128 Bits(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[16];
        return !address.TryWriteBytes(bytes, out var length) ? UInt128.Zero
            : length == 4 ? Mapped | ((UInt128)bytes[0] << 24) | ((UInt128)bytes[1] << 16) | ((UInt128)bytes[2] << 8) | bytes[3]
            : System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(bytes);
    }

    /// <summary>Whether an address is in the block.</summary>
    public bool Contains(UInt128 address) => (address & Mask) == First;
}
