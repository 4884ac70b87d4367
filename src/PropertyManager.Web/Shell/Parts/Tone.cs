namespace PropertyManager.Web.Shell.Parts;

/// <summary>What a status, callout or button says by its colour. The colour never stands alone: a text and an icon say the same.</summary>
public enum Tone
{
    /// <summary>Grey: nothing is going on (Inactive, Deactivated).</summary>
    Neutral,

    /// <summary>Blue: it is rolling out (Pending - Full Rollout), or merely worth knowing.</summary>
    Info,

    /// <summary>Green: it is in force (Active), or it worked.</summary>
    Success,

    /// <summary>Amber: it waits (Pending, Pending Cancellation), or wants attention.</summary>
    Warning,

    /// <summary>Red: it failed or was stopped (Aborted, Failed), or it takes something away.</summary>
    Danger,
}

public static class Tones
{
    /// <summary>The class that sets <c>--tone-fg</c>, <c>--tone-bg</c>, <c>--tone-line</c> and <c>--tone-solid</c> for an element and its children.</summary>
    public static string CssClass(this Tone tone) =>
        tone switch
        {
            Tone.Neutral => "pm-tone-neutral",
            Tone.Info => "pm-tone-info",
            Tone.Success => "pm-tone-success",
            Tone.Warning => "pm-tone-warning",
            Tone.Danger => "pm-tone-danger",
            _ => throw new ArgumentOutOfRangeException(nameof(tone), tone, message: null),
        };

    /// <summary>The icon of a status of this tone, so that it can be told without seeing colours.</summary>
    public static Glyph Glyph(this Tone tone) =>
        tone switch
        {
            Tone.Neutral => Parts.Glyph.Minus,
            Tone.Info => Parts.Glyph.Rolling,
            Tone.Success => Parts.Glyph.Check,
            Tone.Warning => Parts.Glyph.Clock,
            Tone.Danger => Parts.Glyph.Cross,
            _ => throw new ArgumentOutOfRangeException(nameof(tone), tone, message: null),
        };
}
