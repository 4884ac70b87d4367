using System.Text.Json;

namespace PropertyManager.Domain.Configuration.Validation;

/// <summary>Names that the public API has for what validation finds, where clients look for them.</summary>
public static class MessageKind
{
    /// <summary>An option that cannot be left out is not there, or null.</summary>
    public const string AttributeRequired = "attribute_required";

    /// <summary>An option is there and has no content.</summary>
    public const string OptionEmpty = "option_empty";

    /// <summary>A behavior or criterion has no option of this name.</summary>
    public const string UnknownAttribute = "unknown_attribute";

    /// <summary>Some rule has to have the behavior, and none has.</summary>
    public const string RequiredFeature = "required_feature_any";

    /// <summary>The account does not have the CP code.</summary>
    public const string CpCodeNotAvailable = "generic_behavior_issue.cpcode_not_available";

    /// <summary>The kind of a message about an option without a value.</summary>
    /// <param name="value">As it is in the tree; null where it is not there at all.</param>
    internal static string OfMissing(JsonElement? value) =>
        value is { ValueKind: not (JsonValueKind.Null or JsonValueKind.Undefined) } ? OptionEmpty : AttributeRequired;
}
