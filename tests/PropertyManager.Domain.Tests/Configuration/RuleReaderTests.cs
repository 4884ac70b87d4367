using PropertyManager.Domain.Configuration;

namespace PropertyManager.Domain.Tests.Configuration;

/// <summary>Trees as programs write them: all fields that they know of, empty or null where they have nothing to say.</summary>
public sealed class RuleReaderTests
{
    private static readonly string[] Optional = ["comments", "options", "variables", "criteriaMustSatisfy", "criteria", "behaviors", "children"];

    [Theory]
    [InlineData("null")]
    [InlineData("\"\"")]
    public void A_field_that_is_null_or_empty_is_as_if_it_was_left_out(string value)
    {
        var fields = string.Join(", ", Optional.Select(name => $"\"{name}\": {value}"));

        var read = RuleTreeJson.Parse($$"""{ "rules": { "name": "default", {{fields}} } }""");

        Assert.Empty(read.Problems);
        Assert.Equal(
            RuleTreeJson.Write(RuleTreeJson.Parse("""{ "rules": { "name": "default" } }""").Value!),
            RuleTreeJson.Write(read.Value! with { Default = read.Value!.Default with { Comments = null } })
        );
    }

    [Theory]
    [InlineData("null")]
    [InlineData("\"\"")]
    public void So_are_the_fields_of_a_file(string value)
    {
        var read = PropertyVersionDocument.Parse(
            $$"""{ "ruleFormat": {{value}}, "note": {{value}}, "hostnames": {{value}}, "comments": {{value}}, "rules": { "name": "default" } }"""
        );

        Assert.Empty(read.Problems);
        Assert.Equal((PropertyVersionDocument.DefaultRuleFormat, 0), (read.Value!.RuleFormat, read.Value.Hostnames.Count));
    }
}
