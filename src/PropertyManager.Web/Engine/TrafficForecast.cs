using Microsoft.EntityFrameworkCore;
using PropertyManager.Domain;
using PropertyManager.Domain.Activations;
using PropertyManager.Domain.Configuration.Evaluation;
using PropertyManager.Domain.Health;
using PropertyManager.Domain.Properties;
using PropertyManager.Domain.Rollouts;
using PropertyManager.Web.Data;

namespace PropertyManager.Web.Engine;

/// <summary>What a version would do to a property's traffic.</summary>
/// <param name="Against">The version that serves now.</param>
/// <param name="Impact">What changes.</param>
/// <param name="Verdict">What the error-rate limit would say to it, once enough users have met it.</param>
public sealed record Forecast(int Against, TrafficImpact Impact, HealthVerdict Verdict);

/// <summary>Evaluates a property's audience by its versions: for people before they activate, and for the simulated traffic while they do.</summary>
public sealed class TrafficForecast(
    IDbContextFactory<AppDbContext> contexts,
    EvaluationGate gate,
    [FromKeyedServices(Simulated.Time)] TimeProvider simulated
)
{
    /// <summary>The baseline of the error-rate limit, in seconds; the forecast counts as many with the new version.</summary>
    private const double Seconds = 300;

    /// <summary>What activating a version on production would do to its traffic; null where this person sees no such version, or none serves now.</summary>
    /// <param name="propertyId">Of the property.</param>
    /// <param name="version">The version that would be activated.</param>
    /// <param name="cancelIfErrorRateIncreases">The error-rate limit is wanted.</param>
    /// <param name="exception">Why it would be an exception; null when it would not.</param>
    /// <param name="by">Who asks.</param>
    /// <param name="cancellationToken">Ends the evaluation.</param>
    public async Task<Forecast?> ReadAsync(
        long propertyId,
        int version,
        bool cancelIfErrorRateIncreases,
        string? exception,
        Access by,
        CancellationToken cancellationToken
    )
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var found = await db
            .Properties.AsNoTracking()
            .Seen(by)
            .Where(p => p.Id == propertyId)
            .Select(p => new
            {
                Property = p,
                Active = db
                    .Activations.Where(a => a.PropertyId == p.Id && a.Network == Network.Production && a.Status.State == ActivationState.Active)
                    .Select(a => (int?)a.Version)
                    .SingleOrDefault(),
            })
            .SingleOrDefaultAsync(cancellationToken);
        if (found is not { Property: var property, Active: { } active })
            return null;
        var versions = await WithHostnames(db, propertyId).Where(v => v.Number == active || v.Number == version).ToListAsync(cancellationToken);
        if (versions.Find(v => v.Number == active) is not { } before || versions.Find(v => v.Number == version) is not { } after)
            return null;
        return await CompareAsync(
            property,
            VersionRules.Of(before),
            VersionRules.Of(after),
            cancelIfErrorRateIncreases,
            exception,
            by,
            cancellationToken
        );
    }

    /// <summary>The same of what the caller has read; reads nothing. Null where this person does not see the property.</summary>
    /// <param name="property">With its audience.</param>
    /// <param name="before">The version that is active on production.</param>
    /// <param name="after">The version that would be activated there.</param>
    /// <param name="cancelIfErrorRateIncreases">The error-rate limit is wanted.</param>
    /// <param name="exception">Why it would be an exception; null when it would not.</param>
    /// <param name="by">Who asks.</param>
    /// <param name="cancellationToken">Ends the evaluation.</param>
    public async Task<Forecast?> CompareAsync(
        Property property,
        VersionRules before,
        VersionRules after,
        bool cancelIfErrorRateIncreases,
        string? exception,
        Access by,
        CancellationToken cancellationToken
    )
    {
        if (!by.MayRead(property))
            return null;
        var now = simulated.GetUtcNow();
        return await gate.RunAsync(
            budget =>
            {
                var impact = Impact(property, before, after, now, budget);
                var hits = property.Traffic.HitsPerSecond * Seconds;
                var verdict = ErrorRateLimit.Judge(
                    TrafficSample.Of(impact.Before, hits),
                    TrafficSample.Of(impact.After, hits),
                    updatedServers: 0,
                    ActivationMachine.WhyLimitDoesNotAct(
                        Network.Production,
                        ActivationType.Activate,
                        exception,
                        cancelIfErrorRateIncreases,
                        Answering.All,
                        property.Traffic.HitsPerSecond
                    )
                );
                return new Forecast(before.Number, impact, verdict);
            },
            cancellationToken
        );
    }

    /// <summary>
    /// How servers with the new version, and those without, answer while the plan is carried out, with the share of the requests that there was time to
    /// evaluate. It takes the limit of an evaluation at most.
    /// </summary>
    /// <param name="db">Where the versions are read.</param>
    /// <param name="plan">The plan that it belongs to.</param>
    /// <param name="property">The property, with its audience.</param>
    /// <param name="version">The version that is put on the servers, or taken off them; with its hostnames.</param>
    /// <param name="previous">The version they have; null when none.</param>
    /// <param name="cancellationToken">Ends the evaluation.</param>
    internal async Task<RolloutPlan> EvaluateAsync(
        AppDbContext db,
        RolloutPlan plan,
        Property property,
        PropertyVersion version,
        int? previous,
        CancellationToken cancellationToken
    )
    {
        var other =
            previous is { } number && number != version.Number
                ? await WithHostnames(db, property.Id).SingleOrDefaultAsync(v => v.Number == number, cancellationToken)
                : null;
        var after = VersionRules.Of(version);
        var before = other is null ? after : VersionRules.Of(other);
        var now = simulated.GetUtcNow();
        var impact = await gate.RunInTimeAsync(budget => Impact(property, before, after, now, budget), cancellationToken);
        return plan with
        {
            Mixes = impact is { Evaluated: > 0 } ? new VersionMixes(impact.After, impact.Before) : null,
            EvaluatedShare = impact is { EvaluatedShare: 1 } ? null : impact?.EvaluatedShare ?? 0,
        };
    }

    private static TrafficImpact Impact(Property property, VersionRules before, VersionRules after, DateTimeOffset now, EvaluationBudget budget)
    {
        var rules = before.NewEvaluator(budget);
        return TrafficImpact.Between(
            rules,
            before.Number == after.Number ? rules : after.NewEvaluator(budget),
            TrafficAudience.Sample(property.Traffic, property.Audience, before.Hostnames, now)
        );
    }

    private static IQueryable<PropertyVersion> WithHostnames(AppDbContext db, long propertyId) =>
        db.Versions.AsNoTracking().Include(v => v.Hostnames).Where(v => v.PropertyId == propertyId);
}
