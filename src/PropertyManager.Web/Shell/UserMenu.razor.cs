using System.Security.Claims;
using Microsoft.AspNetCore.Components;

namespace PropertyManager.Web.Shell;

/// <summary>Who is signed in, and the way out.</summary>
public sealed partial class UserMenu
{
    [Parameter, EditorRequired]
    public required ClaimsPrincipal User { get; set; }

    private string Email => User.FindFirstValue(ClaimTypes.Email) ?? User.Identity?.Name ?? "";

    /// <summary>The given name where there is one; otherwise what stands before the @ of the e-mail.</summary>
    private string Name => User.FindFirstValue(ClaimTypes.GivenName) ?? Capitalised(Email.Split('@')[0]);

    private string Initials =>
        string.Concat(Name.Split([' ', '.', '-'], StringSplitOptions.RemoveEmptyEntries).Take(2).Select(word => char.ToUpperInvariant(word[0])));

    private static string Capitalised(string text) => text is "" ? "" : char.ToUpperInvariant(text[0]) + text[1..];
}
