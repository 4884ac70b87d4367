namespace PropertyManager.Domain.Configuration.Evaluation;

/// <summary>Reads headers, and pairs out of a query or a <c>Cookie</c> header, without making texts of them.</summary>
internal static class Fields
{
    /// <summary>The first value of a header; null when it is not there.</summary>
    public static string? Find(IReadOnlyList<KeyValuePair<string, string>> headers, string name)
    {
        for (var i = 0; i < headers.Count; i++)
        {
            if (string.Equals(headers[i].Key, name, StringComparison.OrdinalIgnoreCase))
            {
                return headers[i].Value ?? "";
            }
        }

        return null;
    }

    /// <summary>The value of a query parameter as it was sent; null when it is not there.</summary>
    public static string? Parameter(string query, string name)
    {
        foreach (var pair in new Pairs(query, '&'))
        {
            if (pair.Name.Equals(name, StringComparison.Ordinal))
            {
                return pair.Value.ToString();
            }
        }

        return null;
    }

    /// <summary>The value of a cookie; null when it is not there.</summary>
    public static string? Cookie(IReadOnlyList<KeyValuePair<string, string>> headers, string name)
    {
        for (var i = 0; i < headers.Count; i++)
        {
            if (!string.Equals(headers[i].Key, "Cookie", StringComparison.OrdinalIgnoreCase))
            {
                continue;
            }

            foreach (var pair in new Pairs(headers[i].Value, ';'))
            {
                if (pair.Name.Equals(name, StringComparison.Ordinal))
                {
                    return pair.Value.ToString();
                }
            }
        }

        return null;
    }

    /// <summary>A text with its percent escapes resolved.</summary>
    public static string Decode(string text) => text.Contains('%', StringComparison.Ordinal) ? Uri.UnescapeDataString(text) : text;
}

/// <summary>The pairs <c>name=value</c> of a text; a piece without the sign is a name with an empty value, an empty piece is passed over.</summary>
internal ref struct Pairs(ReadOnlySpan<char> text, char separator)
{
    private ReadOnlySpan<char> _rest = text;

    /// <summary>The pair that was read last.</summary>
    public Pair Current { get; private set; }

    public readonly Pairs GetEnumerator() => this;

    public bool MoveNext()
    {
        while (!_rest.IsEmpty)
        {
            var end = _rest.IndexOf(separator);
            var piece = (end < 0 ? _rest : _rest[..end]).Trim();
            _rest = end < 0 ? default : _rest[(end + 1)..];
            if (!piece.IsEmpty)
            {
                Current = new Pair(piece);
                return true;
            }
        }

        return false;
    }
}

/// <summary>A name and its value.</summary>
internal readonly ref struct Pair
{
    public Pair(ReadOnlySpan<char> piece)
    {
        var sign = piece.IndexOf('=');
        Whole = piece;
        Name = sign < 0 ? piece : piece[..sign];
        Value = sign < 0 ? default : piece[(sign + 1)..];
    }

    public ReadOnlySpan<char> Whole { get; }
    public ReadOnlySpan<char> Name { get; }
    public ReadOnlySpan<char> Value { get; }
}
