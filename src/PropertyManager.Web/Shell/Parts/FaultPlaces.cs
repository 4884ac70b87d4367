using System.Globalization;
using System.Runtime.CompilerServices;
using PropertyManager.Domain.Rollouts;

namespace PropertyManager.Web.Shell.Parts;

/// <summary>How narrowly trouble is placed.</summary>
public enum FaultWhere
{
    Everywhere,
    Country,
    City,
    Isp,
    Region,
}

/// <summary>A place that can be chosen.</summary>
/// <param name="Text">As it is offered and typed: "Berlin, Germany", "AS1000123 Belmond Fibre".</param>
/// <param name="Scope">What it means.</param>
/// <param name="Servers">How many stand there.</param>
/// <param name="Regions">In how many regions.</param>
public sealed record PlaceChoice(string Text, FaultScope Scope, int Servers, int Regions)
{
    /// <summary>Other ways to type it: a country's code, a number alone.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];
}

/// <summary>The places of one network where trouble can strike, the largest first.</summary>
public sealed class FaultPlaces
{
    private static readonly ConditionalWeakTable<IReadOnlyList<RegionPlace>, FaultPlaces> Known = [];

    private readonly Lazy<IReadOnlyList<PlaceChoice>> _countries;
    private readonly Lazy<IReadOnlyList<PlaceChoice>> _cities;
    private readonly Lazy<IReadOnlyList<PlaceChoice>> _isps;
    private readonly Lazy<IReadOnlyList<PlaceChoice>> _regions;

    private FaultPlaces(IReadOnlyList<RegionPlace> regions)
    {
        All = regions;
        _countries = new(() => Group(place => place.Country, place => (place.CountryName, new() { Country = place.Country }, [place.Country])));
        // The same name stands in several countries.
        _cities = new(() =>
            Group(
                place => (place.City, place.Country),
                place => ($"{place.City}, {place.CountryName}", new() { City = place.City, Country = place.Country }, [place.City])
            )
        );
        _isps = new(() =>
            Group(
                place => place.Asn,
                place => ($"AS{place.Asn} {place.Isp}", new() { Asn = place.Asn }, [$"AS{place.Asn}", Text(place.Asn), place.Isp])
            )
        );
        _regions = new(() =>
            Group(
                place => place.Region,
                place => ($"{place.Region} {place.City}, {place.CountryName}, AS{place.Asn}", new() { Region = place.Region }, [Text(place.Region)])
            )
        );
    }

    /// <summary>Where the servers stand.</summary>
    public IReadOnlyList<RegionPlace> All { get; }

    /// <summary>The choices among these regions; worked out once for as long as the list lives.</summary>
    public static FaultPlaces Of(IReadOnlyList<RegionPlace> places) => Known.GetValue(places, static list => new FaultPlaces(list));

    /// <summary>What can be chosen, the largest first.</summary>
    public IReadOnlyList<PlaceChoice> Choices(FaultWhere where) =>
        where switch
        {
            FaultWhere.Country => _countries.Value,
            FaultWhere.City => _cities.Value,
            FaultWhere.Isp => _isps.Value,
            FaultWhere.Region => _regions.Value,
            _ => [],
        };

    /// <summary>The choice that was typed, in full or in short; null where there is none, or the short form fits several.</summary>
    public PlaceChoice? Find(FaultWhere where, string text)
    {
        var wanted = text.Trim();
        var choices = Choices(where);
        if (choices.FirstOrDefault(choice => Same(choice.Text, wanted)) is { } exact)
            return exact;
        List<PlaceChoice> meant = [.. choices.Where(choice => choice.Aliases.Any(alias => Same(alias, wanted))).Take(2)];
        return meant.Count == 1 ? meant[0] : null;
    }

    /// <summary>The largest choices that hold what was typed.</summary>
    public IEnumerable<PlaceChoice> Suggest(FaultWhere where, string text, int most) =>
        Choices(where).Where(choice => choice.Text.Contains(text.Trim(), StringComparison.OrdinalIgnoreCase)).Take(most);

    private IReadOnlyList<PlaceChoice> Group<TKey>(
        Func<RegionPlace, TKey> key,
        Func<RegionPlace, (string Text, FaultScope Scope, string[] Aliases)> choice
    ) =>
        [
            .. All.GroupBy(key)
                .Select(group =>
                {
                    var (text, scope, aliases) = choice(group.First());
                    return new PlaceChoice(text, scope, group.Sum(place => place.Servers), group.Count()) { Aliases = aliases };
                })
                .OrderByDescending(place => place.Servers)
                .ThenBy(place => place.Text, StringComparer.Ordinal),
        ];

    private static bool Same(string a, string b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
