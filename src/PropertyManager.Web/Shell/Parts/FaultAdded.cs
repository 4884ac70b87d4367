namespace PropertyManager.Web.Shell.Parts;

/// <summary>What came of setting a fault: exactly one of <see cref="Problem"/> and <see cref="Undo"/> is not null.</summary>
/// <param name="Problem">Why it is not set, in words; empty where that is said elsewhere.</param>
/// <param name="Undo">How to take it back.</param>
public sealed record FaultAdded(string? Problem, FaultUndo? Undo)
{
    /// <summary>It is not set, and where it could be put right says why.</summary>
    public static FaultAdded Elsewhere { get; } = new("", Undo: null);

    /// <summary>It is not set.</summary>
    public static FaultAdded Refused(string problem) => new(problem, Undo: null);

    /// <summary>It is set.</summary>
    public static FaultAdded Done(FaultUndo undo) => new(Problem: null, undo);
}

/// <summary>A fault that was just set, and the way back.</summary>
/// <param name="Text">What was set and where, and what undoing it does.</param>
/// <param name="IsPossible">False as soon as the fault is not there any more, or has become history.</param>
/// <param name="RunAsync">Takes it back; why that was refused in words, or null. Throws where it fails; it can then be called again.</param>
public sealed record FaultUndo(string Text, Func<bool> IsPossible, Func<CancellationToken, Task<string?>> RunAsync);
