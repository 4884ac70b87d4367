using PropertyManager.Domain;
using PropertyManager.Domain.Activations;
using PropertyManager.Domain.Rollouts;
using PropertyManager.Web.Engine;
using PropertyManager.Web.Features.Activate;

namespace PropertyManager.Web.Tests.Activate;

public sealed class LiveTextTests
{
    [Theory]
    [InlineData(ActivationType.Activate, 3, 0, "No server has version 4 yet. Version 3 stays active.")]
    [InlineData(ActivationType.Activate, null, 0, "No server has version 4 yet. No version is active.")]
    [InlineData(ActivationType.Activate, 3, 1, "1 server has version 4. Version 3 is restored there, ")]
    [InlineData(ActivationType.FastFallback, 3, 1200, "1,200 servers have version 4. Version 3 is restored there, ")]
    [InlineData(ActivationType.Activate, null, 2, "2 servers have version 4. It is taken off again, ")]
    [InlineData(ActivationType.Deactivate, 4, 0, "Version 4 was not taken off any server yet. It stays active.")]
    [InlineData(ActivationType.Deactivate, 4, 2, "Version 4 was taken off 2 servers. It is put back there, ")]
    public void Cancelling_is_explained_with_what_is_so_now(ActivationType type, int? previous, int installed, string expected) =>
        Assert.StartsWith(expected, LiveText.CancelNow(Activation(type, previous), installed), StringComparison.Ordinal);

    [Theory]
    [InlineData(ActivationType.Activate, 3, ActivationState.Live, "Version 3 is restored on the servers that have version 4, ")]
    [InlineData(ActivationType.Activate, null, ActivationState.Live, "Version 4 is taken off the servers that have it, ")]
    [InlineData(ActivationType.Deactivate, 4, ActivationState.Live, "Version 4 is put back on the servers that it was taken off, ")]
    [InlineData(ActivationType.FastFallback, 5, ActivationState.Live, "The fallback stops. Version 5, from which it falls back, is restored ")]
    [InlineData(ActivationType.Activate, 3, ActivationState.Cancelling, "It is being cancelled. Version 3 is restored ")]
    [InlineData(ActivationType.Activate, 3, ActivationState.Pending, "No server has version 4 yet. Version 3 stays active. Nothing ")]
    [InlineData(ActivationType.Activate, null, ActivationState.Pending, "No server has version 4 yet. No version is active. Nothing ")]
    public void The_way_back_follows_the_live_state(ActivationType type, int? previous, ActivationState state, string expected) =>
        Assert.StartsWith(expected, LiveText.WayBack(Activation(type, previous), new() { State = state }), StringComparison.Ordinal);

    [Fact]
    public void In_the_second_phase_live_traffic_goes_back_first()
    {
        var activation = Activation(ActivationType.Activate, 3, new RolloutStep(RolloutStage.Canary, 1, 1, 0, 400, TimeSpan.Zero));

        Assert.Contains(
            " The servers with live traffic go first.",
            LiveText.WayBack(activation, new() { State = ActivationState.World }),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void An_exception_says_until_when_it_can_be_cancelled_and_afterwards_why_not()
    {
        var exception = Activation(
            ActivationType.Activate,
            3,
            new RolloutStep(RolloutStage.Canary, 1, 1, 0, 401, TimeSpan.Zero),
            "12 hostnames changed"
        );

        Assert.EndsWith(
            " You can cancel until 25% of the servers (101) have it: after that an exception (12 hostnames changed) goes on to the end.",
            LiveText.WayBack(exception, new() { State = ActivationState.Live }),
            StringComparison.Ordinal
        );
        Assert.StartsWith(
            "It cannot be cancelled any more. 120 of 401 servers have it. ",
            LiveText.WayBack(exception, new() { State = ActivationState.Live }, "120 of 401 servers have it."),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData(1, "The one server with live traffic was updated in 2 min of simulated time.")]
    [InlineData(1204, "The 1,204 servers with live traffic were updated in 2 min of simulated time.")]
    public void One_server_was_and_many_were(int servers, string expected) =>
        Assert.Equal(expected, LiveText.LiveDone(servers, TimeSpan.FromMinutes(2)));

    [Fact]
    public void What_is_simulated_time_is_called_so()
    {
        var (took, live) = (TimeSpan.FromSeconds(724), TimeSpan.FromSeconds(182));

        Assert.Equal("took 12 min 4 s of simulated time, live traffic after 3 min 2 s", LiveText.Took(took, live));
        Assert.Equal("took 12 min 4 s of simulated time", LiveText.Took(took, live: null));
        Assert.Equal(
            "usually 3–12 min; 99% within 13 min (simulated time)",
            LiveText.Usually(new(live, TimeSpan.FromMinutes(12), TimeSpan.FromMinutes(13)))
        );
        Assert.All(LiveText.Deactivates(2, Network.Production).Where(text => text.Contains("minutes", StringComparison.Ordinal)), IsSimulated);
        Assert.All(LiveText.Deactivates(2, Network.Staging).Where(text => text.Contains("minutes", StringComparison.Ordinal)), IsSimulated);

        static void IsSimulated(string text) => Assert.Contains("simulated minutes", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_live_servers_there_is_no_word_and_no_stage_of_live_traffic()
    {
        var activation = Activation(ActivationType.Activate, 3);
        activation.Status = new ActivationStatus { State = ActivationState.World };
        var progress = new RolloutProgress(
            TimeSpan.Zero,
            [new StageProgress(RolloutStage.World, 5, 10, Done: false)],
            5,
            10,
            0,
            0,
            0,
            0,
            null,
            TimeSpan.Zero
        );

        var stages = LiveText.Stages(
            new ActivationProgress(1, 1, 1, Network.Production, ActivationType.Activate, 4, activation.Status, progress, [], DateTimeOffset.UnixEpoch)
        );

        Assert.Equal<string>(["Fully Deployed", "Completed"], [.. stages.Select(stage => stage.Name)]);
        Assert.DoesNotContain("Live traffic", LiveText.Phase(activation), StringComparison.Ordinal);
    }

    [Fact]
    public void A_first_activation_speaks_of_servers_without_the_property_and_of_no_previous_version()
    {
        var first = View(ActivationType.Activate, Answering.Updated);

        Assert.Equal("Servers without the property yet", first.Traffic[1].Name);
        Assert.Contains(first.Facts, fact => fact.Name == "Hits on servers without the property");
        Assert.Contains("refuses every hit", first.TrafficNote, StringComparison.Ordinal);
        Assert.DoesNotContain(first.Facts, fact => fact.Name.Contains("previous", StringComparison.Ordinal));
    }

    [Fact]
    public void Where_a_version_was_active_before_the_others_have_that()
    {
        var next = View(ActivationType.Activate, Answering.All);

        Assert.Equal("Servers with the previous version", next.Traffic[1].Name);
        Assert.Contains(next.Facts, fact => fact.Name == "Hits on the previous version");
        Assert.Null(next.TrafficNote);
    }

    [Theory]
    [InlineData(
        null,
        Answering.Updated,
        "can still meet a server without the property, which refuses their hits: “Hits on servers without the property” is"
    )]
    [InlineData(3, Answering.All, "can still meet version 3: “Hits on the previous version” is")]
    public void In_the_second_phase_it_is_said_what_end_users_can_still_meet(int? previous, Answering answering, string expected) =>
        Assert.Contains(expected, LiveText.Elsewhere(Activation(ActivationType.Activate, previous, answering: answering)), StringComparison.Ordinal);

    [Fact]
    public void A_deactivation_says_that_servers_without_the_property_refuse_its_hits()
    {
        var off = View(ActivationType.Deactivate, Answering.Others);

        Assert.Equal("Servers that it was taken off", off.Traffic[0].Name);
        Assert.Equal("A server without the property refuses every hit on it with 4xx: that is meant.", off.TrafficNote);
    }

    private static LiveView View(ActivationType type, Answering answering)
    {
        TrafficNow traffic = new(default, new(90, 5, 3, 2), new(0, 0, 10, 0), answering);
        var progress = new RolloutProgress(TimeSpan.Zero, [], 5, 10, 0, 0, 0, 0.1, null, TimeSpan.Zero) { Traffic = traffic };
        return LiveView.Of(new(1, 1, 1, Network.Production, type, 4, ActivationStatus.Initial, progress, [], DateTimeOffset.UnixEpoch));
    }

    private static Activation Activation(
        ActivationType type,
        int? previous,
        RolloutStep? step = null,
        string? exception = null,
        Answering answering = Answering.All
    ) =>
        new()
        {
            AccountId = 1,
            PropertyId = 1,
            Version = 4,
            PreviousVersion = previous,
            Network = Network.Production,
            Type = type,
            ExceptionReason = exception,
            Plan = new(step is null ? [] : [step], RolloutPace.Standard, 1) { Answering = answering },
            StartedAt = DateTimeOffset.UnixEpoch,
            Intent = new() { SubmittedBy = "ann@shop.example", SubmittedAt = DateTimeOffset.UnixEpoch },
        };
}
