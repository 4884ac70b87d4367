namespace PropertyManager.Domain.Configuration.Validation;

/// <summary>Answers that set cookies and are cached: one end user's cookie goes to all others.</summary>
internal static class CookieChecks
{
    /// <summary>The message about a rule, if it does that.</summary>
    public static IEnumerable<ValidationMessage> Of(RulePlace place)
    {
        var caching = LastCaching(place.Rule);
        if (caching >= 0 && IsCached(place.Rule.Behaviors[caching]) && place.Upwards().Any(rule => rule.Rule.Criteria.Any(LooksAtCookies)))
        {
            yield return Message($"{place.Pointer}/behaviors/{caching}", place.Rule.Name, "is for answers that set cookies, and keeps them.");
        }

        var effective = place.Upwards().FirstOrDefault(rule => LastCaching(rule.Rule) >= 0);
        if (effective is null || !IsCached(effective.Rule.Behaviors[LastCaching(effective.Rule)]))
        {
            yield break;
        }

        for (var i = 0; i < place.Rule.Behaviors.Count; i++)
        {
            if (AddsCookie(place.Rule.Behaviors[i]))
            {
                yield return Message(
                    $"{place.Pointer}/behaviors/{i}",
                    place.Rule.Name,
                    $"adds Set-Cookie to answers that \"{effective.Rule.Name}\" lets the edge keep."
                );
            }
        }
    }

    private static ValidationMessage Message(string pointer, string rule, string what)
    {
        const string why = "One end user's cookie, a session's perhaps, would go to others. Do not store them, or take the header away.";
        return new(Severity.Warning, "Answers with cookies are cached", $"\"{rule}\" {what} {why}", pointer)
        {
            DetailOfMany = $"The rule {what} {why}",
        };
    }

    private static int LastCaching(Rule rule)
    {
        for (var i = rule.Behaviors.Count - 1; i >= 0; i--)
        {
            if (rule.Behaviors[i].Name == "caching")
            {
                return i;
            }
        }

        return -1;
    }

    private static bool IsCached(Behavior caching) => caching.Options.Text("behavior") == "MAX_AGE";

    private static bool LooksAtCookies(Criterion criterion) =>
        criterion.Name == "responseHeader"
        && IsSetCookie(criterion.Options.Text("headerName"))
        && criterion.Options.Text("matchOperator") is not ("DOES_NOT_EXIST" or "IS_NOT_ONE_OF");

    private static bool AddsCookie(Behavior behavior) =>
        behavior.Name is ("modifyOutgoingResponseHeader" or "modifyIncomingResponseHeader")
        && behavior.Options.Text("action") is ("ADD" or "MODIFY")
        && IsSetCookie(behavior.Options.Text("customHeaderName"));

    private static bool IsSetCookie(string? header) => string.Equals(header, "Set-Cookie", StringComparison.OrdinalIgnoreCase);
}
