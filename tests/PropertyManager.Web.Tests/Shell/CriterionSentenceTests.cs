using PropertyManager.Domain.Configuration;
using PropertyManager.Web.Shell.Parts;

namespace PropertyManager.Web.Tests.Shell;

public sealed class CriterionSentenceTests
{
    [Theory]
    [InlineData("path", """{ "matchOperator": "MATCHES_ONE_OF", "values": ["/api/*", "/v2/*"] }""", "Path matches one of /api/*, /v2/*")]
    [InlineData("path", """{ "matchOperator": "DOES_NOT_MATCH_ONE_OF", "values": ["/api/*", "/v2/*"] }""", "Path matches none of /api/*, /v2/*")]
    [InlineData("path", """{ "matchOperator": "DOES_NOT_MATCH_ONE_OF", "values": ["/api/*"] }""", "Path does not match /api/*")]
    [InlineData("requestHeader", """{ "headerName": "X-Api-Key", "matchOperator": "DOES_NOT_EXIST" }""", "Request header X-Api-Key does not exist")]
    [InlineData(
        "userLocation",
        """{ "field": "COUNTRY", "matchOperator": "IS_NOT_ONE_OF", "countryValues": ["GB", "IE"] }""",
        "User's country is none of GB, IE"
    )]
    [InlineData(
        "matchResponseCode",
        """{ "matchOperator": "IS_BETWEEN", "lowerBound": 500, "upperBound": 504 }""",
        "Response status is between 500 and 504"
    )]
    [InlineData("requestMethod", """{ "matchOperator": "IS", "value": "GET" }""", "Request method is GET")]
    [InlineData("requestProtocol", """{ "value": "HTTP" }""", "Request protocol is HTTP")]
    [InlineData("matchVariable", """{ "variableName": "PMUSER_X", "matchOperator": "IS", "variableExpression": "on" }""", "Variable PMUSER_X is on")]
    [InlineData("requestMethod", """{ "matchOperator": "IS_NOT" }""", "Request method is not default (GET)")]
    [InlineData(
        "matchVariable",
        """{ "variableName": "PMUSER_X", "matchOperator": "IS", "variableExpression": "" }""",
        "Variable PMUSER_X is (empty)"
    )]
    [InlineData("somethingNew", """{ "matchOperator": "IS_LESS_THAN", "value": 3 }""", "Something new is less than 3")]
    [InlineData("somethingNew", "{}", "Something new holds")]
    public void A_criterion_reads_as_a_sentence(string name, string options, string sentence) =>
        Assert.Equal(sentence, CriterionSentence.Of(new Criterion(name, OptionSet.Parse(options))).ToString());

    [Theory]
    [InlineData("IS_NOT_ONE_OF", true)]
    [InlineData("DOES_NOT_EXIST", true)]
    [InlineData("IS_NOT", true)]
    [InlineData("IS_ONE_OF", false)]
    [InlineData("EXISTS", false)]
    public void A_negation_is_known_as_one(string relation, bool negated) =>
        Assert.Equal(
            negated,
            CriterionSentence
                .Of(new Criterion("hostname", OptionSet.Parse($$"""{ "matchOperator": "{{relation}}", "values": ["a", "b"] }""")))
                .IsNegated
        );

    [Fact]
    public void No_option_is_left_unsaid()
    {
        var options = OptionSet.Parse(
            """{ "matchOperator": "EXISTS", "headerName": "A", "values": ["kept"], "matchCaseSensitive": true, "new": 1 }"""
        );

        var sentence = CriterionSentence.Of(new Criterion("requestHeader", options));

        Assert.Equal("Request header A exists", sentence.ToString());
        Assert.Equal(["values", "matchCaseSensitive", "new"], sentence.Rest.Select(field => field.Key), StringComparer.Ordinal);
    }
}
