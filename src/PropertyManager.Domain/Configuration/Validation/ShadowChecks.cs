using System.Text.Json;
using PropertyManager.Domain.Configuration.Catalog;

namespace PropertyManager.Domain.Configuration.Validation;

/// <summary>Rules whose behaviors a later sibling always sets again, so that they have no effect.</summary>
internal static class ShadowChecks
{
    /// <summary>The signature of a rule without criteria: it applies whenever any of its siblings does.</summary>
    private const string Always = "";

    /// <summary>Criteria whose outcome can change between two rules of the same request.</summary>
    private static readonly HashSet<string> Unsteady = new(["matchVariable", "variableError", "cacheability", "random"], StringComparer.Ordinal);

    /// <summary>The messages about the children of a rule, each about the earlier of two.</summary>
    public static IEnumerable<ValidationMessage> Of(RulePlace parent)
    {
        var later = new Dictionary<(string Criteria, string Behavior), string>();
        var found = new List<ValidationMessage>();
        for (var i = parent.Rule.Children.Count - 1; i >= 0; i--)
        {
            var rule = parent.Rule.Children[i];
            var signature = Signature(rule);
            var behaviors = rule.Behaviors.Select(behavior => behavior.Name).Where(LastOneWins).Distinct(StringComparer.Ordinal).ToList();
            var shadowed = behaviors
                .Select(name =>
                    (
                        Name: name,
                        By: later.GetValueOrDefault((Always, name)) ?? (signature is null ? null : later.GetValueOrDefault((signature, name)))
                    )
                )
                .Where(pair => pair.By is not null)
                .ToList();
            if (shadowed.Count > 0)
            {
                var (place, names) = (parent.Child(i), string.Join(", ", shadowed.Select(pair => pair.Name)));
                var has = shadowed.Count == 1 ? "has" : "have";
                var why =
                    $"\"{shadowed[0].By}\" stands later, applies to the same requests and sets the same. Remove one of them, or make their criteria differ.";
                found.Add(
                    new(Severity.Warning, "A later rule takes its place", $"{names} of \"{rule.Name}\" {has} no effect: {why}", place.Pointer)
                    {
                        RulePath = place.Path,
                        DetailOfMany = $"{names} of the rule {has} no effect: {why}",
                        Criteria = place.Criteria,
                    }
                );
            }

            if (signature is not null)
            {
                behaviors.ForEach(name => later.TryAdd((signature, name), rule.Name));
            }
        }

        found.Reverse();
        return found;
    }

    private static bool LastOneWins(string name) => RuleCatalog.Behaviors.TryGetValue(name, out var item) && item.LastOneWins;

    /// <summary>The same for rules that apply to the same requests; null where that cannot be told.</summary>
    private static string? Signature(Rule rule)
    {
        if (rule.Criteria.Any(criterion => Unsteady.Contains(criterion.Name)))
        {
            return null;
        }

        var criteria = rule
            .Criteria.Select(criterion => $"{criterion.Name} {Fields(criterion.Options)}")
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)
            .ToList();
        var kind = criteria.Count > 1 ? $"{rule.CriteriaMustSatisfy} " : "";
        return criteria.Count == 0 ? Always : kind + string.Join('\n', criteria);
    }

    private static string Fields(IEnumerable<KeyValuePair<string, JsonElement>> fields) =>
        string.Join(
            ',',
            fields
                .OrderBy(field => field.Key, StringComparer.Ordinal)
                .Select(field => $"{JsonEncodedText.Encode(field.Key)}:{Canonical(field.Value)}")
        );

    /// <summary>A value as text, whatever its spaces and the order of its fields.</summary>
    private static string Canonical(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.Array => $"[{string.Join(',', value.EnumerateArray().Select(Canonical))}]",
            JsonValueKind.Object => $"{{{Fields(value.EnumerateObject().Select(field => KeyValuePair.Create(field.Name, field.Value)))}}}",
            _ => value.GetRawText(),
        };
}
