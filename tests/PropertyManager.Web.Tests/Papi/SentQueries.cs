using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace PropertyManager.Web.Tests.Papi;

/// <summary>Hears what an application asks of its database, until it is disposed of.</summary>
internal sealed class SentQueries : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>, IDisposable
{
    private readonly string _directory;
    private readonly ConcurrentQueue<string> _texts = new();
    private readonly ConcurrentBag<IDisposable> _heard = [];

    public SentQueries(TestApp app)
    {
        _directory = app.DataDirectory;
        _heard.Add(DiagnosticListener.AllListeners.Subscribe(this));
    }

    public IReadOnlyCollection<string> Texts => _texts;

    /// <summary>Is given each before it is sent.</summary>
    public Action<string>? Before { get; set; }

    public void OnNext(DiagnosticListener value)
    {
        if (value.Name == DbLoggerCategory.Name)
            _heard.Add(value.Subscribe(this));
    }

    public void OnNext(KeyValuePair<string, object?> value)
    {
        // Other applications run in the same process.
        if (
            value.Key == RelationalEventId.CommandExecuting.Name
            && value.Value is CommandEventData { Connection.ConnectionString: var to, Command.CommandText: var text }
            && to.Contains(_directory, StringComparison.Ordinal)
        )
        {
            _texts.Enqueue(text);
            Before?.Invoke(text);
        }
    }

    public void OnCompleted() { }

    public void OnError(Exception error) { }

    public void Dispose()
    {
        foreach (var heard in _heard)
            heard.Dispose();
    }
}
