using System.Globalization;

namespace PropertyManager.Domain.Configuration.Evaluation;

/// <summary>
/// What decides how long a regular expression can take, read from its text: repetitions inside repetitions, and constructs that need backtracking.
/// The text need not be a valid expression. Reading takes time in proportion to its length, and no stack.
/// </summary>
internal sealed class ExpressionShape
{
    /// <summary>Steps of nested repetitions that an automaton is built for within milliseconds (measured: 64 take about 20 ms, 400 take 160 ms).</summary>
    public const int SmallNesting = 64;

    private const long Most = int.MaxValue;
    private readonly string _text;
    private int _at;

    private ExpressionShape(string text) => _text = text;

    /// <summary>A construct that only a backtracking engine has: look-around, back-reference, atomic group, condition.</summary>
    public bool NeedsBacktracking { get; private set; }

    /// <summary>
    /// A repetition stands inside another, and one of them has no upper bound or both together repeat more than <see cref="SmallNesting"/> times. What may
    /// only be left out, as in <c>(a?b)*</c>, is no repetition.
    /// </summary>
    public bool IsNested { get; private set; }

    /// <summary>
    /// Steps of the largest repetition of something that itself comes more than once or not always, counts multiplied; no bound counts as 1; 0 where there
    /// is none.
    /// </summary>
    public long NestedSteps { get; private set; }

    /// <summary>The same, of those only that repeat nothing but repetitions, so that one text can be divided among them in many ways: <c>(a{0,9}){0,9}</c>.</summary>
    public long AmbiguousSteps { get; private set; }

    /// <summary>White space and comments are passed over (<c>(?x)</c>), so that its parts cannot be told apart here.</summary>
    public bool IsFreeSpaced { get; private set; }

    /// <summary>Whether an automaton can be built and run quickly, whatever text it is given.</summary>
    public bool SuitsAutomaton => !NeedsBacktracking && !IsFreeSpaced && NestedSteps <= SmallNesting;

    /// <summary>Reads an expression.</summary>
    public static ExpressionShape Of(string expression)
    {
        var shape = new ExpressionShape(expression);
        shape.Read();
        return shape;
    }

    private void Read()
    {
        var open = new Stack<Group>();
        var group = new Group();
        while (_at < _text.Length)
        {
            Part part;
            switch (_text[_at++])
            {
                case '(':
                    if (StartGroup() is { } isLook)
                    {
                        open.Push(group);
                        group = new Group { IsLook = isLook };
                    }

                    continue;
                case ')' when open.Count > 0:
                    part = group.Close();
                    group = open.Pop();
                    break;
                case '|':
                    group.EndAlternative();
                    continue;
                case '[':
                    SkipClass();
                    part = Part.Character;
                    break;
                case '\\':
                    part = Escape();
                    break;
                case '^' or '$':
                    part = default;
                    break;
                default:
                    part = Part.Character;
                    break;
            }

            group.Add(Quantify(part));
        }

        while (open.Count > 0)
        {
            var part = group.Close();
            group = open.Pop();
            group.Add(part);
        }
    }

    /// <summary>Whether the group is a look-around; null where what was read is no group: options for what follows, or a comment.</summary>
    private bool? StartGroup()
    {
        if (!Take("?"))
        {
            return false;
        }

        if (Take("#"))
        {
            var end = _text.IndexOf(')', _at);
            _at = end < 0 ? _text.Length : end + 1;
            return null;
        }

        if (Take("=") || Take("!") || Take("<=") || Take("<!"))
        {
            NeedsBacktracking = true;
            return true;
        }

        if (Take(">") || Take("("))
        {
            // The condition's own bracket closes as a group of its own: it is read again.
            _at -= _text[_at - 1] == '(' ? 1 : 0;
            NeedsBacktracking = true;
            return false;
        }

        if (Take("<") || Take("'"))
        {
            var start = _at;
            while (_at < _text.Length && _text[_at] is not ('>' or '\''))
            {
                _at++;
            }

            NeedsBacktracking |= _text.AsSpan(start, _at - start).Contains('-');
            _at = Math.Min(_at + 1, _text.Length);
            return false;
        }

        var isOn = true;
        while (_at < _text.Length && _text[_at] is not (':' or ')'))
        {
            isOn &= _text[_at] != '-';
            IsFreeSpaced |= isOn && _text[_at] is 'x' or 'X';
            _at++;
        }

        _at = Math.Min(_at + 1, _text.Length);
        return _at <= _text.Length && _text[_at - 1] == ')' ? null : false;
    }

    private Part Escape()
    {
        var c = _at < _text.Length ? _text[_at++] : '\\';
        NeedsBacktracking |= c is (>= '1' and <= '9') or 'k' or 'G';
        return c is 'b' or 'B' or 'A' or 'z' or 'Z' or 'G' ? default : Part.Character;
    }

    /// <summary>A class ends at its first bracket that is neither escaped nor its first character; one may be taken away from another: <c>[a-z-[aeiou]]</c>.</summary>
    private void SkipClass()
    {
        var depth = 1;
        var isFirst = true;
        _ = Take("^");
        while (_at < _text.Length && depth > 0)
        {
            var c = _text[_at++];
            if (c == '\\')
            {
                _at = Math.Min(_at + 1, _text.Length);
            }
            else if (c == ']' && !isFirst)
            {
                depth--;
            }
            else if (c == '-' && Take("["))
            {
                depth++;
                _ = Take("^");
                isFirst = true;
                continue;
            }

            isFirst = false;
        }
    }

    private Part Quantify(Part part)
    {
        if (ReadCount() is not var (least, most))
        {
            return part;
        }

        _ = Take("?");
        if (most is null or > 1 && part.Repeats > 0)
        {
            var steps = Times(part.Repeats, most ?? 1);
            IsNested |= part.IsRepetition && (part.IsUnbounded || most is null || steps > SmallNesting);
            NestedSteps = Math.Max(NestedSteps, steps);
            AmbiguousSteps = Math.Max(AmbiguousSteps, part.HasFixed ? 0 : steps);
        }

        var varies = most != least;
        return new Part
        {
            Repeats = part.Repeats > 0 || varies ? Times(Math.Max(1, part.Repeats), Math.Max(1, most ?? 1)) : 0,
            IsRepetition = part.IsRepetition || (varies && most is null or > 1),
            IsUnbounded = part.IsUnbounded || most is null,
            HasFixed = part.HasFixed && least == most && least > 0,
        };
    }

    /// <summary>How often what stands before is repeated; a null maximum for no bound. Null where no quantifier follows.</summary>
    private (long Least, long? Most)? ReadCount()
    {
        if (Take("*"))
        {
            return (0, null);
        }

        if (Take("+"))
        {
            return (1, null);
        }

        if (Take("?"))
        {
            return (0, 1);
        }

        var start = _at;
        if (Take("{") && ReadNumber() is { } least)
        {
            var hasComma = Take(",");
            var most = hasComma ? ReadNumber() : least;
            if (Take("}"))
            {
                return (least, most);
            }
        }

        _at = start;
        return null;
    }

    private long? ReadNumber()
    {
        var start = _at;
        while (_at < _text.Length && char.IsAsciiDigit(_text[_at]))
        {
            _at++;
        }

        return _at == start ? null
            : long.TryParse(_text.AsSpan(start, _at - start), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                ? Math.Min(number, Most)
            : Most;
    }

    private bool Take(string expected)
    {
        if (string.CompareOrdinal(_text, _at, expected, 0, expected.Length) != 0)
        {
            return false;
        }

        _at += expected.Length;
        return true;
    }

    private static long Times(long one, long other) =>
        one == 0 || other == 0 ? 0
        : one > Most / other ? Most
        : one * other;

    /// <summary>A character, a class or a group, with its quantifier.</summary>
    /// <param name="Repeats">Steps of what comes more than once or not always in it, counts multiplied; 0 for none.</param>
    /// <param name="IsRepetition">Something in it can come more than once, and as often as it likes.</param>
    /// <param name="IsUnbounded">One of its repetitions has no upper bound.</param>
    /// <param name="HasFixed">A character in it has to come, and comes once: it tells one pass from the next.</param>
    private readonly record struct Part(long Repeats, bool IsRepetition, bool IsUnbounded, bool HasFixed)
    {
        public static readonly Part Character = new(0, IsRepetition: false, IsUnbounded: false, HasFixed: true);

        public Part And(Part next) =>
            new(Math.Max(Repeats, next.Repeats), IsRepetition || next.IsRepetition, IsUnbounded || next.IsUnbounded, HasFixed || next.HasFixed);
    }

    private sealed class Group
    {
        private Part _alternatives;
        private Part _sequence;
        private bool _allFixed = true;

        /// <summary>It is as wide as nothing.</summary>
        public bool IsLook { get; init; }

        public void Add(Part part) => _sequence = _sequence.And(part);

        public void EndAlternative()
        {
            _allFixed &= _sequence.HasFixed;
            _alternatives = _alternatives.And(_sequence);
            _sequence = default;
        }

        public Part Close()
        {
            EndAlternative();
            return _alternatives with { HasFixed = _allFixed && !IsLook };
        }
    }
}
