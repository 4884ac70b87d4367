using PropertyManager.Domain.Configuration.Validation;

namespace PropertyManager.Domain.Configuration;

/// <summary>Messages as they are shown and answered.</summary>
public static class ValidationMessages
{
    /// <summary>
    /// What is the same in several places made one message; errors first, then what affects more requests (<see cref="ValidationMessage.Criteria" />),
    /// then as they come. Messages that are arranged already may be among them: where those of several checks are put together, the whole is arranged
    /// again.
    /// </summary>
    public static IReadOnlyList<ValidationMessage> Arrange(IEnumerable<ValidationMessage> messages)
    {
        ArgumentNullException.ThrowIfNull(messages);
        var groups = new Dictionary<MessageKey, MessageGroup>();
        foreach (var message in messages)
        {
            var key = MessageKey.Of(message);
            if (groups.TryGetValue(key, out var group))
            {
                group.Add(message);
            }
            else
            {
                groups.Add(key, new MessageGroup(message));
            }
        }

        return Ordered(groups.Values.Select(group => group.ToMessage()));
    }

    /// <summary>In their order; equal ones as they come.</summary>
    internal static IReadOnlyList<ValidationMessage> Ordered(IEnumerable<ValidationMessage> messages) =>
        [.. messages.OrderByDescending(message => message.Severity).ThenBy(message => message.Criteria)];
}
