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
    private readonly bool _folds;

    /// <param name="values">The texts.</param>
    /// <param name="caseSensitive">Whether case counts.</param>
    /// <param name="wildcards">Whether stars and question marks stand for other characters.</param>
    /// <param name="folds">
    /// What is compared comes folded (<see cref="Folding" />): values are folded too and then compared exactly, which is several times faster than
    /// passing over case each time.
    /// </param>
    public ValueList(IReadOnlyList<Template> values, bool caseSensitive, bool wildcards, bool folds = false)
    {
        _folds = folds;
        caseSensitive |= folds;
        _caseSensitive = caseSensitive;
        _wildcards = wildcards;
        var constants = values.Where(value => value.Constant is not null).Select(value => Fold(value.Constant!)).ToList();
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

    private string Fold(string text) => _folds ? Folding.Fold(text) : text;

    /// <summary>Whether one of the values is, or one of the patterns matches, the text.</summary>
    public bool Contains(ReadOnlySpan<char> text, EvaluationRun run)
    {
        if (_only is not null && (_caseSensitive ? text.SequenceEqual(_only) : text.Equals(_only, Comparison)))
        {
            return true;
        }

        if (_hasExact && _exact.Contains(text))
        {
            return true;
        }

        foreach (var pattern in _patterns)
        {
            if (pattern.IsCostly && run.IsOver)
            {
                return false;
            }

            if (pattern.Matches(text))
            {
                return true;
            }
        }

        foreach (var template in _templates)
        {
            if (run.IsOver)
            {
                return false;
            }

            var value = Fold(template.Expand(run));
            if (_wildcards ? new Wildcard(value, _caseSensitive).Matches(text) : text.Equals(value, Comparison))
            {
                return true;
            }
        }

        return false;
    }
}
