using System.Text;
using System.Text.Json;
using PropertyManager.Domain.Configuration;
using PropertyManager.Web.Papi.Problems;

namespace PropertyManager.Web.Papi;

/// <summary>
/// Reads bodies whose shape is not fixed. A text that passes has no key twice and no half characters: whatever is asked of it afterwards can be
/// answered.
/// </summary>
internal static class StrictJson
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Files from Windows editors begin with one, and are sent as they are.</summary>
    private static ReadOnlySpan<byte> ByteOrderMark => "\uFEFF"u8;

    /// <summary>The body as text; or the problem that is to be answered.</summary>
    public static (string? Text, PapiProblem? Problem) ReadText(ReadOnlyMemory<byte> body)
    {
        try
        {
            return (Strict.GetString(body.Span), null);
        }
        catch (ArgumentException)
        {
            return (null, PapiProblems.BadRequest("The body is not UTF-8."));
        }
    }

    /// <summary>The body as JSON; or the problem that is to be answered.</summary>
    public static (JsonElement? Json, PapiProblem? Problem) Read(ReadOnlyMemory<byte> body)
    {
        if (ReadText(body).Problem is { } problem)
            return (null, problem);
        if (body.Span.StartsWith(ByteOrderMark))
            body = body[ByteOrderMark.Length..];
        try
        {
            CheckTexts(body.Span);
            return (JsonElement.Parse(body.Span, new JsonDocumentOptions { AllowDuplicateProperties = false }), null);
        }
        catch (JsonException)
        {
            return (null, PapiProblems.BadRequest(Malformed(body.Span)));
        }
        catch (InvalidOperationException)
        {
            return (null, PapiProblems.BadRequest("A text in the body holds half of a surrogate pair, which is no character."));
        }
    }

    /// <summary>Found by a second reading: what is thrown is for programmers, and does not say where a key stands twice.</summary>
    private static string Malformed(ReadOnlySpan<byte> body)
    {
        if (body.Trim(" \t\r\n"u8).IsEmpty)
            return "The body is empty: JSON is expected.";
        var fault = JsonFault.FirstIn(Strict.GetString(body));
        return fault is null
            ? "More objects and arrays stand in one another in the body than are read."
            : FormattableString.Invariant($"{fault.Message} Line {fault.Line}, column {fault.Column}.");
    }

    private static void CheckTexts(ReadOnlySpan<byte> body)
    {
        var reader = new Utf8JsonReader(body);
        while (reader.Read())
        {
            if (reader is { TokenType: JsonTokenType.String or JsonTokenType.PropertyName, ValueIsEscaped: true })
                reader.GetString();
        }
    }
}
