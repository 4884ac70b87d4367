using Microsoft.AspNetCore.Components;
using PropertyManager.Domain;
using PropertyManager.Web.Data;
using PropertyManager.Web.Engine;
using PropertyManager.Web.Shell.Parts;

namespace PropertyManager.Web.Features.ApiClients;

/// <summary>What an API client is to be, as a form that is checked at each field. It takes the focus when it opens.</summary>
public sealed partial class ApiClientForm
{
    private readonly string _id = $"api-client-{Guid.NewGuid():N}";
    private HashSet<long> _groups = [];
    private ElementReference _first;
    private string _name = "";
    private bool _isReadOnly;
    private bool _isConfined;
    private string? _nameError;
    private string? _groupsError;
    private Refusal? _refusal;
    private ActionRunner? _runner;

    /// <summary>The form's name.</summary>
    [Parameter, EditorRequired]
    public required string Label { get; set; }

    /// <summary>What its button says.</summary>
    [Parameter, EditorRequired]
    public required string Submit { get; set; }

    /// <summary>The groups to choose from.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<GroupChoice> Choices { get; set; }

    /// <summary>The client to change; null for a new one.</summary>
    [Parameter]
    public ApiClientFacts? Client { get; set; }

    /// <summary>Does what is wished, or says why not.</summary>
    [Parameter, EditorRequired]
    public required Func<ApiClientWish, Task<Refusal?>> Save { get; set; }

    /// <summary>The form is closed, and all stays as it was.</summary>
    [Parameter, EditorRequired]
    public required EventCallback Cancelled { get; set; }

    private bool IsBusy => _runner is { IsBusy: true };

    private ApiClientWish Wish => new(_name, _isReadOnly, _isConfined ? [.. Choices.Select(choice => choice.Id).Where(_groups.Contains)] : null);

    protected override void OnInitialized()
    {
        if (Client is not { } client)
            return;
        (_name, _isReadOnly, _isConfined) = (client.Name, client.IsReadOnly, client.Groups.Count > 0);
        _groups = [.. client.Groups];
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
            await _first.TryFocusAsync();
    }

    private Task SaveAsync() =>
        _runner!.RunAsync(async _ =>
        {
            (_refusal, _nameError, _groupsError) = (null, Problem(ApiClientWish.InvalidName), Problem(ApiClientWish.InvalidGroups));
            if (_nameError is null && _groupsError is null && await Save(Wish) is { } refusal)
                Show(refusal);
        });

    private void Show(Refusal refusal)
    {
        if (refusal.Code == ApiClientWish.InvalidName)
            _nameError = refusal.Message;
        else if (refusal.Code == ApiClientWish.InvalidGroups)
            _groupsError = refusal.Message;
        else
            _refusal = refusal;
    }

    // A new error is said only when the field is left; it goes as soon as it is mended.
    private void TypeName(ChangeEventArgs change)
    {
        _name = change.Value as string ?? "";
        if (Problem(ApiClientWish.InvalidName) is null)
            _nameError = null;
    }

    private void CheckName(ChangeEventArgs change)
    {
        _name = change.Value as string ?? "";
        _nameError = Problem(ApiClientWish.InvalidName);
    }

    private void Confine(bool confined) => (_isConfined, _groupsError) = (confined, null);

    private void Choose(long group, ChangeEventArgs change)
    {
        if (change.Value is true)
            _groups.Add(group);
        else
            _groups.Remove(group);
        if (_groups.Count > 0)
            _groupsError = null;
    }

    // Each field by itself: of two things that are wrong both are said.
    private string? Problem(string code)
    {
        var wish = code == ApiClientWish.InvalidName ? Wish with { Groups = null } : Wish with { Name = "of no account here" };
        return wish.Problem is { } problem && problem.Code == code ? problem.Message : null;
    }

    private string Id(string part) => $"{_id}-{part}";
}
