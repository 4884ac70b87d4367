using System.Globalization;
using System.Text;

namespace PropertyManager.Web.Features.Try;

/// <summary>A word of a command line.</summary>
/// <param name="Text">Without its quotation marks and escapes.</param>
/// <param name="IsQuoted">Some of it was quoted: it is no sign of the shell's such as a pipe.</param>
internal readonly record struct ShellWord(string Text, bool IsQuoted);

/// <summary>
/// A command line taken apart as the shell does that it was written for: bash and its like, the Windows prompt (<c>^"</c>), or PowerShell. Browsers
/// write for each of them.
/// </summary>
internal sealed class ShellWords
{
    private readonly List<ShellWord> _words = [];
    private readonly StringBuilder _word = new();
    private readonly string _line;
    private bool _inWord;
    private bool _isQuoted;
    private int _at;

    private ShellWords(string line) => _line = line;

    /// <summary>The words; null where a quotation mark is not closed.</summary>
    public static IReadOnlyList<ShellWord>? Of(string line)
    {
        var quote = line.AsSpan().IndexOfAny('"', '\'');
        var first = line.AsSpan(0, Math.Max(0, line.IndexOf('\n', StringComparison.Ordinal))).TrimEnd();
        if ((quote > 0 && line[quote - 1] == '^' && line[quote] == '"') || first.EndsWith("^"))
            return new ShellWords(WithoutCarets(line)).Read(isWindows: true);
        return first.EndsWith("`") || line.TrimStart().StartsWith("curl.exe", StringComparison.OrdinalIgnoreCase)
            ? new ShellWords(line).ReadPowerShell()
            : new ShellWords(line).Read(isWindows: false);
    }

    // What the prompt makes of a line before the program sees it: a caret takes the next character as it is, and goes on over a line end.
    private static string WithoutCarets(string line)
    {
        var text = new StringBuilder(line.Length);
        for (var i = 0; i < line.Length; i++)
        {
            if (line[i] != '^' || i + 1 == line.Length)
            {
                text.Append(line[i]);
                continue;
            }
            i++;
            if (line[i] == '\r' && i + 1 < line.Length && line[i + 1] == '\n')
                i++;
            if (line[i] is not ('\n' or '\r'))
            {
                text.Append(line[i]);
            }
            else if (i + 1 < line.Length && line[i + 1] is '\n' or '\r')
            {
                i += line[i + 1] == '\r' && i + 2 < line.Length && line[i + 2] == '\n' ? 2 : 1;
                text.Append('\n'); // the line end itself, which follows the one that is passed over
            }
        }
        return text.ToString();
    }

    private List<ShellWord>? Read(bool isWindows)
    {
        for (; _at < _line.Length; _at++)
        {
            var c = _line[_at];
            if (char.IsWhiteSpace(c))
                End();
            else if (c == '\'' && !isWindows)
            {
                if (!Quoted('\'', escape: '\0', escaped: ""))
                    return null;
            }
            else if (c == '$' && !isWindows && _at + 1 < _line.Length && _line[_at + 1] == '\'')
            {
                if (!AnsiQuoted())
                    return null;
            }
            else if (c == '"')
            {
                if (!Quoted('"', '\\', isWindows ? "\"\\" : "\"\\$`\n"))
                    return null;
            }
            else if (c == '\\' && _at + 1 < _line.Length && (!isWindows || _line[_at + 1] is '"' or '\\'))
                Escaped();
            else
                Add(c);
        }
        End();
        return _words;
    }

    private List<ShellWord>? ReadPowerShell()
    {
        for (; _at < _line.Length; _at++)
        {
            var c = _line[_at];
            if (char.IsWhiteSpace(c))
                End();
            else if (c is '\'' or '"')
            {
                if (!Doubled(c))
                    return null;
            }
            else if (c == '`' && _at + 1 < _line.Length)
                Escaped();
            else
                Add(c);
        }
        End();
        return _words;
    }

    // Not in quotation marks: the next character as it is; over a line end the line goes on.
    private void Escaped()
    {
        _at++;
        if (_line[_at] == '\r' && _at + 1 < _line.Length && _line[_at + 1] == '\n')
            _at++;
        if (_line[_at] is not ('\n' or '\r'))
            Add(_line[_at]);
    }

    private bool Quoted(char mark, char escape, string escaped)
    {
        (_inWord, _isQuoted) = (true, true);
        for (_at++; _at < _line.Length && _line[_at] != mark; _at++)
        {
            if (_line[_at] == escape && _at + 1 < _line.Length && escaped.Contains(_line[_at + 1], StringComparison.Ordinal))
            {
                _at++;
                if (_line[_at] == '\n')
                    continue;
            }
            _word.Append(_line[_at]);
        }
        return _at < _line.Length;
    }

    // PowerShell: a mark within marks of its kind is written twice; in double ones a backtick takes the next character as it is.
    private bool Doubled(char mark)
    {
        (_inWord, _isQuoted) = (true, true);
        for (_at++; _at < _line.Length; _at++)
        {
            if (_line[_at] == mark)
            {
                if (_at + 1 == _line.Length || _line[_at + 1] != mark)
                    return true;
                _at++;
            }
            else if (mark == '"' && _line[_at] == '`' && _at + 1 < _line.Length)
            {
                _at++;
                _word.Append(
                    _line[_at] switch
                    {
                        'n' => '\n',
                        'r' => '\r',
                        't' => '\t',
                        var other => other,
                    }
                );
                continue;
            }
            _word.Append(_line[_at]);
        }
        return false;
    }

    // $'…': escapes as in C.
    private bool AnsiQuoted()
    {
        (_inWord, _isQuoted) = (true, true);
        for (_at += 2; _at < _line.Length && _line[_at] != '\''; _at++)
        {
            if (_line[_at] != '\\' || _at + 1 == _line.Length)
            {
                _word.Append(_line[_at]);
                continue;
            }
            _at++;
            switch (_line[_at])
            {
                case 'x':
                    Code(2, NumberStyles.AllowHexSpecifier);
                    break;
                case 'u':
                    Code(4, NumberStyles.AllowHexSpecifier);
                    break;
                case 'U':
                    Code(8, NumberStyles.AllowHexSpecifier);
                    break;
                case >= '0' and <= '7':
                    _at--;
                    Octal();
                    break;
                case var c:
                    _word.Append(
                        c switch
                        {
                            'n' => '\n',
                            'r' => '\r',
                            't' => '\t',
                            'a' => '\a',
                            'b' => '\b',
                            'e' or 'E' => '\e',
                            'f' => '\f',
                            'v' => '\v',
                            _ => c,
                        }
                    );
                    break;
            }
        }
        return _at < _line.Length;
    }

    private void Code(int most, NumberStyles style)
    {
        var length = 0;
        while (length < most && _at + 1 + length < _line.Length && char.IsAsciiHexDigit(_line[_at + 1 + length]))
            length++;
        var code = length == 0 ? 0 : int.Parse(_line.AsSpan(_at + 1, length), style, CultureInfo.InvariantCulture);
        if (Rune.IsValid(code))
            _word.Append(new Rune(code).ToString());
        else if (code is > 0 and <= 0xFFFF)
            _word.Append((char)code); // half of a pair: the other half follows
        _at += length;
    }

    private void Octal()
    {
        var code = 0;
        for (var length = 0; length < 3 && _at + 1 < _line.Length && _line[_at + 1] is >= '0' and <= '7'; length++)
            code = (code * 8) + (_line[++_at] - '0');
        _word.Append((char)(code & 0xFF));
    }

    private void Add(char c)
    {
        _word.Append(c);
        _inWord = true;
    }

    private void End()
    {
        if (_inWord)
            _words.Add(new ShellWord(_word.ToString(), _isQuoted));
        _word.Clear();
        (_inWord, _isQuoted) = (false, false);
    }
}
