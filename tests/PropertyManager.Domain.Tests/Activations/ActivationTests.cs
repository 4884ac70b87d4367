using System.Reflection;
using PropertyManager.Domain.Activations;

namespace PropertyManager.Domain.Tests.Activations;

public sealed class ActivationTests
{
    [Fact]
    public void A_copy_that_stands_differently_has_everything_else()
    {
        var activation = new Activation
        {
            Id = 7,
            AccountId = 1,
            PropertyId = 12,
            Version = 5,
            Network = Network.Production,
            Type = ActivationType.FastFallback,
            PreviousVersion = 4,
            FallbackOf = 6,
            ExceptionReason = "12 hostnames change",
            CancelCutOff = 0.5,
            Plan = Samples.Production,
            StartedAt = Samples.Start,
            Intent = new() { SubmittedBy = "ann@shop.example", SubmittedAt = Samples.Start },
            History =
            [
                new()
                {
                    State = ActivationState.Pending,
                    At = Samples.Start,
                    Elapsed = TimeSpan.Zero,
                    Reason = "Submitted",
                },
            ],
            Epoch = 3,
        };
        var status = new ActivationStatus { State = ActivationState.Live };
        var intent = activation.Intent with { FaultsRevision = 7 };

        var copy = activation.AsOf(status, intent, activation.History);

        Assert.Equal((status, intent), (copy.Status, copy.Intent));
        Assert.Equal(activation.History, copy.History);
        string[] others = [nameof(Activation.Status), nameof(Activation.Intent), nameof(Activation.History)];
        foreach (var property in typeof(Activation).GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => !others.Contains(p.Name)))
        {
            var value = property.GetValue(activation);
            Assert.False(value is null or 0 or 0L, $"The sample has no {property.Name}.");
            Assert.Equal(value, property.GetValue(copy));
        }
    }
}
