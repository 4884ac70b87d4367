using System.ComponentModel.DataAnnotations;
using PropertyManager.Domain.Rollouts;
using PropertyManager.Web.Papi.Problems;
using PropertyManager.Web.Shell.Parts;

namespace PropertyManager.Web.Papi.Simulation;

/// <summary>What is to go wrong.</summary>
/// <param name="Kind">One of <see cref="FaultNames.Kinds"/>.</param>
/// <param name="Share">How hard, 0 to 1: of the hits, servers or copies; all where it is left out.</param>
/// <param name="FromSeconds">When it begins, simulated seconds after the activation or the phase began; at once where it is left out.</param>
/// <param name="UntilSeconds">When it is over, counted in the same way; it lasts where it is left out.</param>
/// <param name="Phase">One of <see cref="FaultNames.Phases"/>: the times count from its beginning; from the activation's where it is left out.</param>
/// <param name="Slowness">Of <c>SLOW_INSTALL</c>: it takes so many times as long; 4 where it is left out.</param>
/// <param name="Scope">Where; on all servers with the new version where it is left out.</param>
internal sealed record FaultModel(
    [property: AllowedValues(
        "SERVER_ERRORS",
        "CLIENT_ERRORS",
        "CRASH",
        "CORRUPTED_TRANSFER",
        "OVERLOAD",
        "UNAVAILABLE",
        "SLOW_INSTALL",
        "ORIGIN_DOWN"
    )]
        string? Kind,
    double? Share = null,
    double? FromSeconds = null,
    double? UntilSeconds = null,
    [property: AllowedValues("STAGING", "ZONE_1", "ZONE_2", "ZONE_3")] string? Phase = null,
    double? Slowness = null,
    ScopeModel? Scope = null
)
{
    // Beyond what a fault can take, and within what a time can hold.
    private const double MostSeconds = 1e9;

    /// <summary>In the words of the API.</summary>
    public static FaultModel Of(Fault fault) =>
        new(
            FaultNames.Of(fault.Kind),
            fault.Share,
            fault.From.TotalSeconds,
            fault.Until?.TotalSeconds,
            fault.Phase is { } phase ? FaultNames.Of(phase) : null,
            fault.Kind == FaultKind.SlowInstall ? fault.Slowness : null,
            new(fault.Scope.Country, fault.Scope.City, fault.Scope.Asn, fault.Scope.Region, fault.Scope.Servers, fault.Scope.OnlyUpdated)
        );

    /// <summary>What is meant; or the problem that is to be answered. Whether it can be set is the desk's to say.</summary>
    /// <param name="places">Where servers stand: a country is named by its code or its name.</param>
    public (Fault? Fault, PapiProblem? Problem) Read(IReadOnlyList<RegionPlace> places)
    {
        if (FaultNames.Kind(Kind) is not { } kind)
            return (null, FaultNames.Wrong("kind", Kind, FaultNames.Kinds));
        RolloutStage? phase = null;
        if (Phase is not null && (phase = FaultNames.Phase(Phase)) is null)
            return (null, FaultNames.Wrong("phase", Phase, FaultNames.Phases));
        if (Math.Abs(FromSeconds ?? 0) > MostSeconds || Math.Abs(UntilSeconds ?? 0) > MostSeconds)
            return (null, PapiProblems.BadRequest("fromSeconds and untilSeconds are counted from the beginning of the activation or the phase."));
        var country = Scope?.Country is { } named ? FaultPlaces.Of(places).Find(FaultWhere.Country, named)?.Scope.Country : null;
        if (Scope?.Country is not null && country is null)
            return (null, UnknownCountry(Scope.Country, places));
        var fault = new Fault(kind, Share ?? 1, TimeSpan.FromSeconds(FromSeconds ?? 0))
        {
            Until = UntilSeconds is { } until ? TimeSpan.FromSeconds(until) : null,
            Phase = phase,
            Scope = new()
            {
                Country = country,
                City = Scope?.City,
                Asn = Scope?.Asn,
                Region = Scope?.Region,
                Servers = Scope?.Servers ?? 1,
                OnlyUpdated = Scope?.OnlyUpdated ?? true,
            },
        };
        return (Slowness is { } slowness ? fault with { Slowness = slowness } : fault, null);
    }

    private static PapiProblem UnknownCountry(string named, IReadOnlyList<RegionPlace> places)
    {
        var choices = FaultPlaces.Of(places).Choices(FaultWhere.Country);
        var some = string.Join(", ", choices.Take(3).Select(choice => $"{choice.Scope.Country} ({choice.Text})"));
        return PapiProblems.BadRequest(
            $"scope.country is {FaultNames.Quoted(named)}: it is the code or the English name of one of {choices.Count} countries, such as {some}. GET {SimulationEndpoints.Root}/fleet lists them."
        );
    }
}

/// <summary>Where something goes wrong: everything that is named must hold.</summary>
/// <param name="Country">Its code or its name.</param>
/// <param name="City">Its name.</param>
/// <param name="Asn">Number of an ISP's network.</param>
/// <param name="Region">Number of one region.</param>
/// <param name="Servers">Of the servers there, 0 to 1.</param>
/// <param name="OnlyUpdated">Only servers with the new version: the version is to blame.</param>
internal sealed record ScopeModel(
    string? Country = null,
    string? City = null,
    int? Asn = null,
    int? Region = null,
    double? Servers = null,
    bool? OnlyUpdated = null
);
