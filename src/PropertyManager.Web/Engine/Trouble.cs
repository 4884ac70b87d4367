using PropertyManager.Web.Data;

namespace PropertyManager.Web.Engine;

/// <summary>What keeps the engine from going on, in words for people; it is tried again all the time.</summary>
/// <param name="Since">When it began, real time.</param>
/// <param name="Text">What happens, and that nothing is lost. Whole sentences.</param>
public sealed record Trouble(DateTimeOffset Since, string Text)
{
    private const string Promise =
        "Nothing is lost: the servers keep what they have, and the engine tries again every few seconds and goes on by itself.";

    /// <summary>The trouble that an exception tells of.</summary>
    public static Trouble From(Exception exception, DateTimeOffset since) => new(since, $"{Cause(exception)} {Promise}");

    private static string Cause(Exception exception) =>
        DatabaseFailure.From(exception) is { } failure
            ? $"The next step has to wait: {failure.Text}."
            : "The next step has to wait: something unexpected went wrong. The application's log says what.";
}
