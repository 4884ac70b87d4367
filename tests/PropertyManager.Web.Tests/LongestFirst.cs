using PropertyManager.Web.Tests;
using PropertyManager.Web.Tests.Engine;
using Xunit.Abstractions;

[assembly: TestCollectionOrderer($"PropertyManager.Web.Tests.{nameof(LongestFirst)}", "PropertyManager.Web.Tests")]

namespace PropertyManager.Web.Tests;

/// <summary>Starts the classes that take longest first, so that none of them runs alone when all others are done.</summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    private static readonly IReadOnlyList<string> Longest =
    [
        nameof(ChaosTests),
        nameof(StartupTests),
        nameof(CrashTests),
        nameof(LockedDatabaseTests),
        nameof(DatabaseStartTests),
        nameof(PauseTests),
    ];

    public IEnumerable<ITestCollection> OrderTestCollections(IEnumerable<ITestCollection> testCollections) => testCollections.OrderBy(Rank);

    private static int Rank(ITestCollection collection)
    {
        // Without a name of its own, a collection is named after its one class.
        var rank = Longest.ToList().FindIndex(name => collection.DisplayName.EndsWith($".{name}", StringComparison.Ordinal));
        return rank < 0 ? Longest.Count : rank;
    }
}
