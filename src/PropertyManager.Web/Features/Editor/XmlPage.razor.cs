using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using PropertyManager.Domain.Configuration;
using PropertyManager.Web.Data;
using PropertyManager.Web.Shell.Parts;

namespace PropertyManager.Web.Features.Editor;

/// <summary>View XML: the metadata that edge servers are given for a version, with a link to each line.</summary>
public sealed partial class XmlPage
{
    /// <summary>Height of a row in CSS pixels; the style sheet is given it, so that both agree.</summary>
    private const int RowHeight = 20;

    private string _xml = "";
    private XmlLine[] _lines = [];
    private int _columns;
    private ElementReference _scroll;
    private bool _mustScroll;

    [Inject]
    public required VersionQuery Versions { get; init; }

    [Inject]
    public required IJSRuntime Js { get; init; }

    /// <summary><c>prp_…</c></summary>
    [Parameter]
    public required string PropertyId { get; set; }

    [Parameter]
    public required int Version { get; set; }

    /// <summary>The line that the address points at, from 1.</summary>
    [SupplyParameterFromQuery]
    public int? Line { get; set; }

    // The width of the numbers and of the longest line, not of those in view: else the scrollbar would jump.
    private string Measures =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"--xml-row: {RowHeight}px; --xml-columns: {_columns}; --xml-digits: {Math.Max(3, (int)Math.Log10(_lines.Length) + 1)}"
        );

    private async Task<PageAnswer<VersionView>> LoadAsync(PageRead read)
    {
        var answer = await Versions.ReadAsync(read.Access, PropertyId, Version, read.Cancellation);
        if (answer.View is { } view)
        {
            _xml = MetadataXml.Write(view.Document);
            _lines = [.. _xml.TrimEnd('\n').Split('\n').Select((text, i) => new XmlLine(i + 1, text))];
            _columns = _lines.Max(line => line.Text.Length);
        }
        return answer.ForPage();
    }

    private void Scroll() => _mustScroll = Line is not null;

    // Only to the line that one comes with: a line that is chosen here is in sight.
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!_mustScroll)
            return;
        _mustScroll = false;
        await BrowserCalls.TryAsync(async () =>
        {
            await using var module = await Js.InvokeAsync<IJSObjectReference>("import", "./" + Assets["lines.js"]);
            await module.InvokeVoidAsync("scrollToLine", _scroll, Line, RowHeight);
        });
    }

    private static string LinkOf(VersionView view, XmlLine line) =>
        FormattableString.Invariant($"{Links.Xml(view.Property.Id, view.Version.Number)}?line={line.Number}");

    private static string? Css(XmlToken token) =>
        token switch
        {
            XmlToken.Tag => "tag",
            XmlToken.Attribute => "attribute",
            XmlToken.Value => "value",
            XmlToken.Note => "note",
            _ => null,
        };

    /// <summary>A line of the document.</summary>
    /// <param name="Number">From 1.</param>
    /// <param name="Text">Without its line end.</param>
    [StructLayout(LayoutKind.Auto)]
    private readonly record struct XmlLine(int Number, string Text);
}
