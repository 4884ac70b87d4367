namespace PropertyManager.Domain.Configuration.Evaluation;

/// <summary>What is shared while one tree is compiled: the user variables, numbered, and what was found wrong.</summary>
/// <param name="budget">How long compiling, and all evaluation afterwards, may go on.</param>
internal sealed class CompileScope(EvaluationBudget budget)
{
    private readonly Dictionary<string, int> _variables = new(StringComparer.Ordinal);
    private readonly List<string> _initial = [];
    private readonly OrderedDictionary<EvaluationNote, bool> _notes = [];

    /// <summary>The budget was spent before the tree was compiled: nothing can be evaluated with it.</summary>
    public bool IsOver => budget.IsSpent;

    /// <summary>What was wrong, in the order of the tree.</summary>
    public IReadOnlyList<EvaluationNote> Notes => _notes.Keys;

    /// <summary>What the variables hold when a request arrives, by number.</summary>
    public IReadOnlyList<string> InitialValues => _initial;

    /// <summary>Keeps a note; the same twice is one: an option may be read for what it does and for its words.</summary>
    public void Note(string pointer, string message) => _notes.TryAdd(new EvaluationNote(pointer, message), true);

    /// <summary>Takes in a variable of the default rule. Of two with one name the later stands.</summary>
    public void Declare(string name, string value) => _initial[Variable(name)] = value;

    /// <summary>The number of a variable; one that is nowhere declared is empty until it is set.</summary>
    public int Variable(string name)
    {
        if (!_variables.TryGetValue(name, out var number))
        {
            number = _initial.Count;
            _variables.Add(name, number);
            _initial.Add("");
        }

        return number;
    }
}
