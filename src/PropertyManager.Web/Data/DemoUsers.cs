namespace PropertyManager.Web.Data;

/// <summary>Someone to sign in as in Development.</summary>
/// <param name="Email">Also the user name.</param>
/// <param name="Name">On the screen.</param>
/// <param name="May">What the role allows, in a few words.</param>
/// <param name="Role">On the account's topmost group; null for support staff, who need none.</param>
public sealed record DemoUser(string Email, string Name, string May, Role? Role);

/// <summary>The users that Development starts with: one of each role, and one of the support staff.</summary>
public static class DemoUsers
{
    /// <summary>The same for all of them; it guards nothing but demo data.</summary>
    public const string Password = "Demo!2026pass";

    /// <summary>From the role that may least to the one that may most; support last.</summary>
    public static IReadOnlyList<DemoUser> All { get; } =
    [
        new("viewer@demo.example", "Vera Viewer", "reads one account", Role.Viewer),
        new("editor@demo.example", "Edith Editor", "also makes versions", Role.Editor),
        new("publisher@demo.example", "Paul Publisher", "also activates, cancels and falls back; sees three accounts", Role.Publisher),
        new("admin@demo.example", "Ada Admin", "also changes the speed of simulated time, and says who may do what", Role.Admin),
        new("support@demo.example", "Sam Support", "reads every account, changes nothing", null),
    ];
}
