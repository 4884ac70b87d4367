using PropertyManager.Web.Engine;

namespace PropertyManager.Web.Tests.Engine;

public sealed class EdgeRcTests
{
    private static readonly ApiKey Key = new(1, "Demo", "akab-client", "c2VjcmV0=", "akab-access");

    [Fact]
    public void A_file_is_read_back_and_given_another_host()
    {
        var text = EdgeRc.Text(Key, "localhost:5443");

        Assert.StartsWith("[default]\n", text.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Contains("client_secret = c2VjcmV0=", text, StringComparison.Ordinal);
        Assert.Contains("access_token = akab-access", text, StringComparison.Ordinal);
        Assert.Equal("akab-client", EdgeRc.ReadClientToken(text));
        Assert.Equal(EdgeRc.Text(Key, "localhost:6443"), EdgeRc.WithHost(text, "localhost:6443"));
        Assert.Equal(text, EdgeRc.WithHost(text, "localhost:5443"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[default]\nclient_token\n")]
    [InlineData("not a file of ours")]
    public void What_is_no_such_file_has_no_token(string text) => Assert.Null(EdgeRc.ReadClientToken(text));

    [Theory]
    [InlineData("https://localhost:5443", null, "localhost:5443")]
    [InlineData("https://127.0.0.1:443", null, "127.0.0.1")]
    [InlineData("https://[::]:5443", null, "localhost:5443")]
    [InlineData("https://[::]:5443", "http://pm.example:5080/", "pm.example:5443")]
    [InlineData("https://localhost:5443", "https://pm.example/", "pm.example")]
    [InlineData("http://localhost:5080", "https://pm.example:8443/", "pm.example:8443")]
    [InlineData("http://localhost:5080", "http://pm.example/", null)]
    public void The_host_is_where_https_is_answered(string address, string? page, string? host) =>
        Assert.Equal(host, EdgeRc.HostOf(["http://localhost:5080", address], page is null ? null : new Uri(page)));
}
