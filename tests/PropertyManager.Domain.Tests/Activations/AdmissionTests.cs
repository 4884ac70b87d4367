using PropertyManager.Domain.Activations;
using static PropertyManager.Domain.Tests.Activations.Samples;

namespace PropertyManager.Domain.Tests.Activations;

/// <summary>Each refusal beside the neighbour that passes.</summary>
public sealed class AdmissionTests
{
    private static readonly DateTimeOffset Ended = Start + TimeSpan.FromSeconds(700);
    private static readonly NetworkFacts Free = new(Open: null, Active: null);
    private static readonly NetworkFacts Busy = new(Activation(ActivationState.World, 4), Active: null);
    private static readonly NetworkFacts HasFive = new(Open: null, Complete());

    public static TheoryData<string?, int, Network, NetworkFacts, bool, bool, int> Activations =>
        new()
        {
            { null, 5, Network.Production, Free, true, false, 0 },
            { null, 6, Network.Production, HasFive, true, false, 0 },
            { "already-active", 5, Network.Production, HasFive, true, false, 0 },
            { "activation-pending", 6, Network.Production, Busy, true, true, 0 },
            { "validation-errors", 5, Network.Production, Free, true, true, 1 },
            { "validation-errors", 5, Network.Staging, Free, false, true, 1 },
            { "never-on-staging", 5, Network.Production, Free, false, false, 0 },
            { null, 5, Network.Production, Free, false, true, 0 },
            { null, 5, Network.Staging, Free, false, false, 0 },
        };

    public static TheoryData<string?, Activation, int> Cancels =>
        new()
        {
            { null, Activation(ActivationState.Pending), 0 },
            { null, Activation(ActivationState.World, 4), 122 },
            { "already-cancelling", Activation(ActivationState.Canary, 1, wish: "bob@shop.example"), 1 },
            { "already-cancelling", Activation(ActivationState.Cancelling, 1), 1 },
            { "not-pending", Activation(ActivationState.Active, 5), 123 },
            { "not-pending", Activation(ActivationState.Aborted, 2, wish: "bob@shop.example"), 0 },
            { "not-pending", Activation(ActivationState.Failed, 1), 0 },
            { null, Activation(ActivationState.World, 4, exception: "migrated"), 30 },
            { "too-far", Activation(ActivationState.World, 4, exception: "migrated"), 31 },
            { "too-far", Lapsed(), 40 },
        };

    public static TheoryData<string?, Activation, NetworkFacts, bool, TimeSpan> Fallbacks =>
        new()
        {
            { null, Complete(), HasFive, false, TimeSpan.Zero },
            { null, Complete(), HasFive, false, TimeSpan.FromMinutes(60) },
            { "window-closed", Complete(), HasFive, false, TimeSpan.FromMinutes(60) + TimeSpan.FromTicks(1) },
            { "already-attempted", Complete(), HasFive, true, TimeSpan.Zero },
            { "exception", Complete(exception: "11 hostnames changed"), HasFive, false, TimeSpan.Zero },
            { "no-previous-version", Complete(previous: null), HasFive, false, TimeSpan.Zero },
            { "staging", Complete(network: Network.Staging), HasFive, false, TimeSpan.Zero },
            { "is-fallback", Complete(ActivationType.FastFallback), HasFive, false, TimeSpan.Zero },
            { "is-deactivation", Complete(ActivationType.Deactivate), HasFive, false, TimeSpan.Zero },
            { "activation-pending", Complete(), Busy, false, TimeSpan.Zero },
            { "not-active", Activation(ActivationState.Inactive, 5), HasFive, false, TimeSpan.Zero },
            { "not-active", Activation(ActivationState.Aborted, 5), HasFive, false, TimeSpan.Zero },
        };

    [Theory]
    [MemberData(nameof(Activations))]
    public void May_be_activated(
        string? refusal,
        int version,
        Network network,
        NetworkFacts facts,
        bool wasOnStaging,
        bool acknowledged,
        int errors
    ) => Assert.Equal(refusal, Admission.Activate(version, network, facts, wasOnStaging, acknowledged, errors)?.Code);

    [Theory]
    [MemberData(nameof(Cancels))]
    public void May_be_cancelled(string? refusal, Activation activation, int installed) =>
        Assert.Equal(refusal, Admission.Cancel(activation, installed)?.Code);

    [Theory]
    [MemberData(nameof(Fallbacks))]
    public void May_fall_back(string? refusal, Activation activation, NetworkFacts facts, bool attempted, TimeSpan afterwards) =>
        Assert.Equal(refusal, Admission.FastFallback(activation, facts, attempted, Ended + afterwards)?.Code);

    [Fact]
    public void May_be_deactivated_where_something_is_active()
    {
        Assert.Null(Admission.Deactivate(Network.Production, HasFive));
        Assert.Equal("No version is active on staging.", Admission.Deactivate(Network.Staging, Free)?.Message);
        Assert.Equal("activation-pending", Admission.Deactivate(Network.Production, Busy)?.Code);
    }

    [Fact]
    public void Names_the_activation_that_stands_in_the_way() =>
        Assert.Equal(
            "atv_7 (version 5 on production) is still running. A new activation can start once it is complete or cancelled.",
            Admission.Activate(6, Network.Production, Busy, wasOnStaging: true, acknowledged: false, errors: 0)?.Message
        );

    [Fact]
    public void Says_why_an_exception_goes_on() =>
        Assert.Equal(
            "31 of 123 servers have version 5: past 25 %, an exception (migrated) goes on to the end.",
            Admission.Cancel(Activation(ActivationState.World, 4, exception: "migrated"), 31)?.Message
        );

    [Theory]
    [InlineData(0, false, null)]
    [InlineData(1, true, null)]
    [InlineData(1, false, "Version 6 has 1 validation warning. Read it, then acknowledge it.")]
    [InlineData(3, false, "Version 6 has 3 validation warnings. Read them, then acknowledge them.")]
    public void Warnings_want_to_be_acknowledged(int warnings, bool acknowledged, string? message) =>
        Assert.Equal(message, Admission.Activate(6, Network.Staging, Free, wasOnStaging: false, acknowledged, errors: 0, warnings)?.Message);

    [Fact]
    public void Says_what_to_do_when_the_window_has_closed() =>
        Assert.Equal(
            "The window of 60 simulated minutes has closed. To go back, open version 4 and activate it.",
            Admission.FastFallback(Complete(), HasFive, attempted: false, Ended + TimeSpan.FromMinutes(61))?.Message
        );

    [Fact]
    public void The_window_is_of_what_is_complete_and_active()
    {
        Assert.Equal(Ended + TimeSpan.FromMinutes(60), Admission.FallbackUntil(Complete()));
        Assert.Null(Admission.FallbackUntil(Activation(ActivationState.World, 4)));
    }

    [Theory]
    [InlineData(0, false, 0, null)]
    [InlineData(10, false, 0, null)]
    [InlineData(11, false, 0, "11 hostnames changed (more than 10 at a time)")]
    [InlineData(0, true, 0, "custom or advanced configuration")]
    [InlineData(1, false, 1, "1 hostname migrated from the legacy Configuration Manager")]
    [InlineData(10, false, 3, "3 hostnames migrated from the legacy Configuration Manager")]
    [InlineData(11, true, 3, "11 hostnames changed (more than 10 at a time)")]
    public void Is_an_exception_with_more_than_10_hostnames_or_by_its_kind(int hostnames, bool advanced, int migrated, string? reason)
    {
        var given = ActivationClass.Of(hostnames, advanced, migrated);

        Assert.Equal((reason, reason is not null), (given.Reason, given.IsException));
    }

    private static Activation Complete(
        ActivationType type = ActivationType.Activate,
        int? previous = 4,
        string? exception = null,
        Network network = Network.Production
    ) => Activation(ActivationState.Active, 5, previous, type, network, exception, status: status => status with { EndedAfter = Ended - Start });

    private static Activation Lapsed() =>
        Activation(ActivationState.World, 4, exception: "migrated", wish: "bob@shop.example", status: status => status with { CancelLapsed = true });
}
