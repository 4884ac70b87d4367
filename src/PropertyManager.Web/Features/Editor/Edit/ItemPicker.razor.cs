using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using PropertyManager.Domain.Configuration.Catalog;
using PropertyManager.Web.Shell.Parts;

namespace PropertyManager.Web.Features.Editor.Edit;

/// <summary>"Add Behavior", "Add Criterion": a button that opens the list of all there are, with search. Enter takes the first one found.</summary>
public sealed partial class ItemPicker
{
    private ElementReference _search;
    private bool _open;
    private bool _focus;
    private string _query = "";

    /// <summary>"Behavior" or "Criterion".</summary>
    [Parameter, EditorRequired]
    public required string What { get; set; }

    /// <summary>The plural, in lower case: "behaviors".</summary>
    [Parameter, EditorRequired]
    public required string Plural { get; set; }

    [Parameter, EditorRequired]
    public required IReadOnlyCollection<CatalogItem> Items { get; set; }

    [Parameter]
    public EventCallback<CatalogItem> Picked { get; set; }

    // What is named like the query first, then what only speaks of it.
    private IEnumerable<CatalogItem> Found =>
        Items
            .Where(item => Names(item) || item.Help.Contains(_query.Trim(), StringComparison.OrdinalIgnoreCase))
            .OrderByDescending(item => _query.Trim().Length > 0 && Names(item));

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!_focus)
            return;
        _focus = false;
        await _search.TryFocusAsync();
    }

    private bool Names(CatalogItem item) =>
        item.Name.Contains(_query.Trim(), StringComparison.OrdinalIgnoreCase)
        || item.Label.Contains(_query.Trim(), StringComparison.OrdinalIgnoreCase)
        || item.Category.Contains(_query.Trim(), StringComparison.OrdinalIgnoreCase);

    private void Open() => (_open, _focus, _query) = (true, true, "");

    private void Close() => _open = false;

    private async Task KeyAsync(KeyboardEventArgs key)
    {
        if (key.Key == "Escape")
            Close();
        else if (key.Key == "Enter" && _query.Trim().Length > 0 && Found.FirstOrDefault() is { } first)
            await PickAsync(first);
    }

    private async Task PickAsync(CatalogItem item)
    {
        if (!_open)
            return;
        Close();
        await Picked.InvokeAsync(item);
    }
}
