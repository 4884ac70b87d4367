using System.Security.Cryptography;
using System.Text;
using PropertyManager.Domain;
using PropertyManager.Domain.Activations;
using PropertyManager.Domain.Properties;
using PropertyManager.Domain.Rollouts;
using PropertyManager.Tests;

namespace PropertyManager.Edge.Tests;

/// <summary>Servers install only what they trust.</summary>
public sealed class PackageTests
{
    private static readonly ECDsa Key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private static readonly ECDsa Stranger = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private static readonly SimulatedEdgeNetwork Edge = new(1, Key);
    private static readonly TrafficProfile Traffic = new(0, new Dictionary<string, double>(StringComparer.Ordinal), new(1, 0, 0, 0));
    private static readonly byte[] Content = Encoding.UTF8.GetBytes("<configs/>");

    [Fact]
    public void Without_a_package_nothing_is_prepared()
    {
        var activation = Staging(1);
        Edge.Carry(activation.OrderFor(Traffic));

        Assert.False(Edge.Observe(activation.Id, TimeSpan.FromMinutes(5)).Prepared);
    }

    [Fact]
    public void A_signed_package_is_installed_everywhere()
    {
        var activation = Staging(2);
        Edge.Receive(activation.Id, activation.Revision, RolloutPackage.Sign(activation.Revision, Content, Key));

        Courses.Run(Edge, activation, Traffic);

        Assert.Equal(ActivationState.Active, activation.Status.State);
    }

    [Fact]
    public void A_package_that_no_server_trusts_is_refused_by_each_of_them_three_times_and_the_activation_fails()
    {
        var activation = Staging(3);
        Edge.Receive(activation.Id, activation.Revision, RolloutPackage.Sign(activation.Revision, Content, Stranger));
        RolloutObservation? last = null;

        Courses.Run(Edge, activation, Traffic, seen => last = seen);

        Assert.Equal(ActivationState.Failed, activation.Status.State);
        Assert.Equal((0, activation.Plan.Steps[0].Servers, 3 * activation.Plan.Steps[0].Servers), (last!.Installed, last.Suspended, last.BadCopies));
    }

    [Fact]
    public void A_package_that_was_refused_is_recalled_as_refused_after_the_end_and_by_a_network_that_was_started_anew()
    {
        var activation = Staging(5);
        var package = RolloutPackage.Sign(activation.Revision, Content, Stranger);
        var all = activation.Plan.Steps[0].Servers;
        Edge.Receive(activation.Id, activation.Revision, package);
        Courses.Run(Edge, activation, Traffic);
        var (order, end) = (activation.OrderFor(Traffic), activation.Status.EndedAfter!.Value);

        Assert.All(
            [Edge, new SimulatedEdgeNetwork(1, Key)],
            network =>
            {
                var defect = network.Inspect(activation.Revision, package);
                var seen = network.Recall(order, end, defect);
                Assert.Equal(PackageDefect.NotTrusted, defect);
                Assert.Equal((0, all, 3 * all), (seen.Installed, seen.Suspended, seen.BadCopies));
                Assert.NotEmpty(network.Suspended(order, end, 3, defect));
            }
        );
    }

    [Fact]
    public void Looking_at_a_package_and_back_at_a_rollout_hands_the_servers_nothing()
    {
        var activation = Staging(6);
        var package = RolloutPackage.Sign(activation.Revision, Content, Key);
        var order = activation.OrderFor(Traffic);
        var after = TimeSpan.FromMinutes(5);

        Assert.Null(Edge.Inspect(activation.Revision, package));
        Assert.True(Edge.Recall(order, after).Prepared);
        Assert.Empty(Edge.Suspended(order, after, 3));

        Assert.Throws<InvalidOperationException>(() => Edge.Observe(activation.Id, after));
        Edge.Carry(order);
        Assert.False(Edge.Observe(activation.Id, after).Prepared);
    }

    [Fact]
    public void A_package_of_another_version_is_refused()
    {
        var activation = Staging(4);
        Edge.Receive(activation.Id, activation.Revision, RolloutPackage.Sign(RolloutPackage.RevisionOf(1, 1), Content, Key));

        Courses.Run(Edge, activation, Traffic);

        Assert.Equal(ActivationState.Failed, activation.Status.State);
    }

    private static Activation Staging(long id) =>
        Courses.Accepted(
            Network.Staging,
            RolloutPlanner.Plan(Network.Staging, Edge.Survey(Network.Staging, 7, Traffic), RolloutPace.Staging, 3),
            id: id
        );
}
