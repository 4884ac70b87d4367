using PropertyManager.Web.Shell.Parts;

namespace PropertyManager.Web.Tests.Compare;

public sealed class InvisibleSignsTests
{
    [Theory]
    [InlineData("closed\r\nfor today", "closed\nfor today", "closed[carriage return][line feed]\nfor today")]
    [InlineData("closed\nfor today", "closed\r\nfor today", "closed[line feed]\nfor today")]
    [InlineData("a\tb", "a b", "a[tab]b")]
    [InlineData("a b", "a\tb", "a[space]b")]
    [InlineData("a\u00A0b", "a b", "a[no-break space]b")]
    [InlineData("ab", "a\u200Bb", "ab")]
    [InlineData("a\u200Bb", "ab", "a[zero-width space]b")]
    [InlineData("\u200Fa\u202Eb", "ab", "[right-to-left mark]a[right-to-left override]b")]
    [InlineData("a\uFEFF", "a", "a[byte-order mark, a zero-width no-break space]")]
    [InlineData("a ", "a", "a[space]")]
    [InlineData("a\u0001", "a", "a[control character U+0001]")]
    [InlineData("a\U000E0020", "a", "a[invisible character U+E0020]")]
    [InlineData("a b\nc", "a x b\nc\nd", "a b\nc")] // seen to differ: no sign is needed
    [InlineData("a\tb c", "a b d", "a[tab]b c")]
    [InlineData("a\tb", "a\tb", "a\tb")]
    [InlineData("a\tb", null, "a\tb")]
    public void Signs_stand_where_two_texts_differ_in_what_cannot_be_seen(string text, string? other, string shown) =>
        Assert.Equal(shown, string.Concat(InvisibleSigns.Parts(text, other).Select(part => part.Name is null ? part.Text : $"[{part.Name}]")));
}
