using PropertyManager.Domain.Activations;

namespace PropertyManager.Domain.Tests.Activations;

public sealed class NotifyListTests
{
    [Theory]
    [InlineData(null, "")]
    [InlineData("", "")]
    [InlineData(" , ;\n", "")]
    [InlineData("ann@shop.example", "ann@shop.example")]
    [InlineData(" ann@shop.example ,bob@shop.example,", "ann@shop.example bob@shop.example")]
    [InlineData("ann@shop.example;bob@shop.example\ncy@shop.example", "ann@shop.example bob@shop.example cy@shop.example")]
    [InlineData("ann@shop.example, ANN@shop.example", "ann@shop.example")]
    [InlineData("ann+cdn.o'neil@mail.shop.example", "ann+cdn.o'neil@mail.shop.example")]
    public void Reads_addresses(string? text, string expected)
    {
        var (emails, error) = NotifyList.Parse(text);

        Assert.Null(error);
        Assert.Equal(expected, string.Join(' ', emails));
    }

    [Theory]
    [InlineData("ann", "ann")]
    [InlineData("ann@", "ann@")]
    [InlineData("@shop.example", "@shop.example")]
    [InlineData("ann@localhost", "ann@localhost")]
    [InlineData("ann@shop.example bob@shop.example", "ann@shop.example bob@shop.example")]
    [InlineData("Ann <ann@shop.example>", "Ann <ann@shop.example>")]
    [InlineData("bob@shop.example, ann@@shop.example", "ann@@shop.example")]
    [InlineData("ann@shop..example", "ann@shop..example")]
    public void Names_what_is_not_an_address(string text, string bad)
    {
        var (emails, error) = NotifyList.Parse(text);

        Assert.Empty(emails);
        Assert.Equal($"“{bad}” is not an e-mail address.", error);
    }

    [Fact]
    public void An_address_has_254_characters_at_most()
    {
        var longest = new string('a', 60) + "@" + string.Join('.', Enumerable.Repeat(new string('b', 63), 3)) + ".c";
        Assert.Equal(254, longest.Length);

        Assert.Null(NotifyList.Parse(longest).Error);
        Assert.NotNull(NotifyList.Parse(longest + "d").Error);
    }

    [Fact]
    public void Takes_50_addresses_and_no_more()
    {
        Assert.Equal(50, NotifyList.Parse(Many(50)).Emails.Count);
        Assert.Equal("51 addresses are too many: 50 at most.", NotifyList.Parse(Many(51)).Error);

        static string Many(int count) => string.Join(", ", Enumerable.Range(1, count).Select(i => $"user{i}@shop.example"));
    }
}
