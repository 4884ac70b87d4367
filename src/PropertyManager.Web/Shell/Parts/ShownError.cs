using PropertyManager.Web.Data;

namespace PropertyManager.Web.Shell.Parts;

/// <summary>A failure as people read it.</summary>
public sealed partial class ShownError
{
    private ShownError(string title, string text) => (Title, Text) = (title, text);

    /// <summary>What happened, without a full stop.</summary>
    public string Title { get; }

    /// <summary>What it means, in whole sentences; for a fault of the program with eight characters that the log has too.</summary>
    public string Text { get; }

    /// <summary>Logs the exception, once, and puts it into words.</summary>
    /// <param name="exception">What was caught.</param>
    /// <param name="logger">Of the component that caught it.</param>
    /// <param name="source">Name of the component whose work failed, for the log.</param>
    public static ShownError From(Exception exception, ILogger logger, string source)
    {
        if (DatabaseFailure.From(exception) is { } failure)
        {
            LogDatabaseFailure(logger, source, failure.Text, exception);
            return new(
                failure.Sentence.TrimEnd('.'),
                failure.IsOutcomeUnknown ? "A change may have been made all the same: look before you try again." : "Try again in a moment."
            );
        }
        var id = Guid.NewGuid().ToString("N")[..8];
        LogError(logger, source, id, exception);
        return new("Something went wrong in the application", $"If it happens again, report the error ID {id}: the log has the details.");
    }

    [LoggerMessage(LogLevel.Warning, "{Source} failed: {Cause}")]
    private static partial void LogDatabaseFailure(ILogger logger, string source, string cause, Exception exception);

    [LoggerMessage(LogLevel.Error, "{Source} failed, error ID {ErrorId}")]
    private static partial void LogError(ILogger logger, string source, string errorId, Exception exception);
}
