using Microsoft.AspNetCore.Components;
using PropertyManager.Domain;
using PropertyManager.Domain.Activations;
using PropertyManager.Domain.Properties;
using PropertyManager.Domain.Rollouts;
using PropertyManager.Web.Shell.Parts;

namespace PropertyManager.Web.Features.Activate;

/// <summary>The servers that took themselves out of service during an activation: where they stand, and why.</summary>
public sealed partial class SuspendedServers : IDisposable
{
    /// <summary>Listed at most.</summary>
    private const int Most = 50;

    private readonly PageReads _reads = new();
    private readonly string _titleId = $"suspended-{Guid.NewGuid():N}";
    private IReadOnlyList<SuspendedServer> _shown = [];
    private int _total;
    private Activation? _known;

    [Inject]
    public required IEdgeNetwork Edge { get; init; }

    /// <summary>Another instance is looked at anew.</summary>
    [Parameter, EditorRequired]
    public required Activation Activation { get; set; }

    [Parameter, EditorRequired]
    public required TrafficProfile Traffic { get; set; }

    /// <summary>Simulated time up to which it has run.</summary>
    [Parameter, EditorRequired]
    public required TimeSpan End { get; set; }

    /// <summary>What the servers found wrong with its package; null for nothing.</summary>
    [Parameter]
    public PackageDefect? Defect { get; set; }

    public void Dispose() => _reads.Dispose();

    protected override Task OnParametersSetAsync()
    {
        if (ReferenceEquals(_known, Activation))
            return Task.CompletedTask;
        _known = Activation;
        return _reads.NewestAsync(async cancellation =>
        {
            var (order, end, defect) = (Activation.OrderFor(Traffic), End, Defect);
            // Off the circuit, which has other things to show meanwhile.
            var found = await Task.Run(() => Find(order, end, defect), cancellation);
            cancellation.ThrowIfCancellationRequested();
            (_shown, _total) = found;
        });
    }

    private (IReadOnlyList<SuspendedServer> Shown, int Total) Find(RolloutOrder order, TimeSpan at, PackageDefect? defect)
    {
        if (order.Releases.Count == 0)
            return ([], 0);
        var shown = Edge.Suspended(order, at, Most, defect);
        return (shown, shown.Count < Most ? shown.Count : Edge.Recall(order, at, defect).Suspended);
    }
}
