using PropertyManager.Web.Engine;

namespace PropertyManager.Web.Features.ApiClients;

/// <summary>What the page of a person's API clients shows.</summary>
/// <param name="Groups">Those that a client can be confined to.</param>
public sealed record ApiClientsView(IReadOnlyList<ApiClientFacts> Clients, IReadOnlyList<GroupChoice> Groups);
