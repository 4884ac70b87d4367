using Bunit;
using PropertyManager.Domain.Rollouts;
using PropertyManager.Web.Shell.Parts;

namespace PropertyManager.Web.Tests.Shell;

public sealed class FaultFormTests : BunitContext
{
    private static readonly IReadOnlyList<RegionPlace> Places =
    [
        new(0, "Berlin", "DE", "Germany", 1_000_001, "Belmond Fibre", 40),
        new(1, "Paris", "FR", "France", 1_000_002, "Corvane Net", 30),
        new(2, "Paris", "US", "United States", 1_000_002, "Corvane Net", 5),
        new(3, "Austin", "US", "United States", 1_000_003, "Duneth Cable", 50),
    ];

    private static readonly FaultPlaces Known = FaultPlaces.Of(Places);

    private readonly List<Fault> _added = [];

    [Fact]
    public void A_preset_fills_the_form_and_Add_gives_it_away()
    {
        var form = Open();
        form.FindAll("button").Single(button => button.TextContent == "5xx in one ISP").Click();
        Assert.Empty(_added);
        Assert.Contains("50 servers in 1 region", form.Markup, StringComparison.Ordinal);

        form.Find("form").Submit();

        Assert.Equal(new Fault(FaultKind.ServerErrors, 1, TimeSpan.Zero) { Scope = new() { Asn = 1_000_003 } }, Assert.Single(_added));
        Assert.True(form.Instance.TryTake(out var rest));
        Assert.Null(rest);
    }

    [Fact]
    public void What_is_wrong_stands_at_its_field_until_it_is_mended()
    {
        var form = Open();
        form.Find("input[inputmode=decimal]").Input("0");
        Assert.Empty(form.FindAll("[aria-invalid=true]"));

        form.Find("form").Submit();
        Assert.Empty(_added);
        Assert.Single(form.FindAll("[aria-invalid=true]"));

        form.Find("input[inputmode=decimal]").Input("12,5");
        Assert.Empty(form.FindAll("[aria-invalid=true]"));
        form.Find("form").Submit();
        Assert.Equal(0.125, Assert.Single(_added).Share);
    }

    [Theory]
    [InlineData(FaultWhere.Country, "germany", "Germany")]
    [InlineData(FaultWhere.Country, "de", "Germany")]
    [InlineData(FaultWhere.City, "Paris, France", "Paris, France")]
    [InlineData(FaultWhere.City, "berlin", "Berlin, Germany")]
    [InlineData(FaultWhere.City, "Paris", null)]
    [InlineData(FaultWhere.Isp, "AS1000002", "AS1000002 Corvane Net")]
    [InlineData(FaultWhere.Isp, "1000002", "AS1000002 Corvane Net")]
    [InlineData(FaultWhere.Isp, "Corvane Net", "AS1000002 Corvane Net")]
    [InlineData(FaultWhere.Region, "2", "2 Paris, United States, AS1000002")]
    [InlineData(FaultWhere.Region, "7", null)]
    [InlineData(FaultWhere.Country, "", null)]
    public void A_place_is_found_by_its_name_or_in_short_where_only_one_is_meant(FaultWhere where, string typed, string? found) =>
        Assert.Equal(found, Known.Find(where, typed)?.Text);

    [Fact]
    public void The_largest_places_are_offered_first() =>
        Assert.Equal<string>(
            ["AS1000003 Duneth Cable", "AS1000001 Belmond Fibre", "AS1000002 Corvane Net"],
            [.. Known.Suggest(FaultWhere.Isp, "", 50).Select(choice => choice.Text)]
        );

    [Fact]
    public void Of_a_city_only_the_one_in_its_country_is_struck()
    {
        var fault = new FaultDraft { Where = FaultWhere.City, Place = "Paris, France" }.Build(Known);

        Assert.Equal([1], Places.Where(fault.Scope.Holds).Select(place => place.Region));
    }

    [Fact]
    public void Times_count_from_the_phase_that_is_named()
    {
        var fault = new FaultDraft
        {
            When = FaultWhen.LiveTraffic,
            From = "0.5",
            Until = "3",
        }.Build(Known);

        Assert.Equal((RolloutStage.Live, TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(3)), (fault.Phase!.Value, fault.From, fault.Until!.Value));
    }

    [Theory]
    [InlineData(FaultField.Until, "2", "It ends after it begins.")]
    [InlineData(FaultField.Until, "two", "Minutes, from 0 to 1,440.")]
    [InlineData(FaultField.Until, "", null)]
    [InlineData(FaultField.Until, "2.5", null)]
    public void Times_that_cannot_be_are_refused(FaultField field, string until, string? problem) =>
        Assert.Equal(
            problem,
            new FaultDraft
            {
                When = FaultWhen.Minutes,
                From = "2",
                Until = until,
            }.Problem(field, Known)
        );

    [Fact]
    public void Every_preset_can_be_set()
    {
        foreach (var preset in FaultPreset.All)
            Assert.Null(preset.Make(Known).Build(Known).Problem(Places));
    }

    private IRenderedComponent<FaultForm> Open() =>
        Render<FaultForm>(part =>
            part.Add(p => p.Label, "More trouble")
                .Add(p => p.Places, Places)
                .Add(p => p.Since, "from now")
                .Add(
                    p => p.Added,
                    fault =>
                    {
                        _added.Add(fault);
                        return Task.FromResult<string?>(null);
                    }
                )
        );
}
