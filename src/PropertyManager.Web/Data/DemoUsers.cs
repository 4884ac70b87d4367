namespace PropertyManager.Web.Data;

/// <summary>Someone to sign in as in Development.</summary>
/// <param name="Email">Also the user name.</param>
/// <param name="May">What the role allows, in a few words.</param>
public sealed record DemoUser(string Email, string May);

/// <summary>The users that Development starts with: one of each role, and one of the support staff.</summary>
public static class DemoUsers
{
    /// <summary>The same for all of them; it guards nothing but demo data.</summary>
    public const string Password = "Demo!2026pass";

    /// <summary>From the role that may least to the one that may most; support last.</summary>
    public static IReadOnlyList<DemoUser> All { get; } =
    [
        new("viewer@demo.example", "reads"),
        new("editor@demo.example", "edits versions"),
        new("publisher@demo.example", "activates, cancels, falls back"),
        new("admin@demo.example", "also manages people"),
        new("support@demo.example", "sees every account"),
    ];
}
