using Microsoft.AspNetCore.Components;
using PropertyManager.Domain.Properties;
using PropertyManager.Web.Engine;
using PropertyManager.Web.Shell.Parts;

namespace PropertyManager.Web.Features.Activate;

/// <summary>Before a version is activated: what share of the traffic changes, why, and whether the error-rate limit would cancel it.</summary>
public sealed partial class ImpactPreview : IDisposable
{
    private readonly PageReads _reads = new();
    private Forecast? _forecast;
    private bool _reading = true;
    private (long, int, int, bool, string?) _read;

    [Inject]
    public required TrafficForecast Forecasts { get; init; }

    [Inject]
    public required CurrentAccess Person { get; init; }

    /// <summary>With its audience.</summary>
    [Parameter, EditorRequired]
    public required Property Property { get; set; }

    /// <summary>The version that is active on production.</summary>
    [Parameter, EditorRequired]
    public required VersionRules Before { get; set; }

    /// <summary>The version that is to be activated.</summary>
    [Parameter, EditorRequired]
    public required VersionRules After { get; set; }

    /// <summary>The choice "Cancel Activation if Error Rate Increases", as it stands in the form.</summary>
    [Parameter, EditorRequired]
    public required bool Limit { get; set; }

    /// <summary>Why it would be an exception; null when it would not.</summary>
    [Parameter]
    public string? Exception { get; set; }

    /// <summary>Both versions are evaluated: what came of it, or null where no version is active.</summary>
    [Parameter]
    public EventCallback<Forecast?> Evaluated { get; set; }

    public void Dispose() => _reads.Dispose();

    protected override async Task OnParametersSetAsync()
    {
        var asked = (Property.Id, Before.Number, After.Number, Limit, Exception);
        if (_read == asked)
            return;
        _read = asked;
        await _reads.NewestAsync(async cancellation =>
        {
            var access = await Person.ReadAsync(cancellation);
            (_forecast, _reading) = (await Forecasts.CompareAsync(Property, Before, After, Limit, Exception, access, cancellation), false);
            await Evaluated.InvokeAsync(_forecast);
        });
    }
}
