namespace PropertyManager.Domain.Configuration.Evaluation;

/// <summary>What a criterion compares with: exact texts in a set, patterns one by one, and texts with variables made anew for each request.</summary>
internal sealed class ValueList
{
    private readonly bool _caseSensitive;
    private readonly bool _wildcards;
    private readonly string? _only;
    private readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> _exact;
    private readonly bool _hasExact;
    private readonly Wildcard[] _patterns;
    private readonly Template[] _templates;

    public ValueList(IReadOnlyList<Template> values, bool caseSensitive, bool wildcards)
    {
        _caseSensitive = caseSensitive;
        _wildcards = wildcards;
        var constants = values.Where(value => value.Constant is not null).Select(value => value.Constant!).ToList();
        var exact = constants.Where(text => !wildcards || !Wildcard.IsOne(text)).ToList();
        // One text is compared faster than it is hashed.
        _only = exact.Count == 1 ? exact[0] : null;
        _hasExact = exact.Count > 1;
        _exact = new HashSet<string>(exact, caseSensitive ? StringComparer.Ordinal : StringComparer.OrdinalIgnoreCase).GetAlternateLookup<
            ReadOnlySpan<char>
        >();
        _patterns = [.. constants.Where(text => wildcards && Wildcard.IsOne(text)).Select(text => new Wildcard(text, caseSensitive))];
        _templates = [.. values.Where(value => value.Constant is null)];
    }

    private StringComparison Comparison => _caseSensitive ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase;

    /// <summary>Whether one of the values is, or one of the patterns matches, the text.</summary>
    public bool Contains(ReadOnlySpan<char> text, EvaluationRun run)
    {
        if ((_only is not null && text.Equals(_only, Comparison)) || (_hasExact && _exact.Contains(text)))
        {
            return true;
        }

        foreach (var pattern in _patterns)
        {
            if (pattern.Matches(text))
            {
                return true;
            }
        }

        foreach (var template in _templates)
        {
            var value = template.Expand(run);
            if (_wildcards ? new Wildcard(value, _caseSensitive).Matches(text) : text.Equals(value, Comparison))
            {
                return true;
            }
        }

        return false;
    }
}
