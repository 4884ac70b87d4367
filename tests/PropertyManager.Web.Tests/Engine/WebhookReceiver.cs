using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace PropertyManager.Web.Tests.Engine;

/// <summary>What a webhook was sent.</summary>
internal sealed record WebhookMessage(string Body, IReadOnlyDictionary<string, string> Headers)
{
    public JsonNode Json => JsonNode.Parse(Body)!;

    public string Header(string name) => Headers[name];
}

/// <summary>Somebody else's server.</summary>
internal sealed class WebhookReceiver : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly TaskCompletionSource _first = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _gone = new();
    private WebApplication _app = null!;

    public ConcurrentQueue<WebhookMessage> Got { get; } = [];

    public int Status { get; set; } = 200;

    /// <summary>An event that it answers with 500.</summary>
    public string? Refuses { get; set; }

    /// <summary>It takes the message and does not answer.</summary>
    public bool Holds { get; set; }

    public string Address => $"{_app.Urls.Single()}/hook?x=1";

    public static async Task<WebhookReceiver> StartAsync()
    {
        var receiver = new WebhookReceiver();
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        receiver._app = builder.Build();
        receiver._app.MapPost("/hook", receiver.TakeAsync);
        await receiver._app.StartAsync();
        return receiver;
    }

    public Task FirstAsync() => _first.Task.WaitAsync(Patience);

    public async ValueTask DisposeAsync()
    {
        await _gone.CancelAsync();
        await _app.DisposeAsync();
        _gone.Dispose();
    }

    private async Task TakeAsync(HttpContext http)
    {
        using var reader = new StreamReader(http.Request.Body);
        var body = await reader.ReadToEndAsync();
        Got.Enqueue(
            new WebhookMessage(body, http.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase))
        );
        _first.TrySetResult();
        if (Holds)
            await Task.Delay(Timeout.Infinite, _gone.Token).ContinueWith(_ => { }, TaskScheduler.Default);
        http.Response.StatusCode = Refuses is not null && body.Contains($"\"{Refuses}\"", StringComparison.Ordinal) ? 500 : Status;
        http.Response.Headers.Location = "/hook";
    }
}
