namespace PropertyManager.Domain;

/// <summary>Why something that was asked for is not done. A value, not an exception: the screen shows it, the API maps it to a problem.</summary>
/// <param name="Code">Stable, lower-case with hyphens, for programs.</param>
/// <param name="Message">One or two sentences for people: what stands in the way and what can be done.</param>
public sealed record Refusal(string Code, string Message);
