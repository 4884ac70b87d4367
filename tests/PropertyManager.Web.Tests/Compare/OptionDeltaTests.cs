using System.Text.Json;
using PropertyManager.Domain.Configuration.Catalog;
using PropertyManager.Domain.Configuration.Comparison;
using PropertyManager.Web.Features.Compare;
using PropertyManager.Web.Shell.Parts;

namespace PropertyManager.Web.Tests.Compare;

public sealed class OptionDeltaTests
{
    [Fact]
    public void Fields_within_an_option_have_lines_of_their_own()
    {
        var line = Assert.Single(Of("cpCode", """{"id":1,"name":"shop","products":[]}""", """{"id":2,"name":"shop","products":[]}"""));

        Assert.Equal(("CP code › ID", new OptionValue.Plain("1", "1"), new OptionValue.Plain("2", "2")), (line.Name, line.Before, line.After));
    }

    [Fact]
    public void What_was_not_set_has_no_value()
    {
        Assert.Null(Assert.Single(Of("ttl", null, "\"7d\"")).Before);
        Assert.Null(Assert.Single(Of("ttl", "\"7d\"", null)).After);
        Assert.Equal(new OptionValue.Nothing("empty"), Assert.Single(Of("name", "\"a\"", "\"\"")).After);
    }

    [Fact]
    public void Where_an_option_is_not_set_its_default_holds()
    {
        var known = RuleCatalog.Behaviors["adaptiveAcceleration"];

        var line = Assert.Single(OptionDelta.Of([new OptionChange("abLogic", null, Json("\"MANUAL\""))], known));

        Assert.Equal(
            ("AB test logic", new OptionValue.Default("No"), new OptionValue.Plain("By a cookie", "MANUAL")),
            (line.Name, line.Before, line.After)
        );
        Assert.Equal(
            new OptionValue.Default("on"),
            Assert.Single(OptionDelta.Of([new OptionChange("preloadEnable", Json("false"), null)], known)).After
        );
        Assert.Null(Assert.Single(OptionDelta.Of([new OptionChange("ttl", null, Json("\"7d\""))], RuleCatalog.Behaviors["caching"])).Before);
    }

    [Theory]
    [InlineData("""["a"]""", """["b"]""", false)] // nothing stays: both are said whole
    [InlineData("""["a","b"]""", """["b","a"]""", false)] // only the order
    [InlineData("""["a","b"]""", """["b","c"]""", true)]
    [InlineData("""[]""", """["b"]""", false)]
    [InlineData("""["a"]""", "\"a\"", false)]
    public void Lists_are_said_by_item_when_some_stays(string before, string after, bool byItem) =>
        Assert.Equal(byItem, Assert.Single(Of("values", before, after)).IsByItem);

    [Fact]
    public void What_people_wrote_stays_as_they_wrote_it() =>
        Assert.Equal(new OptionValue.Plain("MAX_AGE", "MAX_AGE"), OptionDelta.OfText("Comments", null, "MAX_AGE").After);

    private static IReadOnlyList<OptionDelta> Of(string name, string? before, string? after) =>
        OptionDelta.Of([new OptionChange(name, Json(before), Json(after))]);

    private static JsonElement? Json(string? text) => text is null ? null : JsonElement.Parse(text);
}
