using System.Diagnostics.Metrics;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using PropertyManager.Web.Engine;

namespace PropertyManager.Web.Tests.Papi;

/// <summary>Evaluations do not outlive whoever waits for them, nor the application.</summary>
public sealed class EvaluationEndTests
{
    private const string DryRun = "/papi/v1/properties/prp_100101/activations?dryRun=true";

    private const string Order = """{"propertyVersion":5,"network":"PRODUCTION","notifyEmails":["ann@shop.example"],"acknowledgeAllWarnings":true}""";

    [Fact]
    public async Task A_request_that_waits_for_its_turn_ends_when_the_client_hangs_up()
    {
        var papi = new PapiApp();
        await using var app = papi.App;
        var client = await papi.ClientAsync();
        // The first of its kind would take its time on the way.
        Assert.Equal(200, (await client.PostAsync(DryRun, Order)).Status);
        using var requests = new RequestCount(app.Services.GetRequiredService<IMeterFactory>());
        using var busy = new Busy(app.Services.GetRequiredService<EvaluationGate>());
        using var http = app.CreateClient();
        using var gone = new CancellationTokenSource();
        using var message = new HttpRequestMessage(HttpMethod.Post, DryRun);
        message.Content = new StringContent(Order, Encoding.UTF8, "application/json");
        client.Sign(message, Order);
        var sent = http.SendAsync(message, gone.Token);
        await UntilAsync(() => requests.Active == 1);
        // Nothing shows that it waits for its turn. Where it does not yet, it ends as well, and the test has seen less.
        await Task.Delay(500);
        Assert.False(sent.IsCompleted);

        await gone.CancelAsync();

        await UntilAsync(() => requests.Active == 0);
        Assert.False(busy.IsOver);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sent);
    }

    [Fact]
    public async Task An_evaluation_ends_when_the_application_stops()
    {
        await using var app = new TestApp();
        var lifetime = app.Services.GetRequiredService<IHostApplicationLifetime>();
        var begun = new TaskCompletionSource();
        var evaluated = app
            .Services.GetRequiredService<EvaluationGate>()
            .RunAsync(
                budget =>
                {
                    begun.SetResult();
                    return SpinWait.SpinUntil(() => budget.IsSpent, TimeSpan.FromSeconds(60));
                },
                CancellationToken.None
            );
        await begun.Task;

        lifetime.StopApplication();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => evaluated);
    }

    private static async Task UntilAsync(Func<bool> holds)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!holds())
            await Task.Delay(10, patience.Token);
    }

    /// <summary>All turns are taken, until it is disposed.</summary>
    private sealed class Busy : IDisposable
    {
        private readonly ManualResetEventSlim _over = new();
        private readonly Task[] _taken;

        public Busy(EvaluationGate gate)
        {
            var turns = Math.Max(1, Environment.ProcessorCount - 1);
            using var begun = new CountdownEvent(turns);
            _taken = [.. Enumerable.Range(0, turns).Select(_ => gate.RunAsync(_ => begun.Signal() | Wait(), CancellationToken.None))];
            begun.Wait();
        }

        public bool IsOver => _over.IsSet;

        public void Dispose()
        {
            _over.Set();
            // They may have ended with the application.
            Task.WhenAll(_taken).ContinueWith(_ => _over.Dispose(), TaskScheduler.Default).Wait();
        }

        private bool Wait()
        {
            _over.Wait();
            return true;
        }
    }

    /// <summary>How many requests an application works on, as it measures it itself.</summary>
    private sealed class RequestCount : IDisposable
    {
        private readonly MeterListener _listener = new();
        private long _active;

        public RequestCount(IMeterFactory meters)
        {
            _listener.InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Name == "http.server.active_requests" && instrument.Meter.Scope == meters)
                    listener.EnableMeasurementEvents(instrument);
            };
            _listener.SetMeasurementEventCallback<long>((_, change, _, _) => Interlocked.Add(ref _active, change));
            _listener.Start();
        }

        public long Active => Interlocked.Read(ref _active);

        public void Dispose() => _listener.Dispose();
    }
}
