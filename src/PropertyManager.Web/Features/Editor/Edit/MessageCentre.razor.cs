using Microsoft.AspNetCore.Components;
using PropertyManager.Domain.Configuration;

namespace PropertyManager.Web.Features.Editor.Edit;

/// <summary>What is wrong with the version that is edited, counted while somebody types; each message leads to its places.</summary>
public sealed partial class MessageCentre
{
    private const int Shown = 100;

    private bool _open;

    [Parameter, EditorRequired]
    public required IReadOnlyList<ValidationMessage> Messages { get; set; }

    /// <summary>Text of the JSON view that cannot be read; null when it can.</summary>
    [Parameter]
    public string? Unread { get; set; }

    /// <summary>Somebody wants to see a place of a message: its JSON pointer.</summary>
    [Parameter]
    public EventCallback<string> Chosen { get; set; }

    private int Errors => Messages.Count(message => message.Severity == Severity.Error);

    private int Warnings => Messages.Count - Errors;
}
