namespace PropertyManager.Domain.Configuration.Evaluation;

/// <summary>
/// Texts made alike whatever their case, so that comparing them exactly is comparing the originals without regard to it: in upper case, as
/// <see cref="StringComparison.OrdinalIgnoreCase" /> has it.
/// </summary>
internal static class Folding
{
    /// <summary>A folded text.</summary>
    public static string Fold(string text) => string.Create(text.Length, text, static (folded, text) => Fold(text, folded));

    /// <summary>Folds into a span of the same length.</summary>
    public static void Fold(ReadOnlySpan<char> text, Span<char> folded) => text.ToUpperInvariant(folded);
}
