using System.Text;
using PropertyManager.Domain.Configuration;

namespace PropertyManager.Domain.Tests.Configuration;

/// <summary>Whatever text is handed in: a document, or problems with their place; never an exception.</summary>
public sealed class ParserFuzzTests
{
    private const int Documents = 10_000;

    private const string Seed = """
        {
          "note": "fuzz", "ruleFormat": "v2025-10-16", "comments": "c",
          "hostnames": [ { "cnameFrom": "www.shop.example", "cnameTo": "www.shop.example.edgekey.net", "migratedFromLegacy": true }, "img.shop.example" ],
          "rules": {
            "name": "default", "options": { "is_secure": true }, "variables": [ { "name": "PMUSER_X", "value": "1" } ],
            "behaviors": [ { "name": "origin", "options": { "hostname": "origin.shop.example", "ports": [80, 443], "deep": { "a": [ { "b": null } ] } } } ],
            "children": [
              { "name": "Images", "criteriaMustSatisfy": "any", "comments": "ü €",
                "criteria": [ { "name": "path", "options": { "matchOperator": "MATCHES_ONE_OF", "values": ["/a/*", "/b/*"] } } ],
                "behaviors": [ { "name": "caching", "options": { "behavior": "MAX_AGE", "ttl": "7d" } }, { "name": "advanced", "options": { "xml": "<a/>" } } ],
                "children": [ { "name": "Deep", "behaviors": [], "children": [ { "name": "Deeper" } ] } ] }
            ]
          }
        }
        """;

    private static readonly string[] Pieces =
    [
        "{",
        "}",
        "[",
        "]",
        "\"",
        ",",
        ":",
        "null",
        "true",
        "1e999",
        "-0",
        "\\u0000",
        "\\ud800",
        "\u0000",
        "﻿",
        "\"rules\":",
        "\"name\":",
        "/*x*/",
        "[[[[[[[[[[[[[[[[[[[[",
        "{\"children\":[",
        "9999999999999999999999",
        "\"\"",
        "\\",
        "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>",
        "&e;",
    ];

    [Fact]
    public void Ten_thousand_mutated_documents_are_read_or_refused_with_a_place()
    {
        var random = new Random(20261124);
        var read = 0;
        for (var i = 0; i < Documents; i++)
        {
            var text = Mutate(random);

            var tree = RuleTreeJson.Parse(text);
            var document = PropertyVersionDocument.Parse(text);

            foreach (var problem in tree.Problems.Concat(document.Problems))
            {
                Assert.False(string.IsNullOrWhiteSpace(problem.Message), text);
                Assert.True(problem.Line is not null || problem.Pointer.Length > 0 || problem.Message.Length > 20, text);
            }
            Assert.Equal(tree.Succeeded, tree.Problems.Count == 0);
            if (document.Value is not { } value)
            {
                continue;
            }

            read++;
            // What was read can be checked, evaluated and written, and reads back as the same.
            RuleTreeValidator.Validate(value.Rules, value.Hostnames);
            MetadataXml.Write(new MetadataDocument("p", "prp_1", 1, "prd_1", "act_1", value.RuleFormat, value.Hostnames, value.Rules));
            var written = value.Write();
            Assert.Equal(written, PropertyVersionDocument.Parse(written).Value?.Write());
        }
        Assert.InRange(read, Documents / 100, Documents - 1000);
    }

    private static string Mutate(Random random)
    {
        var text = new StringBuilder(Seed);
        for (var change = random.Next(1, 5); change > 0 && text.Length > 0; change--)
        {
            var at = random.Next(text.Length);
            var length = Math.Min(random.Next(1, 12), text.Length - at);
            switch (random.Next(5))
            {
                case 0:
                    text.Remove(at, length);
                    break;
                case 1:
                    text.Insert(at, Pieces[random.Next(Pieces.Length)]);
                    break;
                case 2:
                    text[at] = (char)random.Next(32, 127);
                    break;
                case 3:
                    text.Insert(at, text.ToString(at, length));
                    break;
                default:
                    // A whole word for another: what stays JSON and means something else.
                    var words = new[]
                    {
                        "\"name\"",
                        "\"behaviors\"",
                        "\"children\"",
                        "\"options\"",
                        "\"values\"",
                        "\"7d\"",
                        "true",
                        "\"any\"",
                        "null",
                    };
                    text.Replace(words[random.Next(words.Length)], words[random.Next(words.Length)]);
                    break;
            }
        }
        return text.ToString();
    }
}
