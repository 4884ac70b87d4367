using PropertyManager.Web.Engine;
using PropertyManager.Web.Shell.Parts;

namespace PropertyManager.Web.Features.ApiClients;

/// <summary>The words of the page on API clients.</summary>
public static class ApiClientText
{
    public const string What = "Programs that use the API in your name: command lines, SDKs, Terraform, pipelines of your own.";

    public const string Purpose =
        "An API client lets a program do what you do here: read properties, make versions, activate. It has your rights or fewer, and a key of its own that can be revoked without touching your password.";

    public const string Once = "The secret is shown now and never again. Copy it, or save the file, before you leave this page.";

    public const string NoHttps =
        "This server listens on no https address, which existing clients of the API insist on: set the host before you use the file, or let the server listen on https too.";

    private const string Begun = "Activations that it began go on; bulk requests stop.";

    /// <summary>What the client may do, beside what its maker may.</summary>
    public static string May(bool isReadOnly) => isReadOnly ? "Reads only" : "The same as you";

    /// <summary>The same as one of two or three choices in a list of keys.</summary>
    public static (Tone Tone, string Text) Status(ApiClientFacts client) =>
        client switch
        {
            { RevokedAt: not null } => (Tone.Neutral, "Revoked"),
            { WorkingKeys: 0 } => (Tone.Warning, "No key"),
            _ => (Tone.Success, "Works"),
        };

    /// <summary>What revoking the client does.</summary>
    public static string RevokeClient(ApiClientFacts client) =>
        client.WorkingKeys switch
        {
            0 => $"No program can use {client.Name} again. This cannot be undone.",
            1 => $"The program that uses {client.Name} is refused from its next request on. {Begun} This cannot be undone.",
            _ =>
                $"Every program that uses one of the {Words.Count(client.WorkingKeys, "key")} of {client.Name} is refused from its next request on. {Begun} This cannot be undone.",
        };

    /// <summary>What revoking a key does.</summary>
    /// <param name="client">Whose key it is.</param>
    /// <param name="key">One that works.</param>
    public static string RevokeKey(ApiClientFacts client, ApiKeyFacts key)
    {
        var rest =
            client.WorkingKeys > 1
                ? $"{client.Name} keeps its other key."
                : $"It is the last key of {client.Name}: until you make a new one, the client cannot be used.";
        return $"A program that signs with {key.ClientToken} is refused from its next request on. {rest} This cannot be undone.";
    }
}
