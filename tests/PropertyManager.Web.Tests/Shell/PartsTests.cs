using AngleSharp.Dom;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using PropertyManager.Web.Shell.Parts;

namespace PropertyManager.Web.Tests.Shell;

public sealed class PartsTests : BunitContext
{
    [Fact]
    public void The_announcer_says_changes_and_not_what_it_begins_with()
    {
        var announcer = Render<Announcer>(part => part.Add(p => p.Text, "Pending"));
        Assert.Equal("", announcer.Find("[role=status]").TextContent);

        announcer.Render(part => part.Add(p => p.Text, "Live"));
        Assert.Equal("Live", announcer.Find("[role=status]").TextContent);

        var renders = announcer.RenderCount;
        announcer.Render(part => part.Add(p => p.Text, "Live"));
        Assert.Equal(renders, announcer.RenderCount);
    }

    [Fact]
    public void The_track_says_in_words_what_it_shows()
    {
        var track = Render<ProgressTrack>(part =>
            part.Add(p => p.Label, "Activation of version 5")
                .Add(
                    p => p.Stages,
                    [new("Live", 1, StageState.Done), new("Fully Deployed", 0.379, StageState.Running), new("Completed", 0, StageState.Waiting)]
                )
        );

        var bar = track.Find("[role=progressbar]");
        Assert.Equal("Live: done, Fully Deployed: 37%, Completed: waiting", bar.GetAttribute("aria-valuetext"));
        Assert.Equal("45", bar.GetAttribute("aria-valuenow"));
        Assert.Equal("width:100.0% width:37.9% width:0.0%", string.Join(' ', track.FindAll(".fill").Select(fill => fill.GetAttribute("style"))));
    }

    [Theory]
    [InlineData(double.NaN, "width:0.0%")]
    [InlineData(-1, "width:0.0%")]
    [InlineData(7, "width:100.0%")]
    public void The_track_never_draws_outside_itself(double fraction, string expected)
    {
        var track = Render<ProgressTrack>(part => part.Add(p => p.Label, "x").Add(p => p.Stages, [new("Live", fraction, StageState.Running)]));

        Assert.Equal(expected, track.Find(".fill").GetAttribute("style"));
    }

    [Fact]
    public async Task The_dialog_answers_with_the_button_that_was_pressed()
    {
        var (dialog, answer) = Ask();
        await dialog.FindAll("button").Single(button => button.TextContent == "Yes, cancel").ClickAsync(new());
        Assert.True(await answer);

        (dialog, answer) = Ask();
        await dialog.FindAll("button").Single(button => button.TextContent == "Keep it running").ClickAsync(new());
        Assert.False(await answer);
    }

    [Fact]
    public async Task Esc_means_no_and_the_dialog_can_ask_again()
    {
        var (dialog, answer) = Ask();
        await dialog.Find("dialog").TriggerEventAsync("onclose", EventArgs.Empty);
        Assert.False(await answer);

        var again = dialog.InvokeAsync(dialog.Instance.AskAsync);
        dialog.WaitForElement("button");
        Assert.Equal(2, JSInterop.Invocations["pm.showModal"].Count);
        await dialog.FindAll("button").Single(button => button.TextContent == "Yes, cancel").ClickAsync(new());
        Assert.True(await again);
    }

    [Fact]
    public async Task Of_two_clicks_only_one_asks()
    {
        var (dialog, answer) = Ask();

        Assert.False(await dialog.InvokeAsync(dialog.Instance.AskAsync));

        Assert.False(answer.IsCompleted);
        await dialog.FindAll("button").Single(button => button.TextContent == "Yes, cancel").ClickAsync(new());
        Assert.True(await answer);
    }

    [Fact]
    public async Task Leaving_the_page_means_no()
    {
        var (_, answer) = Ask();

        await DisposeComponentsAsync();

        Assert.False(await answer);
    }

    [Fact]
    public void A_moment_carries_the_instant_and_is_written_in_the_cascaded_zone()
    {
        Services.AddSingleton(TimeProvider.System);
        var at = new DateTimeOffset(2020, 7, 1, 8, 0, 0, TimeSpan.Zero);

        var moment = Render<CascadingValue<ViewerZone>>(zone =>
            zone.Add(z => z.Value, ViewerZone.From("Europe/Berlin")).AddChildContent<Moment>(part => part.Add(p => p.At, at))
        );

        var time = moment.Find("time");
        Assert.Equal("1 Jul 2020, 10:00", time.TextContent);
        Assert.Equal("2020-07-01T08:00:00.0000000Z", time.GetAttribute("datetime"));
        Assert.Equal("Real time: 1 Jul 2020, 10:00:00 Europe/Berlin (UTC+02:00), 08:00:00 UTC", time.GetAttribute("title"));
    }

    [Fact]
    public void A_relative_moment_keeps_itself_true()
    {
        var clock = new SteppedClock();
        Services.AddSingleton<TimeProvider>(clock);
        var moment = Render<Moment>(part => part.Add(p => p.At, clock.Now).Add(p => p.Relative, true));
        Assert.Equal("just now", moment.Find("time").TextContent);

        clock.Step(TimeSpan.FromMinutes(3));

        moment.WaitForAssertion(() => Assert.Equal("3 min ago", moment.Find("time").TextContent));
    }

    [Fact]
    public void Every_glyph_is_drawn_and_every_tone_has_its_own_class_and_glyph()
    {
        foreach (var glyph in Enum.GetValues<Glyph>())
            Assert.StartsWith("M", Render<Icon>(part => part.Add(p => p.Glyph, glyph)).Find("path").GetAttribute("d"), StringComparison.Ordinal);

        var tones = Enum.GetValues<Tone>();
        Assert.Equal(tones.Length, tones.Select(tone => tone.CssClass()).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(tones.Length, tones.Select(tone => tone.Glyph()).Distinct().Count());
    }

    private (IRenderedComponent<ConfirmDialog> Dialog, Task<bool> Answer) Ask()
    {
        JSInterop.SetupVoid("pm.showModal", _ => true).SetVoidResult();
        JSInterop.SetupVoid("pm.close", _ => true).SetVoidResult();
        var dialog = Render<ConfirmDialog>(part =>
            part.Add(p => p.Title, "Cancel?").Add(p => p.Confirm, "Yes, cancel").Add(p => p.Dismiss, "Keep it running").Add(p => p.Danger, true)
        );
        var answer = dialog.InvokeAsync(dialog.Instance.AskAsync);
        dialog.WaitForElement("button");
        return (dialog, answer);
    }

    private sealed class SteppedClock : TimeProvider
    {
        private readonly List<Action> _timers = [];

        public DateTimeOffset Now { get; private set; } = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            _timers.Add(() => callback(state));
            return new Timer();
        }

        public void Step(TimeSpan by)
        {
            Now += by;
            _timers.ForEach(fire => fire());
        }

        private sealed class Timer : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period) => true;

            public void Dispose() { }

            public ValueTask DisposeAsync() => ValueTask.CompletedTask;
        }
    }
}
