using PropertyManager.Domain.Health;
using PropertyManager.Domain.Rollouts;

namespace PropertyManager.Web.Shell.Parts;

/// <summary>A fault that one click sets.</summary>
/// <param name="Key">Which of the presets: the same when its size is another.</param>
/// <param name="Text">On the button; it says the size.</param>
/// <param name="Effect">What the engine will do about it, in a sentence.</param>
/// <param name="Fault">What is set.</param>
public sealed record FaultPreset(string Key, string Text, string Effect, Fault Fault)
{
    private const double UsualServerErrors = 0.4;
    private const double UsualClientErrors = 0.6;

    private const string Canceled = "The error rate limit cancels the activation";

    /// <summary>The presets in the order in which they are offered, sized so that the error rate limit cancels what it can cancel.</summary>
    /// <param name="target">The activation that they are meant for.</param>
    /// <param name="places">Where servers stand, the largest places first.</param>
    public static IReadOnlyList<FaultPreset> For(FaultTarget target, FaultPlaces places) =>
        [
            Errors("5xx", FaultKind.ServerErrors, target.ErrorShare(UsualServerErrors), target),
            Errors("4xx", FaultKind.ClientErrors, target.ErrorShare(UsualClientErrors), target),
            .. places.Choices(FaultWhere.Isp).Take(1).Select(isp => InOneIsp(isp, target)),
            OriginDown(target),
            new("crash", "8% of the servers crash", "The server health limit cancels the activation.", new(FaultKind.Crash, 0.08, TimeSpan.Zero)),
            new("damaged", "Every copy is damaged", DamagedEffect(target), new(FaultKind.CorruptedTransfer, 1, TimeSpan.Zero)),
            new(
                "slow",
                "Slow installs: stragglers",
                "Late servers suspend themselves; the activation takes longer and completes.",
                new(FaultKind.SlowInstall, 1, TimeSpan.Zero)
                {
                    Slowness = 20,
                    Scope = new() { Servers = 0.02 },
                }
            ),
        ];

    private static FaultPreset Errors(string status, FaultKind kind, double share, FaultTarget target)
    {
        var effect =
            NotActing(target)
            ?? (
                target.Exceeds(share)
                    ? target switch
                    {
                        { Before: null } => $"{Canceled} wherever it acts.",
                        { Running: null } or { Running.Installed: 0 } => $"{Canceled} in the first small group.",
                        _ => $"{Canceled}.",
                    }
                : target.Running is null ? "Nothing is canceled: the hits had so many errors before that the error rate limit cannot be exceeded."
                : "Nothing is canceled: too many hits were counted without it for the error rate limit to be exceeded in time."
            );
        return new(status, $"{status} on {FaultWords.Part(share, "hits")}", effect, new(kind, share, TimeSpan.Zero));
    }

    private static FaultPreset InOneIsp(PlaceChoice isp, FaultTarget target)
    {
        var effect =
            NotActing(target)
            ?? (
                target.Before is { } before && ErrorRateLimit.ShareToExceed(before, target.Updated, reserve: 0) is { } least
                    ? $"{Canceled} if more than {FaultWords.Share(Math.Round(least, 2))} of the updated servers' hits are in {isp.Text}."
                    : $"{Canceled} where enough of the updated servers' hits are in {isp.Text}."
            );
        return new("isp", "5xx in one ISP", effect, new(FaultKind.ServerErrors, 1, TimeSpan.Zero) { Scope = isp.Scope });
    }

    private static FaultPreset OriginDown(FaultTarget target)
    {
        Fault fault = new(FaultKind.OriginDown, 1, TimeSpan.Zero) { Scope = FaultScope.Everywhere };
        var failing = $"{FaultWords.Share(fault.ErrorShare)} of the hits fail then, on all servers";
        var effect =
            NotActing(target)
            ?? (
                target.Limit is { } limit
                    ? $"{failing}; the error rate limit is at {FaultWords.Share(Math.Round(Math.Min(1, limit), 3))}."
                    : $"{failing}; {LowerFirst(Canceled)} where that is more than 10 times as many errors as before."
            );
        return new("origin", "Origin down everywhere", effect, fault);
    }

    private static string DamagedEffect(FaultTarget target) =>
        target.Running is { Installed: > 0 }
            ? "Servers of the groups to come suspend themselves; the server health limit cancels the activation."
            : "No server accepts the version, and the activation fails.";

    private static string? NotActing(FaultTarget target) =>
        !target.HasTraffic ? "No effect: staging serves no end users, so no hits are answered."
        : target.NotActing is { } why ? $"Measured and shown. The error rate limit does not act: {why}."
        : null;

    private static string LowerFirst(string text) => char.ToLowerInvariant(text[0]) + text[1..];
}
