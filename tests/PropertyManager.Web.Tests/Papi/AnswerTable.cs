using System.Text.RegularExpressions;

namespace PropertyManager.Web.Tests.Papi;

/// <summary>
/// What the public description defines for each operation's answer (members of the body, and headers), and whether the product answers it:
/// <c>answers.tsv</c>, a line each, sorted.
/// </summary>
internal static class AnswerTable
{
    /// <summary>Before the name of a header.</summary>
    public const string Header = "header ";

    private const string Root = "/papi/v1";

    /// <summary>That are there under circumstances which an answer does not tell.</summary>
    private static readonly string[] Conditional =
    [
        "Retry-After",
        "X-Limit-Default-Certs-Per-Contract-Limit",
        "X-Limit-Default-Certs-Per-Contract-Remaining",
        "X-Limit-Properties-Per-Contract-Limit",
        "X-Limit-Properties-Per-Contract-Remaining",
    ];

    private static readonly Lazy<IReadOnlyList<AnswerRow>> All = new(Read);

    private static readonly Lazy<IReadOnlyList<HeaderRule>> Headers = new(() =>
        [
            .. All
                .Value.Where(row => row.IsPresent && row.Member.StartsWith(Header, StringComparison.Ordinal))
                .Select(row => (row.Operation, Name: row.Member[Header.Length..]))
                .Where(row => !Conditional.Contains(row.Name, StringComparer.Ordinal))
                .GroupBy(row => row.Operation, StringComparer.Ordinal)
                .Select(rows => HeaderRule.Of(rows.Key, [.. rows.Select(row => row.Name)])),
        ]
    );

    /// <summary>The lines.</summary>
    public static IReadOnlyList<AnswerRow> Rows => All.Value;

    /// <summary>Fails when an answer lacks a header that the table says is there.</summary>
    public static void CheckHeaders(string method, string path, PapiReply reply)
    {
        var bare = path.Split('?')[0].TrimEnd('/');
        if (
            !bare.StartsWith(Root + "/", StringComparison.Ordinal)
            || reply.Status is not ((>= 200 and < 300) or 302)
            // What was only tried out is nowhere.
            || reply.Json?["dryRun"] is not null
        )
            return;
        var rule = Headers.Value.Where(rule => rule.IsOf(method, bare[Root.Length..])).MinBy(rule => rule.Gaps);
        foreach (var name in rule?.Names ?? [])
            Assert.True(reply.Headers.ContainsKey(name), $"{method} {path} ({reply.Status}) lacks the header {name}.");
    }

    /// <summary>An operation without the names of the gaps in its path: the product names some of them otherwise.</summary>
    public static string Bare(string operation) => Regex.Replace(operation, @"\{[^}]*\}", "{}", RegexOptions.NonBacktracking);

    private static List<AnswerRow> Read()
    {
        using var stream = typeof(AnswerTable).Assembly.GetManifestResourceStream("answers.tsv")!;
        using var reader = new StreamReader(stream);
        List<AnswerRow> rows = [];
        while (reader.ReadLine() is { } line)
        {
            var parts = line.Split('\t');
            rows.Add(parts is [var operation, var member, var state] ? new(operation, member, state) : throw new InvalidDataException(line));
        }
        return rows;
    }

    private sealed record HeaderRule(string Method, Regex Path, int Gaps, IReadOnlyList<string> Names)
    {
        public static HeaderRule Of(string operation, IReadOnlyList<string> names)
        {
            var (method, path) = (operation.Split(' ')[0], operation.Split(' ')[1]);
            var pattern = $"^{Bare(path).Replace("{}", "[^/]+", StringComparison.Ordinal)}$";
            return new(method, new Regex(pattern, RegexOptions.NonBacktracking, TimeSpan.FromSeconds(1)), path.Count(c => c == '{'), names);
        }

        public bool IsOf(string method, string path) => Method.Equals(method, StringComparison.OrdinalIgnoreCase) && Path.IsMatch(path);
    }
}

/// <summary>A line of the table.</summary>
/// <param name="Operation">Such as <c>get /properties/{propertyId}</c>; or <c>problem 404</c>, of every operation.</param>
/// <param name="Member">Such as <c>versions.items[].etag</c> or <c>header ETag</c>.</param>
/// <param name="State"><c>present</c>, or <c>absent: </c> and the reason.</param>
internal sealed record AnswerRow(string Operation, string Member, string State)
{
    private const string Absent = "absent: ";

    public bool IsPresent => State == "present";

    public bool IsAbsent => State.StartsWith(Absent, StringComparison.Ordinal) && State.Length > Absent.Length;
}
