using PropertyManager.Domain;
using PropertyManager.Domain.Configuration;

namespace PropertyManager.Web.Engine;

/// <summary>How much a rule tree has of what is limited.</summary>
/// <param name="Elements">Behaviors and criteria, in all rules.</param>
/// <param name="ClientIps">Criteria that look at the end user's address.</param>
/// <param name="Addresses">In the one of these that lists most.</param>
/// <param name="Nested">Levels of rules below the default rule.</param>
internal readonly record struct RuleUsage(int Elements, int ClientIps, int Addresses, int Nested)
{
    /// <summary>Behaviors and criteria, at most.</summary>
    public const int MostElements = 10_000;

    /// <summary>Criteria that look at the end user's address, at most.</summary>
    public const int MostClientIps = 1_000;

    /// <summary>Addresses that one of these lists, at most.</summary>
    public const int MostAddresses = 5_000;

    /// <summary>Levels of rules below the default rule, at most: the reading of trees sees to it.</summary>
    public const int MostNested = RuleTreeJson.MaxLevels - 1;

    private const string ClientIp = "clientIp";

    /// <summary>Of a tree.</summary>
    public static RuleUsage Of(RuleTree tree)
    {
        var usage = new RuleUsage();
        foreach (var (rule, _, level) in tree.Rules())
        {
            var lists = rule.Criteria.Where(criterion => criterion.Name == ClientIp).Select(criterion => Values(criterion.Options)).ToList();
            usage = new(
                usage.Elements + rule.Behaviors.Count + rule.Criteria.Count,
                usage.ClientIps + lists.Count,
                lists.Append(usage.Addresses).Max(),
                Math.Max(usage.Nested, level - 1)
            );
        }
        return usage;
    }

    /// <summary>Why it is too much; null when it is not.</summary>
    public Refusal? Refuse() =>
        Elements > MostElements
            ? new(
                "too-many-elements",
                $"The rules would have {Elements:N0} behaviors and criteria: a version has {MostElements:N0} at most. Give a part of them to another property."
            )
        : ClientIps > MostClientIps
            ? new(
                "too-many-client-ip-matches",
                $"The rules would have {ClientIps:N0} Client IP criteria: a version has {MostClientIps:N0} at most. Put several addresses into one."
            )
        : Addresses > MostAddresses
            ? new(
                "too-many-client-ips",
                $"A Client IP criterion would list {Addresses:N0} addresses: {MostAddresses:N0} at most. List blocks such as 192.0.2.0/24."
            )
        : null;

    private static int Values(OptionSet options) =>
        options.Find("values") is { ValueKind: System.Text.Json.JsonValueKind.Array } values ? values.GetArrayLength() : 0;
}
