using System.Net.Mail;

namespace PropertyManager.Domain.Activations;

/// <summary>The field "Notify via email": addresses separated by commas.</summary>
public static class NotifyList
{
    /// <summary>Addresses of one activation, at most.</summary>
    public const int Most = 50;

    /// <summary>The addresses in <paramref name="text"/>, each once; or what is wrong with it.</summary>
    public static (IReadOnlyList<string> Emails, string? Error) Parse(string? text)
    {
        var parts = (text ?? "")
            .Split([',', ';', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .ToList();
        if (parts.Count > Most)
            return ([], FormattableString.Invariant($"{parts.Count} addresses are too many: {Most} at most."));
        return parts.Find(part => !IsAddress(part)) is { } bad ? ([], $"“{bad}” is not an e-mail address.") : (parts, null);
    }

    private static bool IsAddress(string text) =>
        text.Length <= 254
        && !text.Any(char.IsWhiteSpace)
        && MailAddress.TryCreate(text, out var address)
        && address.Address == text
        && address.Host.Contains('.', StringComparison.Ordinal);
}
