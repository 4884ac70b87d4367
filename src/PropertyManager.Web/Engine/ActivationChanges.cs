using PropertyManager.Domain.Activations;

namespace PropertyManager.Web.Engine;

/// <summary>
/// What people asked of a running activation by now, and what was recorded of it since this process carries it. Immutable: another instance means
/// that something changed.
/// </summary>
/// <param name="Intent">With the latest faults and the request to cancel.</param>
/// <param name="History">The transitions that this process saved, oldest first. Their keys are not set.</param>
public sealed record ActivationChanges(ActivationIntent Intent, IReadOnlyList<ActivationEvent> History);
