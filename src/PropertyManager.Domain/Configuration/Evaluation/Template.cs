using System.Text;

namespace PropertyManager.Domain.Configuration.Evaluation;

/// <summary>
/// An option's text with <c>{{user.NAME}}</c> and <c>{{builtin.NAME}}</c> in it. Other double braces are not variables and stay as they are
/// (<c>{{Origin Hostname}}</c>).
/// </summary>
internal sealed class Template
{
    /// <summary>Longest text a template is expanded to, in characters: variables are bounded so that no tree can make a request grow.</summary>
    public const int MaxLength = 8192;

    private const string User = "user.";
    private const string Builtin = "builtin.";
    private readonly List<Part> _parts = [];
    private readonly string? _expanded;

    private Template(string text, CompileScope scope, string pointer)
    {
        var at = 0;
        while (at < text.Length)
        {
            var open = text.IndexOf("{{", at, StringComparison.Ordinal);
            var close = open < 0 ? -1 : text.IndexOf("}}", open, StringComparison.Ordinal);
            if (close < 0)
            {
                break;
            }

            var name = text[(open + 2)..close];
            var known = name.StartsWith(User, StringComparison.Ordinal) || name.StartsWith(Builtin, StringComparison.Ordinal);
            if (!known)
            {
                AddLiteral(text[at..(open + 2)]);
                at = open + 2;
                continue;
            }

            AddLiteral(text[at..open]);
            AddVariable(name, scope, pointer);
            at = close + 2;
        }

        AddLiteral(text[Math.Min(at, text.Length)..]);
        Constant = _parts.TrueForAll(part => part.Literal is not null) ? string.Concat(_parts.Select(part => part.Literal)) : null;
        _expanded = Constant is null ? null : Cut(Constant);
    }

    /// <summary>The text itself when there are no variables in it; null otherwise.</summary>
    public string? Constant { get; }

    /// <summary>Takes a text apart. A built-in variable that is not known here is noted and stays empty.</summary>
    public static Template Parse(string text, CompileScope scope, string pointer) => new(text, scope, pointer);

    /// <summary>At most <see cref="MaxLength" /> characters of a text.</summary>
    public static string Cut(string text) => text.Length > MaxLength ? text[..MaxLength] : text;

    /// <summary>At most <see cref="MaxLength" /> characters of a text.</summary>
    public static string Cut(StringBuilder text) => text.ToString(0, Math.Min(text.Length, MaxLength));

    /// <summary>The text for one request, at most <see cref="MaxLength" /> characters of it.</summary>
    public string Expand(EvaluationRun run)
    {
        if (_expanded is not null)
        {
            return _expanded;
        }

        if (_parts is [var only])
        {
            return only.Value(run);
        }

        var text = new StringBuilder();
        foreach (var part in _parts)
        {
            if (run.IsStopped || text.Length > MaxLength)
            {
                break;
            }

            text.Append(part.Value(run));
        }

        run.Expanded(text.Length);
        return Cut(text);
    }

    private void AddLiteral(string text)
    {
        if (text.Length > 0)
        {
            _parts.Add(new Part(text, -1, null));
        }
    }

    private void AddVariable(string name, CompileScope scope, string pointer)
    {
        if (name.StartsWith(User, StringComparison.Ordinal))
        {
            _parts.Add(new Part(null, scope.Variable(name[User.Length..]), null));
            return;
        }

        var read = Builtins.Find(name[Builtin.Length..]);
        if (read is null)
        {
            scope.Note(pointer, $"{{{{{name}}}}} is not known here and taken as empty.");
        }

        _parts.Add(new Part(null, -1, read ?? (_ => "")));
    }

    private readonly record struct Part(string? Literal, int Variable, Func<EvaluationRun, string>? Read)
    {
        public string Value(EvaluationRun run) => Literal ?? (Read is null ? run.Variables[Variable] : Read(run));
    }
}
