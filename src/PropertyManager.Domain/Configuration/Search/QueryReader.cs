using System.Globalization;
using System.Text;
using System.Text.Json;
using PropertyManager.Domain.Configuration.Evaluation;

namespace PropertyManager.Domain.Configuration.Search;

/// <summary>Reads the text of a query, once.</summary>
internal sealed class QueryReader(string text)
{
    /// <summary>Brackets in brackets of a filter, at most.</summary>
    private const int MaxDepth = 20;

    private const string Matches = "=~";

    private static readonly string[] Comparisons = ["==", "!=", "<=", ">=", "<", ">"];
    private static readonly string[] Lists = [ListTest.In, ListTest.NotIn, ListTest.AnyOf, ListTest.NoneOf, ListTest.SubsetOf];

    private int _at;
    private int _depth;
    private string? _problem;

    /// <summary>The steps; or what is not understood, and where.</summary>
    public (IReadOnlyList<QueryStep>? Steps, string? Problem) Read()
    {
        List<QueryStep> steps = [];
        if (!Take("$"))
            Fail("a query begins with $");
        while (_problem is null && _at < text.Length)
        {
            if (ReadStep() is { } step)
                steps.Add(step);
        }
        return _problem is null ? (steps, null) : (null, _problem);
    }

    private QueryStep? ReadStep()
    {
        var descendant = Take("..");
        if (Take("["))
            return ReadBracket(descendant);
        if (!descendant && !Take("."))
            return Fail<QueryStep>("a step begins with a dot or a bracket");
        if (Take("*"))
            return new(descendant);
        return ReadName() is { } name ? new(descendant, Name: name) : Fail<QueryStep>("a name is missing");
    }

    private QueryStep? ReadBracket(bool descendant)
    {
        Skip();
        QueryStep? step;
        if (Take("*"))
            step = new(descendant);
        else if (Take("?"))
            step = ReadTest() is { } filter ? new(descendant, Filter: filter) : null;
        else if (Peek() is '\'' or '"')
            step = ReadText() is { } name ? new(descendant, Name: name) : null;
        else if (ReadIndex() is { } index)
            step = new(descendant, Index: index);
        else
            return Fail<QueryStep>("a name in quotes, a number, * or a filter ?( … ) is expected in brackets");
        Skip();
        return _problem is not null ? null
            : Take("]") ? step
            : Fail<QueryStep>("a bracket is not closed after one name, number or filter: ranges and lists of them are not possible");
    }

    private QueryTest? ReadTest() => ReadList("||", () => ReadList("&&", ReadOne, tests => new AllTest(tests)), tests => new AnyTest(tests));

    private QueryTest? ReadList(string separator, Func<QueryTest?> read, Func<IReadOnlyList<QueryTest>, QueryTest> join)
    {
        List<QueryTest> tests = [];
        do
        {
            if (read() is not { } test)
                return null;
            tests.Add(test);
            Skip();
        } while (Take(separator));
        return tests.Count == 1 ? tests[0] : join(tests);
    }

    private QueryTest? ReadOne()
    {
        Skip();
        if (++_depth > MaxDepth)
            return Fail<QueryTest>("the filter is nested too deep");
        QueryTest? test;
        if (Peek() == '!' && Take("!"))
            test = ReadOne() is { } negated ? new NotTest(negated) : null;
        else if (Take("("))
        {
            test = ReadTest();
            Skip();
            if (test is not null && !Take(")"))
                test = Fail<QueryTest>("a bracket is not closed in the filter");
        }
        else
            test = ReadComparison();
        _depth--;
        return test;
    }

    private QueryTest? ReadComparison()
    {
        if (ReadOperand() is not { } left)
            return null;
        Skip();
        if (Take(Matches))
            return ReadPattern() is { } pattern ? new PatternTest(left, pattern) : null;
        var comparison = Array.Find(Comparisons, Take);
        var list = comparison is null ? Array.Find(Lists, TakeWord) : null;
        if ((comparison ?? list) is null)
            return left.Literal is null && Peek() is ')' or ']' or '&' or '|' or null
                ? new ExistsTest(left)
                : Fail<QueryTest>(
                    $"a value is compared with one of {string.Join(", ", [.. Comparisons, Matches, .. Lists])}: functions are not possible"
                );
        Skip();
        return ReadOperand() is not { } right ? null
            : comparison is not null ? new CompareTest(left, comparison, right)
            : new ListTest(left, list!, right);
    }

    /// <summary>Between slashes; after them an i where upper and lower case are the same.</summary>
    private SafeRegex? ReadPattern()
    {
        Skip();
        if (!Take("/"))
            return Fail<SafeRegex>("a pattern stands between slashes, as in =~ /.*\\.example\\.com/i");
        StringBuilder read = new();
        while (Peek() is { } c && c != '/')
        {
            _at++;
            if (c == '\\' && Peek() is { } escaped)
            {
                _at++;
                if (escaped != '/')
                    read.Append(c);
                c = escaped;
            }
            read.Append(c);
        }
        if (!Take("/"))
            return Fail<SafeRegex>("a pattern is not closed: it ends with a slash");
        return SafeRegex.Parse($@"\A(?:{read})\z", caseSensitive: !Take("i")) ?? Fail<SafeRegex>($"/{read}/ is no regular expression");
    }

    private QueryOperand? ReadOperand()
    {
        if (Take("@"))
            return ReadPath();
        if (Peek() is '\'' or '"')
            return ReadText() is { } words ? new(JsonSerializer.SerializeToElement(words), []) : null;
        foreach (var word in new[] { "true", "false", "null" })
        {
            if (TakeWord(word))
                return new(JsonElement.Parse(word), []);
        }
        if (Take("["))
            return ReadItems();
        var start = _at;
        while (Peek() is { } c && (char.IsAsciiDigit(c) || c is '-' or '+' or '.' or 'e' or 'E'))
            _at++;
        return
            double.TryParse(text.AsSpan(start, _at - start), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && double.IsFinite(number)
            ? new(JsonSerializer.SerializeToElement(number), [])
            : Fail<QueryOperand>("a filter compares @ or a path below it with a text in quotes, a number, true, false, null or a list of them");
    }

    private QueryOperand? ReadItems()
    {
        List<JsonElement> items = [];
        Skip();
        while (!Take("]"))
        {
            if (items.Count > 0 && !Take(","))
                return Fail<QueryOperand>("a list is not closed: its values stand between commas");
            Skip();
            if (Peek() == '[' || ReadOperand() is not { Literal: { } item })
                return Fail<QueryOperand>("a list has texts in quotes, numbers, true, false and null");
            items.Add(item);
            Skip();
        }
        return new(JsonSerializer.SerializeToElement(items), []);
    }

    private QueryOperand? ReadPath()
    {
        List<QueryStep> steps = [];
        while (_problem is null && Peek() is '.' or '[')
        {
            if (ReadStep() is not { } step)
                return null;
            if (step.IsDescendant)
                return Fail<QueryOperand>("below @ nothing is looked for at every depth");
            steps.Add(step);
        }
        return Peek() == '(' ? Fail<QueryOperand>("functions are not possible") : new(null, steps);
    }

    private string? ReadName()
    {
        var start = _at;
        while (Peek() is { } c && (char.IsLetterOrDigit(c) || c is '_' or '-'))
            _at++;
        return _at == start ? null : text[start.._at];
    }

    private int? ReadIndex()
    {
        var start = _at;
        _ = Take("-");
        while (Peek() is { } c && char.IsAsciiDigit(c))
            _at++;
        if (int.TryParse(text.AsSpan(start, _at - start), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var index))
            return index;
        _at = start;
        return null;
    }

    private string? ReadText()
    {
        var quote = text[_at++];
        StringBuilder read = new();
        while (Peek() is { } c)
        {
            _at++;
            if (c == quote)
                return read.ToString();
            if (c == '\\' && Peek() is { } escaped)
            {
                _at++;
                c = escaped;
            }
            read.Append(c);
        }
        return Fail<string>("a quote is not closed");
    }

    private char? Peek() => _at < text.Length ? text[_at] : null;

    private bool Take(string expected)
    {
        if (string.CompareOrdinal(text, _at, expected, 0, expected.Length) != 0)
            return false;
        _at += expected.Length;
        return true;
    }

    /// <summary>The same where no longer word begins with it.</summary>
    private bool TakeWord(string expected)
    {
        var next = _at + expected.Length;
        return (next >= text.Length || !char.IsLetterOrDigit(text[next])) && Take(expected);
    }

    private void Skip()
    {
        while (Peek() is ' ' or '\t')
            _at++;
    }

    // The first problem is the one that the others follow from.
    private void Fail(string why) => _problem ??= FormattableString.Invariant($"The query is not understood at character {_at + 1}: {why}.");

    private T? Fail<T>(string why)
        where T : class
    {
        Fail(why);
        return null;
    }
}
