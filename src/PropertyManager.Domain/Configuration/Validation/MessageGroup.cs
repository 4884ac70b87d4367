namespace PropertyManager.Domain.Configuration.Validation;

/// <summary>What messages have in common that are one message in several places.</summary>
/// <param name="Kind">What is missing in one place may be empty in another, in the same words.</param>
/// <param name="Detail">Without the name of the rule.</param>
internal readonly record struct MessageKey(Severity Severity, string? Kind, string Title, string Detail, bool IsOfHostnames)
{
    public static MessageKey Of(ValidationMessage message) =>
        new(message.Severity, message.Kind, message.Title, message.DetailOfMany ?? message.Detail, message.IsOfHostnames);
}

/// <summary>A message that becomes one of several places.</summary>
/// <param name="first">As it stands in the first of them.</param>
internal sealed class MessageGroup(ValidationMessage first)
{
    private readonly List<MessagePlace> _others = [.. first.Others];
    private int _count = first.Count;
    private int _criteria = first.Criteria;
    private string _last = first.Others.Count > 0 ? first.Others[^1].Pointer : first.Pointer;

    /// <summary>Takes in another of its kind, with its places: as many are listed as those of all messages of a validation.</summary>
    public void Add(ValidationMessage message)
    {
        _others.AddRange(message.Places.Take(KeptMessages.Most - _others.Count));
        _last = message.Places.Last().Pointer;
        _count += message.Count;
        _criteria = Math.Min(_criteria, message.Criteria);
    }

    /// <summary>Takes in another of its kind, of one place, which is counted and listed only where that is wanted. False where it is that of the last place again.</summary>
    /// <param name="message">The other one.</param>
    /// <param name="rule">The rule that it is about; null where the message says it itself.</param>
    /// <param name="isListed">Its place is kept.</param>
    public bool Add(ValidationMessage message, RulePlace? rule, bool isListed)
    {
        if (message.Pointer == _last)
        {
            return false;
        }

        _last = message.Pointer;
        _count++;
        _criteria = Math.Min(_criteria, Math.Max(message.Criteria, rule?.Criteria ?? 0));
        if (isListed)
        {
            _others.Add(new MessagePlace(message.Pointer, rule?.Path ?? message.RulePath));
        }

        return true;
    }

    /// <summary>All of them as one.</summary>
    public ValidationMessage ToMessage() =>
        _count == first.Count
            ? first
            : first with
            {
                Detail = first.DetailOfMany ?? first.Detail,
                Criteria = _criteria,
                Count = _count,
                Others = _others,
            };
}
