using System.Text.Json;
using PropertyManager.Domain.Configuration;
using static PropertyManager.Domain.Tests.Configuration.Validation.Validated;

namespace PropertyManager.Domain.Tests.Configuration.Validation;

public sealed class ExpressionChecksTests
{
    private const string Title = "An expression that takes too long";

    [Theory]
    [InlineData("^(([a-z/]{0,60}){0,60}){0,60}zz$", "216,000 steps")]
    [InlineData("^(([a-z/]{0,10}){0,10}){0,10}zz$", "1,000 steps")]
    [InlineData("^(?:(?<n>[a-z]{1,20})?){0,20}$", "400 steps")]
    [InlineData("^([a-z/]{1,200})*zz$", "200 steps")]
    [InlineData("^([a-z]{0,9}|[/]{0,99})+$", "99 steps")]
    [InlineData("^({{user.PMUSER_X}}|([a-z]{0,60}){0,60})$", "3,600 steps")]
    [InlineData("^([a-z-[aeiou]]{0,60}){0,60}$", "3,600 steps")]
    [InlineData("^([]a]{0,60}){0,60}$", "3,600 steps")]
    [InlineData("^(?#a(b)([a-z]{0,60}){0,60}$", "3,600 steps")]
    [InlineData("^(a?){500}a{500}$", "500 steps")]
    [InlineData("^(a[b-z]{0,90}){0,90}$", "too large")]
    [InlineData("(?=x)(a+)+$", "repeats a repetition")]
    [InlineData("^(?!.*([a-z]+)*!)", "repeats a repetition")]
    [InlineData(@"([ab])\1(c+d)*", "repeats a repetition")]
    [InlineData(@"(?<q>['x])(c+d)*\k<q>", "repeats a repetition")]
    [InlineData("(?>(a|b*)+)c", "repeats a repetition")]
    [InlineData("(?(a)b*|c)+", "repeats a repetition")]
    [InlineData("(?x) ([a-z]{0,60}) {0,60}", "(?x)")]
    [InlineData("(?i-s:a)(?sx)b", "(?x)")]
    public void What_no_engine_can_run_in_bounds_is_an_error_with_its_reason(string expression, string why)
    {
        var message = Assert.Single(Criterion(expression), message => message.Title == Title);

        Assert.Equal((Severity.Error, "/rules/children/0/criteria/0/options/regex"), (message.Severity, message.Pointer));
        Assert.Contains(why, message.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("^(a+)+$")]
    [InlineData("^/(?:[a-z]{2}(?:-[a-z]{2,4})?/)?(?:[\\w-]{1,64}/){1,8}[\\w-]{1,64}\\.html$")]
    [InlineData(@"^(\d{1,3}\.){3}\d{1,3}$")]
    [InlineData(@"^([a-zA-Z0-9][a-zA-Z0-9\-]{0,62})(\.[a-zA-Z0-9][a-zA-Z0-9\-]{0,62})+$")]
    [InlineData("^([a-z][a-z0-9_-]{0,30}/){1,10}$")]
    [InlineData("^(?!www)(?:-?[a-z]{2})+$")]
    [InlineData("^[a-z]{0,50000}$")]
    [InlineData(@"(http|https)://(\w+:{0,1}\w*@)?(\S+)(:[0-9]+)?(/|/([\w#!:.?+=&%@!\-/]))?")]
    [InlineData(@"^(?!/(?:admin|internal)/).*\.(?:css|js)(?:\?.*)?$")]
    [InlineData(@"^(?=.{1,1024}$)[a-zA-Z0-9+/=_-]+$")]
    [InlineData(@"^([""']?)[a-z]+\1$")]
    [InlineData("^[a-zA-Z0-9][a-zA-Z0-9_+=,.@:/-]{0,2047}$")]
    [InlineData("^a{,60}(b{0,60){0,60}[(]{2}")]
    [InlineData("[a-z")]
    [InlineData("(((")]
    [InlineData(")*(")]
    [InlineData("\\")]
    public void What_an_engine_can_run_is_not(string expression) => Assert.DoesNotContain(Criterion(expression), message => message.Title == Title);

    [Fact]
    public void A_long_list_of_words_is_possible_and_a_text_of_any_length_is_not()
    {
        var words = string.Join('|', Enumerable.Range(0, 1500).Select(i => $"bot{i}"));

        Assert.DoesNotContain(Criterion(words), message => message.Title == Title);
        Assert.Contains(
            Criterion(words + new string('x', 6000)),
            message => message.Detail.Contains("16,384 are possible", StringComparison.Ordinal)
        );
        Assert.Contains(Criterion(new string('(', 10_000) + "a{0,60}" + new string(')', 6000) + "{0,60}"), message => message.Title == Title);
    }

    [Theory]
    [InlineData("setVariable", """{ "variableName": "X", "transform": "SUBSTITUTE", "regex": "?" }""", "regex")]
    [InlineData("modifyOutgoingResponseHeader", """{ "action": "REGEX", "regexHeaderMatch": "?" }""", "regexHeaderMatch")]
    [InlineData("modifyOutgoingRequestHeader", """{ "action": "REGEX", "regexHeaderMatch": "?" }""", "regexHeaderMatch")]
    [InlineData("rewriteUrl", """{ "behavior": "REGEX_REPLACE", "matchRegex": "?" }""", "matchRegex")]
    public void Every_expression_that_is_run_is_looked_at(string behavior, string options, string option)
    {
        var messages = Behavior(behavior, options.Replace("?", "(([a-z]{0,60}){0,60}){0,60}", StringComparison.Ordinal));

        Assert.Contains(messages, message => message.Title == Title && message.Pointer == $"/rules/children/0/behaviors/0/options/{option}");
    }

    [Fact]
    public void A_tree_full_of_large_expressions_is_refused_rather_than_built()
    {
        var criteria = string.Join(',', Enumerable.Range(0, 1_200).Select(i => Of("regularExpression", Options($"^(a[b-z]{{0,9}}){{0,9}}{i}"))));

        var found = Assert.Single(Children(Rule("A", criteria, Works)), message => message.Title == Title);

        Assert.Equal((200, "/rules/children/0/criteria/1000/options/regex"), (found.Count, found.Pointer));
    }

    private static IReadOnlyList<ValidationMessage> Criterion(string expression) => Validated.Criterion("regularExpression", Options(expression));

    private static string Options(string expression) =>
        JsonSerializer.Serialize(
            new Dictionary<string, string>(StringComparer.Ordinal) { ["matchString"] = "{{builtin.AK_PATH}}", ["regex"] = expression }
        );
}
