using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using PropertyManager.Domain.Configuration;

namespace PropertyManager.Web.Engine;

/// <summary>Rules of a version as programs read, write and patch them: beside the rules stands what the version is about.</summary>
internal static class RuleDocument
{
    private static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    // Trees may be nested deeper than a reader allows by itself; the domain has its own limit.
    private static readonly JsonDocumentOptions Deep = new() { MaxDepth = 300 };

    /// <summary>Members <c>comments</c>, where there are any, and <c>rules</c>.</summary>
    public static JsonObject Of(PropertyVersionDocument content)
    {
        var tree = new JsonObject();
        if (content.Note is { Length: > 0 } note)
            tree["comments"] = note;
        var written = JsonNode.Parse(RuleTreeJson.Write(content.Rules), documentOptions: Deep)!.AsObject();
        var rules = written["rules"]!.AsObject();
        written.Remove("rules");
        // The default rule has no criteria to satisfy. Clients compare members, and they do not write this one.
        if (content.Rules.Default.CriteriaMustSatisfy == CriteriaMustSatisfy.All)
            rules.Remove("criteriaMustSatisfy");
        if (rules["options"] is not JsonObject options)
            rules["options"] = options = [];
        options.TryAdd("is_secure", JsonValue.Create(false));
        tree["rules"] = rules;
        return tree;
    }

    /// <summary>The text of a document.</summary>
    public static string Text(JsonObject document)
    {
        var text = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(text, Writing))
            document.WriteTo(json);
        return Encoding.UTF8.GetString(text.WrittenSpan);
    }

    /// <summary>A version with the rules that a program sent.</summary>
    /// <param name="before">What it said.</param>
    /// <param name="sent">Its comments are what the version is about; what the version's file said beside the rules stays.</param>
    public static PropertyVersionDocument With(PropertyVersionDocument before, RuleTree sent) =>
        before with
        {
            Rules = sent with { Comments = before.Rules.Comments },
            Note = sent.Comments?.Trim() ?? before.Note,
        };
}
