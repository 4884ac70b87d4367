using System.Net;
using System.Text;
using PropertyManager.Domain.Configuration.Evaluation;

namespace PropertyManager.Web.Features.Try;

/// <summary>What was read of a line.</summary>
/// <param name="Request">The request; null where the line is none.</param>
/// <param name="Fault">Why it is none, in a sentence; null where it is one.</param>
/// <param name="Skipped">Options as they were written that say nothing about the answer; none twice.</param>
public sealed record CurlReading(EdgeRequest? Request, string? Fault, IReadOnlyList<string> Skipped)
{
    /// <summary>Without the skipped options.</summary>
    public void Deconstruct(out EdgeRequest? request, out string? fault) => (request, fault) = (Request, Fault);
}

/// <summary>
/// A request as people copy it from a browser or a terminal: <c>curl -X POST -H 'Accept: text/html' 'https://www.shop.example/cart?x=1'</c>, or just
/// the address.
/// </summary>
public static class CurlLine
{
    /// <summary>Reads the line.</summary>
    /// <param name="line">With or without the word curl; quoted and continued in the manner of bash, the Windows prompt or PowerShell.</param>
    /// <param name="on">What the line does not say: client, time, origin.</param>
    /// <returns>The request, or why it is none; and what was skipped.</returns>
    public static CurlReading Read(string line, EdgeRequest on)
    {
        ArgumentNullException.ThrowIfNull(line);
        if (ShellWords.Of(line) is not { } words)
            return new(null, "A quotation mark is not closed.", []);
        var said = new CurlRequest();
        var fault = new Reader(words, said).Read();
        var (request, wrong) = fault is null ? said.On(on) : (null, fault);
        return new(request, wrong, said.Skipped);
    }

    /// <summary>The line of a request.</summary>
    public static string Write(EdgeRequest request)
    {
        var line = new StringBuilder("curl");
        if (request.Method != "GET")
            line.Append(request.Method == "HEAD" ? " -I" : $" -X {request.Method}");
        foreach (var (name, value) in request.Headers)
            line.Append(" -H ").Append(Quote($"{name}: {value}"));
        return line.Append(' ').Append(Quote(Address(request))).ToString();
    }

    /// <summary>The address of a request.</summary>
    public static string Address(EdgeRequest request) =>
        $"{request.Scheme}://{request.Host}{request.Path}{(request.Query.Length > 0 ? "?" : "")}{request.Query}";

    /// <summary>An address of the range that is kept for documentation; null for what is no address.</summary>
    public static IPAddress? Client(string text) =>
        text.Trim().Length == 0 ? IPAddress.Parse("192.0.2.1")
        : IPAddress.TryParse(text.Trim(), out var address) ? address
        : null;

    private static string Quote(string text) => $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    /// <summary>Words → options and addresses.</summary>
    private sealed class Reader(IReadOnlyList<ShellWord> words, CurlRequest said)
    {
        private int _at;

        /// <summary>Why the words are no request; null where they may be one.</summary>
        public string? Read()
        {
            if (_at < words.Count && words[_at] is { IsQuoted: false, Text: "$" or "%" or "#" or ">" })
                _at++; // the prompt was copied with the line
            if (_at < words.Count && IsCurl(words[_at].Text))
                _at++;
            for (; _at < words.Count; _at++)
            {
                var (word, isQuoted) = words[_at];
                if (!isQuoted && word is "|" or ";" or "&&" or "||" or "&")
                {
                    said.Skip(word); // what is done with the answer
                    return null;
                }
                var fault =
                    !isQuoted && IsRedirection(word) ? null
                    : word.StartsWith("--", StringComparison.Ordinal) ? Long(word)
                    : word.Length > 1 && word[0] == '-' ? Short(word)
                    : said.Go(word);
                if (fault is not null)
                    return fault;
            }
            return null;
        }

        private static bool IsCurl(string word) =>
            word[(word.LastIndexOfAny(['/', '\\']) + 1)..] is var name
            && (name.Equals("curl", StringComparison.Ordinal) || name.Equals("curl.exe", StringComparison.OrdinalIgnoreCase));

        // `2>&1`, `>/dev/null`, `> page.html`: where the shell puts what curl prints.
        private bool IsRedirection(string word)
        {
            var arrow = word.TrimStart('1', '2', '&');
            if (!arrow.StartsWith('>') && !(word == "<" || word.StartsWith("</", StringComparison.Ordinal)))
                return false;
            if (arrow is ">" or ">>" or "<" && _at + 1 < words.Count)
                _at++;
            return true;
        }

        private string? Long(string word)
        {
            if (CurlOptions.Long(word[2..]) is not { } option)
                return Unknown(word);
            if (!option.TakesValue)
                return said.Take(word, option.Effect, "");
            return ++_at < words.Count ? said.Take(word, option.Effect, words[_at].Text) : NeedsValue(word);
        }

        // `-svo /dev/null`: letters up to one that takes a value, which is the rest of the word or the next one.
        private string? Short(string word)
        {
            for (var i = 1; i < word.Length; i++)
            {
                var name = $"-{word[i]}";
                if (CurlOptions.Short(word[i]) is not { } option)
                    return Unknown(word.Length == 2 ? name : $"{name} in {word}");
                if (!option.TakesValue)
                {
                    if (said.Take(name, option.Effect, "") is { } fault)
                        return fault;
                    continue;
                }
                if (i + 1 < word.Length)
                    return said.Take(name, option.Effect, word[(i + 1)..]);
                return ++_at < words.Count ? said.Take(name, option.Effect, words[_at].Text) : NeedsValue(name);
            }
            return null;
        }

        private static string Unknown(string option) =>
            $"The option {option} is not known here. See whether it is spelled as in curl's manual, or take it out.";

        private static string NeedsValue(string option) => $"{option} needs a value after it.";
    }
}
