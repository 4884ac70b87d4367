using System.Text;
using Microsoft.EntityFrameworkCore;
using PropertyManager.Domain.Configuration;
using PropertyManager.Web.Data;
using PropertyManager.Web.Engine;
using PropertyManager.Web.Features.Properties;

namespace PropertyManager.Web.Tests.Properties;

public sealed class VersionImportTests : IDisposable
{
    private const string Rules = """{"rules":{"name":"default","behaviors":[{"name":"caching","options":{}}],"children":[{"name":"Images"}]}""";

    private readonly PropertyDatabase _database = new();
    private readonly VersionImport _import;
    private readonly long _property;

    public VersionImportTests()
    {
        _import = new VersionImport(_database, new VersionDesk(_database, new VersionHeads(_database, TimeProvider.System), TimeProvider.System));
        _property = _database.Add("shop", PropertyDatabase.Shop, ["www.shop.example", "old.shop.example"]);
    }

    public void Dispose() => _database.Dispose();

    [Fact]
    public async Task Shows_what_it_will_make_and_makes_it_with_the_next_number()
    {
        var document = await ReadAsync(Rules + ""","hostnames":["www.shop.example","new.shop.example"],"note":"From a file"}""");

        var preview = await _import.PreviewAsync(_property, basedOn: 1, document, default);
        var (number, refusal) = await _import.SaveAsync(_property, 1, document, " From a file ", null, PropertyDatabase.Ours(Role.Editor), default);

        Assert.Equal((2, 2, 1, 1), (preview.Number, preview.Rules, preview.Changes.Added.Count, preview.Changes.Removed.Count));
        Assert.Contains(preview.Messages, message => message.Severity == Severity.Error);
        Assert.Equal((2, null), (number, refusal));
        await using var db = _database.CreateDbContext();
        var made = await db.Versions.Include(version => version.Hostnames).SingleAsync(version => version.Number == 2);
        Assert.Equal((1, "From a file", "somebody@demo.example"), (made.BasedOn, made.Notes, made.Author));
        Assert.Equal(
            "new.shop.example www.shop.example",
            string.Join(' ', made.Hostnames.Select(hostname => hostname.CnameFrom).Order(StringComparer.Ordinal))
        );
        Assert.Contains("Images", made.Rules, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wildcard_comes_in_beside_the_name_it_is_made_of()
    {
        var document = await ReadAsync(
            Rules
                + ""","hostnames":[{"cnameFrom":"*.app.shop.example","cnameTo":"app.shop.example.edgesuite.net"},{"cnameFrom":"app.shop.example","cnameTo":"app.shop.example.edgesuite.net"}]}"""
        );

        var (number, refusal) = await _import.SaveAsync(_property, 1, document, "", null, PropertyDatabase.Ours(Role.Editor), default);

        Assert.Equal((2, null), (number, refusal));
        await using var db = _database.CreateDbContext();
        Assert.Equal(
            "*.app.shop.example app.shop.example",
            string.Join(' ', (await db.Hostnames.Where(h => h.Version == 2).Select(h => h.CnameFrom).ToListAsync()).Order(StringComparer.Ordinal))
        );
    }

    [Fact]
    public async Task A_file_without_hostnames_keeps_those_of_the_version_before()
    {
        var document = await ReadAsync(Rules + "}");

        var preview = await _import.PreviewAsync(_property, basedOn: 1, document, default);
        await _import.SaveAsync(_property, 1, document, "", null, PropertyDatabase.Ours(), default);

        Assert.True(preview.KeepsHostnames);
        Assert.Equal(0, preview.Changes.Count);
        await using var db = _database.CreateDbContext();
        Assert.Equal(2, await db.Hostnames.CountAsync(hostname => hostname.Version == 2));
    }

    [Fact]
    public async Task Hostnames_from_the_legacy_manager_are_marked_in_the_file_and_stay_marked()
    {
        var document = await ReadAsync(Rules + ""","hostnames":["www.shop.example",{"cnameFrom":"moved.shop.example","migratedFromLegacy":true}]}""");

        var preview = await _import.PreviewAsync(_property, basedOn: 1, document, default);
        await _import.SaveAsync(_property, 1, document, "", null, PropertyDatabase.Ours(), default);
        await _import.SaveAsync(_property, 2, await ReadAsync(Rules + "}"), "", null, PropertyDatabase.Ours(), default);

        Assert.Equal(1, preview.Changes.Migrated);
        await using var db = _database.CreateDbContext();
        Assert.Equal(
            [2, 3],
            await db.Hostnames.Where(hostname => hostname.MigratedFromLegacy).Select(hostname => hostname.Version).Order().ToListAsync()
        );
    }

    [Fact]
    public async Task Of_several_who_import_at_once_each_gets_a_number()
    {
        var document = await ReadAsync(Rules + "}");

        var made = await Task.WhenAll(
            Enumerable.Range(0, 6).Select(_ => Task.Run(() => _import.SaveAsync(_property, 1, document, "", null, PropertyDatabase.Ours(), default)))
        );

        Assert.Equal([2, 3, 4, 5, 6, 7], made.Select(one => one.Number).Order());
    }

    [Fact]
    public async Task Nothing_is_saved_by_who_may_not_or_on_what_is_not_there()
    {
        var document = await ReadAsync(Rules + "}");
        var foreign = _database.Add(
            "theirs",
            PropertyDatabase.Foreign,
            [
                [],
            ]
        );

        var results = new[]
        {
            await _import.SaveAsync(_property, 1, document, "", null, PropertyDatabase.Ours(Role.Viewer), default),
            await _import.SaveAsync(_property, 1, document, "", null, Access.None with { IsSupport = true }, default),
            await _import.SaveAsync(foreign, 1, document, "", null, PropertyDatabase.Ours(), default),
            await _import.SaveAsync(_property, 9, document, "", null, PropertyDatabase.Ours(), default),
            await _import.SaveAsync(_property, 1, document, new string('x', 1001), null, PropertyDatabase.Ours(), default),
        };

        Assert.Equal(
            "not-permitted not-permitted not-found not-found note-too-long",
            string.Join(' ', results.Select(result => result.Number is null ? result.Refusal?.Code : "saved"))
        );
        await using var db = _database.CreateDbContext();
        Assert.Equal(2, await db.Versions.CountAsync());
    }

    [Theory]
    [InlineData("{\n  \"rules\": [", 2, "")]
    [InlineData("{\"rules\":{\"name\":\"default\"},\n\"hostnames\":[\"one\"]}", 2, "/hostnames/0")]
    public async Task A_bad_text_is_told_by_line_and_pointer(string text, int line, string place)
    {
        var (document, problems) = await VersionImport.ReadAsync(new MemoryStream(Encoding.UTF8.GetBytes(text)), default);

        Assert.Null(document);
        Assert.Contains(problems, problem => problem.Line == line && problem.Pointer == place);
    }

    [Fact]
    public async Task Bytes_that_are_no_text_are_told_as_such()
    {
        var (document, problems) = await VersionImport.ReadAsync(new MemoryStream([0x7b, 0xff, 0xc0, 0x7d]), default);

        Assert.Null(document);
        Assert.Contains("UTF-8", Assert.Single(problems).Message, StringComparison.Ordinal);
    }

    private static async Task<PropertyVersionDocument> ReadAsync(string text)
    {
        var (document, problems) = await VersionImport.ReadAsync(new MemoryStream(Encoding.UTF8.GetBytes(text)), default);
        Assert.Empty(problems);
        return document!;
    }
}
