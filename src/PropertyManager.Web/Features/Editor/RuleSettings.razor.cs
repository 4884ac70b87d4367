using Microsoft.AspNetCore.Components;
using PropertyManager.Web.Data;
using PropertyManager.Web.Shell.Parts;

namespace PropertyManager.Web.Features.Editor;

/// <summary>
/// Property Configuration Settings: the rule tree, and the rule that is chosen in it. What is chosen and searched for stands in the
/// address; the page hands it in.
/// </summary>
public sealed partial class RuleSettings : IDisposable
{
    /// <summary>The address follows the search when the typing pauses for so long.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(400);

    private readonly HashSet<string> _closed = new(StringComparer.Ordinal);
    private readonly List<string> _written = [];
    private VersionView? _of;
    private RuleNode _root = null!;
    private RuleNode _chosen = null!;
    private string _query = "";
    private string _given = "";
    private HashSet<string> _found = [];
    private HashSet<string>? _shown;
    private CancellationTokenSource? _typing;

    [Inject]
    public required NavigationManager Navigation { get; init; }

    [Inject]
    public required TimeProvider Time { get; init; }

    [Parameter, EditorRequired]
    public required VersionView View { get; set; }

    /// <summary>JSON pointer to the chosen rule. Without one it is the first rule that is found, or the default rule.</summary>
    [Parameter]
    public string? Place { get; set; }

    [Parameter]
    public string? Query { get; set; }

    private RuleSearch Search => new(_query.Trim());

    private RuleTreeState State => new(_chosen.Place, _found, _shown, _closed, LinkOf);

    public void Dispose()
    {
        _typing?.Cancel();
        _typing?.Dispose();
    }

    protected override void OnParametersSet()
    {
        if (View != _of)
        {
            _of = View;
            _root = RuleNode.Of(View.Rules);
            _closed.Clear();
        }
        TakeQuery(Query ?? "");
        Find();
    }

    // What was written here comes back when more may be typed already: only what comes from elsewhere is taken over.
    private void TakeQuery(string given)
    {
        var own = _written.IndexOf(given);
        if (own >= 0)
            _written.RemoveRange(0, own + 1);
        else if (given != _given)
            _query = given;
        _given = given;
    }

    private void Find()
    {
        var search = Search;
        var nodes = _root.All().ToList();
        var found =
            search.Text.Length == 0
                ? []
                : nodes.Where(node => search.Finds(node.Rule) || node.Name.Contains(search.Text, StringComparison.OrdinalIgnoreCase)).ToList();
        _found = found.Select(node => node.Place).ToHashSet(StringComparer.Ordinal);
        _shown =
            search.Text.Length == 0
                ? null
                : found.SelectMany(node => node.Above().Append(node)).Select(node => node.Place).ToHashSet(StringComparer.Ordinal);
        _chosen = nodes.Find(node => node.Place == Place) ?? found.FirstOrDefault() ?? _root;
        foreach (var above in _chosen.Above())
            _closed.Remove(above.Place);
    }

    private async Task SearchAsync(string? typed)
    {
        _query = typed ?? "";
        Find();
        if (_typing is not null)
        {
            await _typing.CancelAsync();
            _typing.Dispose();
        }
        _typing = new CancellationTokenSource();
        _ = WriteAddressAsync(_typing.Token);
    }

    private async Task WriteAddressAsync(CancellationToken typed)
    {
        await Task.Delay(Pause, Time, typed).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        if (typed.IsCancellationRequested)
            return;
        _written.Add(_query.Trim());
        Navigation.NavigateTo(Address(Place), replace: true);
    }

    private void Toggle(RuleNode node)
    {
        if (!_closed.Remove(node.Place))
            _closed.Add(node.Place);
    }

    private string LinkOf(RuleNode node) => Address(node.Place);

    private string Address(string? pointer)
    {
        var path = Links.Version(View.Property.Id, View.Version.Number);
        var query = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["rule"] = pointer,
            ["q"] = _query.Trim() is { Length: > 0 } text ? text : null,
        };
        return Navigation.GetUriWithQueryParameters(Navigation.ToAbsoluteUri(path).AbsoluteUri, query);
    }
}
