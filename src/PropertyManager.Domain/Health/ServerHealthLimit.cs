using System.Globalization;

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
    public static HealthVerdict Judge(ServerSample updated, ServerSample others)
    {
        if (updated.Servers == 0)
            return new(Name, HealthOutcome.NotMeasured, "No server has the new version yet");
        var harmed = updated.Harmed >= HarmedServers && updated.HarmedRatio >= HarmedShare && others.HarmedRatio < OthersShare;
        var evidence = string.Create(
            CultureInfo.InvariantCulture,
            $"{updated.Harmed:N0} of {updated.Servers:N0} updated servers ({updated.HarmedRatio:0.0 %}) and {others.HarmedRatio:0.0 %} of the others are down, rebooting, overloaded or suspended"
        );
        return new(Name, harmed ? HealthOutcome.Cancel : HealthOutcome.Healthy, evidence);
    }
}
