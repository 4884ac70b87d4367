using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using PropertyManager.Domain;
using PropertyManager.Domain.Activations;
using PropertyManager.Domain.Configuration.Search;
using PropertyManager.Domain.Properties;
using PropertyManager.Web.Data;

namespace PropertyManager.Web.Engine.Bulk;

/// <summary>Finds places in the rules of the versions that are active, and of each property's latest.</summary>
public sealed class RuleSearch(IDbContextFactory<AppDbContext> contexts, EvaluationGate gate)
{
    /// <summary>Places in one version, at most: a query that finds more says nothing.</summary>
    public const int MostPlaces = 1000;

    /// <summary>Places of a request, at most: they are kept with it, and answered at once.</summary>
    public const int MostPlacesInAll = 20_000;

    private static readonly JsonDocumentOptions Deep = new() { MaxDepth = 300 };

    /// <summary>Searches what this person sees.</summary>
    public async Task<SearchPart> DoAsync(SearchPart part, Access by, CancellationToken cancellationToken)
    {
        // Properties of the other types there are none.
        if (part.PropertyType is not (null or "TRADITIONAL"))
            return part with { State = BulkState.Complete };
        var match = Query(part.Match);
        var qualifiers = part.Qualifiers.Select(Query).ToList();
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        List<SearchHit> hits = [];
        var placesInAll = 0;
        // One after another: trees are large, and there are many.
        await foreach (var found in Versions(db, by).AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            using var rules = JsonDocument.Parse(found.Version.Rules, Deep);
            var (places, answers) = await gate.RunAsync(
                budget => (match.Find(rules.RootElement, budget), qualifiers.ConvertAll(query => query.Find(rules.RootElement, budget))),
                cancellationToken
            );
            if (places is null or { Count: > MostPlaces } || answers.Contains(null))
                return TooBroad(
                    part,
                    $"The query finds more than {MostPlaces:N0} places in {found.Name}, version {found.Version.Number}, or looks at too many or for too long. Name what you look for."
                );
            if (places.Count > 0 && answers.TrueForAll(answer => answer!.Count > 0))
            {
                placesInAll += places.Count;
                if (placesInAll > MostPlacesInAll)
                    return TooBroad(
                        part,
                        $"The query finds more than {MostPlacesInAll:N0} places in all. Name what you look for, or search one contract or group at a time."
                    );
                hits.Add(
                    new(
                        found.AccountId,
                        found.Version.PropertyId,
                        found.Name,
                        found.Version.Number,
                        found.IsLatest,
                        found.Version.IsLocked,
                        IsSecure(rules.RootElement),
                        found.Version.UpdatedAt,
                        places
                    )
                );
            }
        }
        return part with { State = BulkState.Complete, Hits = hits };
    }

    private static IQueryable<SearchedVersion> Versions(AppDbContext db, Access access) =>
        from version in db.Versions.AsNoTracking()
        join property in db.Properties.Seen(access) on version.PropertyId equals property.Id
        let latest = !db.Versions.Any(v => v.PropertyId == version.PropertyId && v.Number > version.Number)
        where
            latest
            || db.Activations.Any(a => a.PropertyId == version.PropertyId && a.Version == version.Number && a.Status.State == ActivationState.Active)
        orderby property.Id, version.Number descending
        select new SearchedVersion(property.AccountId, property.Name, version, latest);

    private static SearchPart TooBroad(SearchPart part, FormattableString why) =>
        (SearchPart)part.Refuse(new("query-too-broad", FormattableString.Invariant(why)));

    // It was read when it was asked for: that it cannot be read now is a bug.
    private static JsonQuery Query(string text) => JsonQuery.Parse(text).Query ?? throw new InvalidOperationException($"“{text}” was let in.");

    private static bool IsSecure(JsonElement tree) =>
        tree.TryGetProperty("rules", out var rules)
        && rules.TryGetProperty("options", out var options)
        && options.TryGetProperty("is_secure", out var secure)
        && secure.ValueKind == JsonValueKind.True;

    private sealed record SearchedVersion(long AccountId, string Name, PropertyVersion Version, bool IsLatest);
}
