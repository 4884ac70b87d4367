using Microsoft.AspNetCore.Components;
using PropertyManager.Domain.Properties;
using PropertyManager.Web.Shell.Parts;

namespace PropertyManager.Web.Features.Audience;

/// <summary>One request of an audience as a form, checked at each field. It takes the focus when it opens.</summary>
public sealed partial class AudienceForm
{
    private readonly string _id = $"request-{Guid.NewGuid():N}";
    private readonly Dictionary<AudienceField, string> _errors = [];
    private AudienceDraft _draft = new();
    private ElementReference _first;

    /// <summary>The form's name: "Request 3".</summary>
    [Parameter, EditorRequired]
    public required string Label { get; set; }

    /// <summary>What the form begins with.</summary>
    [Parameter, EditorRequired]
    public required AudienceRequest Request { get; set; }

    /// <summary>To choose from; the first is asked where none is named.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<string> Hostnames { get; set; }

    /// <summary>Codes of the countries that the property's traffic comes from: they are offered first.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<string> Usual { get; set; }

    /// <summary>Takes the request, without a problem.</summary>
    [Parameter, EditorRequired]
    public required EventCallback<AudienceRequest> Done { get; set; }

    /// <summary>The form is closed, and the request stays as it was.</summary>
    [Parameter, EditorRequired]
    public required EventCallback Cancelled { get; set; }

    // A hostname that this version does not have is another's: the desk knows.
    private IReadOnlyCollection<string> Known => [.. Hostnames, Request.Host];

    /// <summary>What stands in the form. False where a field has a problem, which is shown there.</summary>
    public bool TryTake(out AudienceRequest request)
    {
        request = _draft.Build();
        foreach (var field in Enum.GetValues<AudienceField>())
            Check(field);
        StateHasChanged();
        return _errors.Count == 0;
    }

    protected override void OnInitialized() => _draft = AudienceDraft.Of(Request);

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
            await _first.TryFocusAsync();
    }

    private Task DoneAsync() => TryTake(out var request) ? Done.InvokeAsync(request) : Task.CompletedTask;

    private void ChooseHost(ChangeEventArgs change)
    {
        Type(_draft with { Host = Text(change) });
        Check(AudienceField.Host);
    }

    /// <summary>A new error is said only when the field is left; it goes as soon as it is mended.</summary>
    private void Type(AudienceDraft draft)
    {
        _draft = draft;
        var problems = draft.Problems(Known);
        foreach (var field in _errors.Keys.Where(field => !problems.ContainsKey(field)).ToList())
            _errors.Remove(field);
    }

    private void Check(AudienceField field)
    {
        if (_draft.Problems(Known).TryGetValue(field, out var problem))
            _errors[field] = problem;
        else
            _errors.Remove(field);
    }

    private string Id(AudienceField field) => $"{_id}-{field}";

    private string ErrorId(AudienceField field) => $"{Id(field)}-error";

    private string? Error(AudienceField field) => _errors.GetValueOrDefault(field);

    private string? Invalid(AudienceField field) => Error(field) is null ? null : "true";

    private static string Text(ChangeEventArgs change) => change.Value as string ?? "";
}
