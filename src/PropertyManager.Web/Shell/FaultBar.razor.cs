using Microsoft.AspNetCore.Components;
using PropertyManager.Domain;
using PropertyManager.Web.Engine;
using PropertyManager.Web.Shell.Parts;

namespace PropertyManager.Web.Shell;

/// <summary>Under the header of every page: the persistent faults that affect activations which this person sees. Nothing is read while there are none.</summary>
public sealed partial class FaultBar : IDisposable
{
    private readonly PageReads _reads = new();
    private IReadOnlyList<PersistentFault> _faults = [];
    private bool _mayDemonstrate;

    [Inject]
    public required PersistentFaultCache Cache { get; init; }

    [Inject]
    public required CurrentAccess Person { get; init; }

    [Inject]
    public required IEdgeNetwork Edge { get; init; }

    public void Dispose()
    {
        Cache.Changed -= Update;
        _reads.Dispose();
    }

    protected override Task OnInitializedAsync()
    {
        Cache.Changed += Update;
        return _reads.NewestAsync(ReadAsync);
    }

    // When the database cannot be read now, what is shown stays until the next change.
    private void Update(object? sender, EventArgs e) =>
        _ = InvokeAsync(async () =>
        {
            await _reads.NewestAsync(ReadAsync);
            StateHasChanged();
        });

    private async Task ReadAsync(CancellationToken cancellation)
    {
        var all = await Cache.ReadAsync();
        if (all.Count == 0)
        {
            _faults = [];
            return;
        }
        var access = await Person.ReadAsync(cancellation);
        (_faults, _mayDemonstrate) = ([.. all.Where(fault => fault.Concerns(access))], access.MaySimulate);
    }
}
