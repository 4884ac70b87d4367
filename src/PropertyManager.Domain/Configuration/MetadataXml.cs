using System.Globalization;
using System.Text;
using PropertyManager.Domain.Configuration.Catalog;

namespace PropertyManager.Domain.Configuration;

/// <summary>
/// Rule tree → the XML that edge servers are given: one canonical text for one version, so that two versions can be compared by their lines.
/// </summary>
/// <remarks>
/// Match elements wrap what they guard, nesting is "and", <c>result="false"</c> negates, a list of values is "or", later settings override
/// earlier ones, switches are on and off, durations are 1h or 30d. The elements that are publicly known are used as they are; for the rest (CP
/// code, cache key, compression, redirect, tiered distribution, downstream caching and others) elements in the same style were designed here.
/// Every fact that changes with the version's number alone stands in notes, and <see cref="WriteForDiff" /> leaves those out.
/// </remarks>
public static class MetadataXml
{
    /// <summary>Raised whenever the same tree would be written otherwise; stands in the document's first note.</summary>
    public const string GeneratorVersion = "1.2";

    private static readonly string[] Namespaces =
    [
        "cache",
        "edgeservices",
        "config",
        "network",
        "auth",
        "match",
        "forward",
        "comment",
        "akamai",
        "security",
        "reporting",
        "edgecomputing",
        "assign",
    ];

    /// <summary>The whole document.</summary>
    public static string Write(MetadataDocument document) => Write(document, withVersion: true);

    /// <summary>
    /// The document without the notes that differ from version to version although nothing else does: two versions with the same hostnames and
    /// rules give the same text.
    /// </summary>
    public static string WriteForDiff(MetadataDocument document) => Write(document, withVersion: false);

    /// <summary>The declarations of the root element, for fragments of metadata that lean on them.</summary>
    internal static IEnumerable<(string Name, string Value)> Declarations =>
        Namespaces.Select(name => ($"xmlns:{name}", $"uri:akamai.com/metadata/{name}/5.0"));

    private static string Write(MetadataDocument document, bool withVersion)
    {
        ArgumentNullException.ThrowIfNull(document);
        var xml = new MetadataWriter();
        xml.Open("configs", [.. Declarations]);
        if (withVersion)
        {
            xml.Note($"Generator: {GeneratorVersion}, rule format: {document.RuleFormat}");
            xml.Note(string.Create(CultureInfo.InvariantCulture, $"Property name: {document.PropertyName}, version: {document.Version}"));
            xml.Note($"Product: {document.Product}");
            xml.Note($"Asset: {document.PropertyId}");
            xml.Note($"Account: {document.Account}");
            if (document.Rules.Comments is { } comments)
            {
                xml.Note($"Comments: {comments}");
            }
        }

        foreach (var hostname in document.Hostnames.OrderBy(h => h.CnameFrom, StringComparer.Ordinal))
        {
            xml.Note($"Hostname: {hostname.CnameFrom} -> {hostname.EdgeHostname}");
        }

        xml.Empty("config:secure", ("value", MetadataWriter.Switch(document.Rules.IsSecure)));
        WriteVariables(xml, document.Rules.Default);
        WriteRule(xml, document.Rules.Default, document.Rules.Default.Name);
        xml.Close("configs");
        return xml.ToString();
    }

    private static void WriteVariables(MetadataWriter xml, Rule rule)
    {
        foreach (var variable in rule.Variables)
        {
            xml.Open("assign:variable");
            xml.Text("name", variable.Text("name")!);
            xml.Text("value", MetadataWriter.Interpolate(variable.Text("value") ?? ""));
            if (variable.IsOn("hidden"))
            {
                xml.Text("hidden", "on");
            }

            if (variable.IsOn("sensitive"))
            {
                xml.Text("sensitive", "on");
            }

            xml.Close("assign:variable");
        }
    }

    private static void WriteRule(MetadataWriter xml, Rule rule, string path)
    {
        // What is written otherwise than the catalog spells it means the same to the edge.
        rule = KnownSpelling.Of(rule);
        xml.Gap();
        xml.Note($"rule: {path}");
        if (rule.Comments is { Length: > 0 } comments)
        {
            xml.Note($"rule comments: {comments}");
        }

        var opened = rule is { CriteriaMustSatisfy: CriteriaMustSatisfy.Any, Criteria.Count: > 1 } ? OpenAny(xml, rule) : OpenAll(xml, rule);
        foreach (var behavior in rule.Behaviors)
        {
            MetadataBehaviors.Write(xml, behavior);
        }

        foreach (var child in rule.Children)
        {
            WriteRule(xml, child, $"{path} / {child.Name}");
        }

        foreach (var element in opened.AsEnumerable().Reverse())
        {
            xml.Close(element);
        }
    }

    private static List<string> OpenAll(MetadataWriter xml, Rule rule)
    {
        var opened = new List<string>();
        foreach (var criterion in rule.Criteria)
        {
            opened.Add(MetadataCriteria.Open(xml, criterion));
        }

        return opened;
    }

    /// <summary>
    /// "Any" has no match element of its own: nesting is "and", and only values of one kind can be listed. So each criterion that holds sets a
    /// variable, and what the rule does is guarded by that variable.
    /// </summary>
    private static List<string> OpenAny(MetadataWriter xml, Rule rule)
    {
        var variable = "ANY_" + VariableName(rule.Name);
        Assign("off");
        foreach (var criterion in rule.Criteria)
        {
            var element = MetadataCriteria.Open(xml, criterion);
            Assign("on");
            xml.Close(element);
        }

        xml.Open("match:variable", ("name", variable), ("value", "on"), ("result", "true"));
        return ["match:variable"];

        void Assign(string value)
        {
            xml.Open("assign:variable");
            xml.Text("name", variable);
            xml.Text("value", value);
            xml.Close("assign:variable");
        }
    }

    private static string VariableName(string ruleName)
    {
        var name = new StringBuilder();
        foreach (var c in ruleName)
        {
            name.Append(char.IsAsciiLetterOrDigit(c) ? char.ToUpperInvariant(c) : '_');
        }

        return name.ToString();
    }
}
