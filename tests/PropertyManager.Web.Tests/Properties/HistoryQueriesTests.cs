using PropertyManager.Domain;
using PropertyManager.Domain.Activations;
using PropertyManager.Web.Features.Properties;

namespace PropertyManager.Web.Tests.Properties;

public sealed class HistoryQueriesTests : IDisposable
{
    private readonly PropertyDatabase _database = new();
    private readonly long _property;

    public HistoryQueriesTests()
    {
        _property = _database.Add("shop", PropertyDatabase.Shop, [], [], []);
        _database.Activate(_property, 1, Network.Staging, ActivationState.Inactive, minutes: 1);
        _database.Activate(_property, 2, Network.Staging, ActivationState.Active, minutes: 2);
        _database.Activate(_property, 2, Network.Production, ActivationState.Aborted, minutes: 3);
        _database.Activate(_property, 3, Network.Production, ActivationState.World, minutes: 4);
        _database.Activate(
            _database.Add(
                "other",
                PropertyDatabase.Shop,
                [
                    [],
                ]
            ),
            1,
            Network.Staging,
            ActivationState.Active
        );
    }

    public void Dispose() => _database.Dispose();

    [Theory]
    [InlineData(null, null, new[] { 4, 3, 2, 1 })]
    [InlineData(Network.Staging, null, new[] { 2, 1 })]
    [InlineData(null, HistoryStatus.Pending, new int[0])]
    [InlineData(null, HistoryStatus.PendingFullRollout, new[] { 4 })]
    [InlineData(null, HistoryStatus.PendingCancellation, new int[0])]
    [InlineData(Network.Production, HistoryStatus.Aborted, new[] { 3 })]
    [InlineData(Network.Staging, HistoryStatus.Failed, new int[0])]
    public async Task Narrows_by_network_and_status(Network? network, HistoryStatus? status, int[] minutes) =>
        Assert.Equal(minutes, await MinutesAsync(new(_property, network, status, HistoryQueries.Usual)));

    [Theory]
    [InlineData(ActivationState.Pending, HistoryStatus.Pending)]
    [InlineData(ActivationState.Canary, HistoryStatus.Pending)]
    [InlineData(ActivationState.Live, HistoryStatus.Pending)]
    [InlineData(ActivationState.World, HistoryStatus.PendingFullRollout)]
    [InlineData(ActivationState.Cancelling, HistoryStatus.PendingCancellation)]
    [InlineData(ActivationState.Active, HistoryStatus.Active)]
    [InlineData(ActivationState.Inactive, HistoryStatus.Inactive)]
    [InlineData(ActivationState.Aborted, HistoryStatus.Aborted)]
    [InlineData(ActivationState.Failed, HistoryStatus.Failed)]
    [InlineData(ActivationState.Deactivated, HistoryStatus.Deactivated)]
    public async Task Every_state_is_found_under_one_status(ActivationState state, HistoryStatus status)
    {
        var property = _database.Add(
            "one",
            PropertyDatabase.Shop,
            [
                [],
            ]
        );
        _database.Activate(property, 1, Network.Production, state);

        foreach (var asked in Enum.GetValues<HistoryStatus>())
            Assert.Equal(asked == status ? 1 : 0, (await MinutesAsync(new(property, Status: asked))).Count);
    }

    [Theory]
    [InlineData(HistoryColumn.Submitted, false, new[] { 1, 2, 3, 4 })]
    [InlineData(HistoryColumn.Version, true, new[] { 4, 3, 2, 1 })]
    [InlineData(HistoryColumn.Duration, true, new[] { 3, 2, 1, 4 })]
    public async Task Orders_by_any_column(HistoryColumn column, bool descending, int[] minutes) =>
        Assert.Equal(minutes, await MinutesAsync(new(_property, Order: new(column, descending))));

    [Fact]
    public async Task A_versions_status_is_that_of_the_running_or_active_activation_before_the_latest()
    {
        _database.Activate(_property, 2, Network.Staging, ActivationState.Failed, minutes: 9);
        await using var db = _database.CreateDbContext();

        var page = await PropertyQueries.ReadVersionsAsync(db, _property, null, default);
        var versions = page.WithStandings(await PropertyQueries.ReadStandingsAsync(db, _property, page.Rows, default)).Rows;

        Assert.Equal([3, 2, 1], versions.Select(version => version.Number));
        Assert.Equal([null, ActivationState.Active, ActivationState.Inactive], versions.Select(version => version.Staging?.State));
        Assert.Equal([ActivationState.World, ActivationState.Aborted, null], versions.Select(version => version.Production?.State));
    }

    private async Task<IReadOnlyList<int>> MinutesAsync(HistoryFilter filter)
    {
        await using var db = _database.CreateDbContext();
        var page = await HistoryQueries.ReadPageAsync(db, filter, default);
        return [.. page.Rows.Select(row => (int)(row.SubmittedAt - PropertyDatabase.Noon).TotalMinutes)];
    }
}
