using PropertyManager.Domain.Configuration;

namespace PropertyManager.Domain.Tests.Configuration.Validation;

/// <summary>Small configurations that are good but for what the test puts into them, and what the validator says of them.</summary>
internal static class Validated
{
    /// <summary>A rule without faults to stand in for "does something".</summary>
    public const string Works = """{ "name": "prefetch", "options": { "enabled": true } }""";

    private const string Default =
        """{ "name": "origin", "options": { "hostname": "origin.shop.example" } }, { "name": "cpCode", "options": { "value": { "id": 12345 } } }""";

    private static readonly HostnameEntry[] Hostnames =
    [
        new("www.shop.example", "www.shop.example.edgekey.net"),
        new("img.shop.example", "img.shop.example.edgesuite.net"),
    ];

    /// <summary>What is said of a behavior; it stands at <c>/rules/children/0/behaviors/0</c>.</summary>
    public static IReadOnlyList<ValidationMessage> Behavior(string name, string options) => Children(Rule("A", Path("/a"), Of(name, options)));

    /// <summary>What is said of a criterion; it stands at <c>/rules/children/0/criteria/0</c>.</summary>
    public static IReadOnlyList<ValidationMessage> Criterion(string name, string options) => Children(Rule("A", Of(name, options), Works));

    /// <summary>What is said of rules below a good default rule.</summary>
    /// <param name="children">Each as <see cref="Rule" /> makes it.</param>
    public static IReadOnlyList<ValidationMessage> Children(params string[] children) => Tree("", children);

    /// <summary>The same with more behaviors in the default rule.</summary>
    public static IReadOnlyList<ValidationMessage> Tree(string behaviors, params string[] children) =>
        RuleTreeValidator.Validate(
            Trees.Parse(
                $$"""{ "name": "default", "behaviors": [ {{Default}}{{(behaviors.Length > 0 ? "," : "")}} {{behaviors}} ], "children": [ {{string.Join(',', children)}} ] }"""
            ),
            Hostnames
        );

    /// <summary>What is said of the hostnames of a good tree.</summary>
    public static IReadOnlyList<ValidationMessage> With(params HostnameEntry[] hostnames) =>
        RuleTreeValidator.Validate(Trees.Parse($$"""{ "name": "default", "behaviors": [ {{Default}} ] }"""), hostnames);

    /// <summary>A rule as JSON.</summary>
    public static string Rule(string name, string criteria, string behaviors, string children = "", string satisfy = "all") =>
        $$"""{ "name": "{{name}}", "criteriaMustSatisfy": "{{satisfy}}", "criteria": [ {{criteria}} ], "behaviors": [ {{behaviors}} ], "children": [ {{children}} ] }""";

    /// <summary>A behavior or criterion as JSON.</summary>
    public static string Of(string name, string options) => $$"""{ "name": "{{name}}", "options": {{options}} }""";

    /// <summary>A criterion on the path.</summary>
    public static string Path(string value) => Of("path", $$"""{ "matchOperator": "MATCHES_ONE_OF", "values": [ "{{value}}" ] }""");
}
