namespace PropertyManager.Domain.Rollouts;

/// <summary>Where the servers of a region stand: in one city, in one ISP's network.</summary>
/// <param name="Region">Number of the region in its fleet.</param>
/// <param name="Country">ISO 3166-1 alpha-2 code.</param>
/// <param name="CountryName">In English.</param>
/// <param name="Asn">Autonomous system number of the ISP's network.</param>
/// <param name="Isp">The network's name.</param>
/// <param name="Servers">How many stand there.</param>
public sealed record RegionPlace(int Region, string City, string Country, string CountryName, int Asn, string Isp, int Servers);

/// <summary>How a property's updated servers of one region do.</summary>
/// <param name="Updated">Servers that have the new version, or suspended themselves instead.</param>
/// <param name="Hits">They answered, hits/s.</param>
/// <param name="Errors">Of those with 4xx or 5xx, hits/s.</param>
/// <param name="Harmed">Of the servers, down, rebooting, overloaded or suspended.</param>
public sealed record RegionHealth(RegionPlace Place, int Updated, double Hits, double Errors, int Harmed);

/// <summary>A server that took itself out of service, so that it does not hold the rollout up.</summary>
/// <param name="Server">Its number in its region, from 1.</param>
/// <param name="Reason">Why, in words.</param>
public sealed record SuspendedServer(RegionPlace Place, int Server, string Reason);
