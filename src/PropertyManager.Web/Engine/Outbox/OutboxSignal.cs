using System.Threading.Channels;

namespace PropertyManager.Web.Engine.Outbox;

/// <summary>Wakes the dispatcher. Set after a commit that wrote an event; a signal that nobody waits for yet is kept, several count as one.</summary>
public sealed class OutboxSignal
{
    private readonly Channel<bool> _signals = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite }
    );

    public void Set() => _signals.Writer.TryWrite(true);

    public async Task WaitAsync(CancellationToken cancellationToken) => await _signals.Reader.ReadAsync(cancellationToken);
}
