using System.Text.Json;
using System.Text.RegularExpressions;
using PropertyManager.Domain.Configuration.Catalog;

namespace PropertyManager.Domain.Configuration.Validation;

/// <summary>What can be wrong with one behavior, whatever rule it stands in, beyond what the catalog says of each option.</summary>
internal static partial class BehaviorChecks
{
    /// <summary>The messages about a behavior.</summary>
    /// <param name="behavior">The behavior.</param>
    /// <param name="ownNames">Hostnames and edge hostnames of the property, wildcards as they are: an origin below one has a DNS record of its own.</param>
    /// <param name="pointer">Where it stands.</param>
    public static IEnumerable<ValidationMessage> Of(Behavior behavior, IReadOnlySet<string> ownNames, string pointer) =>
        behavior.Name switch
        {
            "origin" => Origin(behavior.Options, ownNames, pointer),
            "cpCode" => CpCode(behavior.Options, pointer),
            "caching" => Caching(behavior.Options, pointer),
            "redirect" => Redirect(behavior.Options, pointer),
            "webApplicationFirewall" => Firewall(behavior.Options, pointer),
            "modifyIncomingRequestHeader" or "modifyOutgoingRequestHeader" or "modifyIncomingResponseHeader" or "modifyOutgoingResponseHeader" =>
                Header(behavior, pointer),
            "advanced" => [Advanced(pointer)],
            _ => [],
        };

    private static IEnumerable<ValidationMessage> Origin(OptionSet options, IReadOnlySet<string> ownNames, string pointer)
    {
        if (options.Text("originType") is not (null or "CUSTOMER"))
        {
            yield break;
        }

        var hostname = options.Text("hostname");
        if (string.IsNullOrWhiteSpace(hostname))
        {
            yield return new(
                Severity.Error,
                "The origin has no hostname",
                "Name the server that content is fetched from.",
                $"{pointer}/options/hostname"
            )
            {
                Kind = MessageKind.OfMissing(options.Find("hostname")),
            };
        }
        else if (ownNames.Contains(hostname))
        {
            yield return new(
                Severity.Error,
                "The origin is the property itself",
                $"{hostname} is one of this property's hostnames, so requests would go in circles. Name the server behind it.",
                $"{pointer}/options/hostname"
            );
        }

        if (options.Text("forwardHostHeader") == "CUSTOM" && string.IsNullOrWhiteSpace(options.Text("customForwardHostHeader")))
        {
            yield return new(
                Severity.Error,
                "The custom forward host header is empty",
                "Give the Host header that the origin expects, or forward the request's own.",
                $"{pointer}/options/customForwardHostHeader"
            )
            {
                Kind = MessageKind.OfMissing(options.Find("customForwardHostHeader")),
            };
        }
    }

    private static IEnumerable<ValidationMessage> CpCode(OptionSet options, string pointer)
    {
        var given = options.Find("value");
        var id = given is { ValueKind: JsonValueKind.Object } value && value.TryGetProperty("id", out var number) ? number : default;
        if (id.ValueKind != JsonValueKind.Number || !id.TryGetInt64(out var code) || code <= 0)
        {
            yield return new(
                Severity.Error,
                "The CP code has no number",
                "Choose one of the contract's CP codes; its id is a positive whole number.",
                $"{pointer}/options/value"
            )
            {
                Kind =
                    id.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null) ? null
                    : given is { } set && !OptionChecks.IsEmpty(set) ? MessageKind.AttributeRequired
                    : MessageKind.OfMissing(given),
            };
        }
    }

    private static IEnumerable<ValidationMessage> Caching(OptionSet options, string pointer)
    {
        var name = options.Text("behavior") switch
        {
            "MAX_AGE" => "ttl",
            "CACHE_CONTROL" or "EXPIRES" or "CACHE_CONTROL_AND_EXPIRES" => "defaultTtl",
            _ => null,
        };
        if (name is null)
        {
            yield break;
        }

        var ttl = options.Text(name);
        if (string.IsNullOrEmpty(ttl))
        {
            yield return new(
                Severity.Error,
                "Caching without a time to live",
                $"Say how long objects may be kept in {name}, such as 7d or 30m.",
                $"{pointer}/options/{name}"
            )
            {
                Kind = MessageKind.OfMissing(options.Find(name)),
            };
        }
        else if (!Duration().IsMatch(ttl))
        {
            yield return new(
                Severity.Error,
                "The time to live cannot be read",
                $"\"{ttl}\" is no duration. Write a whole number and d, h, m or s, such as 7d.",
                $"{pointer}/options/{name}"
            );
        }
    }

    private static IEnumerable<ValidationMessage> Redirect(OptionSet options, string pointer)
    {
        string[] destination = ["destinationProtocol", "destinationHostname", "destinationPath"];
        if (destination.All(part => options.Text(part) is null or "SAME_AS_REQUEST"))
        {
            yield return new(
                Severity.Error,
                "The redirect leads back to itself",
                "Protocol, hostname and path are all the same as in the request, so browsers would go in circles. Change one of them.",
                pointer
            );
        }
    }

    private static IEnumerable<ValidationMessage> Firewall(OptionSet options, string pointer)
    {
        if (
            options.Find("firewallConfiguration") is not { ValueKind: JsonValueKind.Object } configuration
            || !configuration.TryGetProperty("configId", out _)
        )
        {
            yield return new(
                Severity.Error,
                "The firewall has no configuration",
                "Choose the security configuration that requests are checked against.",
                $"{pointer}/options/firewallConfiguration"
            )
            {
                Kind =
                    options.Find("firewallConfiguration") is { } given && !OptionChecks.IsEmpty(given)
                        ? MessageKind.AttributeRequired
                        : MessageKind.OfMissing(options.Find("firewallConfiguration")),
            };
        }
    }

    private static IEnumerable<ValidationMessage> Header(Behavior behavior, string pointer)
    {
        var name = RuleCatalog.Behaviors[behavior.Name].Find("customHeaderName")!;
        if (RuleCatalog.IsShown(name, behavior.Options) && string.IsNullOrWhiteSpace(behavior.Options.Text(name.Name)))
        {
            yield return new(
                Severity.Error,
                "The header has no name",
                "The header is said to be another than the usual ones, and is not named.",
                $"{pointer}/options/customHeaderName"
            )
            {
                Kind = MessageKind.OfMissing(behavior.Options.Find(name.Name)),
            };
        }
    }

    private static ValidationMessage Advanced(string pointer) =>
        new(
            Severity.Warning,
            "Advanced metadata",
            "Metadata written by hand makes the activation an exception: it may take up to 60 simulated minutes and Fast Fallback is not offered.",
            pointer
        )
        {
            Criteria = ValidationMessage.NoRequest,
        };

    [GeneratedRegex(@"^([0-9]+[DdHhMmSs]|\{\{.+\}\})$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Duration();
}
