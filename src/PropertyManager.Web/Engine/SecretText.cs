using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.DataProtection;

namespace PropertyManager.Web.Engine;

/// <summary>Secrets as the database keeps them: encrypted with the data directory's keys, each kind for its own purpose.</summary>
public static class SecretText
{
    /// <summary>Purpose of the secrets that API clients sign with.</summary>
    public const string ApiCredential = "ApiCredential";

    /// <summary>Purpose of the secrets that messages to webhooks are signed with.</summary>
    public const string Webhook = "Webhook";

    /// <summary>Whether the keys that are there decrypt this text.</summary>
    [SuppressMessage("Design", "CA1031", Justification = "A damaged key file comes as whatever its parser throws.")]
    public static bool CanRead(IDataProtector protector, string protectedText)
    {
        try
        {
            protector.Unprotect(protectedText);
            return true;
        }
        catch (Exception)
        {
            return false;
        }
    }
}
