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
    RolloutSchedule schedule,
    SimulationSettings simulation,
    PackageSigner signer,
    TrafficForecast forecast,
    TimeProvider time,
    [FromKeyedServices(Simulated.Time)] TimeProvider simulated
)
{
    private static readonly Refusal NotPermitted = new("not-permitted", "You need the role Publisher in this property's group for that.");
    private static readonly Refusal Unknown = new("not-found", "There is no such property version or activation.");

    /// <summary>What activating this version would replace and change, and what stands in the way; null when this person sees no such version.</summary>
    public async Task<ActivationPreview?> PreviewAsync(long propertyId, int version, Network network, Access by, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await FindPropertyAsync(db, propertyId, by, cancellationToken) is null)
            return null;
        return await FindVersionAsync(db, propertyId, version, cancellationToken) is { } found
            ? await PreviewAsync(db, found, network, cancellationToken)
            : null;
    }

    /// <summary>Puts a version on a network.</summary>
    public async Task<ActivationAnswer> ActivateAsync(ActivationOrder order, Access by, CancellationToken cancellationToken)
    {
        if (Wrong(order.Note, order.NotifyEmails, out var emails) is { } wrong)
            return new(null, wrong);
        if (FaultDesk.Refuse(order.Faults ?? [], edge.Places(order.Network), by) is { } wrongFault)
            return new(null, wrongFault);

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await FindPropertyAsync(db, order.PropertyId, by, cancellationToken) is not { } property)
            return new(null, Unknown);
        if (!by.MayPublish(property))
            return new(null, NotPermitted);
        if (await FindVersionAsync(db, order.PropertyId, order.Version, cancellationToken) is not { } version)
            return new(null, Unknown);
        if (order.Revision is { } seen && seen != version.Revision)
            return new(null, Changed(version));
        var preview = await PreviewAsync(db, version, order.Network, cancellationToken);
        var errors = preview.Messages.Count(message => message.Severity == Severity.Error);
        var facts = new NetworkFacts(preview.Open, preview.Active);
        if (
            Admission.Activate(
                order.Version,
                order.Network,
                facts,
                preview.WasOnStaging,
                order.Acknowledged,
                errors,
                preview.Messages.Count - errors
            ) is
            { } refusal
        )
            return new(null, refusal);

        var pace =
            order.Network == Network.Staging ? RolloutPace.Staging
            : preview.Class.IsException ? RolloutPace.Exception
            : RolloutPace.Standard;
        var intent = Intent(order.Note, emails, by, order.CancelIfErrorRateIncreases, order.Faults ?? []);
        return await StartAsync(
            db,
            property,
            version,
            await DraftAsync(
                db,
                property,
                order.Version,
                order.Network,
                ActivationType.Activate,
                preview.Active,
                intent,
                pace,
                preview.Class.Reason,
                cancellationToken
            ),
            cancellationToken
        );
    }

    /// <summary>Takes the property off a network.</summary>
    public async Task<ActivationAnswer> DeactivateAsync(
        long propertyId,
        Network network,
        string note,
        string notifyEmails,
        Access by,
        CancellationToken cancellationToken
    )
    {
        if (Wrong(note, notifyEmails, out var emails) is { } wrong)
            return new(null, wrong);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await FindPropertyAsync(db, propertyId, by, cancellationToken) is not { } property)
            return new(null, Unknown);
        if (!by.MayPublish(property))
            return new(null, NotPermitted);
        var facts = await FactsAsync(db, propertyId, network, cancellationToken);
        if (Admission.Deactivate(network, facts) is { } refusal)
            return new(null, refusal);
        var version = (await FindVersionAsync(db, propertyId, facts.Active!.Version, cancellationToken))!;
        var pace = network == Network.Staging ? RolloutPace.Staging : RolloutPace.Standard;
        var intent = Intent(note, emails, by, cancelIfErrorRateIncreases: false, []);
        return await StartAsync(
            db,
            property,
            version,
            await DraftAsync(
                db,
                property,
                facts.Active!.Version,
                network,
                ActivationType.Deactivate,
                facts.Active,
                intent,
                pace,
                exception: null,
                cancellationToken
            ),
            cancellationToken
        );
    }

    /// <summary>Puts the version that was active before this activation on production again.</summary>
    public async Task<ActivationAnswer> FastFallbackAsync(long activationId, Access by, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await FindActivationAsync(db, activationId, by, cancellationToken) is not var (from, property))
            return new(null, Unknown);
        if (!by.MayPublish(property))
            return new(null, NotPermitted);
        if (await RefuseFallbackAsync(db, from, cancellationToken) is { } refusal)
            return new(null, refusal);
        var intent = Intent($"Fast Fallback from version {from.Version}", from.Intent.NotifyEmails, by, from.Intent.CancelIfErrorRateIncreases, []);
        var draft = await DraftAsync(
            db,
            property,
            from.PreviousVersion!.Value,
            Network.Production,
            ActivationType.FastFallback,
            from,
            intent,
            RolloutPace.FastFallback,
            exception: null,
            cancellationToken
        );
        var version = (await FindVersionAsync(db, property.Id, draft.Version, cancellationToken))!;
        return await StartAsync(db, property, version, draft, cancellationToken);
    }

    /// <summary>Why this activation cannot fall back now; null when it can.</summary>
    public async Task<Refusal?> RefuseFallbackAsync(long activationId, Access by, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await FindActivationAsync(db, activationId, by, cancellationToken) is var (activation, _)
            ? await RefuseFallbackAsync(db, activation, cancellationToken)
            : Unknown;
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
            .Activations.Where(a => a.Id == activationId && a.Status.IsOpen && a.Intent.CancelRequestedAt == null)
            .ExecuteUpdateAsync(
                set =>
                    set.SetProperty(a => a.Intent.CancelRequestedBy, by.Email)
                        .SetProperty(a => a.Intent.CancelRequestedAt, now)
                        .SetProperty(a => a.Intent.CancelRequestedAfter, after),
                cancellationToken
            );
        return recorded == 1 ? null : new Refusal("not-pending", "This activation has ended, or somebody else cancelled it, a moment ago.");
    }

    private static Refusal? Wrong(string note, string notifyEmails, out IReadOnlyList<string> emails)
    {
        (emails, var wrong) = NotifyList.Parse(notifyEmails);
        if (wrong is not null)
            return new("invalid-email", wrong);
        return note.Length > ActivationIntent.NoteLength
            ? new("note-too-long", $"Notes have {note.Length} characters: {ActivationIntent.NoteLength} at most.")
            : null;
    }

    private async Task<Refusal?> RefuseFallbackAsync(AppDbContext db, Activation activation, CancellationToken cancellationToken)
    {
        var facts = await FactsAsync(db, activation.PropertyId, activation.Network, cancellationToken);
        var attempted = await db.Activations.AnyAsync(a => a.FallbackOf == activation.Id, cancellationToken);
        return Admission.FastFallback(activation, facts, attempted, simulated.GetUtcNow());
    }

    private static async Task<ActivationPreview> PreviewAsync(
        AppDbContext db,
        PropertyVersion version,
        Network network,
        CancellationToken cancellationToken
    )
    {
        var facts = await FactsAsync(db, version.PropertyId, network, cancellationToken);
        var current = facts.Active is { } active
            ? await db.Hostnames.Where(h => h.PropertyId == version.PropertyId && h.Version == active.Version).ToListAsync(cancellationToken)
            : [];
        var next = VersionView.Entries(version.Hostnames);
        var changes = HostnameChanges.Between(VersionView.Entries(current), next);
        var rules = RuleTreeJson.Parse(version.Rules);
        List<ValidationMessage> messages = rules.Value is { } tree
            ? [.. RuleTreeValidator.Validate(tree, next).OrderByDescending(message => message.Severity)]
            : [.. rules.Problems.Select(problem => new ValidationMessage(Severity.Error, "Rule tree", problem.Message, problem.Pointer))];
        var exception = ActivationClass.Of(changes.Count, rules.Value is { } known && RuleTreeFacts.UsesAdvancedMetadata(known), changes.Migrated);
        var wasOnStaging = await db.Activations.AnyAsync(
            a =>
                a.PropertyId == version.PropertyId
                && a.Version == version.Number
                && a.Network == Network.Staging
                && a.Type == ActivationType.Activate
                && (a.Status.State == ActivationState.Active || a.Status.State == ActivationState.Inactive),
            cancellationToken
        );
        var errors = messages.Count(message => message.Severity == Severity.Error);
        // Whether the person acknowledges what can be acknowledged is only known when they ask.
        var refusal = Admission.Activate(version.Number, network, facts, wasOnStaging, acknowledged: true, errors);
        return new(version.Revision, facts.Active, facts.Open, changes, exception, wasOnStaging, messages, refusal);
    }

    private static async Task<NetworkFacts> FactsAsync(AppDbContext db, long propertyId, Network network, CancellationToken cancellationToken)
    {
        var standing = await db
            .Activations.AsNoTracking()
            .Where(a => a.PropertyId == propertyId && a.Network == network && (a.Status.IsOpen || a.Status.State == ActivationState.Active))
            .ToListAsync(cancellationToken);
        return new(standing.Find(a => a.Status.IsOpen), standing.Find(a => a.Status.State == ActivationState.Active));
    }

    /// <summary>Saves the activation and hands it to the scheduler. Of two that race, the database takes one.</summary>
    private async Task<ActivationAnswer> StartAsync(
        AppDbContext db,
        Property property,
        PropertyVersion version,
        Activation draft,
        CancellationToken cancellationToken
    )
    {
        await using (var transaction = await db.Database.BeginTransactionAsync(cancellationToken))
        {
            db.Activations.Add(draft);
            draft.History.Add(
                new ActivationEvent
                {
                    State = ActivationState.Pending,
                    At = draft.Intent.SubmittedAt,
                    Elapsed = TimeSpan.Zero,
                    Reason = $"Submitted by {draft.Intent.SubmittedBy}",
                }
            );
            try
            {
                await db.SaveChangesAsync(cancellationToken);
            }
            catch (DbUpdateException)
            {
                await transaction.RollbackAsync(cancellationToken);
                var facts = await FactsAsync(db, draft.PropertyId, draft.Network, cancellationToken);
                if (Admission.Locked(facts) is { } lost)
                    return new(null, lost);
                throw;
            }
            if (draft.Type != ActivationType.Deactivate && !await LockAsync(db, version, cancellationToken))
            {
                await transaction.RollbackAsync(cancellationToken);
                return new(null, Changed(version));
            }
            db.Packages.Add(signer.Build(draft, property, version));
            if (Notices.Started(draft, property.Name, time.GetUtcNow()) is { } notice)
                db.Outbox.Add(notice);
            await WebhookNews.StartedAsync(db, draft, property.Name, time.GetUtcNow(), cancellationToken);
            await FaultDesk.TakeNextAsync(db, draft, cancellationToken);
            await db.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }
        // Saved is promised: were the process to die here, the sweeper would find the row and schedule it.
        await schedule.EnsureAsync(draft.Id, anew: false, cancellationToken);
        return new(draft, null);
    }

    private static Refusal Changed(PropertyVersion version) =>
        new("version-changed", $"Version {version.Number} was saved anew since you looked at it. Open the form again, look at it, then activate it.");

    /// <summary>From now on the version stays as it is. False when it is not any more what was read.</summary>
    private static async Task<bool> LockAsync(AppDbContext db, PropertyVersion read, CancellationToken cancellationToken) =>
        await db
            .Versions.Where(v => v.PropertyId == read.PropertyId && v.Number == read.Number && v.Revision == read.Revision)
            .ExecuteUpdateAsync(set => set.SetProperty(v => v.IsLocked, true), cancellationToken) == 1;

    private async Task<Activation> DraftAsync(
        AppDbContext db,
        Property property,
        int version,
        Network network,
        ActivationType type,
        Activation? active,
        ActivationIntent intent,
        RolloutPace pace,
        string? exception,
        CancellationToken cancellationToken
    )
    {
        // Another for each activation, and the same again where everything before it was the same.
        var earlier = await db.Activations.CountAsync(a => a.PropertyId == property.Id, cancellationToken);
        intent.Faults = [.. intent.Faults, .. await FaultDesk.StandingAsync(db, property.Id, cancellationToken)];
        var seed = (((long)simulation.Seed * 1_000_003) + property.Id) * 1_000_003 + earlier;
        return new Activation
        {
            AccountId = property.AccountId,
            PropertyId = property.Id,
            Version = version,
            Network = network,
            Type = type,
            PreviousVersion = active?.Version,
            FallbackOf = type == ActivationType.FastFallback ? active?.Id : null,
            ExceptionReason = exception,
            CancelCutOff = simulation.CancelCutOff,
            Plan = RolloutPlanner.Plan(network, edge.Survey(network, property.Id, property.Traffic), pace, seed) with
            {
                Answering = Activation.AnsweringOf(type, active?.Version),
                Traffic = property.Traffic,
                Mixes = network == Network.Production ? await forecast.MixesAsync(db, property, version, active?.Version, cancellationToken) : null,
            },
            StartedAt = simulated.GetUtcNow(),
            Intent = intent,
        };
    }

    private ActivationIntent Intent(
        string note,
        IReadOnlyList<string> emails,
        Access by,
        bool cancelIfErrorRateIncreases,
        IReadOnlyList<Fault> faults
    ) =>
        new()
        {
            SubmittedBy = by.Email,
            SubmittedAt = time.GetUtcNow(),
            Note = note.Trim(),
            NotifyEmails = emails,
            CancelIfErrorRateIncreases = cancelIfErrorRateIncreases,
            Faults = faults,
        };

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
}
