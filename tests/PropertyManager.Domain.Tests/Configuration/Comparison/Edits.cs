using System.Text.Json;
using PropertyManager.Domain.Configuration;
using PropertyManager.Domain.Configuration.Catalog;
using PropertyManager.Domain.Configuration.Comparison;

namespace PropertyManager.Domain.Tests.Configuration.Comparison;

/// <summary>Random edits of rule trees, as people make them: the same number makes the same edits.</summary>
internal sealed class Edits(int seed)
{
    private static readonly string[] Names = ["default", "Images", "Static images", "Redirect", "API", "ü"];
    private static readonly string[] Items = ["caching", "origin", "path", "redirect"];
    private static readonly string[] Values = ["1", "1.0", "true", "\"7d\"", "[]", "{}", "[\"jpg\"]", """{"a":[],"b":2}""", """{"b":2}""", "null"];

    // Which of the catalog's starting values are defaults is asked of the comparison: what is tested is that all else agrees with it.
    private static readonly Lazy<HashSet<(string Item, string Option)>> Defaults = new(() =>
        [
            .. from item in RuleCatalog.Behaviors.Values.Concat(RuleCatalog.Criteria.Values)
            from option in item.Options
            where IsSameLeftOut(item, option)
            select (item.Name, option.Name),
        ]
    );

    private readonly Random _random = new(seed);

    /// <summary>A tree after some edits, one upon the other.</summary>
    public RuleTree Of(RuleTree tree, int count)
    {
        var rule = tree.Default;
        for (var i = 0; i < count; i++)
        {
            rule = Edit(rule);
        }

        return new RuleTree(rule, _random.Next(8) == 0 ? "edited" : tree.Comments);
    }

    /// <summary>
    /// The same tree written otherwise: fields in another order, other identifiers, empty where nothing was, defaults left out or written out.
    /// </summary>
    public Rule Rewritten(Rule rule) =>
        rule with
        {
            Comments = rule.Comments ?? "",
            Options = Rewritten(rule.Options.Find("is_secure") is null ? With(rule.Options, "is_secure", Json("false")) : rule.Options),
            Extra = RewrittenExtra(rule.Extra),
            Variables = [.. rule.Variables.Select(variable => Rewritten(Completed(variable)))],
            Criteria =
            [
                .. rule.Criteria.Select(item =>
                    item with
                    {
                        Options = Rewritten(Defaulted(RuleCatalog.Criteria.GetValueOrDefault(item.Name), item.Options)),
                        Extra = RewrittenExtra(item.Extra),
                    }
                ),
            ],
            Behaviors =
            [
                .. rule.Behaviors.Select(item =>
                    item with
                    {
                        Options = Rewritten(Defaulted(RuleCatalog.Behaviors.GetValueOrDefault(item.Name), item.Options)),
                        Extra = RewrittenExtra(item.Extra),
                    }
                ),
            ],
            Children = [.. rule.Children.Select(Rewritten)],
        };

    private OptionSet Rewritten(OptionSet fields) =>
        With(Shuffled(fields.Select(field => KeyValuePair.Create(field.Key, Rewritten(field.Value)))), "nothing here", Nothing());

    private OptionSet RewrittenExtra(OptionSet extra)
    {
        string[] given = ["uuid", "templateUuid", "criteriaLocked"];
        var rest = Rewritten(new OptionSet(extra.Where(field => !given.Contains(field.Key))));
        return new OptionSet([
            .. rest,
            new("uuid", Json($"\"{_random.Next()}\"")),
            new("criteriaLocked", Json(_random.Next(2) == 0 ? "true" : "false")),
        ]);
    }

    private JsonElement Rewritten(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.Object => JsonSerializer.SerializeToElement(
                Rewritten(OptionSet.Parse(value.GetRawText())).ToDictionary(field => field.Key, field => field.Value, StringComparer.Ordinal)
            ),
            JsonValueKind.Array => JsonSerializer.SerializeToElement(value.EnumerateArray().Select(Rewritten)),
            JsonValueKind.Number when value.GetRawText().All(c => char.IsAsciiDigit(c) || c == '-') => Json($"{value.GetRawText()}.0"),
            _ => value,
        };

    private OptionSet Defaulted(CatalogItem? item, OptionSet options)
    {
        foreach (var option in item?.Options ?? [])
        {
            if (options.Find(option.Name) is not { } value)
            {
                options =
                    option.Type == OptionType.Texts ? With(options, option.Name, Json("[]"))
                    : HasDefault(item!, option) && _random.Next(2) == 0 ? With(options, option.Name, option.Default!.Value)
                    : options;
            }
            else if (HasDefault(item!, option) && option.Default!.Value.GetRawText() == value.GetRawText() && _random.Next(2) == 0)
            {
                options = new OptionSet(options.Where(field => field.Key != option.Name));
            }
        }

        return options;
    }

    private static bool HasDefault(CatalogItem item, CatalogOption option) => Defaults.Value.Contains((item.Name, option.Name));

    private static bool IsSameLeftOut(CatalogItem item, CatalogOption option) =>
        option.Default is { } start
        && RuleTreeComparison.Same(With(item.Name, OptionSet.Empty), With(item.Name, With(OptionSet.Empty, option.Name, start)));

    private static RuleTree With(string item, OptionSet options) =>
        new(
            new Rule("r")
            {
                Behaviors = [new(item, RuleCatalog.Behaviors.ContainsKey(item) ? options : OptionSet.Empty)],
                Criteria = [new(item, RuleCatalog.Criteria.ContainsKey(item) ? options : OptionSet.Empty)],
            }
        );

    private static OptionSet Completed(OptionSet variable)
    {
        foreach (var (name, value) in new[] { ("value", "\"\""), ("description", "\"\""), ("hidden", "false"), ("sensitive", "false") })
        {
            variable = variable.Find(name) is null ? With(variable, name, Json(value)) : variable;
        }

        return variable;
    }

    private OptionSet Shuffled(IEnumerable<KeyValuePair<string, JsonElement>> fields)
    {
        var shuffled = fields.ToArray();
        _random.Shuffle(shuffled);
        return new OptionSet(shuffled);
    }

    private JsonElement Nothing() => Json(_random.Next(2) == 0 ? "[]" : """{"deep":[]}""");

    private static OptionSet With(OptionSet fields, string name, JsonElement value) => new(fields.Append(new(name, value)));

    // Any rule of the tree, not only the default rule.
    private Rule Edit(Rule rule) =>
        rule.Children.Count > 0 && _random.Next(3) > 0
            ? At(rule, _random.Next(rule.Children.Count), Edit)
            : _random.Next(12) switch
            {
                0 => rule with { Name = Any(Names) },
                1 => rule with { Comments = Any(["", "why", "because"]) },
                2 => rule with { CriteriaMustSatisfy = (CriteriaMustSatisfy)_random.Next(2) },
                3 => rule with { Options = Edit(rule.Options) },
                4 => rule with { Extra = Edit(rule.Extra) },
                5 => rule with
                {
                    Variables = Edit(rule.Variables, () => OptionSet.Parse($$"""{"name":"PMUSER_{{_random.Next(4)}}","value":"x"}"""), Edit),
                },
                6 => rule with
                {
                    Criteria = Edit(rule.Criteria, () => new Criterion(Any(Items), Some()), item => item with { Options = Edit(item.Options) }),
                },
                7 => rule with
                {
                    Behaviors = Edit(rule.Behaviors, () => new Behavior(Any(Items), Some()), item => item with { Extra = Edit(item.Extra) }),
                },
                8 => rule with { Children = [new Rule(Any(Names)) { Children = rule.Children }] }, // a new rule around them
                9 => rule with { Children = [.. rule.Children.SelectMany(child => child.Children.Append(child with { Children = [] }))] }, // and out of it
                _ => rule with { Children = Edit(rule.Children, () => new Rule(Any(Names)) { Behaviors = [new(Any(Items), Some())] }, Edit) },
            };

    private List<T> Edit<T>(IReadOnlyList<T> list, Func<T> make, Func<T, T> edit)
    {
        var items = list.ToList();
        var at = _random.Next(items.Count + 1);
        if (at == items.Count)
        {
            items.Insert(_random.Next(items.Count + 1), make());
            return items;
        }

        var item = items[at];
        switch (_random.Next(4))
        {
            case 0:
                items[at] = edit(item);
                break;
            case 1:
                items.RemoveAt(at);
                break;
            case 2: // a copy, which makes it hard to tell which is which
                items.Insert(_random.Next(items.Count + 1), item);
                break;
            default:
                items.RemoveAt(at);
                items.Insert(_random.Next(items.Count + 1), item);
                break;
        }

        return items;
    }

    private OptionSet Edit(OptionSet fields)
    {
        var name = fields.Count > 0 && _random.Next(2) == 0 ? fields[_random.Next(fields.Count)].Key : Any(["ttl", "values", "enabled", "uuid"]);
        var rest = fields.Where(field => field.Key != name);
        return new OptionSet(
            name == "name" || _random.Next(4) == 0 ? fields.Where(field => field.Key is "name") : rest.Append(new(name, Json(Any(Values))))
        );
    }

    private OptionSet Some() => Edit(Edit(OptionSet.Empty));

    private T Any<T>(T[] choices) => choices[_random.Next(choices.Length)];

    private static Rule At(Rule rule, int index, Func<Rule, Rule> edit) =>
        rule with
        {
            Children = [.. rule.Children.Select((child, i) => i == index ? edit(child) : child)],
        };

    private static JsonElement Json(string text) => JsonElement.Parse(text);
}
