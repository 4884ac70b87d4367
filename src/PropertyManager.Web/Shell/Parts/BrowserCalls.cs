using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace PropertyManager.Web.Shell.Parts;

/// <summary>Calls to the browser that make a page more comfortable, and that nothing else depends on: a page does not fail with them.</summary>
public static class BrowserCalls
{
    /// <summary>Gives the element the focus. One that is gone again keeps nobody from going on.</summary>
    public static Task TryFocusAsync(this ElementReference element, bool preventScroll = false) =>
        TryAsync(() => element.FocusAsync(preventScroll).AsTask());

    /// <summary>Makes a call, and makes do without it where the browser cannot do it or does not answer.</summary>
    public static async Task TryAsync(Func<Task> call)
    {
        try
        {
            await call();
        }
        catch (Exception exception) when (exception is JSException or JSDisconnectedException or OperationCanceledException)
        {
            // The tab is closed, the element is gone, or a script could not be fetched.
        }
    }
}
