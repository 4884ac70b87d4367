using System.Globalization;
using PropertyManager.Domain.Rollouts;

namespace PropertyManager.Web.Shell.Parts;

/// <summary>When trouble is to begin.</summary>
public enum FaultWhen
{
    AtOnce,
    Minutes,
    SmallGroup,
    LiveTraffic,
    RestOfNetwork,
}

/// <summary>A field of the form in which trouble is described.</summary>
public enum FaultField
{
    Share,
    Slowness,
    Place,
    Servers,
    From,
    Until,
}

/// <summary>Trouble as it is being typed: texts, until every field says something that can be.</summary>
public sealed record FaultDraft
{
    private const double MostMinutes = 24 * 60;
    private const double MostSlowness = 100;

    public FaultKind Kind { get; init; } = FaultKind.ServerErrors;

    /// <summary>Percent.</summary>
    public string Share { get; init; } = "40";

    /// <summary>So many times as long.</summary>
    public string Slowness { get; init; } = "4";
    public FaultWhere Where { get; init; }

    /// <summary>The place, as <see cref="PlaceChoice.Text"/> or shorter.</summary>
    public string Place { get; init; } = "";

    /// <summary>Percent.</summary>
    public string Servers { get; init; } = "100";
    public bool OnlyUpdated { get; init; } = true;
    public FaultWhen When { get; init; }

    /// <summary>Minutes.</summary>
    public string From { get; init; } = "0";

    /// <summary>Minutes; empty: it lasts.</summary>
    public string Until { get; init; } = "";

    public bool IsSlow => Kind == FaultKind.SlowInstall;

    /// <summary>It says from when to when.</summary>
    public bool HasTimes => When != FaultWhen.AtOnce;

    private RolloutStage? Phase =>
        When switch
        {
            FaultWhen.SmallGroup => RolloutStage.Canary,
            FaultWhen.LiveTraffic => RolloutStage.Live,
            FaultWhen.RestOfNetwork => RolloutStage.World,
            _ => null,
        };

    /// <summary>What is wrong with a field, in words; null when nothing is, or when the field does not count.</summary>
    public string? Problem(FaultField field, FaultPlaces places) =>
        field switch
        {
            FaultField.Share when !IsSlow => Percent(Share),
            FaultField.Slowness when IsSlow => Number(Slowness) is >= 1 and <= MostSlowness ? null : "A number from 1 to 100: times as long.",
            FaultField.Place when Where != FaultWhere.Everywhere => places.Find(Where, Place) is null ? Unknown() : null,
            FaultField.Servers => Percent(Servers),
            FaultField.From when HasTimes => Minutes(From),
            FaultField.Until when HasTimes && Until.Trim().Length > 0 => Minutes(Until)
                ?? (Number(Until) > Number(From) ? null : "It ends after it begins."),
            _ => null,
        };

    /// <summary>The fault, once no field has a problem.</summary>
    /// <exception cref="InvalidOperationException">A field has one.</exception>
    public Fault Build(FaultPlaces places)
    {
        if (Enum.GetValues<FaultField>().Any(field => Problem(field, places) is not null))
            throw new InvalidOperationException("A field has a problem.");
        var scope = Where == FaultWhere.Everywhere ? FaultScope.Updated : places.Find(Where, Place)!.Scope;
        return new(Kind, IsSlow ? 1 : Number(Share)!.Value / 100, HasTimes ? Time(From) : TimeSpan.Zero)
        {
            Until = HasTimes && Until.Trim().Length > 0 ? Time(Until) : null,
            Phase = Phase,
            Slowness = IsSlow ? Number(Slowness)!.Value : 4,
            Scope = scope with { Servers = Number(Servers)!.Value / 100, OnlyUpdated = OnlyUpdated },
        };
    }

    private string Unknown() =>
        Place.Trim().Length == 0
            ? "Choose one from the list."
            : Where switch
            {
                FaultWhere.Country => $"No server stands in a country called “{Place.Trim()}”.",
                FaultWhere.City => $"“{Place.Trim()}” is no single city with servers: choose one from the list.",
                FaultWhere.Isp => $"No server stands in an ISP's network called “{Place.Trim()}”.",
                _ => $"There is no region “{Place.Trim()}”.",
            };

    private static string? Percent(string text) => Number(text) is > 0 and <= 100 ? null : "A percentage above 0, up to 100.";

    private static string? Minutes(string text) => Number(text) is >= 0 and <= MostMinutes ? null : "Minutes, from 0 to 1,440.";

    private static TimeSpan Time(string minutes) => TimeSpan.FromSeconds(Math.Round(Number(minutes)!.Value * 60));

    private static double? Number(string text) =>
        double.TryParse(
            text.Trim().TrimEnd('%').Replace(',', '.'),
            NumberStyles.AllowDecimalPoint | NumberStyles.AllowTrailingWhite,
            CultureInfo.InvariantCulture,
            out var number
        )
            ? number
            : null;
}
