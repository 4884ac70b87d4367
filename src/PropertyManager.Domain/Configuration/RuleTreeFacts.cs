using System.Text.Json;
using PropertyManager.Domain.Configuration.Validation;

namespace PropertyManager.Domain.Configuration;

/// <summary>What other rooms ask of a rule tree.</summary>
public static class RuleTreeFacts
{
    /// <summary>
    /// Whether metadata was written by hand somewhere in the tree. It needs intervention, which makes an activation an exception
    /// (source: how activation works).
    /// </summary>
    public static bool UsesAdvancedMetadata(RuleTree tree)
    {
        ArgumentNullException.ThrowIfNull(tree);
        return tree.Rules()
            .Any(placed => placed.Rule.Behaviors.Any(b => b.Name == "advanced") || placed.Rule.Criteria.Any(c => c.Name == "matchAdvanced"));
    }

    /// <summary>The CP codes that the tree's behaviors count traffic under, in the order of the tree.</summary>
    public static IReadOnlyList<NamedCpCode> CpCodes(RuleTree tree)
    {
        ArgumentNullException.ThrowIfNull(tree);
        var named = new List<NamedCpCode>();
        foreach (var place in RulePlace.All(tree))
        {
            foreach (var (index, behavior) in place.Rule.Behaviors.Index())
            {
                foreach (var (name, value) in behavior.Options)
                {
                    if (
                        (name == "value" ? behavior.Name == "cpCode" : name.StartsWith("cpCode", StringComparison.Ordinal))
                        && value.ValueKind == JsonValueKind.Object
                        && value.TryGetProperty("id", out var id)
                        && WholeNumber.Read(id) is > 0 and var number
                    )
                    {
                        named.Add(new(number, $"{place.Pointer}/behaviors/{index}/options/{JsonPath.Escape(name)}", place.Path));
                    }
                }
            }
        }

        return named;
    }
}

/// <summary>A CP code where a behavior names it.</summary>
/// <param name="Number">Of the CP code.</param>
/// <param name="Pointer">JSON pointer of the option.</param>
/// <param name="RulePath">The rule and those above it, by their names.</param>
public sealed record NamedCpCode(long Number, string Pointer, string RulePath);
