using System.Reflection;
using Microsoft.AspNetCore.Components;
using PropertyManager.Domain.Properties;
using PropertyManager.Web.Data;
using PropertyManager.Web.Shell.Parts;

namespace PropertyManager.Web.Tests;

/// <summary>Who may use whom. Project references hold the outer walls; these are the ones inside.</summary>
public sealed class ArchitectureTests
{
    private const string Domain = "PropertyManager.Domain";
    private const string Edge = "PropertyManager.Edge";
    private const string Web = "PropertyManager.Web";
    private const string Features = Web + ".Features";
    private const string SampleRooms = Web + ".Tests.Sample";

    private static readonly IReadOnlyCollection<Use> InDomain = AssemblyUses.Of(typeof(TrafficProfile).Assembly);
    private static readonly IReadOnlyCollection<Use> InTests = AssemblyUses.Of(Assembly.GetExecutingAssembly());
    private static readonly IReadOnlyCollection<Use> InWeb = AssemblyUses.Of(typeof(AppDbContext).Assembly);

    [Fact]
    public void Domain_uses_the_base_class_library_only() =>
        Assert.All(
            typeof(TrafficProfile).Assembly.GetReferencedAssemblies(),
            assembly => Assert.StartsWith("System.", assembly.Name, StringComparison.Ordinal)
        );

    [Fact]
    public void Domain_does_no_input_or_output_and_never_awaits() => Assert.Empty(That(InDomain, NeedsTheWorld));

    [Theory]
    [InlineData("Rollouts")]
    [InlineData("Health")]
    [InlineData("Properties")]
    [InlineData("Configuration")]
    public void In_the_domain_nothing_uses_activations(string room) => Assert.Empty(Between(InDomain, $"{Domain}.{room}", $"{Domain}.Activations"));

    [Theory]
    [InlineData(Features, $"{Web}.Engine", $"{Web}.Data", $"{Web}.Shell.Parts")]
    [InlineData($"{Web}.Papi", $"{Web}.Engine", $"{Web}.Data", $"{Web}.Shell.Parts")]
    [InlineData($"{Web}.Engine", $"{Web}.Data")]
    [InlineData($"{Web}.Data")]
    public void A_room_of_the_application_uses_only_rooms_below_it(string room, params string[] below) =>
        Assert.Empty(Outside(InWeb, room, [Domain, Edge, .. below])); // Edge has a rule of its own

    [Fact]
    public void Shared_parts_of_screens_know_no_feature() =>
        Assert.Empty(Between(InWeb, $"{Web}.Shell.Parts", Features).Concat(Between(InWeb, $"{Web}.Shell.Parts", $"{Web}.Papi")));

    [Fact]
    public void A_feature_never_uses_another() => Assert.Empty(BetweenRooms(InWeb, Features));

    [Fact]
    public void Only_the_start_and_the_fleet_screens_name_the_simulated_network() =>
        Assert.Empty(That(InWeb, use => IsIn(use.Used, Edge) && use.User != "Program" && !IsIn(use.User, $"{Features}.Fleet")));

    /// <summary>
    /// An exception in an event handler takes away what was typed. ActivatePage only reads by its desk, and no event handler does; LoginPage has no
    /// circuit.
    /// </summary>
    [Fact]
    public void Components_ask_for_changes_by_an_action_runner()
    {
        string[] others = ["ActivatePage", "LoginPage"];
        var users = Named(
            InWeb,
            use => use.Used.EndsWith("Desk", StringComparison.Ordinal) || use.Used.EndsWith("SignInManager`1", StringComparison.Ordinal)
        );
        var runners = Named(InWeb, use => use.Used == typeof(ActionRunner).FullName);
        var components = typeof(AppDbContext)
            .Assembly.GetTypes()
            .Where(typeof(ComponentBase).IsAssignableFrom)
            .Select(type => type.FullName!)
            .ToHashSet(StringComparer.Ordinal);

        var asking = users.Where(components.Contains).ToList();
        Assert.True(asking.Count > 10, "the rule sees components");
        Assert.Empty(asking.Except(runners, StringComparer.Ordinal).Select(name => name.Split('.')[^1]).Except(others, StringComparer.Ordinal));

        static HashSet<string> Named(IEnumerable<Use> uses, Func<Use, bool> rule) => [.. uses.Where(rule).Select(use => use.User)];
    }

    // The rules above are only as good as what they are fed, so: every way to name a type is found, and each kind of rule sees a breach.

    [Theory]
    [InlineData(typeof(Sample.One.Inherits))]
    [InlineData(typeof(Sample.One.Implements))]
    [InlineData(typeof(Sample.One.HasField))]
    [InlineData(typeof(Sample.One.TakesIt))]
    [InlineData(typeof(Sample.One.ReturnsListOfArrays))]
    [InlineData(typeof(Sample.One.Constrains<>))]
    [InlineData(typeof(Sample.One.IsMarked))]
    [InlineData(typeof(Sample.One.IsMarkedWithType))]
    [InlineData(typeof(Sample.One.CallsStatic))]
    [InlineData(typeof(Sample.One.CallsInLambda))]
    [InlineData(typeof(Sample.One.CallsWhileAwaiting))]
    [InlineData(typeof(Sample.One.ReadsNestedField))]
    [InlineData(typeof(Sample.One.CallsGenericMethod))]
    [InlineData(typeof(Sample.One.CreatesGeneric))]
    [InlineData(typeof(Sample.One.HasLocal))]
    [InlineData(typeof(Sample.One.Catches))]
    [InlineData(typeof(Sample.One.TestsType))]
    public void Every_way_to_use_a_type_is_found(Type user)
    {
        var breaches = BetweenRooms(InTests, SampleRooms);

        Assert.Contains(breaches, use => use.User == user.FullName);
    }

    [Fact]
    public void What_is_allowed_is_not_reported()
    {
        Assert.DoesNotContain(BetweenRooms(InTests, SampleRooms), use => use.User == typeof(Sample.One.KeepsToItself).FullName);
        Assert.NotEmpty(Outside(InTests, $"{SampleRooms}.One", []));
        Assert.Empty(Outside(InTests, $"{SampleRooms}.One", [$"{SampleRooms}.Two"]));
        Assert.Empty(Between(InTests, $"{SampleRooms}.Two", $"{SampleRooms}.One"));
    }

    [Fact]
    public void The_assemblies_are_read_whole()
    {
        Assert.Contains(InWeb, use => use is { User: "Program", Used: "PropertyManager.Web.Data.DatabaseServices" });
        Assert.Contains(InWeb, use => use is { User: "PropertyManager.Web.Features.Account.LoginPage", Used: "PropertyManager.Web.Data.AppUser" });
        Assert.Contains(
            InDomain,
            use => use is { User: "PropertyManager.Domain.Properties.TrafficProfile", Used: "PropertyManager.Domain.Properties.StatusMix" }
        );
    }

    private static IEnumerable<Use> That(IEnumerable<Use> uses, Func<Use, bool> breach) => uses.Where(breach);

    /// <summary>Of the network's types those that parse, compare and write, and send nothing.</summary>
    private static readonly HashSet<string> Harmless = new(StringComparer.Ordinal)
    {
        "System.Net.IPAddress",
        "System.Net.IPNetwork",
        "System.Net.Mail.MailAddress",
        "System.Net.Sockets.AddressFamily",
        "System.Net.WebUtility",
    };

    private static bool NeedsTheWorld(Use use) =>
        (IsIn(use.Used, "System.Net") && !Harmless.Contains(use.Used))
        || use.Used.StartsWith("System.Runtime.CompilerServices.AsyncTaskMethodBuilder", StringComparison.Ordinal)
        || use.Used.StartsWith("System.Runtime.CompilerServices.AsyncValueTaskMethodBuilder", StringComparison.Ordinal)
        || use.Used
            is "System.Console"
                or "System.Diagnostics.Process"
                or "System.IO.Directory"
                or "System.IO.DirectoryInfo"
                or "System.IO.File"
                or "System.IO.FileInfo"
                or "System.IO.FileStream";

    /// <summary>Uses by a room of something in another.</summary>
    private static IEnumerable<Use> Between(IEnumerable<Use> uses, string room, string other) =>
        That(uses, use => IsIn(use.User, room) && IsIn(use.Used, other));

    /// <summary>Uses by a room of anything of ours that is neither in it nor in those allowed.</summary>
    private static IEnumerable<Use> Outside(IEnumerable<Use> uses, string room, string[] allowed) =>
        uses.Where(use =>
            IsIn(use.User, room)
            && IsIn(use.Used, "PropertyManager")
            && !IsIn(use.Used, room)
            && !Array.Exists(allowed, other => IsIn(use.Used, other))
        );

    /// <summary>Uses by one of the rooms in a house of something in another of them.</summary>
    private static IEnumerable<Use> BetweenRooms(IEnumerable<Use> uses, string house) =>
        uses.Where(use => IsIn(use.User, house) && IsIn(use.Used, house) && Room(use.User, house) != Room(use.Used, house));

    private static bool IsIn(string type, string room) => type.StartsWith(room + ".", StringComparison.Ordinal);

    private static string Room(string type, string house) => type[(house.Length + 1)..].Split('.')[0];
}
