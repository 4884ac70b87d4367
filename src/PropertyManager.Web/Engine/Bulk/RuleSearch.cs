using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using PropertyManager.Domain;
using PropertyManager.Domain.Activations;
using PropertyManager.Domain.Configuration.Search;
using PropertyManager.Web.Data;

namespace PropertyManager.Web.Engine.Bulk;

/// <summary>Finds places in the rules of the versions that are active, and of each property's latest.</summary>
public sealed class RuleSearch(IDbContextFactory<AppDbContext> contexts)
{
    /// <summary>Places in one version, at most: a query that finds more says nothing.</summary>
    private const int MostPlaces = 1000;

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
        var seen = db.Properties.Seen(by);
        var versions =
            from version in db.Versions.AsNoTracking()
            join property in seen on version.PropertyId equals property.Id
            let latest = !db.Versions.Any(v => v.PropertyId == version.PropertyId && v.Number > version.Number)
            where
                latest
                || db.Activations.Any(a =>
                    a.PropertyId == version.PropertyId && a.Version == version.Number && a.Status.State == ActivationState.Active
                )
            orderby property.Id, version.Number descending
            select new
            {
                property.AccountId,
                property.Name,
                Version = version,
                IsLatest = latest,
            };
        List<SearchHit> hits = [];
        // One after another: trees are large, and there are many.
        await foreach (var found in versions.AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            using var rules = JsonDocument.Parse(found.Version.Rules, Deep);
            var places = match.Find(rules.RootElement);
            var answers = qualifiers.ConvertAll(query => query.Find(rules.RootElement));
            if (places is null or { Count: > MostPlaces } || answers.Contains(null))
                return (SearchPart)
                    part.Refuse(
                        new(
                            "query-too-broad",
                            $"The query finds more than {MostPlaces:N0} places in {found.Name}, version {found.Version.Number}, or looks at too many. Name what you look for."
                        )
                    );
            if (places.Count > 0 && answers.TrueForAll(answer => answer!.Count > 0))
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
        return part with { State = BulkState.Complete, Hits = hits };
    }

    // It was read when it was asked for: that it cannot be read now is a bug.
    private static JsonQuery Query(string text) => JsonQuery.Parse(text).Query ?? throw new InvalidOperationException($"“{text}” was let in.");

    private static bool IsSecure(JsonElement tree) =>
        tree.TryGetProperty("rules", out var rules)
        && rules.TryGetProperty("options", out var options)
        && options.TryGetProperty("is_secure", out var secure)
        && secure.ValueKind == JsonValueKind.True;
}
