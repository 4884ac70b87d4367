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

/// <summary>One stage of a <see cref="ProgressTrack"/>.</summary>
/// <param name="Name">As shown: "Live".</param>
/// <param name="Fraction">How much of it is done, 0 to 1. What lies outside is cut.</param>
/// <param name="State">Where it stands.</param>
public readonly record struct ProgressStage(string Name, double Fraction, StageState State);

/// <summary>A progress bar in stages, with the words outside the bar. Made to be rendered several times a second.</summary>
public sealed partial class ProgressTrack
{
    /// <summary>In the order in which they happen; each has the same width.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<ProgressStage> Stages { get; set; }

    /// <summary>What progresses, for screen readers: "Activation of version 5 on production".</summary>
    [Parameter, EditorRequired]
    public required string Label { get; set; }

    private int Now => Stages.Count == 0 ? 0 : (int)(Stages.Average(Filled) * 100);

    private string ValueText => string.Join(", ", Stages.Select(stage => $"{stage.Name}: {Figure(stage)}"));

    private static string Figure(ProgressStage stage) =>
        stage.State switch
        {
            StageState.Waiting => "waiting",
            StageState.Done => "done",
            StageState.Stopped => "stopped at " + Words.Percent(stage.Fraction),
            _ => Words.Percent(stage.Fraction),
        };

    private static string Css(ProgressStage stage) =>
        stage.State switch
        {
            StageState.Waiting => "pm-tone-neutral waiting",
            StageState.Running => "pm-tone-info running",
            StageState.Done => "pm-tone-success done",
            _ => "pm-tone-danger stopped",
        };

    private static Glyph Mark(ProgressStage stage) =>
        stage.State switch
        {
            StageState.Waiting => Glyph.Clock,
            StageState.Running => Glyph.Rolling,
            StageState.Done => Glyph.Check,
            _ => Glyph.Stop,
        };

    private static string Width(ProgressStage stage)
    {
        var percent = Filled(stage) * 100;
        return string.Create(CultureInfo.InvariantCulture, $"width:{percent:0.0}%");
    }

    // The comparison is false for NaN too.
    private static double Filled(ProgressStage stage) =>
        stage.State == StageState.Done ? 1
        : stage.Fraction > 0 ? Math.Min(stage.Fraction, 1)
        : 0;
}
