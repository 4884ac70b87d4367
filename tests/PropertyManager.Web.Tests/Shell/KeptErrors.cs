using Microsoft.Extensions.Logging;

namespace PropertyManager.Web.Tests.Shell;

/// <summary>Keeps what components log at level warning and above.</summary>
internal sealed class KeptErrors : ILoggerProvider, ILogger
{
    public List<(LogLevel Level, string Text, Exception? Exception)> Lines { get; } = [];

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel))
            Lines.Add((logLevel, formatter(state, exception), exception));
    }

    public void Dispose() { }
}
