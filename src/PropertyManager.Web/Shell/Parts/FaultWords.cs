using System.Globalization;
using PropertyManager.Domain.Rollouts;

namespace PropertyManager.Web.Shell.Parts;

/// <summary>Simulated trouble in words, in one place: "5xx on 40% of the hits, in AS1000123 (Belmond Fibre), only servers with version 5".</summary>
public static class FaultWords
{
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en-US");

    /// <summary>The kinds in the order in which they are offered.</summary>
    public static IReadOnlyList<FaultKind> Kinds { get; } =
    [
        FaultKind.ServerErrors,
        FaultKind.ClientErrors,
        FaultKind.OriginDown,
        FaultKind.Crash,
        FaultKind.Unavailable,
        FaultKind.Overload,
        FaultKind.CorruptedTransfer,
        FaultKind.SlowInstall,
    ];

    /// <summary>The kind as a choice.</summary>
    public static string Kind(FaultKind kind) =>
        kind switch
        {
            FaultKind.ServerErrors => "Hits are answered with 5xx",
            FaultKind.ClientErrors => "Hits are answered with 4xx",
            FaultKind.OriginDown => "The origin does not answer",
            FaultKind.Crash => "Servers crash and reboot",
            FaultKind.Unavailable => "Servers cannot be reached",
            FaultKind.Overload => "Servers are overloaded",
            FaultKind.CorruptedTransfer => "Copies of the package arrive damaged",
            FaultKind.SlowInstall => "Installs are slow",
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, message: null),
        };

    /// <summary>What the kind's share is a share of.</summary>
    public static string Measure(FaultKind kind) =>
        kind switch
        {
            FaultKind.ServerErrors or FaultKind.ClientErrors => "hits",
            FaultKind.OriginDown => "hits that need it",
            FaultKind.CorruptedTransfer => "copies",
            _ => "servers",
        };

    /// <summary>The phase whose beginning starts the clock.</summary>
    public static string Phase(RolloutStage stage) =>
        stage switch
        {
            RolloutStage.Canary => "the small group",
            RolloutStage.Live => "the rest of live traffic",
            RolloutStage.World => "the rest of the network",
            _ => "the staging network",
        };

    /// <summary>All of it but for when: "5xx on 40% of the hits, in Germany, only servers with version 5".</summary>
    /// <param name="fault">What goes wrong.</param>
    /// <param name="places">Where servers stand.</param>
    /// <param name="updated">Who has the new version: "servers with version 5".</param>
    public static string Of(Fault fault, IReadOnlyList<RegionPlace> places, string updated = "servers with the new version")
    {
        var scope = fault.Scope;
        List<string> parts = [What(fault), .. Where(scope, places)];
        if (scope.Servers < 1)
            parts.Add($"{Share(scope.Servers)} of the servers{(scope.IsLocal ? " there" : "")}");
        if (!IsOfInstalls(fault.Kind))
            parts.Add(scope.OnlyUpdated ? $"only {updated}" : "all servers, whichever version they have");
        return string.Join(", ", parts);
    }

    /// <summary>
    /// When it is to be, in simulated time: "from the start", "from 2 min to 5 min", "1 min after the rest of the network begins". Of a persistent fault
    /// that an activation met, that it is one.
    /// </summary>
    public static string When(Fault fault)
    {
        var (from, until) = (fault.From, fault.Until);
        var persistent = fault.Standing is null ? "" : ", a persistent fault";
        var begins = fault.Phase is { } phase ? $"after {Phase(phase)} begins" : null;
        var when = (from.Ticks, until, begins) switch
        {
            (0, null, null) => "from the start",
            (0, null, _) => $"once {Phase(fault.Phase!.Value)} begins",
            (0, { } end, null) => $"for the first {Words.Duration(end)}",
            (0, { } end, _) => $"for {Words.Duration(end)} {begins}",
            (_, null, null) => $"from {Words.Duration(from)} on",
            (_, null, _) => $"from {Words.Duration(from)} {begins}",
            (_, { } end, null) => $"from {Words.Duration(from)} to {Words.Duration(end)}",
            (_, { } end, _) => $"from {Words.Duration(from)} to {Words.Duration(end)} {begins}",
        };
        return when + persistent;
    }

    /// <summary>Where it stands at an instant of an activation: "since 2 min 10 s", "begins in 50 s", "ended after 3 min".</summary>
    /// <param name="fault">One of the activation's.</param>
    /// <param name="plan">The activation's.</param>
    /// <param name="releases">When each step that was started was started.</param>
    /// <param name="at">Simulated time since its start.</param>
    public static string Now(Fault fault, RolloutPlan plan, IReadOnlyList<TimeSpan> releases, TimeSpan at)
    {
        if (fault.Until <= fault.From)
            return "ended before it began";
        if (fault.Begins(plan, releases) is not { } begins)
            return $"waits until {Phase(fault.Phase!.Value)} begins";
        if (at < begins)
            return $"begins in {Words.Duration(begins - at)}";
        if (begins - fault.From + fault.Until is not { } ends)
            return $"since {Words.Duration(at - begins)}";
        return at < ends
            ? $"since {Words.Duration(at - begins)}, ends in {Words.Duration(ends - at)}"
            : $"ended after {Words.Duration(ends - begins)}";
    }

    /// <summary>Whether it can be ended: it goes on, or may begin yet.</summary>
    public static bool IsOver(Fault fault, RolloutPlan plan, IReadOnlyList<TimeSpan> releases, TimeSpan at) =>
        fault.Until <= fault.From || (fault.Begins(plan, releases) - fault.From + fault.Until is { } ends && at >= ends);

    /// <summary>It strikes servers while they get the new version: to have it or not is no difference.</summary>
    public static bool IsOfInstalls(FaultKind kind) => kind is FaultKind.CorruptedTransfer or FaultKind.SlowInstall;

    /// <summary>"40%", "0.5%".</summary>
    public static string Share(double share) => (share * 100).ToString("0.##", English) + "%";

    private static string What(Fault fault) =>
        fault.Kind switch
        {
            FaultKind.ServerErrors => $"5xx on {Part(fault.Share, "hits")}",
            FaultKind.ClientErrors => $"4xx on {Part(fault.Share, "hits")}",
            FaultKind.OriginDown when fault.Share >= 1 => "The origin does not answer",
            FaultKind.OriginDown => $"The origin does not answer {Part(fault.Share, "hits that need it")}",
            FaultKind.Crash => $"{Begin(fault.Share, "servers")} crash and reboot",
            FaultKind.Unavailable => $"{Begin(fault.Share, "servers")} cannot be reached",
            FaultKind.Overload => $"{Begin(fault.Share, "servers")} are overloaded",
            FaultKind.CorruptedTransfer => $"{Begin(fault.Share, "copies of the package")} arrive damaged",
            _ => $"Installs take {fault.Slowness.ToString("0.##", English)} times as long",
        };

    private static IEnumerable<string> Where(FaultScope scope, IReadOnlyList<RegionPlace> places)
    {
        if (!scope.IsLocal)
            yield return "everywhere";
        if (scope.Region is { } region)
            yield return places.FirstOrDefault(place => place.Region == region) is { } place
                ? $"in region {region} ({place.City}, {place.CountryName}, AS{place.Asn})"
                : $"in region {region}";
        if (scope.City is { } city)
            yield return $"in {city}{(scope.Country is { } of ? ", " + Country(of) : "")}";
        else if (scope.Country is { } country)
            yield return $"in {Country(country)}";
        if (scope.Asn is { } asn)
            yield return places.FirstOrDefault(place => place.Asn == asn) is { } isp ? $"in AS{asn} ({isp.Isp})" : $"in AS{asn}";

        string Country(string code) =>
            places.FirstOrDefault(place => string.Equals(place.Country, code, StringComparison.OrdinalIgnoreCase))?.CountryName ?? code;
    }

    /// <summary>"40% of the hits", "all hits".</summary>
    internal static string Part(double share, string of) => share >= 1 ? $"all {of}" : $"{Share(share)} of the {of}";

    private static string Begin(double share, string of) => share >= 1 ? $"All {of}" : Part(share, of);
}
