using Microsoft.AspNetCore.Components;

namespace PropertyManager.Web.Shell.Parts;

/// <summary>
/// Keeps an exception in a part of a page from ending the whole circuit: shows the reason in place of that part, which starts anew on "Try again".
/// What a person asks for goes through an <see cref="ActionRunner"/>, which keeps what was typed; this is for everything else.
/// </summary>
public sealed partial class ErrorPanel
{
    private ShownError? _error;

    [Inject]
    public required ILogger<ErrorPanel> Logger { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    /// <summary>What is inside, for the log.</summary>
    [Parameter, EditorRequired]
    public required string Name { get; set; }

    protected override Task OnErrorAsync(Exception exception)
    {
        _error = ShownError.From(exception, Logger, Name);
        return Task.CompletedTask;
    }

    private void Reload() => Navigation.Refresh(forceReload: true);
}
