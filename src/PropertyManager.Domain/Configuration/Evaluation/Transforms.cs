using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace PropertyManager.Domain.Configuration.Evaluation;

/// <summary>What <c>setVariable</c> does with a value before it is kept. Null from a transform is an error of the variable.</summary>
internal static class Transforms
{
    private static readonly Dictionary<string, Func<string, string?>> Plain = new(StringComparer.Ordinal)
    {
        ["NONE"] = text => text,
        ["LOWER"] = text => text.ToLowerInvariant(),
        ["UPPER"] = text => text.ToUpperInvariant(),
        ["TRIM"] = text => text.Trim(),
        ["REMOVE_WHITESPACE"] = text => string.Concat(text.Where(c => !char.IsWhiteSpace(c))),
        ["COMPRESS_WHITESPACE"] = text => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)),
        ["STRING_LENGTH"] = text => Text(text.Length),
        ["URL_ENCODE"] = Uri.EscapeDataString,
        ["URL_DECODE"] = Fields.Decode,
        ["XML_ENCODE"] = WebUtility.HtmlEncode,
        ["XML_DECODE"] = WebUtility.HtmlDecode,
        ["BASE_64_ENCODE"] = text => Convert.ToBase64String(Encoding.UTF8.GetBytes(text)),
        ["BASE_64_DECODE"] = FromBase64,
        ["HEX_ENCODE"] = text => Convert.ToHexStringLower(Encoding.UTF8.GetBytes(text)),
        ["HEX_DECODE"] = text => text.Length % 2 == 0 && text.All(char.IsAsciiHexDigit) ? Encoding.UTF8.GetString(Convert.FromHexString(text)) : null,
        ["DECIMAL_TO_HEX"] = text => Numbers.Parse(text)?.ToString("x", CultureInfo.InvariantCulture),
        ["HEX_TO_DECIMAL"] = text =>
            long.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var number) ? Text(number) : null,
        ["MINUS"] = text => Numbers.Parse(text) is { } number and not long.MinValue ? Text(-number) : null,
        ["BITWISE_NOT"] = text => Numbers.Parse(text) is { } number ? Text(~number) : null,
        ["SHA_256"] = text => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))),
    };

    private static readonly Dictionary<string, Func<long, long, Int128?>> Arithmetic = new(StringComparer.Ordinal)
    {
        ["ADD"] = (a, b) => (Int128)a + b,
        ["SUBTRACT"] = (a, b) => (Int128)a - b,
        ["MULTIPLY"] = (a, b) => (Int128)a * b,
        ["DIVIDE"] = (a, b) => b == 0 ? null : (Int128)a / b,
        ["MODULO"] = (a, b) => b == 0 ? null : (Int128)a % b,
        ["BITWISE_AND"] = (a, b) => a & b,
        ["BITWISE_OR"] = (a, b) => a | b,
        ["BITWISE_XOR"] = (a, b) => a ^ b,
    };

    /// <summary>Compiles the transform of the options; one that is not made here is a fault.</summary>
    public static Func<string, EvaluationRun, string?> Compile(OptionReader reader)
    {
        var name = reader.Text("transform", "NONE");
        if (Plain.TryGetValue(name, out var plain))
        {
            return (text, _) => plain(text);
        }

        if (Arithmetic.TryGetValue(name, out var calculate))
        {
            var operand = reader.Number("operandOne");
            return (text, run) =>
                Numbers.Parse(text) is { } a
                && operand(run) is { } b
                && calculate(a, b) is { } result
                && result >= long.MinValue
                && result <= long.MaxValue
                    ? Text((long)result)
                    : null;
        }

        switch (name)
        {
            case "SUBSTRING":
                var (start, end) = (reader.Number("startIndex", 0), reader.Number("endIndex", -1));
                return (text, run) => Substring(text, start(run), end(run));
            case "STRING_INDEX":
                var part = reader.Template("subString");
                return (text, run) => Text(text.IndexOf(part.Expand(run), StringComparison.Ordinal));
            case "SUBSTITUTE":
                return Substitute(reader);
            default:
                reader.Fault("transform", $"The transform \"{name}\" is not made here.");
                return (_, _) => null;
        }
    }

    private static Func<string, EvaluationRun, string?> Substitute(OptionReader reader)
    {
        var expression = reader.Expression("regex", reader.Flag("caseSensitive", fallback: true));
        var replacement = reader.Template("replacement");
        var all = reader.Flag("globalSubstitution");
        return (text, run) => expression?.Replace(text, replacement.Expand(run), all, run);
    }

    /// <summary>From the start up to, and without, the end; a negative end counts from behind, -1 being the whole rest.</summary>
    private static string? Substring(string text, long? start, long? end)
    {
        var until = end < 0 ? text.Length + end + 1 : end;
        return start >= 0 && until >= start && until <= text.Length ? text[(int)start..(int)until] : null;
    }

    private static string? FromBase64(string text)
    {
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var length) ? Encoding.UTF8.GetString(bytes, 0, length) : null;
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
