using Microsoft.AspNetCore.Components;
using PropertyManager.Domain;
using PropertyManager.Web.Engine;

namespace PropertyManager.Web.Shell.Parts;

/// <summary>The persistent faults that affect a property's activations, for everyone who sees these; nothing where there are none.</summary>
public sealed partial class PersistentFaultNotice : IDisposable
{
    private IReadOnlyList<PersistentFault> _faults = [];
    private long? _shown;

    [Inject]
    public required PersistentFaultCache Cache { get; init; }

    [Inject]
    public required IEdgeNetwork Edge { get; init; }

    [Parameter, EditorRequired]
    public required long PropertyId { get; set; }

    public void Dispose() => Cache.Changed -= Update;

    protected override void OnInitialized() => Cache.Changed += Update;

    protected override async Task OnParametersSetAsync()
    {
        if (_shown == PropertyId)
            return;
        _shown = PropertyId;
        await ReadAsync();
    }

    // When the database cannot be read now, what is shown stays until the next change.
    private void Update(object? sender, EventArgs e) =>
        _ = InvokeAsync(async () =>
        {
            await ReadAsync();
            StateHasChanged();
        });

    private async Task ReadAsync() => _faults = [.. (await Cache.ReadAsync()).Where(fault => fault.Affects(PropertyId))];

    private string Text(PersistentFault fault) => PersistentFaultText.Of(fault, Edge.Places(Network.Production));
}
