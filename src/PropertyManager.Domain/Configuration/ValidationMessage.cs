using System.Text.Json.Serialization;

namespace PropertyManager.Domain.Configuration;

/// <summary>How much a validation message weighs.</summary>
public enum Severity
{
    /// <summary>The version can be activated; think twice.</summary>
    Warning,

    /// <summary>The version cannot be activated.</summary>
    Error,
}

/// <summary>Something about a configuration that people should know before they activate it.</summary>
/// <param name="Severity">Whether it stands in the way.</param>
/// <param name="Title">What it is, in a few words.</param>
/// <param name="Detail">Why it matters and what to do, in a sentence or two.</param>
/// <param name="Pointer">JSON pointer into the tree as <see cref="RuleTreeJson.Write" /> writes it; <c>/hostnames</c> for the hostnames, and
/// <c>/hostnames/0</c> for the first of them.</param>
public sealed record ValidationMessage(Severity Severity, string Title, string Detail, string Pointer)
{
    /// <summary>The rule it is about and those above it, by their names: "default / Static images". Empty for the hostnames.</summary>
    public string RulePath { get; init; } = "";

    /// <summary>
    /// What clients of the public API know this kind of message by: the last part of its type there (<see cref="Validation.MessageKind"/>). Null
    /// where the API has no name for it; the type is made of the title then.
    /// </summary>
    [JsonIgnore]
    public string? Kind { get; init; }

    /// <summary>
    /// It is about the hostnames rather than the rules. Programs write rules first and hostnames then: what the hostnames lack is told with the
    /// hostnames, and before an activation.
    /// </summary>
    [JsonIgnore]
    public bool IsOfHostnames => Pointer.StartsWith("/hostnames", StringComparison.Ordinal);
}
