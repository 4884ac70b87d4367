using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace PropertyManager.Domain.Configuration.Evaluation;

/// <summary>
/// The behaviors <c>verifyTokenAuthorization</c> and <c>segmentedContentProtection</c>: tokens such as
/// <c>exp=1767225600~acl=/video/*~hmac=…</c>, whose last field signs what stands before it, or the URL where there is no access list.
/// </summary>
internal sealed class TokenRules
{
    /// <summary>The token is good.</summary>
    public const string Success = "SUCCESS";

    private const string Signature = "~hmac=";
    private static readonly CompositeFormat UrlField = CompositeFormat.Parse("~url={0}");

    private readonly string _location;
    private readonly Template _name;
    private readonly Func<byte[], byte[], byte[]> _sign;
    private readonly byte[][] _keys;
    private readonly Template _salt;
    private readonly bool _ignoresQuery;

    private TokenRules(OptionReader reader, string location, string name, string algorithm, bool refuses)
    {
        _location = location;
        _name = reader.Template("locationId", name);
        _sign = algorithm switch
        {
            "SHA1" => HMACSHA1.HashData,
            "MD5" => HMACMD5.HashData,
            _ => HMACSHA256.HashData,
        };
        _keys = [.. new[] { Key(reader, "key"), Key(reader, "transitionKey") }.OfType<byte[]>()];
        _salt = reader.Template("salt");
        _ignoresQuery = reader.Flag("ignoreQueryString");
        Refuses = refuses;
        if (_keys.Length == 0 && !reader.Faulty)
        {
            reader.Fault("key", "The token has no key.");
        }
    }

    /// <summary>Whether a bad token is answered with 403; otherwise rules only learn of it (criterion <c>tokenAuthorization</c>).</summary>
    public bool Refuses { get; }

    public static Action<EvaluationRun, int> Compile(OptionReader reader)
    {
        var rules = new TokenRules(
            reader,
            reader.Choice("location", "COOKIE", "QUERY_STRING", "CLIENT_REQUEST_HEADER"),
            "hdnts",
            reader.Choice("algorithm", "SHA256", "SHA1", "MD5"),
            reader.Flag("failureResponse", fallback: true)
        );
        return (run, rule) => run.State.Token = new(rules, rule, ++run.Turn);
    }

    /// <summary>Media segments: the token stands in the query, and without a valid one nothing is served.</summary>
    public static Action<EvaluationRun, int> CompileSegmented(OptionReader reader)
    {
        var enabled = reader.Flag("enabled", fallback: true);
        var rules = enabled ? new TokenRules(reader, "QUERY_STRING", "hdnts", "SHA256", refuses: true) : null;
        return (run, rule) => run.State.Token = new(rules, rule, ++run.Turn);
    }

    /// <summary>How the request's token fares: <see cref="Success" /> or what is wrong with it, in the catalog's word where it has one.</summary>
    public string Check(EvaluationRun run)
    {
        var name = _name.Expand(run);
        var token = _location switch
        {
            "COOKIE" => Fields.Cookie(run.Request.Headers, name),
            "QUERY_STRING" => Fields.Parameter(run.Request.Query, name),
            _ => run.Header(name),
        };
        if (string.IsNullOrEmpty(token))
        {
            return "NO_TOKEN";
        }

        // Fields are joined by tildes; in a query they may be escaped.
        token = token.Contains('~', StringComparison.Ordinal) ? token : Fields.Decode(token);
        var sign = token.LastIndexOf(Signature, StringComparison.Ordinal);
        if (sign < 0)
        {
            return "INVALID_DELIMITER";
        }

        var signed = token[..sign];
        var fields = new Pairs(signed, '~');
        return IsSigned(run, name, signed, token[(sign + Signature.Length)..]) ? Times(fields, run) : "INVALID_HMAC_KEY";
    }

    private static string Times(Pairs fields, EvaluationRun run)
    {
        var now = run.Request.Time.ToUnixTimeSeconds();
        foreach (var field in fields)
        {
            var number = long.TryParse(field.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? seconds : (long?)null;
            switch (field.Name)
            {
                case "exp" when number is null || number < now:
                    return "EXPIRED_TOKEN";
                case "st" when number is null || number > now:
                    return "INVALID_START_TIME";
                case "ip" when !field.Value.Equals(run.ClientAddress.ToString(), StringComparison.Ordinal):
                    return "INVALID_IP";
                case "acl" when !Allows(Fields.Decode(field.Value.ToString()), run):
                    return "INVALID_ACL";
            }
        }

        return Success;
    }

    private static bool Allows(string list, EvaluationRun run) =>
        Array.Exists(list.Split('!'), pattern => !run.IsOver && new Wildcard(pattern, caseSensitive: true).Matches(run.Request.Path));

    private bool IsSigned(EvaluationRun run, string name, string signed, string given)
    {
        var text = new StringBuilder(signed);
        if (!signed.Contains("acl=", StringComparison.Ordinal))
        {
            text.AppendFormat(CultureInfo.InvariantCulture, UrlField, _ignoresQuery ? run.Request.Path : Url(run, name));
        }

        var salt = _salt.Expand(run);
        if (salt.Length > 0)
        {
            text.Append("~salt=").Append(salt);
        }

        var bytes = Encoding.UTF8.GetBytes(text.ToString());
        return Array.Exists(_keys, key => string.Equals(Convert.ToHexString(_sign(key, bytes)), given, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>The URL that was signed: without the token, which was added afterwards.</summary>
    private static string Url(EvaluationRun run, string name)
    {
        var kept = new List<string>();
        foreach (var pair in new Pairs(run.Request.Query, '&'))
        {
            if (!pair.Name.Equals(name, StringComparison.Ordinal))
            {
                kept.Add(pair.Whole.ToString());
            }
        }

        return kept.Count == 0 ? run.Request.Path : $"{run.Request.Path}?{string.Join('&', kept)}";
    }

    private static byte[]? Key(OptionReader reader, string option)
    {
        var text = reader.Text(option);
        text = text.StartsWith("0x", StringComparison.OrdinalIgnoreCase) ? text[2..] : text;
        if (text.Length == 0)
        {
            return null;
        }

        if (text.Length % 2 != 0 || !text.All(char.IsAsciiHexDigit))
        {
            reader.Fault(option, $"{option} is not a key in hexadecimal digits.");
            return null;
        }

        return Convert.FromHexString(text);
    }
}
