using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using PropertyManager.Tests;
using PropertyManager.Web.Data;
using PropertyManager.Web.Engine;
using PropertyManager.Web.Hosting;
using PropertyManager.Web.Tests.Engine;

namespace PropertyManager.Web.Tests;

/// <summary>Damage in the middle of a database, which every start would overlook.</summary>
public sealed class DatabaseCheckTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("property-manager-");

    private DatabaseSettings Settings => new(DatabaseProvider.Sqlite, $"Data Source={Path.Combine(_directory.FullName, "shop.db")};Pooling=False");

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public void Damage_is_found_and_a_sound_database_has_none()
    {
        Fill();
        Assert.Equal("", DatabaseCheck.Find(Settings, () => false));

        Damage(Settings.File!);

        Assert.NotEmpty(DatabaseCheck.Find(Settings, () => false) ?? "");
    }

    [Fact]
    public void A_check_that_takes_too_long_is_broken_off()
    {
        Fill();
        var asked = 0;

        Assert.Null(DatabaseCheck.Find(Settings, () => ++asked == 3));

        Assert.Equal(3, asked);
    }

    [Fact]
    public async Task What_was_not_checked_at_the_start_is_checked_when_no_rollout_runs()
    {
        Fill();
        var time = new SlowTime();
        var log = new Recorder();
        using var check = new DatabaseCheck(Settings, new ActivationFeed(), new Started(), time, log);

        await check.StartAsync(CancellationToken.None);
        await log.WaitForAsync("not checked to the end within 2 s");
        Damage(Settings.File!);
        time.IsSlow = false;
        while (!check.ExecuteTask!.IsCompleted)
        {
            time.Pass(DatabaseCheck.BetweenLooks);
            await Task.Yield();
        }

        await log.WaitForAsync("DAMAGED");
        await check.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task The_application_says_in_its_log_that_its_database_is_damaged()
    {
        await using var app = new AppProcess { Environment = "Production" };
        await using var world = new EngineWorld(app.DataDirectory);
        await using (var other = await world.ConnectAsync())
        {
            await using var fill = other.CreateCommand();
            fill.CommandText = "create table Ballast (Id integer primary key, Text text); " + Rows("Ballast", 2_000);
            await fill.ExecuteNonQueryAsync();
        }
        world.LetGo();
        Damage(Path.Combine(app.DataDirectory, "property-manager.db"));

        await app.StartAsync();

        var line = await app.WaitForOutputAsync("is DAMAGED");
        Assert.Contains("restore a backup", line, StringComparison.Ordinal);
    }

    private void Fill()
    {
        using var connection = new SqliteConnection(Settings.ConnectionString);
        connection.Open();
        using var fill = connection.CreateCommand();
        fill.CommandText = "create table Shop (Id integer primary key, Text text); " + Rows("Shop", 20_000);
        fill.ExecuteNonQuery();
    }

    private static string Rows(string table, int count) =>
        $"with recursive n(i) as (select 1 union all select i + 1 from n where i < {count}) insert into {table} (Text) select hex(randomblob(100)) from n;";

    /// <summary>A page in the last quarter of the file, which no start reads, is overwritten.</summary>
    private static void Damage(string file)
    {
        const int page = 4096;
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Write);
        stream.Position = stream.Length / page * 7 / 8 * page;
        stream.Write(Enumerable.Repeat((byte)0xEE, page).ToArray());
    }

    /// <summary>A second passes each time that somebody looks at the clock.</summary>
    private sealed class SlowTime : TimeProvider
    {
        private readonly ManualTimeProvider _time = new(DateTimeOffset.UnixEpoch);

        public bool IsSlow { get; set; } = true;

        public override long TimestampFrequency => _time.TimestampFrequency;

        public void Pass(TimeSpan by) => _time.Advance(by);

        public override long GetTimestamp()
        {
            if (IsSlow)
                _time.Advance(TimeSpan.FromSeconds(1));
            return _time.GetTimestamp();
        }

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            _time.CreateTimer(callback, state, dueTime, period);
    }

    private sealed class Started : IHostApplicationLifetime
    {
        public CancellationToken ApplicationStarted => new(canceled: true);
        public CancellationToken ApplicationStopping => CancellationToken.None;
        public CancellationToken ApplicationStopped => CancellationToken.None;

        public void StopApplication() { }
    }

    private sealed class Recorder : ILogger<DatabaseCheck>
    {
        private readonly Lock _gate = new();
        private readonly List<string> _lines = [];
        private TaskCompletionSource _more = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public async Task WaitForAsync(string text)
        {
            while (true)
            {
                Task more;
                lock (_gate)
                {
                    if (_lines.Exists(line => line.Contains(text, StringComparison.Ordinal)))
                        return;
                    more = _more.Task;
                }
                await more.WaitAsync(TimeSpan.FromSeconds(60));
            }
        }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            lock (_gate)
            {
                _lines.Add(formatter(state, exception));
                _more.SetResult();
                _more = new(TaskCreationOptions.RunContinuationsAsynchronously);
            }
        }
    }
}
