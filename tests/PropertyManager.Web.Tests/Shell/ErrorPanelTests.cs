using Bunit;
using Bunit.TestDoubles;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PropertyManager.Web.Shell.Parts;
using SQLitePCL;

namespace PropertyManager.Web.Tests.Shell;

public sealed class ErrorPanelTests : BunitContext
{
    private readonly KeptErrors _log = new();

    public ErrorPanelTests() => Services.AddLogging(logging => logging.AddProvider(_log));

    [Fact]
    public void A_part_that_fails_is_replaced_by_the_reason_and_starts_anew()
    {
        var page = Open(new InvalidOperationException("a bug"));
        page.Find("button.fail").Click();

        var alert = page.Find("[role=alert]").TextContent;
        var (level, text, exception) = Assert.Single(_log.Lines);
        Assert.Equal((LogLevel.Error, "a bug"), (level, exception!.Message));
        Assert.Equal($"Sample failed, error ID {text[^8..]}", text);
        Assert.Contains($"error ID {text[^8..]}:", alert, StringComparison.Ordinal);
        Assert.Empty(page.FindAll("button.fail"));

        page.FindAll("[role=alert] button").Single(button => button.TextContent == "Try again").Click();
        Assert.NotNull(page.Find("button.fail"));
        Assert.Empty(page.FindAll("[role=alert]"));
    }

    [Fact]
    public void A_failure_of_the_database_is_named()
    {
        var page = Open(new SqliteException("message", raw.SQLITE_BUSY));
        page.Find("button.fail").Click();

        Assert.Contains("Another program has locked the database", page.Find("[role=alert]").TextContent, StringComparison.Ordinal);
        Assert.Equal(LogLevel.Warning, Assert.Single(_log.Lines).Level);
    }

    [Fact]
    public void The_page_can_be_loaded_again()
    {
        var page = Open(new InvalidOperationException("a bug"));
        page.Find("button.fail").Click();
        page.FindAll("[role=alert] button").Single(button => button.TextContent == "Reload the page").Click();

        var navigation = Services.GetRequiredService<BunitNavigationManager>();
        Assert.True(Assert.Single(navigation.History).Options.ForceLoad);
    }

    private IRenderedComponent<ErrorPanel> Open(Exception exception) =>
        Render<ErrorPanel>(parameters =>
            parameters.Add(panel => panel.Name, "Sample").AddChildContent<Faulty>(inside => inside.Add(faulty => faulty.Exception, exception))
        );
}
