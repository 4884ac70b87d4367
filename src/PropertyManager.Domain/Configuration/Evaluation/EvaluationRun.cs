using System.Net;
using System.Net.Sockets;

namespace PropertyManager.Domain.Configuration.Evaluation;

/// <summary>
/// One request on its way through the rules. An object serves many requests one after the other, so that deciding makes no garbage; one thread
/// has it at a time.
/// </summary>
internal sealed class EvaluationRun(int rules, IReadOnlyList<string> initialVariables, EvaluationBudget budget)
{
    /// <summary>The path of every request before the first: an origin-form path starts with a slash.</summary>
    private static readonly EdgeRequest Nothing = new("GET", "https", "", "/");

    /// <summary>Characters that templates may make for one request: no tree can make it grow without end.</summary>
    private const long MaxExpanded = 16_000_000;

    private static readonly EvaluationNote TooMuchText = new("", "The rules make more than 16,000,000 characters out of variables for one request.");

    private readonly string[] _initial = [.. initialVariables];
    private int _nameAt;
    private int _dotAt;
    private char[] _folded = new char[512];
    private string? _normalizedPath;
    private UInt128? _address;
    private long _expanded;

    /// <summary>Settings so far.</summary>
    public EdgeState State;

    /// <summary>Values of user variables, by number.</summary>
    public string[] Variables { get; } = new string[initialVariables.Count];

    /// <summary>Which variables could not be set, by number.</summary>
    public bool[] VariableErrors { get; } = new bool[initialVariables.Count];

    /// <summary>Which rules matched, by index.</summary>
    public bool[] Matched { get; } = new bool[rules];

    /// <summary>The request.</summary>
    public EdgeRequest Request { get; private set; } = Nothing;

    /// <summary>Status of the response that rules are asked about: the origin's, or that of the edge's own answer.</summary>
    public int ResponseStatus { get; private set; }

    /// <summary>Its headers as they came; none where the edge answers.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> ResponseHeaders { get; private set; } = [];

    /// <summary>Whether the origin is asked and does not answer in time.</summary>
    public bool TimedOut { get; private set; }

    /// <summary>Whether the origin is asked on a miss: no rule about the request answers it.</summary>
    public bool AsksOrigin { get; private set; }

    /// <summary>Header changes and settings in words are kept: an answer for people is made.</summary>
    public bool Tracing { get; private set; }

    /// <summary>Changes to headers in the order they were made; only while tracing.</summary>
    public List<HeaderChange> HeaderChanges { get; } = [];

    /// <summary>Parts that <c>cacheId</c> adds to the key; only while tracing.</summary>
    public List<string> KeyParts { get; } = [];

    /// <summary>Counts the behaviors that acted.</summary>
    public int Turn { get; set; }

    /// <summary>The last segment of the path; empty when the path ends in a slash.</summary>
    public ReadOnlySpan<char> FileName => Request.Path.AsSpan(_nameAt);

    /// <summary>What follows the last dot of the file name; empty when there is none.</summary>
    public ReadOnlySpan<char> Extension => _dotAt < 0 ? default : Request.Path.AsSpan(_dotAt + 1);

    /// <summary>The path folded; made once for all rules that ask.</summary>
    public ReadOnlySpan<char> FoldedPath => _folded.AsSpan(0, Request.Path.Length);

    /// <summary>The file name folded.</summary>
    public ReadOnlySpan<char> FoldedFileName => FoldedPath[_nameAt..];

    /// <summary>The extension folded.</summary>
    public ReadOnlySpan<char> FoldedExtension => _dotAt < 0 ? default : FoldedPath[(_dotAt + 1)..];

    /// <summary>The host folded.</summary>
    public ReadOnlySpan<char> FoldedHost => _folded.AsSpan(Request.Path.Length, Request.Host.Length);

    /// <summary>The path decoded, with double slashes, <c>.</c> and <c>..</c> resolved.</summary>
    public string NormalizedPath => _normalizedPath ??= PathNormalizer.Normalize(Request.Path);

    /// <summary>The connecting address. Ask for it here, never of the request: see <see cref="DependsOnClient" />.</summary>
    public IPAddress ClientAddress
    {
        get
        {
            DependsOnClient = true;
            return Request.Client.Address;
        }
    }

    /// <summary>What decides what is left to chance. Ask for it here, never of the request: see <see cref="DependsOnClient" />.</summary>
    public double Draw
    {
        get
        {
            DependsOnClient = true;
            return Request.Draw;
        }
    }

    /// <summary>
    /// Whether address or draw was asked for. Where neither was, requests that differ in nothing else are all answered in the same way.
    /// </summary>
    public bool DependsOnClient { get; private set; }

    /// <summary>The connecting address as 128 bits; IPv4 in its mapped form.</summary>
    public UInt128 Address => _address ??= AddressRange.Bits(ClientAddress);

    /// <summary>Whether the client came over IPv6.</summary>
    public bool IsV6 => ClientAddress is { AddressFamily: AddressFamily.InterNetworkV6, IsIPv4MappedToIPv6: false };

    /// <summary>How long the evaluation may go on.</summary>
    public EvaluationBudget Budget => budget;

    /// <summary>Nothing is known about the answer any more: what is left of the rules need not be asked.</summary>
    public bool IsStopped { get; private set; }

    /// <summary>What stopped it; null when the budget did.</summary>
    public EvaluationNote? StoppedBy { get; private set; }

    /// <summary>Whether it is stopped, by the budget among others: asked before whatever may take long.</summary>
    public bool IsOver => IsStopped || (budget.IsSpent && !Stop(null));

    /// <summary>Ends the run without an answer. Always false, so that a criterion can return it.</summary>
    public bool Stop(EvaluationNote? why)
    {
        StoppedBy = IsStopped ? StoppedBy : why;
        IsStopped = true;
        return false;
    }

    /// <summary>Counts text that was made of variables.</summary>
    public void Expanded(int length)
    {
        _expanded += length;
        if (_expanded > MaxExpanded)
        {
            Stop(TooMuchText);
        }
    }

    /// <summary>Takes the next request.</summary>
    public void Begin(EdgeRequest request, bool tracing)
    {
        Request = request;
        Tracing = tracing;
        DependsOnClient = false;
        IsStopped = false;
        StoppedBy = null;
        _expanded = 0;
        AsksOrigin = true;
        TimedOut = request.Origin.TimedOut;
        ResponseStatus = TimedOut ? 504 : request.Origin.Status;
        ResponseHeaders = request.Origin.Headers;
        Array.Clear(Matched);
        _nameAt = request.Path.LastIndexOf('/') + 1;
        var dot = request.Path.AsSpan(_nameAt).LastIndexOf('.');
        _dotAt = dot < 0 ? -1 : _nameAt + dot;
        FoldTexts(request.Path, request.Host);
        _normalizedPath = null;
        _address = null;
        Restart();
    }

    /// <summary>The edge answers by itself: there is no origin's response to ask about.</summary>
    public void AnswerAtEdge(int status)
    {
        AsksOrigin = false;
        TimedOut = false;
        ResponseStatus = status;
        ResponseHeaders = [];
    }

    /// <summary>Forgets the settings, and keeps which rules matched: for the second stage.</summary>
    public void Restart()
    {
        State = default;
        Turn = 0;
        _initial.CopyTo(Variables, 0);
        Array.Clear(VariableErrors);
        HeaderChanges.Clear();
        KeyParts.Clear();
    }

    /// <summary>Lets go of the request, so that a waiting object keeps nothing alive.</summary>
    public void End()
    {
        Request = Nothing;
        ResponseHeaders = [];
    }

    private void FoldTexts(string path, string host)
    {
        var length = path.Length + host.Length;
        if (_folded.Length < length)
        {
            _folded = new char[length];
        }

        Folding.Fold(path, _folded.AsSpan(0, path.Length));
        Folding.Fold(host, _folded.AsSpan(path.Length, host.Length));
    }

    /// <summary>The first value of a request header; null when it is not there.</summary>
    public string? Header(string name) => Fields.Find(Request.Headers, name);

    /// <summary>The client's address as a proxy before the edge gave it; null when none did.</summary>
    public string? ForwardedAddress()
    {
        if (Header("X-Forwarded-For") is not { } forwarded)
        {
            return null;
        }

        var comma = forwarded.IndexOf(',', StringComparison.Ordinal);
        return (comma < 0 ? forwarded : forwarded[..comma]).Trim();
    }
}
