using System.Text.Json.Serialization;
using PropertyManager.Domain.Properties;

namespace PropertyManager.Domain.Rollouts;

/// <summary>The servers of one region.</summary>
/// <param name="Region">Number of the region in its fleet.</param>
/// <param name="Servers">All of its servers, at least 1.</param>
/// <param name="Live">How many of them serve the property's end users now, 0 to <paramref name="Servers"/>.</param>
public readonly record struct RegionServers(int Region, int Servers, int Live);

/// <summary>A part of a rollout. Production goes through the last three, staging has the first alone.</summary>
public enum RolloutStage
{
    /// <summary>Every server of the staging network.</summary>
    All,

    /// <summary>A few percent of the servers with live traffic, over several regions, watched before the rest.</summary>
    Canary,

    /// <summary>The rest of the servers with live traffic.</summary>
    Live,

    /// <summary>The rest of the network.</summary>
    World,
}

/// <summary>
/// One safe group: servers that install at the same time, never more than a third of a region. Servers are numbered in rollout order, so a
/// step is a range of numbers.
/// </summary>
/// <param name="Group">From 1, within its stage.</param>
/// <param name="Groups">How many the stage has.</param>
/// <param name="FirstServer">Number of its first server in rollout order.</param>
/// <param name="Servers">At least 1.</param>
/// <param name="Soak">How long the updated servers are watched before the next step.</param>
public sealed record RolloutStep(RolloutStage Stage, int Group, int Groups, int FirstServer, int Servers, TimeSpan Soak);

/// <summary>Which servers of a plan know the property, and answer for it. The others refuse every hit on it: 4xx, they do not know the hostname.</summary>
public enum Answering
{
    /// <summary>All of them: those that were not updated have another version. So it stands with plans that were made before this was told apart, too.</summary>
    All,

    /// <summary>Those that were updated: no version was active before.</summary>
    Updated,

    /// <summary>Those that were not: the property is taken off the network.</summary>
    Others,
}

/// <summary>How the same requests are answered by two versions.</summary>
/// <param name="Updated">By servers that have the new one.</param>
/// <param name="Others">By those that have the one before.</param>
public sealed record VersionMixes(StatusMix Updated, StatusMix Others);

/// <summary>How an activation is carried out: steps as data. Kept with the activation, so that a changed planner never disturbs a running one.</summary>
/// <param name="Steps">In order; each starts when the one before it is done and was watched.</param>
/// <param name="Seed">With the plan and the faults it decides every simulated server's time.</param>
public sealed record RolloutPlan(IReadOnlyList<RolloutStep> Steps, RolloutPace Pace, long Seed)
{
    /// <summary>
    /// Where the property's live traffic was when the plan was made, three numbers for each region that had any: the region's number, its servers
    /// with live traffic, and how many of those are in the canary group. With the sizes of the regions it tells which servers are in which step.
    /// </summary>
    public IReadOnlyList<int> Footprint { get; init; } = [];

    /// <summary>Which servers answer for the property while it is carried out.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public Answering Answering { get; init; }

    /// <summary>
    /// How the property's audience is answered by the versions that the servers have, as their rules were evaluated when the plan was made; null where
    /// all answer as on a normal day.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public VersionMixes? Mixes { get; init; }

    /// <summary>
    /// Share of the audience's requests that <see cref="Mixes" /> were made of, 0 to 1, because there was no time for all; 0 where there was time for none,
    /// and all answer as on a normal day. Null where all were evaluated, where none had to be, and in plans from before this was kept.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? EvaluatedShare { get; init; }

    /// <summary>
    /// What end users asked of the property when the plan was made, so that it is carried out and replayed as it began; null in plans from before
    /// this was kept: what they ask now.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public TrafficProfile? Traffic { get; init; }

    /// <summary>Servers in all steps.</summary>
    [JsonIgnore]
    public int Servers => Steps.Count == 0 ? 0 : Steps[^1].FirstServer + Steps[^1].Servers;

    /// <summary>Servers that carry live traffic: those of the canary and live stages.</summary>
    [JsonIgnore]
    public int LiveServers
    {
        get
        {
            // In rollout order the world comes last.
            for (var step = Steps.Count - 1; step >= 0; step--)
            {
                if (Steps[step].Stage is RolloutStage.Canary or RolloutStage.Live)
                    return Steps[step].FirstServer + Steps[step].Servers;
            }
            return 0;
        }
    }
}
