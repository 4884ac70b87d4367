using PropertyManager.Domain.Properties;

namespace PropertyManager.Web.Features.Audience;

/// <summary>A row of the table.</summary>
/// <param name="Key">Stays when the request changes, and tells two that are alike apart.</param>
/// <param name="Request">What is asked for.</param>
public sealed record AudienceRow(int Key, AudienceRequest Request);

/// <summary>An audience while it is changed: what was read, and what it has become.</summary>
public sealed class AudienceSheet
{
    private readonly IReadOnlyList<AudienceRequest> _default;
    private readonly List<AudienceRow> _rows = [];
    private int _lastKey;

    /// <summary>Begins with what is stored.</summary>
    /// <param name="stored">As it was read; empty where the default stands for it.</param>
    /// <param name="default">What stands for an empty one.</param>
    public AudienceSheet(IReadOnlyList<AudienceRequest> stored, IReadOnlyList<AudienceRequest> @default)
    {
        (Stored, _default) = (stored, @default);
        Fill(stored.Count > 0 ? stored : @default);
    }

    /// <summary>What is stored, as far as this sheet knows: what the changes were made to.</summary>
    public IReadOnlyList<AudienceRequest> Stored { get; private set; }

    /// <summary>In their order.</summary>
    public IReadOnlyList<AudienceRow> Rows => _rows;

    /// <summary>What would be stored: the default is not written out, so that it follows the hostnames.</summary>
    public IReadOnlyList<AudienceRequest> Content => IsDefault ? [] : [.. _rows.Select(row => row.Request)];

    /// <summary>Nothing is said beside what holds anyhow.</summary>
    public bool IsDefault => _rows.Count == 0 || _rows.Select(row => row.Request).SequenceEqual(_default);

    /// <summary>There is something to save.</summary>
    public bool IsChanged => !Content.SequenceEqual(Stored);

    /// <summary>It has as many requests as it may.</summary>
    public bool IsFull => _rows.Count >= AudienceRequest.MaxCount;

    /// <summary>Of all requests, 0 to 1.</summary>
    public double Share(AudienceRow row) => row.Request.Weight / _rows.Sum(each => each.Request.Weight);

    /// <summary>Puts a request at the end, or below another.</summary>
    public AudienceRow Add(AudienceRequest request, int? below = null)
    {
        var row = new AudienceRow(++_lastKey, request);
        _rows.Insert(below is { } key ? At(key) + 1 : _rows.Count, row);
        return row;
    }

    /// <summary>Puts a request in the place of another.</summary>
    public void Change(int key, AudienceRequest request) => _rows[At(key)] = new(key, request);

    /// <summary>Takes a request out.</summary>
    public void Remove(int key) => _rows.RemoveAt(At(key));

    /// <summary>Back to what holds where nobody says anything.</summary>
    public void Reset() => Fill(_default);

    /// <summary>Back to what is stored.</summary>
    public void Discard() => Fill(Stored.Count > 0 ? Stored : _default);

    /// <summary>Something else is stored by now; what was changed here stays as it is.</summary>
    public void Rebase(IReadOnlyList<AudienceRequest> stored) => Stored = stored;

    private int At(int key) => _rows.FindIndex(row => row.Key == key);

    private void Fill(IReadOnlyList<AudienceRequest> requests)
    {
        _rows.Clear();
        _rows.AddRange(requests.Select(request => new AudienceRow(++_lastKey, request)));
    }
}
