using Microsoft.EntityFrameworkCore;
using PropertyManager.Domain;
using PropertyManager.Domain.Properties;
using PropertyManager.Web.Data;

namespace PropertyManager.Web.Engine;

/// <summary>What came of saving an audience: exactly one is not null.</summary>
/// <param name="Saved">It is saved, and this is what is stored now.</param>
/// <param name="Refusal">It is not saved, and why.</param>
/// <param name="Meanwhile">It is not saved: somebody else changed it, and this is what they made of it.</param>
public sealed record AudienceAnswer(IReadOnlyList<AudienceRequest>? Saved, Refusal? Refusal, IReadOnlyList<AudienceRequest>? Meanwhile);

/// <summary>
/// The one door for changing what a property's users ask for. Forecasts and simulated traffic of activations use it from then on; an activation
/// that runs keeps what it began with.
/// </summary>
public sealed class AudienceDesk(IDbContextFactory<AppDbContext> contexts)
{
    /// <summary>Puts an audience in the place of another.</summary>
    /// <param name="propertyId">Of the property.</param>
    /// <param name="before">What was read, and changed: where something else is stored by now, it is not overwritten.</param>
    /// <param name="audience">What is to be stored; empty for the front page of each hostname.</param>
    /// <param name="by">Who asks.</param>
    /// <param name="cancellationToken">Ends it before anything is saved.</param>
    public async Task<AudienceAnswer> SaveAsync(
        long propertyId,
        IReadOnlyList<AudienceRequest> before,
        IReadOnlyList<AudienceRequest> audience,
        Access by,
        CancellationToken cancellationToken
    )
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        // A write comes first: whoever saves at the same moment waits here, and then reads what this one stored.
        await db.Properties.Where(p => p.Id == propertyId).ExecuteUpdateAsync(set => set.SetProperty(p => p.Name, p => p.Name), cancellationToken);
        if (await db.Properties.Seen(by).SingleOrDefaultAsync(p => p.Id == propertyId, cancellationToken) is not { } property)
            return new(null, new("not-found", "There is no such property."), null);
        if (!by.MayEdit(property))
            return new(null, new("not-permitted", "You need the role Editor in this property's group for that."), null);
        var hostnames = await db.Hostnames.Where(h => h.PropertyId == propertyId).Select(h => h.CnameFrom).Distinct().ToListAsync(cancellationToken);
        if (Wrong(audience, hostnames) is { } wrong)
            return new(null, wrong, null);
        if (!property.Audience.SequenceEqual(before))
            return new(null, null, property.Audience);
        property.Audience = [.. audience];
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new(property.Audience, null, null);
    }

    private static Refusal? Wrong(IReadOnlyList<AudienceRequest> audience, List<string> hostnames)
    {
        if (audience.Count > AudienceRequest.MaxCount)
            return new("too-many-requests", $"An audience has {AudienceRequest.MaxCount} requests at most: these are {audience.Count}.");
        foreach (var (index, request) in audience.Index())
        {
            if (AudienceCheck.Problems(request, hostnames) is [var problem, ..])
                return new("request-not-valid", $"Request {index + 1}, {Name(problem.Field)}: {problem.Message}");
        }
        return null;
    }

    private static string Name(AudienceField field) =>
        field switch
        {
            AudienceField.UserAgent => "user agent",
            AudienceField.OriginStatus => "origin status",
            _ => field.ToString().ToLowerInvariant(),
        };
}
