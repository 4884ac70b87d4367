using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace PropertyManager.Web.Shell.Parts;

/// <summary>
/// The page stays where it is scrolled to when something inside changes the address: a choice that stands in the query is not another page.
/// Without it Blazor shows the top of the page after each.
/// </summary>
public sealed partial class KeepScroll
{
    [Inject]
    public required IJSRuntime Js { get; init; }

    [Parameter, EditorRequired]
    public required RenderFragment ChildContent { get; set; }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender)
            return;
        // The module does its work on the document, once, for as long as the document lives.
        await BrowserCalls.TryAsync(async () =>
        {
            await using var module = await Js.InvokeAsync<IJSObjectReference>("import", "./" + Assets["keep-scroll.js"]);
        });
    }
}
