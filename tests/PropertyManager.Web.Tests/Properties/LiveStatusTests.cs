using Bunit;
using Microsoft.Extensions.DependencyInjection;
using PropertyManager.Domain;
using PropertyManager.Domain.Activations;
using PropertyManager.Domain.Rollouts;
using PropertyManager.Web.Engine;
using PropertyManager.Web.Features.Properties;
using PropertyManager.Web.Shell.Parts;

namespace PropertyManager.Web.Tests.Properties;

public sealed class LiveStatusTests : BunitContext
{
    private readonly ActivationFeed _feed = new();
    private readonly List<long> _changed = [];

    [Fact]
    public async Task A_tick_renders_the_cell_of_its_activation_alone()
    {
        _feed.Publish(Progress(1, 10, ActivationState.Live));
        _feed.Publish(Progress(2, 10, ActivationState.Live));
        using var live = Live();
        var (one, two) = (Cell(1, live), Cell(2, live));
        Assert.Equal("10", one.Find("[role=progressbar]").GetAttribute("aria-valuenow"));
        var renders = two.RenderCount;

        _feed.Publish(Progress(1, 60, ActivationState.World));

        one.WaitForAssertion(() => Assert.Equal("60", one.Find("[role=progressbar]").GetAttribute("aria-valuenow")));
        Assert.Contains("Pending - Full Rollout", one.Markup, StringComparison.Ordinal);
        Assert.Contains("v5, 60% of servers", one.Markup, StringComparison.Ordinal);
        Assert.Equal(renders, two.RenderCount);
        Assert.Empty(_changed);
    }

    [Theory]
    [InlineData(ActivationState.Pending)]
    [InlineData(ActivationState.Active)]
    public async Task The_page_is_told_when_one_starts_or_ends(ActivationState state)
    {
        if (state == ActivationState.Active)
            _feed.Publish(Progress(7, 90, ActivationState.World));
        var told = new TaskCompletionSource();
        using var live = Live(told);

        _feed.Publish(Progress(7, 100, state));
        await told.Task.WaitAsync(TimeSpan.FromSeconds(10));

        Assert.Equal([70], _changed);
        Assert.Equal(state == ActivationState.Pending, live.Find(7) is not null);
    }

    [Fact]
    public void The_page_that_is_left_watches_no_more()
    {
        var live = Live();
        Assert.Equal(1, _feed.Watchers);

        live.Dispose();

        Assert.Equal(0, _feed.Watchers);
    }

    [Fact]
    public async Task What_goes_wrong_on_the_page_is_reported()
    {
        var reported = new TaskCompletionSource<Exception>();
        using var live = new LiveActivations(
            _feed,
            TimeProvider.System,
            new WatchTarget(PublicId.Account, 1),
            Renderer.Dispatcher.InvokeAsync,
            _ => throw new InvalidOperationException("It broke."),
            exception =>
            {
                reported.SetResult(exception);
                return Task.CompletedTask;
            }
        ).Start();

        _feed.Publish(Progress(7, 1, ActivationState.Pending));

        Assert.Equal("It broke.", (await reported.Task.WaitAsync(TimeSpan.FromSeconds(10))).Message);
    }

    [Fact]
    public void A_narrow_table_is_ordered_by_what_is_chosen()
    {
        SortOrder<PropertyColumn>? wanted = null;
        var sort = Render<SortSelect<PropertyColumn>>(part =>
            part.Add(p => p.Columns, [(PropertyColumn.Name, "Property"), (PropertyColumn.Updated, "Last activity")])
                .Add(p => p.Order, new(PropertyColumn.Name, Descending: false))
                .Add(p => p.Sorted, order => wanted = order)
        );
        Assert.Equal("name", sort.Find("option[selected]").GetAttribute("value"));

        sort.Find("select").Change("-updated");

        Assert.Equal(new(PropertyColumn.Updated, Descending: true), wanted);
    }

    [Fact]
    public void The_history_is_narrowed_to_a_status_by_the_name_that_its_rows_have()
    {
        HistoryFilter? wanted = null;
        using var live = Live();
        var table = Render<HistoryTable>(part =>
            part.Add(p => p.PropertyName, "www.shop.example")
                .Add(p => p.Filter, new HistoryFilter(10))
                .Add(p => p.Page, new Paged<HistoryRow>([], Total: 0, Number: 1))
                .Add(p => p.Live, live)
                .Add(p => p.Sorted, _ => { })
                .Add(p => p.Narrowed, filter => wanted = filter)
        );
        var status = table.FindAll("select")[1];
        var fullRollout = status.QuerySelectorAll("option").Single(option => option.TextContent == "Pending - Full Rollout");

        status.Change(fullRollout.GetAttribute("value"));

        Assert.Equal(new HistoryFilter(10, Status: HistoryStatus.PendingFullRollout), wanted);
    }

    [Fact]
    public void The_history_says_which_of_its_times_is_simulated()
    {
        Services.AddSingleton(TimeProvider.System);
        using var live = Live();
        var ended = new Standing(
            7,
            10,
            Network.Production,
            5,
            ActivationType.Activate,
            ActivationState.Active,
            IsOpen: false,
            TimeSpan.FromMinutes(12)
        );
        var table = Render<HistoryTable>(part =>
            part.Add(p => p.PropertyName, "www.shop.example")
                .Add(p => p.Filter, new HistoryFilter(10))
                .Add(p => p.Page, new Paged<HistoryRow>([new(ended, PropertyDatabase.Noon, "ann", "", Cause: null)], Total: 1, Number: 1))
                .Add(p => p.Live, live)
                .Add(p => p.Sorted, _ => { })
                .Add(p => p.Narrowed, _ => { })
        );

        var (real, simulated) = (table.Find("td[data-label='Submitted (real time)']"), table.Find("td[data-label='Duration (simulated)']"));

        Assert.StartsWith("Real time: ", real.QuerySelector("time")!.GetAttribute("title"), StringComparison.Ordinal);
        Assert.Equal(("12 min", "Simulated time"), (simulated.TextContent, simulated.QuerySelector("span")!.GetAttribute("title")));
        var heads = table.FindAll("th").Select(head => head.TextContent.Trim()).ToList();
        Assert.Contains(heads, head => head.StartsWith("Submitted (real time)", StringComparison.Ordinal));
        Assert.Contains(heads, head => head.StartsWith("Duration (simulated)", StringComparison.Ordinal));
    }

    private LiveActivations Live(TaskCompletionSource? told = null) =>
        new LiveActivations(
            _feed,
            TimeProvider.System,
            new WatchTarget(PublicId.Account, 1),
            Renderer.Dispatcher.InvokeAsync,
            changes =>
            {
                _changed.AddRange(changes.Boundaries.Select(progress => progress.PropertyId));
                told?.TrySetResult();
                return Task.CompletedTask;
            },
            exception => throw exception
        ).Start();

    private IRenderedComponent<LiveStatus> Cell(long id, LiveActivations live) =>
        Render<LiveStatus>(cell =>
            cell.Add(c => c.Live, live)
                .Add(c => c.ShowVersion, true)
                .Add(c => c.Standing, new Standing(id, id * 10, Network.Production, 5, ActivationType.Activate, ActivationState.Pending, true, null))
        );

    private static ActivationProgress Progress(long id, int installed, ActivationState state) =>
        new(
            id,
            1,
            id * 10,
            Network.Production,
            ActivationType.Activate,
            5,
            new ActivationStatus { State = state },
            new RolloutProgress(TimeSpan.FromSeconds(5), [], installed, 100, 0, 0, 0, 0, null, TimeSpan.Zero),
            [],
            PropertyDatabase.Noon
        );
}
