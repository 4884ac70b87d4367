using PropertyManager.Web.Shell.Parts;

namespace PropertyManager.Web.Features.Fleet;

/// <summary>The words of the page on what is simulated.</summary>
public static class SimulationText
{
    public const string What = "Everything here is real but the edge servers. Their time can run faster, and things can be made to go wrong on them.";

    public const string Time = "Simulated seconds for each second here: at ×20 an activation of 12 minutes takes 36 seconds.";

    public const string Standing = "Strikes activations that run and that start, until it is removed";

    public const string NothingStands =
        "Trouble that stands here strikes every activation from its start. Trouble for a single activation is set in its form, or while it runs.";

    public const string Fleets = "The same seed gives the same servers";

    /// <summary>What adding trouble for all does to what runs now.</summary>
    public static string Strikes(int running) =>
        running switch
        {
            0 => "No activation runs now. It strikes those that start, in every account, until it is removed.",
            1 => "It strikes the activation that runs now, and all that start, in every account, until it is removed.",
            _ => $"It strikes the {Words.Number(running)} activations that run now, and all that start, in every account, until it is removed.",
        };
}
