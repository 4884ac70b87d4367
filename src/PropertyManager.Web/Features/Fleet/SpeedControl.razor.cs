using System.Globalization;
using Microsoft.AspNetCore.Components;
using PropertyManager.Edge;
using PropertyManager.Web.Data;
using PropertyManager.Web.Engine;
using PropertyManager.Web.Shell.Parts;

namespace PropertyManager.Web.Features.Fleet;

/// <summary>How fast simulated time runs: everybody sees it, those who may demonstrate change it, and more on the page that it links to.</summary>
public sealed partial class SpeedControl : IAsyncDisposable
{
    private static readonly double[] Speeds = [1, 5, 20, 60, 200, 1000];

    /// <summary>Somebody else may change it.</summary>
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource _gone = new();
    private Task _looking = Task.CompletedTask;
    private Access _access = Access.None;
    private ActionRunner? _runner;
    private double _speed;
    private double? _wanted;

    [Inject]
    public required SimulationClock Clock { get; init; }

    [Inject]
    public required SimulationDesk Desk { get; init; }

    [Inject]
    public required CurrentAccess Person { get; init; }

    [Inject]
    public required TimeProvider Time { get; init; }

    /// <summary>Leads to the page on the simulation.</summary>
    [Parameter]
    public bool WithLink { get; set; }

    private IEnumerable<double> Choices => Speeds.Append(_speed).Distinct().Order();

    public async ValueTask DisposeAsync()
    {
        await _gone.CancelAsync();
        await _looking.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _gone.Dispose();
    }

    protected override async Task OnInitializedAsync()
    {
        _speed = Clock.Speed;
        _looking = LookAsync();
        _access = await Person.ReadAsync(_gone.Token);
    }

    private async Task LookAsync()
    {
        using var timer = new PeriodicTimer(Look, Time);
        while (await timer.WaitForNextTickAsync(_gone.Token))
        {
            if (_speed == Clock.Speed)
                continue;
            _speed = Clock.Speed;
            await InvokeAsync(StateHasChanged);
        }
    }

    // What is chosen while another choice is being saved is saved after it.
    private Task Change(ChangeEventArgs change)
    {
        if (!double.TryParse(change.Value as string, CultureInfo.InvariantCulture, out var chosen))
            return Task.CompletedTask;
        _wanted = chosen;
        return _runner!.RunAsync(async gone =>
        {
            while (_wanted is { } speed)
            {
                _access = await Person.ReadAsync(gone);
                await Desk.SetSpeedAsync(speed, _access, gone);
                _speed = Clock.Speed;
                if (_wanted == speed)
                    _wanted = null;
            }
        });
    }

    private static string Text(double speed) => speed.ToString("0.##", CultureInfo.InvariantCulture);
}
