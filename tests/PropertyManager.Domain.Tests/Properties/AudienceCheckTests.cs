using PropertyManager.Domain.Properties;

namespace PropertyManager.Domain.Tests.Properties;

public sealed class AudienceCheckTests
{
    private static readonly AudienceRequest Good = new(1, "/search?q=boots") { Host = "www.shop.example" };

    [Theory]
    [InlineData("*.app.shop.example", true)]
    [InlineData("rome.app.shop.example", true)]
    [InlineData("a.rome.app.shop.example", false)]
    [InlineData("app.shop.example", false)]
    public void A_host_may_be_one_that_a_wildcard_stands_for(string host, bool isRight) =>
        Assert.Equal(isRight, AudienceCheck.Problems(Good with { Host = host }, ["*.app.shop.example"]).Count == 0);

    [Fact]
    public void What_is_left_out_is_right() => Assert.Empty(AudienceCheck.Problems(new AudienceRequest(0.001, "/"), []));

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(1_000_001)]
    public void A_weight_is_a_number_above_nothing(double weight) => Only(AudienceField.Weight, Good with { Weight = weight });

    [Theory]
    [InlineData("")]
    [InlineData("search")]
    [InlineData("https://www.shop.example/")]
    [InlineData("/two words")]
    [InlineData("/a\nb")]
    [InlineData("/a#b")]
    public void A_path_is_as_a_browser_sends_it(string path) => Only(AudienceField.Path, Good with { Path = path });

    [Fact]
    public void A_path_is_not_endless() => Only(AudienceField.Path, Good with { Path = "/" + new string('a', AudienceCheck.PathLength) });

    [Theory]
    [InlineData("")]
    [InlineData("get")]
    [InlineData("GET /")]
    [InlineData("GÉT")]
    [InlineData("A-METHOD-THAT-IS-TOO-LONG")]
    public void A_method_is_a_token_in_upper_case(string method) => Only(AudienceField.Method, Good with { Method = method });

    [Theory]
    [InlineData("GET")]
    [InlineData("VERSION-CONTROL")]
    public void Any_token_is_a_method(string method) => Assert.Empty(Problems(Good with { Method = method }));

    [Theory]
    [InlineData("ftp")]
    [InlineData("HTTPS")]
    [InlineData("")]
    public void There_are_two_schemes(string scheme) => Only(AudienceField.Scheme, Good with { Scheme = scheme });

    [Fact]
    public void Another_property_s_hostname_is_none_of_this_one() => Only(AudienceField.Host, Good with { Host = "www.other.example" });

    [Theory]
    [InlineData("de")]
    [InlineData("ZZ")]
    [InlineData("DEU")]
    public void A_country_has_a_code(string country) => Only(AudienceField.Country, Good with { Country = country });

    [Fact]
    public void A_user_agent_is_one_line() => Only(AudienceField.UserAgent, Good with { UserAgent = "a\r\nX-Staff: 1" });

    [Theory]
    [InlineData(199)]
    [InlineData(600)]
    [InlineData(-1)]
    public void An_origin_answers_with_a_status(int status) => Only(AudienceField.OriginStatus, Good with { OriginStatus = status });

    [Fact]
    public void All_that_is_wrong_is_said_at_once() =>
        Assert.Equal([AudienceField.Weight, AudienceField.Path], Problems(Good with { Weight = 0, Path = "" }).Select(problem => problem.Field));

    private static IReadOnlyList<AudienceProblem> Problems(AudienceRequest request) => AudienceCheck.Problems(request, ["www.shop.example"]);

    private static void Only(AudienceField field, AudienceRequest request) => Assert.Equal(field, Assert.Single(Problems(request)).Field);
}
