using Microsoft.EntityFrameworkCore;
using PropertyManager.Domain;
using PropertyManager.Domain.Activations;
using PropertyManager.Domain.Configuration;
using PropertyManager.Domain.Properties;
using PropertyManager.Domain.Rollouts;
using PropertyManager.Web.Data;

namespace PropertyManager.Web.Engine;

/// <summary>
/// The one door for what people ask of activations, for screens and API alike: it checks who asks, lets <see cref="Admission"/> decide, saves
/// the wish and hands it to the scheduler. It never writes status.
/// </summary>
public sealed class ActivationDesk(
    IDbContextFactory<AppDbContext> contexts,
    IEdgeNetwork edge,
    ActivationFeed feed,
    ActivationStart start,
    ActivationMemory memory,
    TrafficForecast forecast,
    TimeProvider time,
    [FromKeyedServices(Simulated.Time)] TimeProvider simulated
)
{
    private static readonly Refusal NotPermitted = new("not-permitted", "You need the role Publisher in this property's group for that.");
    internal static readonly Refusal Unknown = new("not-found", "There is no such property version or activation.");
    private static readonly ActivationAnswer Admitted = new(null, null);

    /// <summary>Puts a version on a network, takes it off, or brings the version before back: whichever the order is for.</summary>
    public async Task<ActivationAnswer> SubmitAsync(ActivationOrder order, Access by, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var (draft, answer) = await CheckAsync(db, order, by, cancellationToken);
        return draft is null ? answer : await SaveAsync(db, draft, cancellationToken) with { Preview = answer.Preview };
    }

    /// <summary>Everything that <see cref="SubmitAsync"/> does but save: all checks, how long it would take and, of an activation, what it would change.</summary>
    public async Task<ActivationTrial> TryOutAsync(ActivationOrder order, Access by, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var (draft, answer) = await CheckAsync(db, order, by, cancellationToken);
        var asked = order.Network == Network.Production && answer.Preview is not null;
        var exception = answer.Preview?.Class.Reason;
        return new(
            answer,
            draft?.Activation.Plan,
            asked
                ? await forecast.ReadAsync(order.PropertyId, order.Version, order.CancelIfErrorRateIncreases, exception, by, cancellationToken)
                : null
        );
    }

    /// <summary>Takes the property off a network, whichever version of it is active there.</summary>
    public Task<ActivationAnswer> DeactivateAsync(
        long propertyId,
        Network network,
        string note,
        string notifyEmails,
        Access by,
        CancellationToken cancellationToken
    ) => SubmitAsync(new(propertyId, ActivationOrder.Whichever, network, note, notifyEmails, Type: ActivationType.Deactivate), by, cancellationToken);

    /// <summary>Puts the version that was active before this activation on production again.</summary>
    public async Task<ActivationAnswer> FastFallbackAsync(long activationId, Access by, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await FindActivationAsync(db, activationId, by, cancellationToken) is not var (from, property))
            return ActivationAnswer.Refused(Unknown);
        if (!by.MayPublish(property))
            return ActivationAnswer.Refused(NotPermitted);
        if (await RefuseFallbackAsync(db, from, cancellationToken) is { } refusal)
            return ActivationAnswer.Refused(refusal);
        var order = new ActivationOrder(
            property.Id,
            from.PreviousVersion!.Value,
            from.Network,
            $"Fast Fallback from version {from.Version}",
            CancelIfErrorRateIncreases: from.Intent.CancelIfErrorRateIncreases,
            Type: ActivationType.FastFallback
        );
        var draft = await DraftFallbackAsync(db, property, from, Intent(order, from.Intent.NotifyEmails, by), cancellationToken);
        return await SaveAsync(db, draft, cancellationToken);
    }

    /// <summary>Records the wish to cancel; the engine takes it up at its next tick. Null when it is recorded.</summary>
    public async Task<Refusal?> CancelAsync(long activationId, Access by, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await FindActivationAsync(db, activationId, by, cancellationToken) is not var (activation, property))
            return Unknown;
        if (!by.MayPublish(property))
            return NotPermitted;
        if (Admission.Cancel(activation, feed.Find(activationId)?.Progress.Installed ?? 0) is { } refusal)
            return refusal;
        var now = time.GetUtcNow();
        var after = simulated.GetUtcNow() - activation.StartedAt;
        var recorded = await db
            .Activations.Where(a =>
                a.Id == activationId && a.Status.IsOpen && a.Status.State != ActivationState.Cancelling && a.Intent.CancelRequestedAt == null
            )
            .ExecuteUpdateAsync(
                set =>
                    set.SetProperty(a => a.Intent.CancelRequestedBy, by.Email)
                        .SetProperty(a => a.Intent.CancelRequestedAt, now)
                        .SetProperty(a => a.Intent.CancelRequestedAfter, after),
                cancellationToken
            );
        memory.Forget(property.Id);
        if (recorded == 1)
            return null;
        // Somebody was a moment earlier: with the same wish, or the engine with the end.
        return await FindActivationAsync(db, activationId, by, cancellationToken) is var (latest, _)
            ? Admission.Cancel(latest, feed.Find(activationId)?.Progress.Installed ?? 0)
                ?? new Refusal("not-pending", "This activation ended a moment ago.")
            : Unknown;
    }

    private static Refusal? Wrong(string note, string notifyEmails, ComplianceRecord? compliance, out IReadOnlyList<string> emails)
    {
        (emails, var wrong) = NotifyList.Parse(notifyEmails);
        if (wrong is not null)
            return new("invalid-email", wrong);
        if (compliance?.Problem() is { } record)
            return new("invalid-compliance-record", record);
        return note.Length > ActivationIntent.NoteLength
            ? new("note-too-long", $"Notes have {note.Length} characters: {ActivationIntent.NoteLength} at most.")
            : null;
    }

    /// <summary>The activation that an order leads to, drawn up and not saved; or why there is none.</summary>
    private async Task<(AdmittedDraft?, ActivationAnswer)> CheckAsync(
        AppDbContext db,
        ActivationOrder order,
        Access by,
        CancellationToken cancellationToken
    )
    {
        if (Wrong(order.Note, order.NotifyEmails, order.Compliance, out var emails) is { } wrong)
            return Refused(wrong);
        if (FaultDesk.Refuse(order.Faults ?? [], edge.Places(order.Network), by) is { } wrongFault)
            return Refused(wrongFault);
        var intent = Intent(order, emails, by);
        if (order.Type == ActivationType.Activate)
            return await CheckActivationAsync(db, order, intent, by, cancellationToken);
        if (await FindPropertyAsync(db, order.PropertyId, by, cancellationToken) is not { } property)
            return Refused(Unknown);
        if (!by.MayPublish(property))
            return Refused(NotPermitted);
        return order.Type == ActivationType.Deactivate
            ? await CheckDeactivationAsync(db, property, order, intent, cancellationToken)
            : await CheckFallbackAsync(db, property, order, intent, cancellationToken);
    }

    private async Task<(AdmittedDraft?, ActivationAnswer)> CheckActivationAsync(
        AppDbContext db,
        ActivationOrder order,
        ActivationIntent intent,
        Access by,
        CancellationToken cancellationToken
    )
    {
        if (await FoundVersion.ReadAsync(db, order.PropertyId, order.Version, cancellationToken) is not { } found || !by.MayRead(found.Property))
            return Refused(Unknown);
        var property = found.Property;
        if (!by.MayPublish(property))
            return Refused(NotPermitted);
        if (found.Version is not { } version)
            return Refused(Unknown);
        if (order.Revision is { } seen && seen != version.Revision)
            return Refused(ActivationStart.Changed(version));
        var states = await NetworkStates.ReadAsync(db, property.Id, rulesOf: null, cancellationToken);
        var check = await VersionCheck.ReadAsync(db, found, states, by, cancellationToken);
        var preview = check.Preview(order.Network, states.GetValueOrDefault(order.Network, NetworkState.Empty));
        var errors = preview.Errors.Count;
        var acknowledged =
            order.Acknowledged || preview.Warnings.All(warning => order.AcknowledgedWarnings?.Contains(warning.Id, StringComparer.Ordinal) == true);
        var refusal = Admission.Activate(
            order.Version,
            order.Network,
            new NetworkFacts(preview.Open, preview.Active),
            preview.WasOnStaging,
            acknowledged,
            errors,
            preview.Messages.Count - errors
        );
        if (refusal is not null)
        {
            // Deleted while it was looked at, of what is gone all sorts of things are missing.
            return await db.Properties.AnyAsync(p => p.Id == property.Id, cancellationToken)
                ? (null, ActivationAnswer.Refused(refusal) with { Preview = preview })
                : Refused(Unknown);
        }

        var pace =
            order.Network == Network.Staging ? RolloutPace.Staging
            : preview.Class.IsException || !order.FastPush ? RolloutPace.Exception
            : RolloutPace.Standard;
        var wanted = new DraftOf(property, version, order.Network, ActivationType.Activate, preview.Active, pace, preview.Class.Reason);
        var draft = await start.DraftAsync(db, wanted, intent, cancellationToken);
        return (new(property, version, draft), new(null, null) { Preview = preview });
    }

    private async Task<(AdmittedDraft?, ActivationAnswer)> CheckDeactivationAsync(
        AppDbContext db,
        Property property,
        ActivationOrder order,
        ActivationIntent intent,
        CancellationToken cancellationToken
    )
    {
        var facts = await NetworkStates.FactsAsync(db, property.Id, order.Network, cancellationToken);
        int? version = order.Version == ActivationOrder.Whichever ? null : order.Version;
        if (Admission.Deactivate(order.Network, facts, version) is { } refusal)
            return Refused(refusal);
        var current = (await FindVersionAsync(db, property.Id, facts.Active!.Version, cancellationToken))!;
        var pace = order.Network == Network.Staging ? RolloutPace.Staging : RolloutPace.Standard;
        var wanted = new DraftOf(property, current, order.Network, ActivationType.Deactivate, facts.Active, pace, Exception: null);
        return (new(property, current, await start.DraftAsync(db, wanted, intent, cancellationToken)), Admitted);
    }

    /// <summary>The version that is named has to be the one that was active before the one that is active now.</summary>
    private async Task<(AdmittedDraft?, ActivationAnswer)> CheckFallbackAsync(
        AppDbContext db,
        Property property,
        ActivationOrder order,
        ActivationIntent intent,
        CancellationToken cancellationToken
    )
    {
        var facts = await NetworkStates.FactsAsync(db, property.Id, order.Network, cancellationToken);
        var other = Admission.FallBackTo(order.Version, order.Network, facts);
        if (other is not (null or { Code: Admission.NotThePreviousVersion }))
            return Refused(other);
        // Where nothing falls back from what is active, naming another version would help nobody.
        if ((await RefuseFallbackAsync(db, facts.Active!, cancellationToken) ?? other) is { } refusal)
            return Refused(refusal);
        return (await DraftFallbackAsync(db, property, facts.Active!, intent, cancellationToken), Admitted);
    }

    private async Task<AdmittedDraft> DraftFallbackAsync(
        AppDbContext db,
        Property property,
        Activation from,
        ActivationIntent intent,
        CancellationToken cancellationToken
    )
    {
        var previous = (await FindVersionAsync(db, property.Id, from.PreviousVersion!.Value, cancellationToken))!;
        var wanted = new DraftOf(
            property,
            previous,
            Network.Production,
            ActivationType.FastFallback,
            from,
            RolloutPace.FastFallback,
            Exception: null
        );
        return new(property, previous, await start.DraftAsync(db, wanted, intent, cancellationToken));
    }

    private Task<ActivationAnswer> SaveAsync(AppDbContext db, AdmittedDraft draft, CancellationToken cancellationToken) =>
        start.SaveAsync(db, draft.Property, draft.Version, draft.Activation, cancellationToken);

    private async Task<Refusal?> RefuseFallbackAsync(AppDbContext db, Activation activation, CancellationToken cancellationToken)
    {
        var facts = await NetworkStates.FactsAsync(db, activation.PropertyId, activation.Network, cancellationToken);
        var attempted = await db.Activations.AnyAsync(a => a.FallbackOf == activation.Id, cancellationToken);
        return Admission.FastFallback(activation, facts, attempted, simulated.GetUtcNow());
    }

    private ActivationIntent Intent(ActivationOrder order, IReadOnlyList<string> emails, Access by) =>
        new()
        {
            SubmittedBy = by.Email,
            SubmittedAt = time.GetUtcNow(),
            Note = order.Note.Trim(),
            NotifyEmails = emails,
            // What is taken off gives no answers that could be watched.
            CancelIfErrorRateIncreases = order.CancelIfErrorRateIncreases && order.Type != ActivationType.Deactivate,
            Compliance = order.Compliance,
            Client = by.Client,
            Faults = order.Faults ?? [],
        };

    private static (AdmittedDraft?, ActivationAnswer) Refused(Refusal refusal) => (null, ActivationAnswer.Refused(refusal));

    private static Task<Property?> FindPropertyAsync(AppDbContext db, long id, Access by, CancellationToken cancellationToken) =>
        db.Properties.AsNoTracking().Seen(by).SingleOrDefaultAsync(p => p.Id == id, cancellationToken);

    private static Task<PropertyVersion?> FindVersionAsync(AppDbContext db, long propertyId, int number, CancellationToken cancellationToken) =>
        db
            .Versions.AsNoTracking()
            .Include(v => v.Hostnames)
            .SingleOrDefaultAsync(v => v.PropertyId == propertyId && v.Number == number, cancellationToken);

    private static async Task<(Activation, Property)?> FindActivationAsync(AppDbContext db, long id, Access by, CancellationToken cancellationToken)
    {
        var activation = await db.Activations.AsNoTracking().SingleOrDefaultAsync(a => a.Id == id, cancellationToken);
        return activation is not null && await FindPropertyAsync(db, activation.PropertyId, by, cancellationToken) is { } property
            ? (activation, property)
            : null;
    }

    private sealed record AdmittedDraft(Property Property, PropertyVersion Version, Activation Activation);
}
