using PropertyManager.Domain.Rollouts;

namespace PropertyManager.Web.Features.Activate;

/// <summary>The trouble that a demonstration can choose.</summary>
public static class Troubles
{
    /// <summary>The first is none.</summary>
    public static IReadOnlyList<(string Text, FaultKind? Kind, double Share)> All { get; } =
    [
        ("None", null, 0),
        ("40% of the hits are answered with 5xx (a broken origin)", FaultKind.ServerErrors, 0.4),
        ("60% of the hits are answered with 4xx (a geo-block that is too wide)", FaultKind.ClientErrors, 0.6),
        ("8% of the servers crash", FaultKind.Crash, 0.08),
        ("Every copy of the package arrives damaged", FaultKind.CorruptedTransfer, 1),
    ];

    /// <summary>Simulated minutes after the start at which it can begin.</summary>
    public static IReadOnlyList<int> Minutes { get; } = [0, 2, 5, 8];

    public static IReadOnlyList<Fault> Choose(int index, int minutes) =>
        All[index] is { Kind: { } kind } trouble ? [new Fault(kind, trouble.Share, TimeSpan.FromMinutes(minutes))] : [];
}
