using PropertyManager.Domain.Rollouts;

namespace PropertyManager.Domain.Health;

/// <summary>
/// Cancels an activation when servers that were updated go down, reboot, are overloaded or suspend themselves while the others do not
/// (source: how activation works, "What does Akamai monitor?"). It cannot be opted out of.
/// </summary>
public static class ServerHealthLimit
{
    /// <summary>The check's name on the screen.</summary>
    public const string Name = "Server health";

    /// <summary>This share of the updated servers harmed is too many,</summary>
    public const double HarmedShare = 0.05;

    /// <summary>when it is at least so many servers,</summary>
    public const int HarmedServers = 3;

    /// <summary>and a smaller share than this of the others is.</summary>
    public const double OthersShare = 0.01;

    /// <summary>The verdict on <paramref name="updated"/> servers beside the <paramref name="others"/>.</summary>
    /// <param name="updated">Servers that have the version, or suspended themselves instead.</param>
    /// <param name="others">All others of the plan.</param>
    /// <param name="regions">How the regions with updated servers do, to tell where the harm is.</param>
    public static HealthVerdict Judge(ServerSample updated, ServerSample others, Func<IReadOnlyList<RegionHealth>>? regions = null)
    {
        if (updated.Servers == 0)
            return new(Name, HealthOutcome.NotMeasured, $"No server has the new version yet");
        var harmed = updated.Harmed >= HarmedServers && updated.HarmedRatio >= HarmedShare && others.HarmedRatio < OthersShare;
        if (updated.Harmed == 0)
            return new(
                Name,
                HealthOutcome.Healthy,
                $"All {updated.Servers:N0} updated servers are well; {others.HarmedRatio:0.0 %} of the others are not"
            );
        var where = new Whereabouts(harmed ? regions : null, region => (double)region.Harmed / Math.Max(1, region.Updated), updated.HarmedRatio);
        return new(
            Name,
            harmed ? HealthOutcome.Cancel : HealthOutcome.Healthy,
            $"{updated.Harmed:N0} of {updated.Servers:N0} updated servers ({updated.HarmedRatio:0.0 %}) are harmed: {new Kinds(updated)}{where}; {others.HarmedRatio:0.0 %} of the others are"
        );
    }

    /// <summary>"40 rebooting, 2 suspended".</summary>
    private sealed class Kinds(ServerSample sample)
    {
        public override string ToString() =>
            string.Join(
                ", ",
                new[]
                {
                    (sample.Unavailable, "down"),
                    (sample.Rebooting, "rebooting"),
                    (sample.Overloaded, "overloaded"),
                    (sample.Suspended, "suspended"),
                }
                    .Where(kind => kind.Item1 > 0)
                    .Select(kind => FormattableString.Invariant($"{kind.Item1:N0} {kind.Item2}"))
            );
    }
}
