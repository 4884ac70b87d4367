using PropertyManager.Domain.Configuration;

namespace PropertyManager.Domain.Tests.Configuration;

public sealed class JsonFaultTests
{
    [Theory]
    [InlineData("{\n  \"a\": 1,\n}", 2, 9, "unexpected comma before the closing brace")]
    [InlineData("[\n  1, 2,\n  ]", 2, 7, "unexpected comma before the closing bracket")]
    [InlineData("[1,,2]", 1, 4, "there is a comma too many")]
    [InlineData("{\"a\": }", 1, 7, "a value is missing after the colon")]
    [InlineData("{\"a\" 1}", 1, 6, "unexpected “1”: a colon is missing after the name")]
    [InlineData("{a: 1}", 1, 2, "unexpected “a”: the name of a member stands in double quotes")]
    [InlineData("{'a': 1}", 1, 2, "strings stand in double quotes, not in single ones")]
    [InlineData("{\"a\": 'b'}", 1, 7, "strings stand in double quotes, not in single ones")]
    [InlineData("{\"a\": 1 \"b\": 2}", 1, 9, "unexpected “\"”: a comma or a closing bracket is missing before it")]
    [InlineData("// note\n{}", 1, 1, "comments are not part of JSON")]
    [InlineData("{\"a\": True}", 1, 7, "unexpected “T”: outside of double quotes there are numbers, true, false and null, in lower case")]
    [InlineData("{\"a\": \"b\nc\"}", 1, 9, "a string ends at the end of its line: a line break in it is written \\n")]
    [InlineData("{\"a\": \"b\tc\"}", 1, 9, "a tab in a string is written \\t")]
    [InlineData("{\"a\": \"C:\\dir\"}", 1, 11, "\\“d” means nothing: a backslash in a string is written \\\\")]
    [InlineData("{\"a\": \"\\u12x4\"}", 1, 12, "\\u takes four hexadecimal digits")]
    [InlineData("{\"a\": \"it\\'s\"}", 1, 11, "\\“'” means nothing: a backslash in a string is written \\\\")]
    [InlineData("{\"a\": \"b", 1, 9, "the text ends in the middle of a string")]
    [InlineData("{\"a\": [1", 1, 9, "the text ends before all that was opened is closed")]
    [InlineData("{} {}", 1, 4, "“{” follows after the end")]
    [InlineData("{\"a\": 01}", 1, 8, "a number is not written as JSON writes it")]
    [InlineData("{\"a\": \"b\r\nc\"}", 1, 9, "a string ends at the end of its line: a line break in it is written \\n")]
    [InlineData("{\"a\": \"b\u0001c\"}", 1, 9, "a string holds a character that has to be escaped")]
    [InlineData(
        "[\u0001]",
        1,
        2,
        "unexpected control character U+0001: outside of double quotes there are numbers, true, false and null, in lower case"
    )]
    [InlineData("[1}", 1, 3, "unexpected “}”")]
    [InlineData("{\"é😀\": }", 1, 9, "a value is missing after the colon")]
    public void Says_in_words_what_is_wrong_and_where(string json, int line, int column, string words) =>
        Assert.Equal(new("", line, column, $"This is not JSON: {words}."), JsonFault.FirstIn(json));

    [Fact]
    public void Says_where_a_text_is_nested_too_deeply() =>
        Assert.Equal(
            new("", 1, 257, "This is not JSON: more objects and arrays stand in one another than are read."),
            JsonFault.FirstIn(new string('[', 300))
        );

    [Fact]
    public void Says_which_key_stands_twice_and_where() =>
        Assert.Equal(
            new("/rules/name", 2, 3, "The key \"name\" stands twice in the same object."),
            JsonFault.FirstIn("{\"rules\": {\"name\": \"a\",\n  \"name\": \"b\"}}")
        );

    [Theory]
    [InlineData("{}")]
    [InlineData("\uFEFF[1, 2]")]
    public void Finds_nothing_in_JSON(string json) => Assert.Null(JsonFault.FirstIn(json));
}
