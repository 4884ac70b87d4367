using System.Globalization;
using System.Text;
using System.Text.Json;

namespace PropertyManager.Domain.Configuration.Search;

/// <summary>Reads the text of a query, once.</summary>
internal sealed class QueryReader(string text)
{
    /// <summary>Brackets in brackets of a filter, at most.</summary>
    private const int MaxDepth = 20;

    private static readonly string[] Comparisons = ["==", "!=", "<=", ">=", "<", ">"];

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
        if (Array.Find(Comparisons, Take) is not { } comparison)
            return left.Literal is null && Peek() is not ('=' or '~')
                ? new ExistsTest(left)
                : Fail<QueryTest>($"a value is compared with one of {string.Join(", ", Comparisons)}: functions and patterns are not possible");
        Skip();
        return ReadOperand() is { } right ? new CompareTest(left, comparison, right) : null;
    }

    private QueryOperand? ReadOperand()
    {
        if (Take("@"))
            return ReadPath();
        if (Peek() is '\'' or '"')
            return ReadText() is { } words ? new(JsonSerializer.SerializeToElement(words), []) : null;
        foreach (var word in new[] { "true", "false", "null" })
        {
            if (Take(word))
                return new(JsonElement.Parse(word), []);
        }
        var start = _at;
        while (Peek() is { } c && (char.IsAsciiDigit(c) || c is '-' or '+' or '.' or 'e' or 'E'))
            _at++;
        return
            double.TryParse(text.AsSpan(start, _at - start), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && double.IsFinite(number)
            ? new(JsonSerializer.SerializeToElement(number), [])
            : Fail<QueryOperand>("a filter compares @ or a path below it with a text in quotes, a number, true, false or null");
    }

    private QueryOperand? ReadPath()
    {
        List<object> steps = [];
        while (_problem is null)
        {
            if (Take("."))
            {
                if (ReadName() is not { } name)
                    return Fail<QueryOperand>("a name is missing: below @ there are names and numbers, no wildcards");
                steps.Add(name);
            }
            else if (Take("["))
            {
                object? step = Peek() is '\'' or '"' ? ReadText() : ReadIndex();
                if (step is null || !Take("]"))
                    return Fail<QueryOperand>("in brackets below @ there is a name in quotes or a number");
                steps.Add(step);
            }
            else
                break;
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
