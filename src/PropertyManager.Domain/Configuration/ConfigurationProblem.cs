using System.Diagnostics.CodeAnalysis;

[assembly: SuppressMessage(
    "Naming",
    "CA1720:Identifier contains type name",
    Scope = "namespaceanddescendants",
    Target = "~N:PropertyManager.Domain.Configuration",
    Justification = "A JSON pointer is called that (RFC 6901)."
)]

namespace PropertyManager.Domain.Configuration;

/// <summary>Why a text could not be taken as a configuration.</summary>
/// <param name="Pointer">JSON pointer (RFC 6901) into the text; empty for the whole text, and where the text is not JSON.</param>
/// <param name="Line">Line in the text, from 1; null when the problem is not in one place.</param>
/// <param name="Column">Character in the line, from 1; null with <paramref name="Line" />.</param>
/// <param name="Message">What is wrong and what is wanted, in a sentence.</param>
public sealed record ConfigurationProblem(string Pointer, int? Line, int? Column, string Message);

/// <summary>What a text was read as, or the problems that stood in the way: always one of the two.</summary>
public sealed record Parsed<T>
    where T : class
{
    internal Parsed(T value) => Value = value;

    internal Parsed(IReadOnlyList<ConfigurationProblem> problems) => Problems = problems;

    /// <summary>What was read; null when there are problems.</summary>
    public T? Value { get; }

    /// <summary>In the order of the text; empty when it could be read.</summary>
    public IReadOnlyList<ConfigurationProblem> Problems { get; } = [];

    /// <summary>Whether the text could be read.</summary>
    [MemberNotNullWhen(true, nameof(Value))]
    public bool Succeeded => Value is not null;
}
