using FsCheck;
using FsCheck.Fluent;
using PropertyManager.Tests;
using PropertyManager.Web.Papi.Signing;

namespace PropertyManager.Web.Tests.Papi;

/// <summary>The wall clock may be set while the application runs; the monotonic clock goes on.</summary>
public sealed class NonceStoreTests
{
    private const int Tolerance = 30;

    private readonly ManualTimeProvider _time = new(new(2026, 11, 30, 12, 0, 0, TimeSpan.Zero));
    private readonly NonceStore _store;

    public NonceStoreTests() => _store = new(_time);

    [Fact]
    public void A_nonce_is_refused_for_as_long_as_a_timestamp_can_be_good_whatever_its_timestamp_and_key()
    {
        var at = _time.GetUtcNow();
        Assert.True(_store.TryUse(1, "a", at));
        Assert.True(_store.TryUse(2, "a", at));
        Assert.True(_store.TryUse(1, new string('a', EdgeGridSignature.LongestNonce), at));
        for (var second = 0; second <= 60; second++)
        {
            Assert.True(_store.TryUse(3, $"{second}", _time.GetUtcNow()));
            Assert.False(_store.TryUse(1, "a", _time.GetUtcNow()));
            _time.Advance(TimeSpan.FromSeconds(1));
        }
        _time.Advance(TimeSpan.FromSeconds(20));
        Assert.True(_store.TryUse(3, "later", _time.GetUtcNow()));
        Assert.True(_store.TryUse(1, "a", _time.GetUtcNow()));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(79)]
    [InlineData(80)]
    [InlineData(160)]
    [InlineData(800)]
    [InlineData(1000)]
    public void A_request_whose_body_came_slowly_is_accepted_once(int later)
    {
        var at = _time.GetUtcNow();
        Assert.True(_store.TryUse(1, "a", at));
        _time.Advance(TimeSpan.FromSeconds(later));
        Assert.True(_store.TryUse(2, "b", _time.GetUtcNow()));
        Assert.False(_store.TryUse(1, "a", at));
    }

    /// <summary>Steps of the wall clock in minutes, each followed by so many minutes of the monotonic clock.</summary>
    public static TheoryData<string, (double Step, double Pass)[]> Steps =>
        new()
        {
            { "set back right after a request", [(-10, 12)] },
            { "set back when 60 s have passed", [(0, 1.1), (-10, 12)] },
            { "set back long after a request", [(0, 9), (-10, 12)] },
            { "set forward", [(10, 12)] },
            { "set forward and back again", [(10, 1), (-10, 12)] },
            { "set back and forward again", [(-10, 1), (10, 12)] },
            { "set back several times", [(-3, 2), (-3, 2), (-3, 2), (-3, 12)] },
            { "set forward, back and back", [(10, 1.5), (-10, 1.5), (-10, 14)] },
        };

    [Theory]
    [MemberData(nameof(Steps), DisableDiscoveryEnumeration = true)]
    public void A_clock_that_is_set_refuses_no_new_request_and_lets_no_recorded_one_pass(string how, (double Step, double Pass)[] steps)
    {
        Assert.NotEmpty(how);
        var requests = new Requests(_time, _store);
        requests.SendNew(0);
        foreach (var (step, pass) in steps)
        {
            _time.SetWallClock(TimeSpan.FromMinutes(step));
            for (var passed = 0; passed < pass * 60; passed += 5)
            {
                requests.SendNew(passed % (2 * Tolerance) - Tolerance);
                requests.SendRecorded();
                _time.Advance(TimeSpan.FromSeconds(5));
            }
        }
    }

    [Fact]
    public void However_often_the_clock_is_set_the_same_holds()
    {
        // The wall clock is never more than 13 minutes behind what it was.
        var offsets = Gen.Elements(-390, -300, -60, -31, -5, 0, 5, 31, 60, 300, 390);
        var steps =
            from offset in offsets
            from seconds in Gen.Choose(0, 200)
            from skew in Gen.Choose(-Tolerance, Tolerance)
            select (offset, seconds, skew);
        Prop.ForAll(
                steps.ListOf().ToArbitrary(),
                all =>
                {
                    var time = new ManualTimeProvider(_time.GetUtcNow());
                    var requests = new Requests(time, new(time));
                    var offset = 0;
                    foreach (var (to, seconds, skew) in all)
                    {
                        time.SetWallClock(TimeSpan.FromSeconds(to - offset));
                        offset = to;
                        requests.SendNew(skew);
                        requests.SendRecorded();
                        time.Advance(TimeSpan.FromSeconds(seconds));
                        requests.SendRecorded();
                    }
                }
            )
            .QuickCheckThrowOnFailure();
    }

    [Fact]
    public void What_is_kept_does_not_grow_with_time()
    {
        // One client that asks as often as it may, for two hours, and a clock that is set all the time.
        const int aMinute = 600;
        var most = 0;
        for (var minute = 0; minute < 120; minute++)
        {
            _time.SetWallClock(TimeSpan.FromMinutes((minute % 3) - 1));
            for (var n = 0; n < aMinute; n++)
                Assert.True(_store.TryUse(1, $"{minute}-{n}", _time.GetUtcNow().AddSeconds((n % 60) - Tolerance)));
            most = Math.Max(most, _store.Count);
            _time.Advance(TimeSpan.FromMinutes(1));
        }
        Assert.InRange(most, 15 * aMinute, 20 * aMinute);

        _time.Advance(NonceStore.Retention + TimeSpan.FromMinutes(5));
        Assert.True(_store.TryUse(1, "the next", _time.GetUtcNow()));
        Assert.Equal(1, _store.Count);
    }

    /// <summary>Sends requests as the API lets them in, and all that were sent before again.</summary>
    private sealed class Requests(ManualTimeProvider time, NonceStore store)
    {
        private readonly List<(string Nonce, DateTimeOffset SignedAt)> _recorded = [];

        public void SendNew(int skew)
        {
            var (nonce, signedAt) = ($"n{_recorded.Count}", time.GetUtcNow().AddSeconds(skew));
            Assert.True(store.TryUse(1, nonce, signedAt), $"{nonce} is refused at {time.GetUtcNow():T}");
            _recorded.Add((nonce, signedAt));
        }

        public void SendRecorded()
        {
            var now = time.GetUtcNow();
            foreach (var (nonce, signedAt) in _recorded.Where(request => (now - request.SignedAt).Duration() <= TimeSpan.FromSeconds(Tolerance)))
                Assert.False(store.TryUse(1, nonce, signedAt), $"{nonce} of {signedAt:T} passes again at {now:T}");
        }
    }
}
