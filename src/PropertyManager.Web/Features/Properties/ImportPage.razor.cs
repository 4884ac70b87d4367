using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.EntityFrameworkCore;
using Microsoft.JSInterop;
using PropertyManager.Domain;
using PropertyManager.Domain.Configuration;
using PropertyManager.Domain.Properties;
using PropertyManager.Web.Data;
using PropertyManager.Web.Shell.Parts;

namespace PropertyManager.Web.Features.Properties;

/// <summary>"Import": a new version from a JSON file. Nothing is saved before the person has seen what the file contains.</summary>
public sealed partial class ImportPage
{
    private const int ShownProblems = 50;

    private LivePage<ImportView>? _page;
    private int? _basedOn;
    private string _source = "";
    private string _notes = "";
    private IReadOnlyList<ConfigurationProblem> _problems = [];
    private PropertyVersionDocument? _document;
    private ImportPreview? _preview;
    private Refusal? _refusal;
    private ActionRunner? _reader;
    private ActionRunner? _previewer;
    private ActionRunner? _runner;
    private Guid _requestKey;
    private ElementReference _text;

    [Inject]
    public required IDbContextFactory<AppDbContext> Contexts { get; init; }

    [Inject]
    public required VersionImport Import { get; init; }

    [Inject]
    public required CurrentAccess Person { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    [Inject]
    public required IJSRuntime Js { get; init; }

    [Parameter]
    public required string PropertyId { get; set; }

    private Property Property => _page!.View!.Property;

    private bool IsReading => _reader is { IsBusy: true };

    private async Task<PageAnswer<ImportView>> LoadAsync(PageRead read)
    {
        if (PublicId.Parse(PublicId.Property, PropertyId) is not { } id)
            return PermalinkProblem.Unknown;
        await using var db = await Contexts.CreateDbContextAsync(read.Cancellation);
        var property = await db.Properties.AsNoTracking().SingleOrDefaultAsync(property => property.Id == id, read.Cancellation);
        if (Permalinks.Judge(property?.GroupId, isWhole: true, read.Access, Role.Editor) is { } problem)
            return problem;
        var versions = await db
            .Versions.Where(version => version.PropertyId == id)
            .OrderByDescending(version => version.Number)
            .Select(version => version.Number)
            .ToListAsync(read.Cancellation);
        _basedOn = versions.Count > 0 ? versions[0] : null;
        return new ImportView(property!, versions);
    }

    private Task TakeFileAsync(InputFileChangeEventArgs chosen) =>
        TakeAsync(chosen.File.Name, chosen.File.Size, gone => Task.FromResult(chosen.File.OpenReadStream(VersionImport.MaxBytes, gone)));

    private Task TakeTextAsync() =>
        TakeAsync(
            "The text",
            size: 0,
            async gone =>
            {
                await using var module = await Js.InvokeAsync<IJSObjectReference>("import", gone, "./Features/Properties/ImportPage.razor.js");
                await using var text = await module.InvokeAsync<IJSStreamReference>("read", gone, _text);
                await using var stream = await text.OpenReadStreamAsync(VersionImport.MaxBytes, gone);
                var whole = new MemoryStream();
                await stream.CopyToAsync(whole, gone);
                whole.Position = 0;
                return whole;
            }
        );

    private Task TakeAsync(string source, long size, Func<CancellationToken, Task<Stream>> open) =>
        _reader!.RunAsync(async gone =>
        {
            (_source, _problems, _document, _preview, _refusal) = (source, [], null, null, null);
            try
            {
                if (size > VersionImport.MaxBytes)
                    _problems = [Problem($"It has {Words.Number(size)} bytes; at most {Words.Number(VersionImport.MaxBytes)} are allowed.")];
                else
                {
                    await using var stream = await open(gone);
                    (_document, _problems) = await VersionImport.ReadAsync(stream, gone);
                }
                if (_document is not null)
                {
                    _notes = _document.Note ?? "";
                    MakeRequestKey();
                    await PreviewAsync(gone);
                }
            }
            catch (Exception exception) when (exception is IOException or ArgumentOutOfRangeException or JSException)
            {
                _problems = [Problem("It could not be read to the end: it is too long, or it was moved or changed meanwhile. Choose it again.")];
            }
        });

    private async Task PreviewAsync(CancellationToken gone) => _preview = await Import.PreviewAsync(Property.Id, _basedOn, _document!, gone);

    // What is chosen while the preview of another choice is read is read after it.
    private Task ChooseBaseAsync(ChangeEventArgs chosen)
    {
        _basedOn = int.Parse((string)chosen.Value!, CultureInfo.InvariantCulture);
        MakeRequestKey();
        return _previewer!.RunAsync(async gone =>
        {
            int? previewed;
            do
            {
                previewed = _basedOn;
                await PreviewAsync(gone);
            } while (previewed != _basedOn);
        });
    }

    /// <summary>What is created is another from now on: only the same, sent twice, makes one version.</summary>
    private void MakeRequestKey() => _requestKey = Guid.NewGuid();

    private Task SaveAsync() =>
        _runner!.RunAsync(async gone =>
        {
            var access = await Person.ReadAsync(gone);
            (var number, _refusal) = await Import.SaveAsync(Property.Id, _basedOn, _document!, _notes, _requestKey, access, gone);
            if (number is { } made)
                Navigation.NavigateTo(Links.Version(Property.Id, made));
        });

    private static ConfigurationProblem Problem(string message) => new("", null, null, message);

    private static string? Place(ConfigurationProblem problem) =>
        (problem.Line, problem.Pointer) switch
        {
            ({ } line, "") => string.Create(CultureInfo.InvariantCulture, $"Line {line}, column {problem.Column}"),
            ({ } line, var pointer) => string.Create(CultureInfo.InvariantCulture, $"Line {line}, column {problem.Column} ({pointer})"),
            (null, "") => null,
            (null, var pointer) => pointer,
        };
}
