namespace PropertyManager.Web.Features.Compare;

/// <summary>What a list of a rule holds.</summary>
public enum ItemKind
{
    /// <summary>What a request must be like; said as a sentence.</summary>
    Criterion,

    /// <summary>What is done with it.</summary>
    Behavior,

    /// <summary>A variable that the property declares.</summary>
    Variable,
}
