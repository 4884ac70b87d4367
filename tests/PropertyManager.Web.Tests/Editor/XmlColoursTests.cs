using PropertyManager.Domain.Configuration;
using PropertyManager.Web.Features.Editor;

namespace PropertyManager.Web.Tests.Editor;

public sealed class XmlColoursTests
{
    [Fact]
    public void Tags_attributes_and_values_are_told_apart()
    {
        var pieces = XmlColours.Of("""    <match:uri.ext value="a &lt; b=c" case="off">x = "1"</match:uri.ext>""");

        Assert.Equal(
            [
                (XmlToken.Text, "    "),
                (XmlToken.Tag, "<match:uri.ext"),
                (XmlToken.Text, " "),
                (XmlToken.Attribute, "value"),
                (XmlToken.Text, "="),
                (XmlToken.Value, "\"a &lt; b=c\""),
                (XmlToken.Text, " "),
                (XmlToken.Attribute, "case"),
                (XmlToken.Text, "="),
                (XmlToken.Value, "\"off\""),
                (XmlToken.Tag, ">"),
            ],
            pieces.Take(11).Select(piece => (piece.Token, piece.Text))
        );
        Assert.Equal((XmlToken.Tag, ">"), (pieces[^1].Token, pieces[^1].Text));
    }

    [Fact]
    public void A_note_is_one_piece() =>
        Assert.Equal(XmlToken.Note, Assert.Single(XmlColours.Of("""  <comment:note value="rule: default / Pictures"/>""")).Token);

    [Fact]
    public void Nothing_of_the_document_is_lost()
    {
        foreach (var line in MetadataXml.Write(Versions.View(new HostnameEntry("a.example", "b.example")).Document).Split('\n'))
            Assert.Equal(line, string.Concat(XmlColours.Of(line).Select(piece => piece.Text)));
    }
}
