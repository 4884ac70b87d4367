using System.Text.Json.Serialization;

namespace PropertyManager.Domain.Rollouts;

/// <summary>
/// What goes wrong, where and when, so that it can be seen what the engine does about it. Data: kept with the activation, so that it can be
/// replayed. Faults of several at once add up, to all servers or hits at most.
/// </summary>
/// <param name="Kind">What happens.</param>
/// <param name="Share">
/// How hard, 0 to 1: of the hits (5xx, 4xx, origin), of the servers (crash, unavailable, overload), or of the copies (corrupted transfer). A slow
/// install knows no share: <see cref="Slowness"/> tells how slow.
/// </param>
/// <param name="From">Simulated time at which it begins: since the activation's start, or since <see cref="Phase"/> began.</param>
public sealed record Fault(FaultKind Kind, double Share, TimeSpan From)
{
    /// <summary>Share of the hits that are not served from cache and need the origin, 0 to 1.</summary>
    public const double OriginShare = 0.12;

    private const int MostSlowness = 100;

    private static readonly TimeSpan Longest = TimeSpan.FromHours(24);

    /// <summary>When it is over, counted as <see cref="From"/>; null: it lasts. Must be after <see cref="From"/>.</summary>
    public TimeSpan? Until { get; init; }

    /// <summary>The phase whose first step starts the clock; null for the activation's start.</summary>
    public RolloutStage? Phase { get; init; }

    /// <summary>Where.</summary>
    public FaultScope Scope { get; init; } = FaultScope.Updated;

    /// <summary>For a slow install: it takes so many times as long, at least 1.</summary>
    public double Slowness { get; init; } = 4;

    /// <summary>The standing fault it came from; null when it was set for this activation.</summary>
    public long? Standing { get; init; }

    /// <summary>Of a standing fault: it strikes the next activation that starts, and is gone then.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Once { get; init; }

    /// <summary>Share of the hits on a server that the fault affects that are answered with an error, 0 to 1.</summary>
    [JsonIgnore]
    public double ErrorShare =>
        Kind switch
        {
            FaultKind.ServerErrors or FaultKind.ClientErrors => Share,
            FaultKind.OriginDown => Share * OriginShare,
            _ => 0,
        };

    /// <summary>What is wrong with it, in words; null when it can be set.</summary>
    /// <param name="places">Where servers stand.</param>
    public string? Problem(IReadOnlyList<RegionPlace> places)
    {
        if (!(Share is >= 0 and <= 1) || !(Scope.Servers is >= 0 and <= 1))
            return "A share is from 0 to 100 %.";
        if (!(Slowness is >= 1 and <= MostSlowness))
            return $"An install takes 1 to {MostSlowness} times as long.";
        if (From < TimeSpan.Zero || From > Longest || Until > Longest)
            return $"A fault begins and ends within {Longest.TotalHours:0} hours.";
        if (Until <= From)
            return "A fault ends after it begins.";
        return Scope.IsLocal && !places.Any(Scope.Holds) ? "No server stands in the place that was named." : null;
    }

    /// <summary>When it begins under an order whose steps were started at <paramref name="releases"/>; null while its phase has not begun.</summary>
    public TimeSpan? Begins(RolloutPlan plan, IReadOnlyList<TimeSpan> releases) => Start(plan, releases) + From;

    /// <summary>Whether it goes on at <paramref name="at"/>, since the activation's start.</summary>
    public bool IsOn(RolloutPlan plan, IReadOnlyList<TimeSpan> releases, TimeSpan at) =>
        Start(plan, releases) is { } start && at >= start + From && !(at >= start + Until);

    private TimeSpan? Start(RolloutPlan plan, IReadOnlyList<TimeSpan> releases)
    {
        if (Phase is not { } phase)
            return TimeSpan.Zero;
        for (var step = 0; step < releases.Count; step++)
        {
            if (plan.Steps[step].Stage == phase)
                return releases[step];
        }
        return null;
    }
}

/// <summary>The kinds of trouble.</summary>
public enum FaultKind
{
    /// <summary>Hits are answered with 5xx.</summary>
    ServerErrors,

    /// <summary>Hits are answered with 4xx.</summary>
    ClientErrors,

    /// <summary>Servers crash, reboot, and crash again as long as it lasts.</summary>
    Crash,

    /// <summary>
    /// Copies of the package arrive damaged or of the wrong revision. A server refuses such a copy and fetches it anew; after three it suspends
    /// itself. It strikes the groups that start while it lasts.
    /// </summary>
    CorruptedTransfer,

    /// <summary>Servers answer too slowly: they are overloaded.</summary>
    Overload,

    /// <summary>Servers cannot be reached.</summary>
    Unavailable,

    /// <summary>Installs take several times as long. It strikes the groups that start while it lasts.</summary>
    SlowInstall,

    /// <summary>The origin does not answer: hits that are not served from cache are answered with 5xx.</summary>
    OriginDown,
}

/// <summary>Where something goes wrong: everything that is named must hold; what is not named does not narrow it.</summary>
public sealed record FaultScope
{
    /// <summary>All servers that have the new version.</summary>
    public static FaultScope Updated { get; } = new();

    /// <summary>All servers, whichever version they have: the version is not to blame.</summary>
    public static FaultScope Everywhere { get; } = new() { OnlyUpdated = false };

    /// <summary>Number of one region.</summary>
    public int? Region { get; init; }

    /// <summary>Name of a city.</summary>
    public string? City { get; init; }

    /// <summary>ISO 3166-1 alpha-2 code.</summary>
    public string? Country { get; init; }

    /// <summary>Autonomous system number of an ISP's network.</summary>
    public int? Asn { get; init; }

    /// <summary>Of the servers there, 0 to 1.</summary>
    public double Servers { get; init; } = 1;

    /// <summary>Only servers that have the new version.</summary>
    public bool OnlyUpdated { get; init; } = true;

    /// <summary>Whether it is narrowed to a place.</summary>
    public bool IsLocal => Region is not null || City is not null || Country is not null || Asn is not null;

    /// <summary>Whether servers that stand there are meant.</summary>
    public bool Holds(RegionPlace place) =>
        (Region is null || Region == place.Region)
        && (Asn is null || Asn == place.Asn)
        && (Country is null || string.Equals(Country, place.Country, StringComparison.OrdinalIgnoreCase))
        && (City is null || string.Equals(City, place.City, StringComparison.OrdinalIgnoreCase));
}
