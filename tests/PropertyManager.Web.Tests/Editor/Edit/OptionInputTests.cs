using System.Text.Json;
using Bunit;
using PropertyManager.Domain.Configuration;
using PropertyManager.Domain.Configuration.Catalog;
using PropertyManager.Web.Features.Editor.Edit;

namespace PropertyManager.Web.Tests.Editor.Edit;

public sealed class OptionInputTests : BunitContext
{
    [Theory]
    [InlineData("preloadEnable", null, true, "Preload fonts default (on)")]
    [InlineData("enableRo", null, false, "Resource optimizer default (off)")]
    [InlineData("preloadEnable", "null", true, "Preload fonts default (on)")]
    [InlineData("preloadEnable", "false", false, "Preload fonts")]
    [InlineData("enableRo", "true", true, "Resource optimizer")]
    public void A_switch_that_is_not_set_stands_as_its_default_and_says_so(string option, string? value, bool isChecked, string text)
    {
        var input = Open("adaptiveAcceleration", option, value);

        Assert.Equal(isChecked, input.Find("input").HasAttribute("checked"));
        Assert.Equal(text, string.Join(' ', input.Find("label").TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));
    }

    [Theory]
    [InlineData("redirect", "queryString", null, "default (Keep)")]
    [InlineData("redirect", "queryString", "\"IGNORE\"", "Leave out")]
    [InlineData("redirect", "queryString", "\"ignore\"", "Leave out")]
    [InlineData("redirect", "queryString", "\"other\"", "other (not known here)")]
    [InlineData("redirect", "responseCode", "3.01e2", "301 Moved permanently")]
    [InlineData("adaptiveAcceleration", "source", "\"mPulse\"", "mPulse")]
    public void A_choice_is_the_one_that_is_meant_or_the_default(string behavior, string option, string? value, string chosen) =>
        Assert.Equal(chosen, Open(behavior, option, value).Find("option[selected]").TextContent);

    [Theory]
    [InlineData("sureRoute", "raceStatTtl", "default (30 minutes)")]
    [InlineData("prefreshCache", "prefreshval", "default (90)")]
    [InlineData("caching", "ttl", "30m, 7d")] // it has to be set
    public void A_field_that_is_not_set_shows_the_default(string behavior, string option, string placeholder) =>
        Assert.Equal(placeholder, Open(behavior, option, null).Find("input").GetAttribute("placeholder"));

    private IRenderedComponent<OptionInput> Open(string behavior, string option, string? value) =>
        Render<OptionInput>(parameters =>
            parameters
                .Add(input => input.Option, RuleCatalog.Behaviors[behavior].Find(option)!)
                .Add(input => input.Id, "o")
                .Add(input => input.Value, value is null ? null : JsonElement.Parse(value))
                .Add(input => input.Place, "/o")
                .Add(input => input.Messages, Array.Empty<ValidationMessage>().ToLookup(message => message.Pointer, StringComparer.Ordinal))
        );
}
