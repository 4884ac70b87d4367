using PropertyManager.Web.Data;
using PropertyManager.Web.Engine;

namespace PropertyManager.Web.Shell.Parts;

/// <summary>One read of a page.</summary>
/// <param name="Access">What the person may see and do.</param>
/// <param name="Watch">
/// Keeps the page current with these activations. Call it before they are read: what changes in between is then in one of the two.
/// </param>
/// <param name="Cancellation">Ends it when a newer read takes its place or the page is left.</param>
public sealed record PageRead(Access Access, Action<WatchTarget> Watch, CancellationToken Cancellation);

/// <summary>What came of a read: something to show, or why there is nothing.</summary>
public readonly record struct PageAnswer<TView>(TView? View, PermalinkProblem? Problem)
    where TView : class
{
    public static implicit operator PageAnswer<TView>(TView view) => new(view, null);

    public static implicit operator PageAnswer<TView>(PermalinkProblem problem) => new(null, problem);
}

/// <summary>Answers as pages show them.</summary>
public static class PageAnswers
{
    /// <summary>The version, or why it cannot be shown.</summary>
    public static PageAnswer<VersionView> ForPage(this VersionAnswer answer) =>
        answer.View is { } view ? view
        : answer.IsForbidden ? PermalinkProblem.Forbidden
        : PermalinkProblem.Unknown;
}
