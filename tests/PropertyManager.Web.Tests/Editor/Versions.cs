using PropertyManager.Domain.Configuration;
using PropertyManager.Domain.Properties;
using PropertyManager.Web.Data;

namespace PropertyManager.Web.Tests.Editor;

/// <summary>A version for tests: a default rule, and below it "Pictures" with "Thumbnails", and "Services".</summary>
internal static class Versions
{
    private const string Rules = """
        {
            "rules": {
                "name": "default",
                "behaviors": [
                    { "name": "origin", "options": { "hostname": "origin.shop.example" } },
                    { "name": "cpCode", "options": { "value": { "id": 610101, "name": "shop" } } }
                ],
                "children": [
                    {
                        "name": "Pictures",
                        "criteria": [{ "name": "fileExtension", "options": { "matchOperator": "IS_ONE_OF", "values": ["jpg", "png"] } }],
                        "behaviors": [{ "name": "caching", "options": { "behavior": "MAX_AGE", "ttl": "7d" } }],
                        "children": [
                            {
                                "name": "Thumbnails",
                                "criteria": [{ "name": "path", "options": { "matchOperator": "MATCHES_ONE_OF", "values": ["/thumbs/*"] } }],
                                "behaviors": [{ "name": "caching", "options": { "behavior": "MAX_AGE", "ttl": "30d" } }],
                                "children": []
                            }
                        ]
                    },
                    {
                        "name": "Services",
                        "comments": "Owner: payments.",
                        "criteria": [{ "name": "path", "options": { "matchOperator": "DOES_NOT_MATCH_ONE_OF", "values": ["/api/*", "/v2/*"] } }],
                        "behaviors": [{ "name": "caching", "options": { "behavior": "NO_STORE" } }],
                        "children": []
                    }
                ]
            }
        }
        """;

    public static VersionView View(params HostnameEntry[] hostnames) =>
        new(
            new Property
            {
                Id = 7,
                AccountId = 1,
                GroupId = 2,
                Name = "www.shop.example",
                ProductId = "prd_SPM",
                Traffic = new TrafficProfile(10, new Dictionary<string, double>(StringComparer.Ordinal), new StatusMix(1, 0, 0, 0)),
            },
            "ctr_1",
            new PropertyVersion
            {
                PropertyId = 7,
                Number = 3,
                BasedOn = 2,
                RuleFormat = "v2025-10-16",
                Rules = Rules,
                Author = "editor@demo.example",
                UpdatedAt = DateTimeOffset.UnixEpoch,
                Hostnames = [.. hostnames.Select(h => new Hostname { CnameFrom = h.CnameFrom, EdgeHostname = h.EdgeHostname })],
            },
            [],
            [],
            []
        );
}
