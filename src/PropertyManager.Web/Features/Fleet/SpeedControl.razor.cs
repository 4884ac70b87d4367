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
    private double _speed;

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

    private async Task Change(ChangeEventArgs change)
    {
        if (!double.TryParse(change.Value as string, CultureInfo.InvariantCulture, out var speed))
            return;
        _access = await Person.ReadAsync(_gone.Token);
        await Desk.SetSpeedAsync(speed, _access, _gone.Token);
        _speed = Clock.Speed;
    }

    private static string Text(double speed) => speed.ToString("0.##", CultureInfo.InvariantCulture);
}
