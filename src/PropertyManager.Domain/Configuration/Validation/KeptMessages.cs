namespace PropertyManager.Domain.Configuration.Validation;

/// <summary>
/// The messages of a validation, none of them twice and no more than anybody reads. Errors have the places before warnings, whatever their order:
/// a version with errors cannot be activated, and must not look as if it had none.
/// </summary>
internal sealed class KeptMessages
{
    /// <summary>Messages, at most; then one that says that there are more.</summary>
    public const int Most = 1_000;

    private readonly HashSet<ValidationMessage> _seen = [];
    private readonly List<(int Order, ValidationMessage Message)> _errors = [];
    private readonly List<(int Order, ValidationMessage Message)> _warnings = [];
    private int _leftOut;
    private bool _isFull;

    /// <summary>Takes a message in. False when it makes more errors than are kept: nothing that comes after it would be.</summary>
    /// <param name="message">In the order of the tree.</param>
    /// <param name="place">The rule that it is about; null where the message says it itself, or is about none.</param>
    public bool Add(ValidationMessage message, RulePlace? place = null)
    {
        var kept = message.Severity == Severity.Error ? _errors : _warnings;
        if (_seen.Contains(message))
        {
            return true;
        }

        if (kept.Count == Most)
        {
            _isFull = message.Severity == Severity.Error;
            _leftOut++;
            return !_isFull;
        }

        _seen.Add(message);
        kept.Add((_seen.Count, place is null ? message : message with { RulePath = place.Path }));
        return true;
    }

    /// <summary>Those that are kept, in their order.</summary>
    public IReadOnlyList<ValidationMessage> ToList(RulePlace root)
    {
        var warnings = _warnings.Take(Most - _errors.Count);
        var leftOut = _leftOut + Math.Max(0, _errors.Count + _warnings.Count - Most);
        var kept = _errors.Concat(warnings).OrderBy(pair => pair.Order).Select(pair => pair.Message);
        return leftOut == 0 ? [.. kept] : [.. kept, More(leftOut, root)];
    }

    private ValidationMessage More(int leftOut, RulePlace root) =>
        new(
            _isFull ? Severity.Error : Severity.Warning,
            _isFull ? "More errors" : "More warnings",
            _isFull
                ? FormattableString.Invariant(
                    $"There are more than {Most:N0} errors, and only the first of them are listed. Correct these, and see then what is left."
                )
                : FormattableString.Invariant(
                    $"There are {leftOut:N0} more warnings, which are not listed. Correct some of those that are, and see then what is left."
                ),
            root.Pointer
        )
        {
            RulePath = root.Path,
        };
}
