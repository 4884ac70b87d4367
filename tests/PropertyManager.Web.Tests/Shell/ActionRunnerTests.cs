using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PropertyManager.Web.Shell.Parts;
using SQLitePCL;

namespace PropertyManager.Web.Tests.Shell;

public sealed class ActionRunnerTests : BunitContext
{
    private readonly KeptErrors _log = new();

    public ActionRunnerTests() => Services.AddLogging(logging => logging.AddProvider(_log));

    [Fact]
    public async Task While_it_runs_the_holder_is_busy_and_a_second_click_does_nothing()
    {
        var (page, work) = Open();
        await ClickAsync(page, "button.do");
        Assert.True(page.Find("button.do").HasAttribute("disabled"));
        await ClickAsync(page, "button.do");
        Assert.Single(work);

        work[0].SetResult();
        page.WaitForAssertion(() => Assert.False(page.Find("button.do").HasAttribute("disabled")));
        Assert.Equal("done 1", page.Find("output").TextContent);
        Assert.Empty(page.FindAll("[role=alert]"));
        Assert.Empty(_log.Lines);
    }

    [Fact]
    public async Task A_fault_is_shown_with_the_ID_that_the_log_has_and_what_was_typed_stays()
    {
        var (page, work) = Open();
        page.Find("input").Change("half a note");
        await ClickAsync(page, "button.do");
        work[0].SetException(new InvalidOperationException("a bug"));

        var alert = page.WaitForElement("[role=alert]").TextContent;
        Assert.Contains("Something went wrong in the application", alert, StringComparison.Ordinal);
        Assert.Contains("Everything you entered is still here.", alert, StringComparison.Ordinal);
        var (level, text, exception) = Assert.Single(_log.Lines);
        Assert.Equal((LogLevel.Error, "a bug"), (level, exception!.Message));
        var id = text[^8..];
        Assert.Equal($"Holder failed, error ID {id}", text);
        Assert.Contains($"error ID {id}:", alert, StringComparison.Ordinal);
        Assert.Equal("half a note", page.Find("input").GetAttribute("value"));
        Assert.False(page.Find("button.do").HasAttribute("disabled"));
    }

    [Theory]
    [InlineData(raw.SQLITE_BUSY, "Another program has locked the database", "Try again in a moment.")]
    [InlineData(raw.SQLITE_FULL, "The disk of the database is full", "Try again in a moment.")]
    [InlineData(raw.SQLITE_IOERR, "The disk of the database reports an error", "A change may have been made all the same")]
    public async Task A_failure_of_the_database_is_named_and_trying_again_goes_on(int code, string title, string text)
    {
        var (page, work) = Open();
        await ClickAsync(page, "button.do");
        work[0].SetException(new InvalidOperationException("transient", new SqliteException("message", code)));

        var alert = page.WaitForElement("[role=alert]");
        Assert.Contains(title, alert.TextContent, StringComparison.Ordinal);
        Assert.Contains(text, alert.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("error ID", alert.TextContent, StringComparison.Ordinal);
        Assert.Equal(LogLevel.Warning, Assert.Single(_log.Lines).Level);

        await ClickAsync(page, "[role=alert] button");
        page.WaitForAssertion(() => Assert.Empty(page.FindAll("[role=alert]")));
        Assert.True(page.Find("button.do").HasAttribute("disabled"));
        work[1].SetResult();
        page.WaitForAssertion(() => Assert.Equal("done 2", page.Find("output").TextContent));
    }

    [Fact]
    public async Task Leaving_the_page_cancels_the_work_and_is_no_failure()
    {
        var (page, work) = Open();
        await ClickAsync(page, "button.do");
        var left = page.Instance.Gone;
        Assert.False(left.IsCancellationRequested);

        await DisposeComponentsAsync();
        Assert.True(left.IsCancellationRequested);
        work[0].SetCanceled(left);
        Assert.Empty(_log.Lines);
    }

    /// <summary>Returns when the click has begun what it begins.</summary>
    private static async Task ClickAsync(IRenderedComponent<Holder> page, string button)
    {
        page.Find(button).Click();
        await page.InvokeAsync(() => { });
    }

    private (IRenderedComponent<Holder> Page, List<TaskCompletionSource> Work) Open()
    {
        List<TaskCompletionSource> work = [];
        return (Render<Holder>(parameters => parameters.Add(holder => holder.Work, work)), work);
    }

    /// <summary>A form with a field and a button.</summary>
    private sealed class Holder : ComponentBase
    {
        private ActionRunner? _runner;
        private string _typed = "";
        private int _done;

        [Parameter]
        public required List<TaskCompletionSource> Work { get; set; }

        public CancellationToken Gone { get; private set; }

        protected override void BuildRenderTree(RenderTreeBuilder builder)
        {
            builder.OpenElement(0, "input");
            builder.AddAttribute(1, "value", _typed);
            builder.AddAttribute(2, "onchange", EventCallback.Factory.Create<ChangeEventArgs>(this, change => _typed = (string)change.Value!));
            builder.CloseElement();
            builder.OpenElement(3, "button");
            builder.AddAttribute(4, "class", "do");
            builder.AddAttribute(5, "disabled", _runner?.IsBusy == true);
            builder.AddAttribute(6, "onclick", EventCallback.Factory.Create<MouseEventArgs>(this, DoAsync));
            builder.CloseElement();
            builder.OpenElement(7, "output");
            builder.AddContent(8, _done == 0 ? "" : $"done {_done}");
            builder.CloseElement();
            builder.OpenComponent<ActionRunner>(9);
            builder.AddComponentParameter(10, nameof(ActionRunner.Owner), this);
            builder.AddComponentReferenceCapture(11, runner => _runner = (ActionRunner)runner);
            builder.CloseComponent();
        }

        private async Task DoAsync()
        {
            // As after a question that was answered: nothing renders the holder when this goes on.
            await Task.Yield();
            await _runner!.RunAsync(async gone =>
            {
                Gone = gone;
                var step = new TaskCompletionSource();
                Work.Add(step);
                await step.Task;
                _done = Work.Count;
            });
        }
    }
}
