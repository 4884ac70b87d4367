using PropertyManager.Web.Shell.Parts;

namespace PropertyManager.Web.Tests.Shell;

public sealed class PageReadsTests
{
    [Fact]
    public async Task A_newer_read_cancels_the_one_before()
    {
        using var reads = new PageReads();
        var (older, newer) = (CancellationToken.None, CancellationToken.None);

        var first = reads.NewestAsync(token => Task.Delay(Timeout.Infinite, older = token));
        var second = reads.NewestAsync(token =>
        {
            newer = token;
            return Task.CompletedTask;
        });
        await first;
        await second;

        Assert.True(older.IsCancellationRequested);
        Assert.False(newer.IsCancellationRequested);
    }

    [Fact]
    public async Task Nothing_is_read_after_the_page_is_gone()
    {
        var reads = new PageReads();
        var running = reads.UntilGoneAsync(token => Task.Delay(Timeout.Infinite, token));

        reads.Dispose();
        await running;
        await reads.NewestAsync(_ => throw new InvalidOperationException("It was read."));
        await reads.UntilGoneAsync(_ => throw new InvalidOperationException("It was read."));

        Assert.True(reads.Gone.IsCancellationRequested);
    }

    [Fact]
    public async Task What_goes_wrong_is_not_hidden()
    {
        using var reads = new PageReads();

        await Assert.ThrowsAsync<InvalidOperationException>(() => reads.NewestAsync(_ => throw new InvalidOperationException("It broke.")));
    }
}
