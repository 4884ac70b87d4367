using PropertyManager.Domain;
using PropertyManager.Domain.Activations;
using PropertyManager.Web.Data;
using PropertyManager.Web.Engine;

namespace PropertyManager.Web.Tests.Engine;

public sealed class StatusWordsTests
{
    /// <param name="states">Of the version's activations on the network, the oldest first; "Leaving" is a deactivation that runs.</param>
    /// <param name="status">What programs are told of the version there.</param>
    [Theory]
    [InlineData("", "INACTIVE")]
    [InlineData("Active", "ACTIVE")]
    [InlineData("Canary", "PENDING")]
    [InlineData("Cancelling", "PENDING_CANCELLATION")]
    [InlineData("Active Leaving", "PENDING_DEACTIVATION")]
    [InlineData("Inactive", "DEACTIVATED")]
    [InlineData("Inactive Deactivated", "DEACTIVATED")]
    [InlineData("Deactivated", "DEACTIVATED")]
    [InlineData("Inactive Aborted", "DEACTIVATED")]
    [InlineData("Inactive Failed", "DEACTIVATED")]
    [InlineData("Aborted Inactive", "DEACTIVATED")]
    [InlineData("Inactive Deactivated Active", "ACTIVE")]
    [InlineData("Aborted", "ABORTED")]
    [InlineData("Failed", "ABORTED")]
    public void A_version_stands_on_a_network_as_its_activations_left_it(string states, string status)
    {
        var lines = states.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select((state, i) => Line(i + 1, state)).ToList();
        // Others say nothing of it.
        lines.Add(new(98, 2, Network.Production, ActivationType.Activate, ActivationState.Active));
        lines.Add(new(99, 1, Network.Staging, ActivationType.Activate, ActivationState.Failed));

        Assert.Equal(status, StatusWords.Api(lines, version: 1, Network.Production));
    }

    private static ActivationLine Line(int id, string state) =>
        state switch
        {
            "Leaving" => new(id, 1, Network.Production, ActivationType.Deactivate, ActivationState.Live),
            "Deactivated" => new(id, 1, Network.Production, ActivationType.Deactivate, ActivationState.Deactivated),
            _ => new(id, 1, Network.Production, ActivationType.Activate, Enum.Parse<ActivationState>(state)),
        };
}
