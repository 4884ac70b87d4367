using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using PropertyManager.Domain;
using PropertyManager.Domain.Activations;
using PropertyManager.Domain.Configuration;
using PropertyManager.Domain.Configuration.Catalog;
using PropertyManager.Domain.Properties;
using PropertyManager.Web.Data;
using PropertyManager.Web.Engine.Outbox;
using IsolationLevel = System.Data.IsolationLevel;

namespace PropertyManager.Web.Engine;

/// <summary>A property that is wanted.</summary>
/// <param name="Name">Unique in the account.</param>
/// <param name="ProductId"><c>prd_…</c>: one that there is, or that of the property that is cloned.</param>
/// <param name="ContractId"><c>ctr_…</c>: the group's.</param>
/// <param name="GroupId">Where it is made.</param>
public sealed record PropertyOrder(string Name, string ProductId, string ContractId, long GroupId)
{
    /// <summary>Of its first version; null for that of the version that is cloned, or the latest.</summary>
    public string? RuleFormat { get; init; }

    /// <summary>What its first version says; null for the rules that every new property starts with.</summary>
    public CloneSource? From { get; init; }
}

/// <summary>A version that a new property starts with.</summary>
/// <param name="PropertyId">Whose version.</param>
/// <param name="Version">Its number.</param>
/// <param name="Etag">The state of it that is meant (<see cref="VersionEtag" />); null for whichever is the present one.</param>
/// <param name="WithHostnames">Its hostnames too, and not the rules alone.</param>
public sealed record CloneSource(long PropertyId, int Version, string? Etag, bool WithHostnames);

/// <summary>The one door for making and deleting properties, for screens and API alike.</summary>
public sealed partial class PropertyDesk(
    IDbContextFactory<AppDbContext> contexts,
    VersionHeads heads,
    ActivationMemory memory,
    PersistentFaultCache persistentFaults,
    OutboxDispatcher outbox,
    TimeProvider time
)
{
    /// <summary>Characters of a name, at most.</summary>
    public const int NameLength = 85;

    /// <summary>Properties that a contract can hold.</summary>
    public const int MostPerContract = 10_000;

    /// <summary>So long a property that is to go waits for what is still to be told about it, real time.</summary>
    private static readonly TimeSpan Telling = TimeSpan.FromSeconds(5);

    private static readonly Refusal Unknown = new("not-found", "There is no such property.");

    /// <summary>What nobody has measured yet: little, and harmless to whoever activates it.</summary>
    private static readonly TrafficProfile FirstTraffic = new(
        200,
        new Dictionary<string, double>(StringComparer.Ordinal)
        {
            ["US"] = 0.5,
            ["DE"] = 0.25,
            ["GB"] = 0.25,
        },
        new StatusMix(0.94, 0.03, 0.028, 0.002)
    );

    /// <summary>Makes a property with its version 1.</summary>
    /// <param name="order">What is wanted.</param>
    /// <param name="by">Who asks: an Editor in the group.</param>
    /// <param name="cancellationToken">Ends it before anything is saved.</param>
    /// <returns>Its number, or why there is none.</returns>
    public async Task<(long? Id, Refusal? Refusal)> CreateAsync(PropertyOrder order, Access by, CancellationToken cancellationToken)
    {
        if (Wrong(order) is { } wrong)
            return (null, wrong);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await db.Groups.AsNoTracking().Seen(by).SingleOrDefaultAsync(g => g.Id == order.GroupId, cancellationToken) is not { } group)
            return (null, new("not-found", "There is no such group."));
        if (group.ContractId != order.ContractId)
            return (null, new("not-found", $"The group {group.Name} has no contract {order.ContractId}: its contract is {group.ContractId}."));
        if (!by.MayEdit(group))
            return (null, new("not-permitted", "You need the role Editor in this group to make properties in it."));
        var (content, refusal) = await FirstContentAsync(db, order, by, cancellationToken);
        if (content is null)
            return (null, refusal);
        if (await FindProductAsync(db, order, cancellationToken) is not { } productId)
            return (
                null,
                new("product-unknown", $"There is no product “{order.ProductId}”. There are: {string.Join(", ", Product.All.Select(p => p.Id))}.")
            );
        if (await IsTakenAsync(db, group.AccountId, order.Name, cancellationToken))
            return (null, Taken(order.Name));
        if (await CountAsync(db, group.ContractId, cancellationToken) >= MostPerContract)
            return (
                null,
                new("property-limit", $"The contract has {MostPerContract:N0} properties, as many as it can. Delete one that you do not need.")
            );
        return await AddAsync(db, order with { ProductId = productId }, group, content, by, cancellationToken);
    }

    /// <summary>How many properties a contract has.</summary>
    internal static Task<int> CountAsync(AppDbContext db, string contractId, CancellationToken cancellationToken) =>
        db.Properties.CountAsync(p => db.Groups.Any(g => g.Id == p.GroupId && g.ContractId == contractId), cancellationToken);

    /// <summary>
    /// Deletes a property and everything of it, its history included. It is on no network. What happened last is told first: with the property goes
    /// what could not be sent.
    /// </summary>
    /// <param name="propertyId">Of the property.</param>
    /// <param name="by">Who asks: a Publisher in its group.</param>
    /// <param name="cancellationToken">Ends it before anything is deleted.</param>
    /// <returns>Why it stays; null when it is gone.</returns>
    public async Task<Refusal?> DeleteAsync(long propertyId, Access by, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await db.Properties.AsNoTracking().Seen(by).SingleOrDefaultAsync(p => p.Id == propertyId, cancellationToken) is not { } property)
            return Unknown;
        if (!by.MayPublish(property))
            return new("not-permitted", "You need the role Publisher in this property's group to delete it.");
        if (await KeptAsync(db, property, cancellationToken) is { } kept)
            return kept;
        await TellAsync(propertyId, cancellationToken);
        // Whoever activates it at the same moment comes before this, and is seen below, or finds it gone.
        await using var transaction = await db.Database.BeginTransactionAsync(IsolationLevel.Serializable, cancellationToken);
        if (await KeptAsync(db, property, cancellationToken) is { } meanwhile)
            return meanwhile;
        await DeleteRowsAsync(db, propertyId, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        persistentFaults.Forget();
        heads.Forget(propertyId);
        memory.Forget(propertyId);
        return null;
    }

    /// <summary>Why it cannot go; null when it can.</summary>
    private static async Task<Refusal?> KeptAsync(AppDbContext db, Property property, CancellationToken cancellationToken)
    {
        var standing = await db
            .Activations.Where(a => a.PropertyId == property.Id && (a.Status.IsOpen || a.Status.State == ActivationState.Active))
            .OrderBy(a => a.Status.IsOpen)
            .ThenBy(a => a.Network)
            .Select(a => new
            {
                a.Network,
                a.Version,
                a.Status.IsOpen,
            })
            .ToListAsync(cancellationToken);
        if (standing is not [var first, ..])
            return null;
        return new(
            "property-active",
            first.IsOpen
                ? $"Something is under way on {first.Network.ToString().ToLowerInvariant()}: cancel it or wait for its end, then delete {property.Name}."
                : $"Version {first.Version} of {property.Name} is active on {first.Network.ToString().ToLowerInvariant()}: deactivate it there first."
        );
    }

    /// <summary>Whoever cannot be reached within <see cref="Telling"/> does not keep the property.</summary>
    private async Task TellAsync(long propertyId, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(Telling, time);
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        try
        {
            await outbox.DispatchOfAsync(propertyId, ends.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // What is left goes with it.
        }
    }

    private static async Task DeleteRowsAsync(AppDbContext db, long propertyId, CancellationToken cancellationToken)
    {
        var activations = db.Activations.Where(a => a.PropertyId == propertyId);
        var ids = activations.Select(a => a.Id);
        var webhooks = db.Webhooks.Where(w => w.PropertyId == propertyId);
        var webhookIds = webhooks.Select(w => w.Id);
        var events = db.OutboxEvents.Where(e => ids.Contains(e.ActivationId!.Value) || webhookIds.Contains(e.WebhookId!.Value));
        var receivers = db.OutboxReceivers.Where(r => webhookIds.Contains(r.WebhookId!.Value));
        await db
            .OutboxDeliveries.Where(d => events.Any(e => e.Id == d.EventId) || receivers.Any(r => r.Id == d.ReceiverId))
            .ExecuteDeleteAsync(cancellationToken);
        await events.ExecuteDeleteAsync(cancellationToken);
        await receivers.ExecuteDeleteAsync(cancellationToken);
        await webhooks.ExecuteDeleteAsync(cancellationToken);
        await db.Packages.Where(p => ids.Contains(p.ActivationId)).ExecuteDeleteAsync(cancellationToken);
        await db.ActivationEvents.Where(e => ids.Contains(e.ActivationId)).ExecuteDeleteAsync(cancellationToken);
        // They point at each other.
        await activations.ExecuteUpdateAsync(set => set.SetProperty(a => a.FallbackOf, (long?)null), cancellationToken);
        await activations.ExecuteDeleteAsync(cancellationToken);
        await db.StandingFaults.Where(s => s.PropertyId == propertyId).ExecuteDeleteAsync(cancellationToken);
        await db.Drafts.Where(d => d.PropertyId == propertyId).ExecuteDeleteAsync(cancellationToken);
        await db.Hostnames.Where(h => h.PropertyId == propertyId).ExecuteDeleteAsync(cancellationToken);
        await db.Versions.Where(v => v.PropertyId == propertyId).ExecuteDeleteAsync(cancellationToken);
        await db.Properties.Where(p => p.Id == propertyId).ExecuteDeleteAsync(cancellationToken);
    }

    private static Refusal? Wrong(PropertyOrder order) =>
        order.Name.Length is 0 or > NameLength || !NameSyntax().IsMatch(order.Name)
            ? new("name-invalid", $"A property's name has 1 to {NameLength} letters, digits, dots, hyphens and underscores: “{order.Name}” does not.")
        : order.RuleFormat is { } format && !RuleFormats.IsKnown(format)
            ? new("rule-format-unknown", $"There is no rule format “{format}”. There are {RuleFormats.Possible}.")
        : null;

    private static async Task<(PropertyVersionDocument? Content, Refusal? Refusal)> FirstContentAsync(
        AppDbContext db,
        PropertyOrder order,
        Access by,
        CancellationToken cancellationToken
    )
    {
        if (order.From is not { } from)
            return (new(FirstRules(), [], "", order.RuleFormat ?? RuleFormats.Newest), null);
        var seen = db.Properties.Seen(by).Select(p => p.Id);
        var source = await db
            .Versions.AsNoTracking()
            .Include(v => v.Hostnames)
            .SingleOrDefaultAsync(v => v.PropertyId == from.PropertyId && v.Number == from.Version && seen.Contains(v.PropertyId), cancellationToken);
        if (source is null)
            return (null, new("not-found", "There is no such property version to clone."));
        if (
            await db.Properties.Where(p => p.Id == from.PropertyId).Select(p => p.GroupId).SingleAsync(cancellationToken) is var home
            && home != order.GroupId
        )
            return (
                null,
                new(
                    "clone-of-another-group",
                    $"{PublicId.Of(PublicId.Property, from.PropertyId)} is in {PublicId.Of(PublicId.Group, home)}, and a clone is made in the same group."
                )
            );
        if (from.Etag is not null && from.Etag != VersionEtag.Of(source.PropertyId, source.Number, source.Revision))
            return (null, VersionDesk.SavedAnew(source));
        var content = VersionView.ContentOf(source);
        return (
            content with
            {
                Note = "",
                RuleFormat = order.RuleFormat ?? content.RuleFormat,
                Hostnames = from.WithHostnames ? [.. content.Hostnames.Select(h => h with { MigratedFromLegacy = false })] : [],
            },
            null
        );
    }

    /// <summary>As it is written. What is cloned may be of a product that is not sold any more.</summary>
    private static async Task<string?> FindProductAsync(AppDbContext db, PropertyOrder order, CancellationToken cancellationToken) =>
        Product.Find(order.ProductId)?.Id
        ?? (
            order.From is { } from
                ? await db
                    .Properties.Where(p => p.Id == from.PropertyId && p.ProductId == order.ProductId)
                    .Select(p => p.ProductId)
                    .SingleOrDefaultAsync(cancellationToken)
                : null
        );

    /// <summary>What every property needs, with the origin and the CP code left for its maker to name.</summary>
    private static RuleTree FirstRules() =>
        new(
            new Rule("default")
            {
                Options = OptionSet.Parse("""{"is_secure":false}"""),
                Behaviors =
                [
                    RuleCatalog.Start(RuleCatalog.Behaviors["origin"]),
                    RuleCatalog.Start(RuleCatalog.Behaviors["cpCode"]),
                    RuleCatalog.Start(RuleCatalog.Behaviors["caching"]),
                ],
            }
        );

    private static Task<bool> IsTakenAsync(AppDbContext db, long accountId, string name, CancellationToken cancellationToken) =>
        db.Properties.AnyAsync(p => p.AccountId == accountId && p.Name == name, cancellationToken);

    private static Refusal Taken(string name) => new("name-taken", $"The account has a property {name} already. Choose another name.");

    private async Task<(long? Id, Refusal? Refusal)> AddAsync(
        AppDbContext db,
        PropertyOrder order,
        PropertyGroup group,
        PropertyVersionDocument content,
        Access by,
        CancellationToken cancellationToken
    )
    {
        var property = new Property
        {
            AccountId = group.AccountId,
            GroupId = group.Id,
            Name = order.Name,
            ProductId = order.ProductId,
            Traffic = FirstTraffic,
        };
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        db.Properties.Add(property);
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException)
        {
            // Of two who take the same name at once, the database lets one through.
            await transaction.RollbackAsync(cancellationToken);
            if (await IsTakenAsync(db, group.AccountId, order.Name, cancellationToken))
                return (null, Taken(order.Name));
            throw;
        }
        db.Versions.Add(
            new PropertyVersion
            {
                PropertyId = property.Id,
                Number = 1,
                RuleFormat = content.RuleFormat,
                Rules = RuleTreeJson.Write(content.Rules),
                Hostnames = VersionView.Rows(content.Hostnames, property.Id, 1),
                Author = by.Email,
                UpdatedAt = time.GetUtcNow(),
            }
        );
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return (property.Id, null);
    }

    [GeneratedRegex(@"^[A-Za-z0-9._-]+\z", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex NameSyntax();
}
