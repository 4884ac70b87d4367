using PropertyManager.Web.Shell.Parts;

namespace PropertyManager.Web.Features.Fleet;

/// <summary>The words of the page on what is simulated.</summary>
public static class SimulationText
{
    public const string What =
        "Only the edge servers are simulated; everything else is real. Simulated time can run faster, and faults can be set on the servers.";

    public const string Time =
        "Simulated seconds for each real second: at ×20 an activation of 12 simulated minutes takes 36 real seconds. Kept over restarts.";

    public const string Persistent = "Affects activations that run and that start, until you remove it";

    public const string NoneSet =
        "A persistent fault affects every activation from its start until you remove it. A fault for a single activation is set in its form, or while it runs.";

    public const string Fleets = "The same seed gives the same servers";

    /// <summary>What was set, for which properties, and what undoing it does.</summary>
    /// <param name="fault">In words.</param>
    /// <param name="property">The name of one property; null for all.</param>
    public static string Added(string fault, string? property) =>
        $"Set for {property ?? "all properties"}: {fault}. Undo removes it; activations that it affects are free of it from then on.";

    /// <summary>What a fault for all properties does to the activations that run now, at least one.</summary>
    public static string Affects(int running) =>
        $"It affects {(running == 1 ? "the activation that runs" : $"the {Words.Number(running)} activations that run")} now, and all that start, in every account, until it is removed. What it cancels stays canceled.";
}
