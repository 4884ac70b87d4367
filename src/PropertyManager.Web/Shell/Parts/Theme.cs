namespace PropertyManager.Web.Shell.Parts;

/// <summary>Light, dark, or as the system says. shell.js keeps the choice in the cookie <see cref="Cookie"/>.</summary>
public enum Theme
{
    Auto,
    Light,
    Dark,
}

public static class Themes
{
    public const string Cookie = "pm-theme";

    /// <summary>What a cookie says; anything unknown is <see cref="Theme.Auto"/>.</summary>
    public static Theme Parse(string? cookie) =>
        cookie switch
        {
            "light" => Theme.Light,
            "dark" => Theme.Dark,
            _ => Theme.Auto,
        };

    /// <summary>The value of <c>data-theme</c>, which app.css and shell.js read.</summary>
    public static string Word(this Theme theme) =>
        theme switch
        {
            Theme.Light => "light",
            Theme.Dark => "dark",
            _ => "auto",
        };

    /// <summary>When the style sheet made for <paramref name="sheet"/> applies, as the <c>media</c> of its link.</summary>
    public static string Media(this Theme chosen, Theme sheet) =>
        chosen == Theme.Auto ? $"(prefers-color-scheme: {sheet.Word()})"
        : chosen == sheet ? "all"
        : "not all";
}
