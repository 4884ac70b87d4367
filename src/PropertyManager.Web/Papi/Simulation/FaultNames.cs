using PropertyManager.Domain.Rollouts;
using PropertyManager.Web.Papi.Problems;

namespace PropertyManager.Web.Papi.Simulation;

/// <summary>Kinds of trouble and phases, as the API names them.</summary>
internal static class FaultNames
{
    private static readonly IReadOnlyDictionary<string, FaultKind> ByKind = new Dictionary<string, FaultKind>(StringComparer.OrdinalIgnoreCase)
    {
        ["SERVER_ERRORS"] = FaultKind.ServerErrors,
        ["CLIENT_ERRORS"] = FaultKind.ClientErrors,
        ["CRASH"] = FaultKind.Crash,
        ["CORRUPTED_TRANSFER"] = FaultKind.CorruptedTransfer,
        ["OVERLOAD"] = FaultKind.Overload,
        ["UNAVAILABLE"] = FaultKind.Unavailable,
        ["SLOW_INSTALL"] = FaultKind.SlowInstall,
        ["ORIGIN_DOWN"] = FaultKind.OriginDown,
    };

    // A phase is named as the status that an activation has in it.
    private static readonly IReadOnlyDictionary<string, RolloutStage> ByPhase = new Dictionary<string, RolloutStage>(StringComparer.OrdinalIgnoreCase)
    {
        ["STAGING"] = RolloutStage.All,
        ["ZONE_1"] = RolloutStage.Canary,
        ["ZONE_2"] = RolloutStage.Live,
        ["ZONE_3"] = RolloutStage.World,
    };

    public static IReadOnlyCollection<string> Kinds => [.. ByKind.Keys];

    public static IReadOnlyCollection<string> Phases => [.. ByPhase.Keys];

    public static FaultKind? Kind(string? name) => name is not null && ByKind.TryGetValue(name, out var kind) ? kind : null;

    public static RolloutStage? Phase(string name) => ByPhase.TryGetValue(name, out var phase) ? phase : null;

    public static string Of(FaultKind kind) => ByKind.Single(pair => pair.Value == kind).Key;

    public static string Of(RolloutStage stage) => ByPhase.Single(pair => pair.Value == stage).Key;

    /// <summary>A value as it was sent, shortened where it is long.</summary>
    public static string Quoted(string value) => $"“{(value.Length > 100 ? value[..100] + "…" : value)}”";

    /// <summary>The value is none of those that are known: the problem lists them.</summary>
    public static PapiProblem Wrong(string member, string? value, IReadOnlyCollection<string> allowed) =>
        PapiProblems.BadRequest($"{member} is {(value is null ? "missing" : Quoted(value))}: it is one of {string.Join(", ", allowed)}.") with
        {
            Members = new Dictionary<string, object>(StringComparer.Ordinal) { ["allowed"] = allowed },
        };
}
