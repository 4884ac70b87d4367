namespace PropertyManager.Domain.Activations;

/// <summary>Why production may be touched without the usual ways having been gone (source: domain, people).</summary>
public enum NoncomplianceReason
{
    /// <summary>They were gone: who asked, who looked at it, and that it was tested.</summary>
    None,

    /// <summary>Another reason, in words.</summary>
    Other,

    /// <summary>The property serves nobody yet.</summary>
    NoProductionTraffic,

    /// <summary>There was no time.</summary>
    Emergency,
}

/// <summary>What is put down about an activation on production.</summary>
/// <param name="Reason">Of the four.</param>
/// <param name="CustomerEmail">For <see cref="NoncomplianceReason.None" />: who asked.</param>
/// <param name="PeerReviewedBy">For <see cref="NoncomplianceReason.None" />: who looked at it.</param>
/// <param name="UnitTested">For <see cref="NoncomplianceReason.None" />: it was.</param>
/// <param name="OtherReason">For <see cref="NoncomplianceReason.Other" />: in words.</param>
/// <param name="TicketId">Where it is written down; optional.</param>
public sealed record ComplianceRecord(
    NoncomplianceReason Reason,
    string? CustomerEmail = null,
    string? PeerReviewedBy = null,
    bool UnitTested = false,
    string? OtherReason = null,
    string? TicketId = null
)
{
    /// <summary>Characters of each text, at most.</summary>
    public const int TextLength = 1000;

    /// <summary>What is missing or wrong in it, in a sentence; null when nothing is.</summary>
    public string? Problem() =>
        Reason == NoncomplianceReason.None && string.IsNullOrWhiteSpace(CustomerEmail)
            ? "A compliance record with the reason NONE names the customerEmail."
        : Reason == NoncomplianceReason.None && string.IsNullOrWhiteSpace(PeerReviewedBy)
            ? "A compliance record with the reason NONE names who peerReviewedBy."
        : Reason == NoncomplianceReason.None && !UnitTested ? "A compliance record with the reason NONE says that it was unitTested."
        : Reason == NoncomplianceReason.Other && string.IsNullOrWhiteSpace(OtherReason)
            ? "A compliance record with the reason OTHER says it in otherNoncomplianceReason."
        : new[] { CustomerEmail, PeerReviewedBy, OtherReason, TicketId }.Any(text => text?.Length > TextLength)
            ? $"A text of the compliance record has more than {TextLength} characters."
        : null;
}
