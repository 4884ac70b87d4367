using PropertyManager.Domain.Rollouts;
using PropertyManager.Web.Shell.Parts;

namespace PropertyManager.Web.Tests.Shell;

public sealed class FaultWordsTests
{
    private static readonly IReadOnlyList<RegionPlace> Places = [new(7, "Berlin", "DE", "Germany", 1_000_123, "Belmond Fibre", 40)];

    private static readonly RolloutPlan Plan = new(
        [
            new(RolloutStage.Canary, 1, 1, 0, 4, TimeSpan.Zero),
            new(RolloutStage.Live, 1, 1, 4, 96, TimeSpan.Zero),
            new(RolloutStage.World, 1, 1, 100, 900, TimeSpan.Zero),
        ],
        RolloutPace.Standard,
        1
    );

    public static TheoryData<Fault, string> InWords =>
        new()
        {
            {
                new(FaultKind.ServerErrors, 0.4, TimeSpan.Zero) { Scope = new() { Asn = 1_000_123 } },
                "5xx on 40% of the hits, in AS1000123 (Belmond Fibre), only servers with version 5"
            },
            {
                new(FaultKind.ClientErrors, 1, TimeSpan.Zero)
                {
                    Scope = new()
                    {
                        City = "Berlin",
                        Country = "DE",
                        Servers = 0.5,
                    },
                },
                "4xx on all hits, in Berlin, Germany, 50% of the servers there, only servers with version 5"
            },
            {
                new(FaultKind.OriginDown, 1, TimeSpan.Zero) { Scope = FaultScope.Everywhere },
                "The origin does not answer, everywhere, all servers, whichever version they have"
            },
            {
                new(FaultKind.Crash, 0.005, TimeSpan.Zero) { Scope = new() { Region = 7 } },
                "0.5% of the servers crash and reboot, in region 7 (Berlin, Germany, AS1000123), only servers with version 5"
            },
            {
                new(FaultKind.Unavailable, 1, TimeSpan.Zero) { Scope = new() { Country = "DE" } },
                "All servers cannot be reached, in Germany, only servers with version 5"
            },
            { new(FaultKind.CorruptedTransfer, 0.3, TimeSpan.Zero), "30% of the copies of the package arrive damaged, everywhere" },
            {
                new(FaultKind.SlowInstall, 1, TimeSpan.Zero)
                {
                    Slowness = 20,
                    Scope = new() { Servers = 0.02 },
                },
                "Installs take 20 times as long, everywhere, 2% of the servers"
            },
        };

    public static TheoryData<Fault, string> Planned =>
        new()
        {
            { At(0), "from the start" },
            { At(2), "from 2 min on" },
            { At(2, 5), "from 2 min to 5 min" },
            { At(0, 5), "for the first 5 min" },
            { At(0, null, RolloutStage.World), "once the rest of the network begins" },
            { At(1, null, RolloutStage.Canary), "from 1 min after the small group begins" },
            { At(0, 3, RolloutStage.Live), "for 3 min after the rest of live traffic begins" },
            { At(1, 3, RolloutStage.Live), "from 1 min to 3 min after the rest of live traffic begins" },
        };

    public static TheoryData<Fault, string, bool> AfterFiveMinutes =>
        new()
        {
            { At(1), "since 4 min", false },
            { At(6), "begins in 1 min", false },
            { At(1, 6), "since 4 min, ends in 1 min", false },
            { At(1, 4), "ended after 3 min", true },
            { At(1, 1), "ended before it began", true },
            { At(0, null, RolloutStage.Live), "since 2 min", false },
            { At(0, null, RolloutStage.World), "waits until the rest of the network begins", false },
        };

    [Theory]
    [MemberData(nameof(InWords))]
    public void A_fault_is_said_in_words(Fault fault, string expected) =>
        Assert.Equal(expected, FaultWords.Of(fault, Places, "servers with version 5"));

    [Theory]
    [MemberData(nameof(Planned))]
    public void When_it_is_to_be_is_said(Fault fault, string expected) => Assert.Equal(expected, FaultWords.When(fault));

    [Theory]
    [MemberData(nameof(AfterFiveMinutes))]
    public void Where_it_stands_is_said(Fault fault, string expected, bool over)
    {
        TimeSpan[] releases = [TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(3)];

        Assert.Equal(expected, FaultWords.Now(fault, Plan, releases, TimeSpan.FromMinutes(5)));
        Assert.Equal(over, FaultWords.IsOver(fault, Plan, releases, TimeSpan.FromMinutes(5)));
    }

    [Fact]
    public void Every_kind_is_offered() => Assert.Equal(Enum.GetValues<FaultKind>().Order(), FaultWords.Kinds.Order());

    private static Fault At(double from, double? until = null, RolloutStage? phase = null) =>
        new(FaultKind.ServerErrors, 0.4, TimeSpan.FromMinutes(from)) { Until = until is { } end ? TimeSpan.FromMinutes(end) : null, Phase = phase };
}
