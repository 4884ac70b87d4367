using System.Text.Json;
using PropertyManager.Domain.Configuration;
using PropertyManager.Domain.Configuration.Catalog;
using PropertyManager.Web.Features.Editor.Edit;

namespace PropertyManager.Web.Tests.Editor.Edit;

public sealed class OptionEditsTests
{
    [Theory]
    [InlineData(OptionType.Text, "abc", "\"abc\"")]
    [InlineData(OptionType.Integer, "42", "42")]
    [InlineData(OptionType.Integer, "4x", "\"4x\"")]
    [InlineData(OptionType.Number, "0.5", "0.5")]
    [InlineData(OptionType.Duration, "7d", "\"7d\"")]
    [InlineData(OptionType.Texts, "US\n DE \n\n", "[\"US\",\"DE\"]")]
    [InlineData(OptionType.Text, "", null)]
    public void What_is_typed_becomes_the_value(OptionType type, string typed, string? json) =>
        Assert.Equal(json, OptionEdits.Read(new CatalogOption("x", "X", type), typed)?.GetRawText());

    [Fact]
    public void A_choice_of_numbers_is_a_number_and_what_has_to_be_filled_stays_when_it_is_emptied()
    {
        var choice = new CatalogOption("code", "Code", OptionType.Choice) { Choices = [new("301", "Moved"), new("302", "Found")] };

        Assert.Equal("301", OptionEdits.Read(choice, "301")?.GetRawText());
        Assert.Equal("\"\"", OptionEdits.Read(new CatalogOption("x", "X", OptionType.Text) { Required = true }, "")?.GetRawText());
    }

    [Fact]
    public void An_option_keeps_its_place_and_goes_when_it_is_taken_away()
    {
        var options = OptionSet.Parse("""{"a":1,"b":2,"c":3}""");

        var changed = options.With("b", JsonSerializer.SerializeToElement(5)).With("d", JsonSerializer.SerializeToElement(4)).With("a", null);

        Assert.Equal("b=5 c=3 d=4", string.Join(' ', changed.Select(option => $"{option.Key}={option.Value.GetRawText()}")));
    }

    [Theory]
    [InlineData("30m", "30", "m")]
    [InlineData("7D", "7", "d")]
    [InlineData("m", "", "m")]
    [InlineData("{{user.PMUSER_TTL}}", null, null)]
    [InlineData("soon", null, null)]
    public void A_duration_is_a_number_and_its_unit(string text, string? number, string? unit) =>
        Assert.Equal(number is null ? null : (number, unit!), OptionEdits.Duration(text));
}
