namespace PropertyManager.Web.Features.Account;

/// <summary>The people of the demo data, in Development only.</summary>
public static class DemoSignIns
{
    public const string Password = "Demo!2026pass";

    public static IReadOnlyList<DemoSignIn> All { get; } =
    [
        new("viewer@demo.example", "Viewer: reads everything, changes nothing."),
        new("editor@demo.example", "Editor: makes and edits versions."),
        new("publisher@demo.example", "Publisher: also activates, cancels and falls back."),
        new("admin@demo.example", "Admin: also manages people."),
        new("support@demo.example", "Support staff: reads every account and switches between them."),
    ];
}

/// <param name="May">Role and rights, as a line on the sign-in page.</param>
public sealed record DemoSignIn(string Email, string May);
