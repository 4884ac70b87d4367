using System.Xml;
using System.Xml.Linq;

namespace PropertyManager.Domain.Configuration;

/// <summary>The metadata that people write into the behavior <c>advanced</c>, brought into the document's own lines.</summary>
internal static class HandWrittenMetadata
{
    /// <summary>Writes the elements, or nothing when they cannot be taken over unchanged: then the reason.</summary>
    public static string? TryWrite(MetadataWriter xml, string fragment)
    {
        XElement root;
        try
        {
            var declarations = string.Join(' ', MetadataXml.Declarations.Select(d => $"{d.Name}=\"{d.Value}\""));
            var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null };
            using var reader = XmlReader.Create(new StringReader($"<configs {declarations}>{fragment}</configs>"), settings);
            root = XElement.Load(reader);
        }
        catch (XmlException e)
        {
            return $"it is not well-formed: {e.Message}";
        }

        // Only what the writer can say is taken apart; comments, text between elements and declarations of further namespaces are not.
        if (root.DescendantNodes().Any(node => node is not (XElement or XText)))
        {
            return "it has comments or processing instructions";
        }

        if (root.Descendants().Any(element => element.Attributes().Any(a => a.IsNamespaceDeclaration)))
        {
            return "it declares namespaces of its own";
        }

        var mixed = root.DescendantsAndSelf()
            .Any(e => (e.HasElements || e == root) && e.Nodes().OfType<XText>().Any(t => !string.IsNullOrWhiteSpace(t.Value)));
        if (mixed)
        {
            return "it has text between its elements";
        }

        foreach (var element in root.Elements())
        {
            Write(xml, element);
        }

        return null;
    }

    private static void Write(MetadataWriter xml, XElement element)
    {
        var name = Qualified(element, element.Name);
        (string, string)[] attributes = [.. element.Attributes().Select(a => (Qualified(element, a.Name), a.Value))];
        if (element.HasElements)
        {
            xml.Open(name, attributes);
            foreach (var child in element.Elements())
            {
                Write(xml, child);
            }

            xml.Close(name);
        }
        else if (element.IsEmpty)
        {
            xml.Empty(name, attributes);
        }
        else
        {
            xml.Text(name, element.Value, attributes);
        }
    }

    private static string Qualified(XElement scope, XName name) =>
        scope.GetPrefixOfNamespace(name.Namespace) is { Length: > 0 } prefix ? $"{prefix}:{name.LocalName}" : name.LocalName;
}
