using System.Text.Json;

namespace PropertyManager.Domain.Configuration.Evaluation;

/// <summary>
/// Reads the options of one criterion or behavior. An option of the wrong kind is noted and makes the whole item <see cref="Faulty" />; it is
/// then left out. Numbers and switches are also taken as text, as older files have them.
/// </summary>
internal sealed class OptionReader(OptionSet options, CompileScope scope, string pointer)
{
    /// <summary>Something could not be read.</summary>
    public bool Faulty { get; private set; }

    /// <summary>The item asks about the response; see <see cref="RuleEvaluator" /> on stages.</summary>
    public bool NeedsResponse { get; set; }

    /// <summary>Where the tree's variables are numbered.</summary>
    public CompileScope Scope => scope;

    /// <summary>Where the item stands in the tree.</summary>
    public string Pointer => pointer;

    /// <summary>Notes what is wrong with an option.</summary>
    public void Fault(string option, string what)
    {
        Faulty = true;
        scope.Note($"{pointer}/options/{JsonPath.Escape(option)}", what);
    }

    /// <summary>A text, a number or a switch as text; the fallback when it is not there.</summary>
    public string Text(string option, string fallback = "") => Scalar(option) ?? fallback;

    /// <summary>A text that must be there.</summary>
    public string Required(string option)
    {
        var text = Scalar(option);
        if (text is null && !Faulty)
        {
            Fault(option, $"{option} is missing.");
        }

        return text ?? "";
    }

    /// <summary>A text with variables.</summary>
    public Template Template(string option, string fallback = "") =>
        Evaluation.Template.Parse(Text(option, fallback), scope, $"{pointer}/options/{JsonPath.Escape(option)}");

    /// <summary>
    /// A regular expression that must be there; null, and a fault, where the text is none. With the budget spent nothing is built: what needs it
    /// is not evaluated any more.
    /// </summary>
    public RuleExpression? Expression(string option, bool caseSensitive)
    {
        var pattern = Required(option);
        if (scope.IsOver)
        {
            return null;
        }

        if (SafeRegex.Parse(pattern, caseSensitive) is { } regex)
        {
            return new RuleExpression(regex, $"{pointer}/options/{JsonPath.Escape(option)}");
        }

        Fault(option, $"\"{pattern}\" is no regular expression.");
        return null;
    }

    /// <summary>A switch.</summary>
    public bool Flag(string option, bool fallback = false)
    {
        if (options.Find(option) is not { ValueKind: not JsonValueKind.Null } value)
        {
            return fallback;
        }

        var text = Scalar(option);
        if (text is not null && bool.TryParse(text, out var flag) && value.ValueKind != JsonValueKind.Number)
        {
            return flag;
        }

        Fault(option, $"{option} is neither true nor false.");
        return fallback;
    }

    /// <summary>One of the given words, the first when it is not there.</summary>
    public string Choice(string option, params ReadOnlySpan<string> words)
    {
        var text = Text(option, words[0]);
        if (!words.Contains(text) && !Faulty)
        {
            Fault(option, $"\"{text}\" is not a value of {option}.");
        }

        return text;
    }

    /// <summary>A whole number, which may be a variable: null where it then is none.</summary>
    public Func<EvaluationRun, long?> Number(string option, long? fallback = null)
    {
        if (options.Find(option) is null && fallback is { } number)
        {
            return _ => number;
        }

        _ = Required(option);
        var template = Template(option);
        if (template.Constant is not { } text)
        {
            return run => Numbers.Parse(template.Expand(run));
        }

        var constant = Numbers.Parse(text);
        if (constant is null && !Faulty)
        {
            Fault(option, $"{option} is not a whole number.");
        }

        return _ => constant;
    }

    /// <summary>A status of a response, which is never a variable.</summary>
    public int Status(string option, int fallback, Func<long, bool> isAllowed)
    {
        var text = Scalar(option);
        var status = text is null ? fallback : Numbers.Parse(text);
        if (status is { } number && isAllowed(number))
        {
            return (int)number;
        }

        if (!Faulty)
        {
            Fault(option, $"\"{text}\" is no status that {option} can have.");
        }

        return fallback;
    }

    /// <summary>A duration such as <c>7d</c>, which may be a variable.</summary>
    public Func<EvaluationRun, TimeSpan?> Duration(string option, string? fallback = null)
    {
        if (fallback is null)
        {
            _ = Required(option);
        }

        var template = Template(option, fallback ?? "");
        if (template.Constant is not { } text)
        {
            return run => Durations.Parse(template.Expand(run));
        }

        var constant = Durations.Parse(text);
        if (constant is null && !Faulty)
        {
            Fault(option, $"\"{text}\" is no duration such as 7d.");
        }

        return _ => constant;
    }

    /// <summary>The texts of a list, or the one text that stands in its place. The option must be there.</summary>
    public IReadOnlyList<Template> List(string option, bool optional = false)
    {
        if (options.Find(option) is not { } value)
        {
            if (!optional)
            {
                Fault(option, $"{option} is missing.");
            }

            return [];
        }

        List<string?> texts = value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray().Select(JsonScalar.Text)] : [JsonScalar.Text(value)];
        if (texts.Contains(null))
        {
            Fault(option, $"{option} is not a list of texts.");
        }

        return [.. texts.OfType<string>().Select(text => Evaluation.Template.Parse(text, scope, pointer))];
    }

    /// <summary>A field of an option that is an object, as text; null when there is none.</summary>
    public string? Field(string option, string field) =>
        options.Find(option) is { ValueKind: JsonValueKind.Object } value && value.TryGetProperty(field, out var found)
            ? JsonScalar.Text(found)
            : null;

    private string? Scalar(string option)
    {
        if (options.Find(option) is not { ValueKind: not JsonValueKind.Null } value)
        {
            return null;
        }

        var text = JsonScalar.Text(value);
        if (text is null)
        {
            Fault(option, $"{option} is not a single value.");
        }

        return text;
    }
}
