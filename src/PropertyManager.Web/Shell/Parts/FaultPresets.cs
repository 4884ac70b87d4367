using PropertyManager.Domain.Rollouts;

namespace PropertyManager.Web.Shell.Parts;

/// <summary>Trouble that is often wanted: one click fills the form.</summary>
/// <param name="Text">On the button.</param>
/// <param name="Make">The form's fields, for a network's places.</param>
public sealed record FaultPreset(string Text, Func<FaultPlaces, FaultDraft> Make)
{
    /// <summary>In the order in which they are offered.</summary>
    public static IReadOnlyList<FaultPreset> All { get; } =
    [
        new("5xx on 40% of the hits", _ => new() { Kind = FaultKind.ServerErrors, Share = "40" }),
        new("4xx on 60% of the hits", _ => new() { Kind = FaultKind.ClientErrors, Share = "60" }),
        new(
            "5xx in one ISP",
            places =>
                new()
                {
                    Kind = FaultKind.ServerErrors,
                    Share = "100",
                    Where = FaultWhere.Isp,
                    Place = places.Choices(FaultWhere.Isp).Select(choice => choice.Text).FirstOrDefault(""),
                }
        ),
        new(
            "Origin down everywhere",
            _ =>
                new()
                {
                    Kind = FaultKind.OriginDown,
                    Share = "100",
                    OnlyUpdated = false,
                }
        ),
        new("8% of the servers crash", _ => new() { Kind = FaultKind.Crash, Share = "8" }),
        new("Every copy is damaged", _ => new() { Kind = FaultKind.CorruptedTransfer, Share = "100" }),
        new(
            "Slow installs: stragglers",
            _ =>
                new()
                {
                    Kind = FaultKind.SlowInstall,
                    Slowness = "20",
                    Servers = "2",
                }
        ),
    ];
}
