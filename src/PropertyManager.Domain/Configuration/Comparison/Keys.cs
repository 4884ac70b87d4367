namespace PropertyManager.Domain.Configuration.Comparison;

/// <summary>Numbers for texts, so that long ones are compared once. Both trees of a comparison share one.</summary>
internal sealed class Keys
{
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);

    /// <summary>The number of a text: the same for equal texts.</summary>
    public int Of(string text)
    {
        if (!_numbers.TryGetValue(text, out var number))
        {
            _numbers[text] = number = _numbers.Count;
        }

        return number;
    }
}
