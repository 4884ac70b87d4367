using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using PropertyManager.Domain.Configuration.Catalog;
using PropertyManager.Domain.Configuration.Evaluation;

namespace PropertyManager.Domain.Configuration.Validation;

/// <summary>
/// Regular expressions that no engine can run in bounds: an automaton would be too large, or backtracking could take longer than anybody waits. One
/// object serves one tree.
/// </summary>
internal sealed class ExpressionChecks
{
    /// <summary>Automata that are built to see whether they fit, at most: a tree that wants more is refused for the rest.</summary>
    private const int MaxBuilt = 1_000;

    private readonly Dictionary<string, string?> _known = new(StringComparer.Ordinal);
    private int _built;

    /// <summary>The messages about the expressions among the options of a behavior or criterion.</summary>
    public IEnumerable<ValidationMessage> Of(CatalogItem item, OptionSet options, string pointer)
    {
        foreach (var option in item.Options.Where(option => option.IsExpression && RuleCatalog.IsShown(option, options)))
        {
            if (options.Find(option.Name) is { ValueKind: JsonValueKind.String } value && WhyRefused(value.GetString()!) is { } why)
            {
                yield return new(
                    Severity.Error,
                    "An expression that takes too long",
                    $"{item.Label}: {option.Label} cannot be run for every request: {why}",
                    $"{pointer}/options/{JsonPath.Escape(option.Name)}"
                );
            }
        }
    }

    private string? WhyRefused(string expression)
    {
        if (expression.Length > SafeRegex.MaxLength)
        {
            return string.Create(
                CultureInfo.InvariantCulture,
                $"it has {expression.Length:N0} characters, and {SafeRegex.MaxLength:N0} are possible. Shorten it."
            );
        }

        if (!_known.TryGetValue(expression, out var why))
        {
            _known[expression] = why = WhyRefused(expression, ExpressionShape.Of(expression));
        }

        return why;
    }

    private string? WhyRefused(string expression, ExpressionShape shape) =>
        shape.IsFreeSpaced ? "the option (?x) hides which of its characters count. Write it without white space and comments."
        : shape is { NeedsBacktracking: true, IsNested: true }
            ? "it repeats a repetition, and a look-around, back-reference or atomic group in it needs backtracking, which can then take time that doubles with each character. Write the repetition once, or do without the other."
        : shape.AmbiguousSteps > ExpressionShape.SmallNesting
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"it repeats a repetition with nothing between the two, {shape.AmbiguousSteps:N0} steps when it is written out, so that a text can be divided among them in too many ways. Write one repetition, or put between them what separates the parts."
            )
        : IsTooLarge(expression, shape) ? "its counted repetitions are too large when they are written out. Lower the counts."
        : null;

    private bool IsTooLarge(string expression, ExpressionShape shape)
    {
        // What is not nested is no work for the other engine, however large it is.
        if (shape.NestedSteps <= ExpressionShape.SmallNesting || shape.NeedsBacktracking)
        {
            return false;
        }

        try
        {
            return ++_built > MaxBuilt || SafeRegex.BuildAutomaton(expression, RegexOptions.CultureInvariant) is null;
        }
        catch (ArgumentException)
        {
            return false; // it is no expression, and never matches
        }
    }
}
