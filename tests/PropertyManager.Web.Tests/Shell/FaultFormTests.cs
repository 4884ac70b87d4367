using AngleSharp.Dom;
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
    public void A_preset_is_set_at_once_and_only_once_and_can_be_undone()
    {
        var form = Open();
        Button(form, "5xx in one ISP").Click();

        var set = new Fault(FaultKind.ServerErrors, 1, TimeSpan.Zero) { Scope = new() { Asn = 1_000_003 } };
        Assert.Equal(set, Assert.Single(_added));
        Assert.True(Button(form, "5xx in one ISP").HasAttribute("disabled"));
        Assert.Equal("It is set. Undo", string.Join(' ', form.Find("[role=status]").Children.Select(part => part.TextContent)));
        // Nothing is left in the form that would be set with whatever it stands beside.
        Assert.True(form.Instance.TryTake(out var rest));
        Assert.Null(rest);

        Button(form, "Undo").Click();
        Assert.Empty(_added);
        Assert.Empty(form.Find("[role=status]").Children);

        Button(form, "5xx in one ISP").Click();
        Assert.Equal(set, Assert.Single(_added));
        // Whoever takes it back elsewhere, for instance in a list, cannot undo it here.
        _added.Clear();
        form.Render();
        Assert.Empty(form.Find("[role=status]").Children);
    }

    [Fact]
    public async Task The_second_of_two_clicks_sets_nothing()
    {
        var answer = new TaskCompletionSource<FaultAdded>();
        var asked = 0;
        var form = Open(
            (_, _) =>
            {
                asked++;
                return answer.Task;
            }
        );

        var first = Button(form, "Origin down everywhere").ClickAsync(new());
        var second = Button(form, "Origin down everywhere").ClickAsync(new());
        var submitted = form.Find("form").SubmitAsync();
        answer.SetResult(FaultAdded.Done(new("It is set.", () => true, _ => Task.FromResult<string?>(null))));
        await Task.WhenAll(first, second, submitted);

        Assert.Equal(1, asked);
    }

    [Fact]
    public void What_the_form_describes_is_not_added_a_second_time_by_the_same_click()
    {
        var form = Open();
        form.Find("form").Submit();
        form.Find("form").Submit();
        Assert.Single(_added);
        Assert.True(form.Find("button[type=submit]").HasAttribute("disabled"));

        form.Find("input[inputmode=decimal]").Input("12");
        form.Find("form").Submit();
        Assert.Equal([0.4, 0.12], _added.Select(fault => fault.Share));
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
    public void Every_preset_can_be_set() =>
        Assert.All(FaultPreset.For(FaultTarget.AnyProperty, Known), preset => Assert.Null(preset.Fault.Problem(Places)));

    private IRenderedComponent<FaultForm> Open(Func<Fault, CancellationToken, Task<FaultAdded>>? added = null) =>
        Render<FaultForm>(part =>
            part.Add(p => p.Label, "More trouble")
                .Add(p => p.Places, Places)
                .Add(p => p.Since, "from now")
                .Add(p => p.Target, FaultTarget.AnyProperty)
                .Add(p => p.Added, added ?? Add)
        );

    private Task<FaultAdded> Add(Fault fault, CancellationToken cancellationToken)
    {
        _added.Add(fault);
        return Task.FromResult(
            FaultAdded.Done(
                new(
                    "It is set.",
                    () => _added.Contains(fault),
                    _ =>
                    {
                        _added.Remove(fault);
                        return Task.FromResult<string?>(null);
                    }
                )
            )
        );
    }

    private static IElement Button(IRenderedComponent<FaultForm> form, string text) =>
        form.FindAll("button").Single(button => button.TextContent == text);
}
