namespace PropertyManager.Domain.Configuration.Validation;

/// <summary>
/// The messages of a validation, none of them twice and no more than anybody reads. Errors have the places before warnings, whatever their order:
/// a version with errors cannot be activated, and must not look as if it had none.
/// </summary>
internal sealed class KeptMessages
{
    /// <summary>Messages, at most; then one that says that there are more. As many places beyond the first of each are listed.</summary>
    public const int Most = 1_000;

    private readonly Dictionary<MessageKey, MessageGroup> _groups = [];
    private readonly List<MessageGroup> _errors = [];
    private readonly List<MessageGroup> _warnings = [];
    private int _places;
    private int _leftOut;
    private bool _isFull;

    /// <summary>Takes a message in. False when it makes more errors than are kept: nothing that comes after it would be.</summary>
    /// <param name="message">In the order of the tree, of one place.</param>
    /// <param name="place">The rule that it is about; null where the message says it itself, or is about none.</param>
    public bool Add(ValidationMessage message, RulePlace? place = null)
    {
        var key = MessageKey.Of(message);
        if (_groups.TryGetValue(key, out var group))
        {
            var isListed = _places < Most;
            _places += group.Add(message, place, isListed) && isListed ? 1 : 0;
            return true;
        }

        var kept = message.Severity == Severity.Error ? _errors : _warnings;
        if (kept.Count == Most)
        {
            _isFull = message.Severity == Severity.Error;
            _leftOut++;
            return !_isFull;
        }

        group = new MessageGroup(
            place is null ? message : message with { RulePath = place.Path, Criteria = Math.Max(message.Criteria, place.Criteria) }
        );
        _groups.Add(key, group);
        kept.Add(group);
        return true;
    }

    /// <summary>Those that are kept, as <see cref="ValidationMessages.Arrange" /> has them.</summary>
    public IReadOnlyList<ValidationMessage> ToList(RulePlace root)
    {
        var warnings = _warnings.Take(Most - _errors.Count);
        var leftOut = _leftOut + Math.Max(0, _errors.Count + _warnings.Count - Most);
        var kept = ValidationMessages.Ordered(_errors.Concat(warnings).Select(group => group.ToMessage()));
        return leftOut == 0 ? kept : [.. kept, More(leftOut, root)];
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
            Criteria = int.MaxValue,
        };
}
