using System.Text;

namespace PropertyManager.Domain.Configuration.Evaluation;

/// <summary>The behavior <c>rewriteUrl</c>. It changes what the origin is asked for; rules go on seeing the request as it came.</summary>
internal sealed class UrlRewrite(Func<EvaluationRun, string> path, bool keepsQuery)
{
    public static Action<EvaluationRun, int> Compile(OptionReader reader)
    {
        var match = reader.Template("match");
        var all = reader.Flag("matchMultiple");
        var behavior = reader.Choice("behavior", "REPLACE", "REMOVE", "REWRITE", "PREPEND", "REGEX_REPLACE");
        Func<EvaluationRun, string> path;
        switch (behavior)
        {
            case "REPLACE":
                var target = reader.Template("targetPath");
                path = run => Replace(run.Request.Path, match.Expand(run), target.Expand(run), all);
                break;
            case "REMOVE":
                path = run => Replace(run.Request.Path, match.Expand(run), "/", all);
                break;
            case "REWRITE":
                _ = reader.Required("targetUrl");
                path = reader.Template("targetUrl").Expand;
                break;
            case "PREPEND":
                var prefix = reader.Template("targetPathPrepend");
                path = run => prefix.Expand(run).TrimEnd('/') + run.Request.Path;
                break;
            default:
                path = ByRegex(reader, all);
                break;
        }

        var rewrite = new UrlRewrite(path, behavior != "REWRITE" || reader.Flag("keepQueryString", fallback: true));
        return (run, rule) => run.State.Rewrite = new(rewrite, rule, ++run.Turn);
    }

    /// <summary>Path and query for the origin.</summary>
    public (string Path, string Query) Apply(EvaluationRun run)
    {
        var whole = path(run);
        var mark = whole.IndexOf('?', StringComparison.Ordinal);
        var (rewritten, own) = mark < 0 ? (whole, "") : (whole[..mark], whole[(mark + 1)..]);
        var query = keepsQuery ? string.Join('&', new[] { own, run.Request.Query }.Where(part => part.Length > 0)) : own;
        return (rewritten.StartsWith('/') ? rewritten : "/" + rewritten, query);
    }

    private static Func<EvaluationRun, string> ByRegex(OptionReader reader, bool all)
    {
        var expression = reader.Expression("matchRegex", caseSensitive: true);
        var target = reader.Template("targetRegex");
        return run => expression?.Replace(run.Request.Path, target.Expand(run), all, run) ?? run.Request.Path;
    }

    private static string Replace(string path, string match, string target, bool all)
    {
        var made = new StringBuilder();
        var from = 0;
        for (var at = IndexOf(0); at >= 0 && (all || from == 0) && made.Length <= Template.MaxLength; at = IndexOf(from))
        {
            made.Append(path, from, at - from).Append(target);
            from = at + match.Length;
        }

        return from == 0 ? path : Template.Cut(made.Append(path, from, path.Length - from));

        int IndexOf(int start) => match.Length == 0 ? -1 : path.IndexOf(match, start, StringComparison.Ordinal);
    }
}
