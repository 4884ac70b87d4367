using System.Text.Json;
using Microsoft.AspNetCore.Components;
using PropertyManager.Domain.Configuration;
using PropertyManager.Domain.Configuration.Catalog;

namespace PropertyManager.Web.Features.Editor.Edit;

/// <summary>One option of a behavior or criterion, as a field of its form.</summary>
public sealed partial class OptionInput
{
    private static readonly JsonSerializerOptions Pretty = new() { WriteIndented = true };

    private static readonly (string, string)[] Units = [("s", "seconds"), ("m", "minutes"), ("h", "hours"), ("d", "days")];

    private string _lines = "";

    [Parameter, EditorRequired]
    public required CatalogOption Option { get; set; }

    /// <summary>Id of the field, unique on the page.</summary>
    [Parameter, EditorRequired]
    public required string Id { get; set; }

    /// <summary>What it is set to; null when it is not there.</summary>
    [Parameter]
    public JsonElement? Value { get; set; }

    /// <summary>JSON pointer to the option.</summary>
    [Parameter, EditorRequired]
    public required string Place { get; set; }

    /// <summary>What the validator says, by pointer.</summary>
    [Parameter, EditorRequired]
    public required ILookup<string, ValidationMessage> Messages { get; set; }

    /// <summary>Somebody set it; null takes it away.</summary>
    [Parameter]
    public Action<JsonElement?>? Changed { get; set; }

    private string Text => OptionEdits.Text(Value);

    private bool IsUnset => Value is null or { ValueKind: JsonValueKind.Null or JsonValueKind.Undefined };

    // A switch that is not set stands as its default has it.
    private bool IsOn => (IsUnset ? Option.Default : Value) is { ValueKind: JsonValueKind.True };

    /// <summary>"default (on)": what holds while it is not set. Null once it is, and where nothing is known to hold.</summary>
    private string? Default => IsUnset && DefaultWords.Of(Option) is { } words ? $"default ({words})" : null;

    // The choice that is meant, though it may be written in another case; null for none of them.
    private string? Chosen => Value is { } value ? Option.ChoiceOf(value)?.Value : null;

    private IReadOnlyList<string> Texts => Value is { } value ? new OptionSet([KeyValuePair.Create("", value)]).Texts("") : [];

    private int Rows => Math.Clamp(_lines.Count(c => c == '\n') + 2, 2, 8);

    private ValidationMessage? Wrong => Messages[Place].FirstOrDefault();

    private string? Invalid => Wrong is { Severity: Severity.Error } ? "true" : null;

    private string? DescribedBy =>
        (Wrong is not null, Option.Help.Length > 0) switch
        {
            (true, true) => $"{Id}-hint {Id}-wrong",
            (true, false) => $"{Id}-wrong",
            (false, true) => $"{Id}-hint",
            _ => null,
        };

    private RenderFragment Hint =>
        builder =>
        {
            if (Option.Help.Length == 0)
                return;
            builder.OpenElement(0, "p");
            builder.AddAttribute(1, "class", "pm-hint");
            builder.AddAttribute(2, "id", $"{Id}-hint");
            builder.AddContent(3, Option.Help);
            builder.CloseElement();
        };

    // The lines stay as they are typed, with the empty one that is being begun, as long as they mean what the option holds.
    protected override void OnParametersSet()
    {
        if (Option.Type == OptionType.Texts && (Value is not { } value || !JsonElement.DeepEquals(OptionEdits.Lines(_lines), value)))
            _lines = Text;
    }

    private void Type(string? typed)
    {
        var text = typed ?? "";
        if (Option.Type == OptionType.Texts)
            _lines = text;
        Set(OptionEdits.Read(Option, text));
    }

    private void SetDuration(string? number, string unit) => Set(JsonSerializer.SerializeToElement(number?.Trim() + unit));

    private void Choose(string value, bool on) =>
        Set(JsonSerializer.SerializeToElement(on ? Texts.Append(value).Distinct(StringComparer.Ordinal) : Texts.Where(text => text != value)));

    private JsonElement? FieldOf(string name) =>
        Value is { ValueKind: JsonValueKind.Object } value && value.TryGetProperty(name, out var field) ? field : null;

    private void SetField(string name, JsonElement? field)
    {
        var fields = Value is { ValueKind: JsonValueKind.Object } value
            ? value.EnumerateObject().ToDictionary(f => f.Name, f => f.Value, StringComparer.Ordinal)
            : [];
        if (field is { } given)
            fields[name] = given;
        else
            fields.Remove(name);
        Set(JsonSerializer.SerializeToElement(fields));
    }

    private void Set(JsonElement? value) => Changed?.Invoke(value);
}
