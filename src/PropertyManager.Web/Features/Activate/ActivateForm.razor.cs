using Microsoft.AspNetCore.Components;
using PropertyManager.Domain;
using PropertyManager.Domain.Activations;
using PropertyManager.Domain.Configuration;
using PropertyManager.Domain.Properties;
using PropertyManager.Web.Engine;
using PropertyManager.Web.Shell.Parts;

namespace PropertyManager.Web.Features.Activate;

/// <summary>What a person says when they activate a version, checked at each field, and confirmed once.</summary>
public sealed partial class ActivateForm
{
    private const int ShownHosts = 12;

    private readonly string _id = Guid.NewGuid().ToString("N");
    private OrderFields? _fields;
    private PlannedTrouble? _trouble;
    private ConfirmDialog? _confirm;
    private Forecast? _forecast;
    private Refusal? _refusal;
    private string? _untested;
    private string? _unread;
    private bool _warningsRead;
    private bool _limit = true;
    private bool _acknowledged;
    private ActionRunner? _runner;

    [Inject]
    public required ActivationDesk Desk { get; init; }

    [Inject]
    public required CurrentAccess Person { get; init; }

    [Inject]
    public required SimulationSettings Settings { get; init; }

    /// <summary>What the page has read: the property, and the version that is to be activated.</summary>
    [Parameter, EditorRequired]
    public required ActivateView Page { get; set; }

    [Parameter, EditorRequired]
    public required Network Network { get; set; }

    [Parameter, EditorRequired]
    public required ActivationPreview Preview { get; set; }

    [Parameter, EditorRequired]
    public required bool MayDemonstrate { get; set; }

    /// <summary>The activation runs.</summary>
    [Parameter]
    public EventCallback Submitted { get; set; }

    private long PropertyId => Page.Property.Id;

    private int Version => Page.Check.Version.Number;

    private TrafficProfile Traffic => Page.Property.Traffic;

    /// <summary>All that the version serves.</summary>
    private IReadOnlyList<string> Hostnames => Page.Hostnames;

    private string Title => $"Activate v{Version} on {ActivationLabels.Name(Network)}";

    /// <summary>The activation as it is asked for so far, for the faults that go along.</summary>
    private FaultTarget Target =>
        Network == Network.Staging
            ? FaultTarget.WithoutLimit("staging serves no end users", hasTraffic: false)
            : FaultTarget.Of(
                _forecast,
                Traffic.Mix,
                ActivationMachine.WhyLimitDoesNotAct(
                    Network,
                    ActivationType.Activate,
                    Preview.Class.Reason,
                    _limit,
                    Activation.AnsweringOf(ActivationType.Activate, Preview.Active?.Version),
                    Traffic.HitsPerSecond
                )
            );

    private int Warnings => Preview.Messages.Count(message => message.Severity == Severity.Warning);

    private bool NeedsAcknowledgement => Network == Network.Production && !Preview.WasOnStaging;

    /// <summary>The hostnames that change; where none does, those that are served.</summary>
    private IReadOnlyList<string> Hosts =>
        Preview.Hostnames.Count == 0
            ? Hostnames
            :
            [
                .. Preview.Hostnames.Added.Select(host => $"+ {host.CnameFrom}"),
                .. Preview.Hostnames.Removed.Select(host => $"− {host.CnameFrom}"),
                .. Preview.Hostnames.Reconfigured.Select(host => $"~ {host.CnameFrom}"),
            ];

    private string Affected =>
        Preview.Hostnames.Count > 0
            ? $"{Words.Count(Preview.Hostnames.Added.Count, "hostname")} added, {Words.Number(Preview.Hostnames.Removed.Count)} removed, {Words.Number(Preview.Hostnames.Reconfigured.Count)} reconfigured:"
        : Hostnames.Count > 0 ? $"Serves {Words.Count(Hostnames.Count, "hostname")}, unchanged:"
        : "Serves no hostnames.";

    private string Expected =>
        Network == Network.Staging ? "It usually takes 2–3 simulated minutes."
        : Preview.Class.IsException ? "As an exception it can take up to 60 simulated minutes."
        : "Live traffic usually has it in 3–4 simulated minutes, the whole network in up to 15. You can cancel until then, and fall back for 60 simulated minutes afterwards.";

    private string Id(string name) => $"{name}-{_id}";

    private async Task SubmitAsync()
    {
        if (_fields is not { } fields || _confirm is null)
            return;
        _refusal = null;
        _untested = NeedsAcknowledgement && !_acknowledged ? "Acknowledge this first, or activate the version on staging." : null;
        _unread = Warnings > 0 && !_warningsRead ? "Acknowledge this first, or mend what it warns of in a new version." : null;
        var complete = _untested is null && _unread is null;
        complete &= fields.Check(); // each says what is wrong, so all are asked
        complete &= _trouble?.TakeRest() != false;
        if (!complete || !await _confirm.AskAsync())
            return;
        await _runner!.RunAsync(async gone =>
        {
            var order = new ActivationOrder(
                PropertyId,
                Version,
                Network,
                fields.Notes,
                fields.Emails,
                _limit,
                Acknowledged: true,
                _trouble?.Faults,
                Preview.Revision
            );
            (_, _refusal) = await Desk.SubmitAsync(order, await Person.ReadAsync(gone), gone);
            if (_refusal is null)
                await Submitted.InvokeAsync();
        });
    }

    private static string Sentence(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
