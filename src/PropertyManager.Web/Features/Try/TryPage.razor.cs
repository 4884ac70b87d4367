using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.WebUtilities;
using PropertyManager.Domain;
using PropertyManager.Domain.Activations;
using PropertyManager.Domain.Configuration;
using PropertyManager.Domain.Configuration.Evaluation;
using PropertyManager.Web.Data;
using PropertyManager.Web.Engine;
using PropertyManager.Web.Shell.Parts;

namespace PropertyManager.Web.Features.Try;

/// <summary>A request, and what came of it by one version.</summary>
/// <param name="Version">Its number.</param>
public sealed record TriedRequest(int Version, EdgeAnswer Answer);

/// <summary>Try a request: a form and a curl line, answered by this version and by another beside it. What is tried stands in the address.</summary>
public sealed partial class TryPage
{
    private static readonly int[] OriginStatuses = [200, 206, 301, 304, 403, 404, 500, 503, 504];

    private LivePage<VersionView>? _page;
    private VersionsAnswer _versions = VersionsAnswer.Unknown;
    private string _line = "";
    private string _country = "";
    private string _ip = "";
    private int _origin = 200;
    private int _against;
    private string? _lineFault;
    private IReadOnlyList<string> _skipped = [];
    private string? _ipFault;
    private IReadOnlyList<TriedRequest> _tried = [];

    [Inject]
    public required VersionQuery Versions { get; init; }

    [Inject]
    public required EvaluationGate Gate { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    [Inject(Key = Simulated.Time)]
    public required TimeProvider Clock { get; init; }

    /// <summary><c>prp_…</c></summary>
    [Parameter]
    public required string PropertyId { get; set; }

    [Parameter]
    public required int Version { get; set; }

    /// <summary>The address that is asked for, or a curl line.</summary>
    [SupplyParameterFromQuery]
    public string? Url { get; set; }

    [SupplyParameterFromQuery]
    public string? Method { get; set; }

    [SupplyParameterFromQuery]
    public string? Country { get; set; }

    [SupplyParameterFromQuery]
    public string? Agent { get; set; }

    [SupplyParameterFromQuery]
    public string? Ip { get; set; }

    [SupplyParameterFromQuery]
    public int? Origin { get; set; }

    [SupplyParameterFromQuery]
    public int? Against { get; set; }

    private async Task<PageAnswer<VersionView>> LoadAsync(PageRead read)
    {
        // Without a request nothing is evaluated, and the other versions' rules are not needed.
        var (numbers, isTried) = (Against is { } against ? new[] { Version, against } : [Version], Url is not null);
        _versions = await Versions.ReadAsync(read.Access, PropertyId, isTried ? numbers : [Version], isTried, read.Cancellation);
        var answer = _versions.Find(Version);
        if (answer.View is { } view)
        {
            TakeAddress(view);
            await EvaluateAsync(view, read.Cancellation);
        }
        return answer.ForPage();
    }

    // What the links of other pages say in parts becomes the line that people edit.
    private void TakeAddress(VersionView view)
    {
        (_country, _ip, _origin) = (Country ?? "", Ip ?? "", Origin ?? 200);
        _against = Against ?? ActiveVersion(view) ?? 0;
        if (Url is not { Length: > 0 } url)
        {
            if (_line.Length == 0 && view.Hostnames.Count > 0)
                _line = $"https://{new HostnameLookup(view.Hostnames.Select(h => h.CnameFrom)).Example(view.Hostnames[0].CnameFrom)}/";
            return;
        }
        _line = url;
        if ((Method is { Length: > 0 } || Agent is { Length: > 0 }) && CurlLine.Read(url, Blank()).Request is { } request)
            _line = CurlLine.Write(
                request with
                {
                    Method = Method ?? request.Method,
                    Headers = Agent is { Length: > 0 } agent ? [KeyValuePair.Create("User-Agent", agent)] : request.Headers,
                }
            );
    }

    private async Task EvaluateAsync(VersionView view, CancellationToken cancellation)
    {
        _tried = [];
        (_lineFault, _ipFault, _skipped) = (null, null, []);
        if (Url is null)
            return;
        var client = CurlLine.Client(_ip);
        _ipFault = client is null ? $"“{_ip}” is no IP address." : null;
        var read = CurlLine.Read(_line, Blank() with { Client = new EdgeClient(client ?? new([192, 0, 2, 1]), _country, Continents.Of(_country)) });
        (var request, _lineFault, _skipped) = read;
        if (request is null || client is null)
            return;
        var other = _against > 0 && _against != Version ? _versions.Find(_against).View : null;
        VersionView[] views = other is null ? [view] : [other, view];
        _tried = await Gate.RunAsync<IReadOnlyList<TriedRequest>>(
            budget => [.. views.Select(one => new TriedRequest(one.Version.Number, Evaluate(one, request, budget)))],
            cancellation
        );
    }

    private static EdgeAnswer Evaluate(VersionView view, EdgeRequest request, EvaluationBudget budget) =>
        new RuleEvaluator(view.Rules, view.Hostnames, budget).Evaluate(request);

    private EdgeRequest Blank() =>
        new("GET", "https", "", "/")
        {
            Time = Clock.GetUtcNow(),
            Origin = new OriginAnswer(_origin, [KeyValuePair.Create("Content-Type", "text/html")], _origin == 504),
        };

    private void Try()
    {
        var query = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["url"] = _line.Trim(),
            ["country"] = _country,
            ["ip"] = _ip.Trim(),
            ["origin"] = _origin == 200 ? "" : _origin.ToString(CultureInfo.InvariantCulture),
            ["against"] = _against.ToString(CultureInfo.InvariantCulture),
        };
        var address = Links.Try(_page!.View!.Property.Id, Version);
        Navigation.NavigateTo(QueryHelpers.AddQueryString(address, query.Where(pair => !string.IsNullOrEmpty(pair.Value))), replace: Url is null);
    }

    private int? ActiveVersion(VersionView view) =>
        view
            .Activations.Where(a => a.State == ActivationState.Active && a.Version != Version)
            .OrderByDescending(a => a.Network == Network.Production)
            .Select(a => (int?)a.Version)
            .FirstOrDefault();

    private string ActiveOn(int version) =>
        _page!.View!.Activations.FirstOrDefault(a => a.State == ActivationState.Active && a.Version == version) is { } active
            ? $" (active on {ActivationLabels.Name(active.Network).ToLowerInvariant()})"
            : "";
}
