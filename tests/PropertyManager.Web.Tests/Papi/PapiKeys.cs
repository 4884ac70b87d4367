using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PropertyManager.Web.Data;
using PropertyManager.Web.Engine;

namespace PropertyManager.Web.Tests.Papi;

/// <summary>Keys as people make them.</summary>
internal static class PapiKeys
{
    private const string Publisher = "publisher@demo.example";

    /// <summary>A key of a new client of one of the demo people.</summary>
    public static async Task<ApiKey> KeyAsync(this PapiApp app, string email = Publisher, ApiClientWish? wish = null)
    {
        wish ??= new ApiClientWish("For a test", IsReadOnly: false, Groups: null);
        var answer = await app
            .Services.GetRequiredService<ApiClientDesk>()
            .CreateAsync(await app.UserAsync(email), wish with { Name = $"{wish.Name} {Guid.NewGuid():N}" }, default);
        Assert.Null(answer.Refusal);
        return answer.Key!;
    }

    /// <summary>The key of one of the demo people.</summary>
    public static async Task<string> UserAsync(this PapiApp app, string email = Publisher)
    {
        await using var db = await app.Services.GetRequiredService<IDbContextFactory<AppDbContext>>().CreateDbContextAsync();
        return await db.Users.Where(user => user.Email == email).Select(user => user.Id).SingleAsync();
    }

    /// <summary>Signs with the key.</summary>
    public static PapiClient Client(this PapiApp app, ApiKey key) =>
        new(app.App.CreateDefaultClient(), key.ClientToken, key.AccessToken, key.ClientSecret);

    /// <summary>Who asks when the key asks.</summary>
    public static async Task<ApiCaller> FindAsync(this PapiApp app, ApiKey key) =>
        await app.Services.GetRequiredService<ApiCallers>().FindAsync(key.ClientToken, default)
        ?? throw new InvalidOperationException("There is no such key.");

    /// <summary>A group of the publisher's that others are under, and those.</summary>
    public static async Task<(long Id, IReadOnlyList<long> WithThoseUnder)> ParentGroupAsync(this PapiApp app)
    {
        await using var db = await app.Services.GetRequiredService<IDbContextFactory<AppDbContext>>().CreateDbContextAsync();
        var groups = await db.Groups.AsNoTracking().ToListAsync();
        // In the middle of a tree: one over it that is not seen, and some under it that are.
        var parent = groups.First(group => group.ParentId is not null && groups.Exists(child => child.ParentId == group.Id));
        return (parent.Id, [parent.Id, .. groups.Where(group => group.ParentId == parent.Id).Select(group => group.Id)]);
    }

    /// <summary>All groups of an account, in order.</summary>
    public static async Task<IReadOnlyList<long>> GroupsOfAsync(this PapiApp app, long account)
    {
        await using var db = await app.Services.GetRequiredService<IDbContextFactory<AppDbContext>>().CreateDbContextAsync();
        return await db.Groups.Where(group => group.AccountId == account).Select(group => group.Id).OrderBy(id => id).ToListAsync();
    }
}
