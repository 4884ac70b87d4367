using System.Globalization;
using Microsoft.AspNetCore.Components;

namespace PropertyManager.Web.Shell.Parts;

public enum StageState
{
    Waiting,
    Running,
    Done,

    /// <summary>It was running and goes no further: cancelled or failed.</summary>
    Stopped,
}

/// <summary>One stage of a <see cref="ProgressTrack"/>; what is shown of it is written out once, however many watch.</summary>
/// <param name="Name">As shown: "Live".</param>
/// <param name="Fraction">How much of it is done, 0 to 1. What lies outside is cut.</param>
/// <param name="State">Where it stands.</param>
public sealed record ProgressStage(string Name, double Fraction, StageState State)
{
    internal double Share { get; } = Part(Fraction, State);

    internal string Figure { get; } =
        State switch
        {
            StageState.Waiting => "waiting",
            StageState.Done => "done",
            StageState.Stopped => "stopped at " + Words.Percent(Fraction),
            _ => Words.Percent(Fraction),
        };

    internal string Segment { get; } = $"segment {Css(State)}";

    internal string Width { get; } = string.Create(CultureInfo.InvariantCulture, $"width:{Part(Fraction, State) * 100:0.0}%");

    internal string Tone { get; } = Css(State);

    internal Glyph Mark { get; } =
        State switch
        {
            StageState.Waiting => Glyph.Clock,
            StageState.Running => Glyph.Rolling,
            StageState.Done => Glyph.Check,
            _ => Glyph.Stop,
        };

    private static double Part(double fraction, StageState state) =>
        state == StageState.Done ? 1
        : double.IsNaN(fraction) ? 0
        : Math.Clamp(fraction, 0, 1);

    private static string Css(StageState state) =>
        state switch
        {
            StageState.Waiting => "pm-tone-neutral waiting",
            StageState.Running => "pm-tone-info running",
            StageState.Done => "pm-tone-success done",
            _ => "pm-tone-danger stopped",
        };
}

/// <summary>A progress bar in stages, with the words outside the bar. Made to be rendered several times a second.</summary>
public sealed partial class ProgressTrack
{
    /// <summary>In the order in which they happen; each has the same width.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<ProgressStage> Stages { get; set; }

    /// <summary>What progresses, for screen readers: "Activation of version 5 on production".</summary>
    [Parameter, EditorRequired]
    public required string Label { get; set; }

    private int Now => Stages.Count == 0 ? 0 : (int)(Stages.Average(stage => stage.Share) * 100);

    private string ValueText => string.Join(", ", Stages.Select(stage => $"{stage.Name}: {stage.Figure}"));
}
