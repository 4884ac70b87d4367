using PropertyManager.Domain.Rollouts;

namespace PropertyManager.Domain.Health;

/// <summary>
/// Where harm stands, in words: some trouble shows only in one place or with one ISP, and whoever looks for the cause wants to know. It is worked out
/// when the words are read.
/// </summary>
/// <param name="regions">Regions with updated servers; null where that is not known.</param>
/// <param name="harm">How harmed a region is, 0 to 1.</param>
/// <param name="overall">The same of all regions together.</param>
internal sealed class Whereabouts(Func<IReadOnlyList<RegionHealth>>? regions, Func<RegionHealth, double> harm, double overall)
{
    /// <summary>", all in AS1000007 (…)", ", in 12 of 90 regions"; empty where it is not known.</summary>
    public override string ToString()
    {
        if (regions?.Invoke() is not { Count: > 0 } all)
            return "";
        // Half of what is seen overall: regions without the trouble are far below, those with it above.
        List<RegionPlace> struck = [.. all.Where(region => harm(region) >= overall / 2).Select(region => region.Place)];
        if (struck.Count == 0)
            return "";
        var first = struck[0];
        if (struck.Count == all.Count)
            return all.Count == 1
                ? $", all in {City(first)}, AS{first.Asn}"
                : FormattableString.Invariant($", in all {all.Count:N0} regions that have it");
        return struck.Count == 1 ? $", all in {City(first)}, AS{first.Asn} ({first.Isp})"
            : struck.TrueForAll(place => place.Asn == first.Asn) ? $", all in AS{first.Asn} ({first.Isp})"
            : struck.TrueForAll(place => City(place) == City(first)) ? $", all in {City(first)}"
            : struck.TrueForAll(place => place.Country == first.Country) ? $", all in {first.CountryName}"
            : FormattableString.Invariant($", in {struck.Count:N0} of {all.Count:N0} regions that have it");
    }

    private static string City(RegionPlace place) => $"{place.City}, {place.Country}";
}
