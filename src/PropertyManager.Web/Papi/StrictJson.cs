using System.Text;
using System.Text.Json;
using PropertyManager.Web.Papi.Problems;

namespace PropertyManager.Web.Papi;

/// <summary>
/// Reads bodies whose shape is not fixed. A text that passes has no key twice and no half characters: whatever is asked of it afterwards can be
/// answered.
/// </summary>
internal static class StrictJson
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

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
        try
        {
            CheckTexts(body.Span);
            return (JsonElement.Parse(body.Span, new JsonDocumentOptions { AllowDuplicateProperties = false }), null);
        }
        catch (JsonException exception)
        {
            return (
                null,
                PapiProblems.BadRequest(body.Span.Trim(" \t\r\n"u8).IsEmpty ? "The body is empty: JSON is expected." : Malformed(exception))
            );
        }
        catch (InvalidOperationException)
        {
            return (null, PapiProblems.BadRequest("A text in the body holds half of a surrogate pair, which is no character."));
        }
    }

    /// <summary>What is thrown counts from 0, and says where at its end.</summary>
    private static string Malformed(JsonException exception)
    {
        var what = exception.Message.Split(" LineNumber:")[0].Split(" Path:")[0];
        return FormattableString.Invariant(
            $"The body is not JSON (line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1}): {what}"
        );
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
