using System.Collections.Concurrent;
using System.Text.Json;
using PropertyManager.Domain.Activations;

namespace PropertyManager.Edge.Tests;

/// <summary>What happened can be looked at again, and happens again: progress, traffic and trouble are functions of what was wanted and when.</summary>
public sealed class ReplayTests
{
    private const int Activations = 200;
    private static readonly SimulatedEdgeNetwork Edge = new(1);

    [Fact]
    public void Replayed_activations_with_trouble_and_cancels_take_every_transition_again() =>
        ForAll(index =>
        {
            var (first, second) = (RandomActivation.Of(Edge, index), RandomActivation.Of(Edge, index));
            first.Run(Edge);
            second.Run(Edge);

            Assert.Equal(History(first.Activation), History(second.Activation), StringComparer.Ordinal);
        });

    [Fact]
    public void Every_past_instant_of_what_is_over_is_as_it_was_seen_then() =>
        ForAll(index =>
        {
            var activation = RandomActivation.Of(Edge, index);
            Dictionary<TimeSpan, string> seen = [];
            activation.Run(Edge, now => seen[now.Elapsed] = JsonSerializer.Serialize(now));

            var order = activation.Activation.OrderFor(activation.Traffic);
            // At an instant at which something was decided, what was seen came before it, and what is recalled after it.
            List<TimeSpan> instants = [.. seen.Keys.Except(activation.Activation.History.Select(row => row.Elapsed))];
            Edge.Carry(order);
            foreach (var at in instants.Where((_, place) => place % 11 == index % 11))
                Assert.Equal(seen[at], JsonSerializer.Serialize(Edge.Observe(order.ActivationId, at)));
            var any = instants[index % instants.Count];
            Assert.Equal(seen[any], JsonSerializer.Serialize(Edge.Recall(order, any)));
            Edge.Forget(order.ActivationId);
        });

    private static IEnumerable<string> History(Activation activation) => activation.History.Select(row => $"{row.Elapsed} {row.State}: {row.Reason}");

    private static void ForAll(Action<int> holds)
    {
        var failures = new ConcurrentQueue<Exception>();
        Parallel.For(
            0,
            Activations,
            index =>
            {
                try
                {
                    holds(index);
                }
                catch (Xunit.Sdk.XunitException failure)
                {
                    failures.Enqueue(new InvalidOperationException($"Activation {index}", failure));
                }
            }
        );
        Assert.Empty(failures);
    }
}
