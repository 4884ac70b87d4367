using Microsoft.AspNetCore.Components;
using PropertyManager.Web.Data;
using PropertyManager.Web.Shell.Parts;

namespace PropertyManager.Web.Features.Editor;

/// <summary>The Property Manager Editor of a version, for reading: its information, hostnames and configuration settings.</summary>
public sealed partial class VersionPage : IDisposable
{
    private readonly CancellationTokenSource _gone = new();
    private VersionAnswer? _answer;
    private (string, int) _read;
    private bool _mayPublish;
    private bool _mayEdit;

    [Inject]
    public required CurrentAccess Person { get; init; }

    [Inject]
    public required VersionQuery Versions { get; init; }

    /// <summary><c>prp_…</c></summary>
    [Parameter]
    public required string PropertyId { get; set; }

    [Parameter]
    public required int Version { get; set; }

    /// <summary>JSON pointer to the chosen rule; the default rule when there is none, or no such rule.</summary>
    [SupplyParameterFromQuery]
    public string? Rule { get; set; }

    /// <summary>What is searched for in the rules.</summary>
    [SupplyParameterFromQuery(Name = "q")]
    public string? Query { get; set; }

    public void Dispose()
    {
        _gone.Cancel();
        _gone.Dispose();
    }

    protected override async Task OnParametersSetAsync()
    {
        // Another rule of the same version needs no reading.
        if (_read == (PropertyId, Version))
            return;
        _read = (PropertyId, Version);
        var access = await Person.ReadAsync(_gone.Token);
        _answer = await Versions.ReadAsync(access, PropertyId, Version, _gone.Token);
        _mayEdit = _answer.View is { } seen && access.MayEdit(seen.Property);
        _mayPublish = _answer.View is { } view && access.MayPublish(view.Property);
    }
}
