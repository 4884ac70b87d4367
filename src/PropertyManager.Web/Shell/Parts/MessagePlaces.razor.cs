using Microsoft.AspNetCore.Components;
using PropertyManager.Domain.Configuration;

namespace PropertyManager.Web.Shell.Parts;

/// <summary>Where a message holds, to be opened: how many places there are, and the first of them. Nothing where there is one.</summary>
public sealed partial class MessagePlaces
{
    private const int Shown = 100;

    [Parameter, EditorRequired]
    public required ValidationMessage Message { get; set; }

    /// <summary>A place, such as a link to it.</summary>
    [Parameter, EditorRequired]
    public required RenderFragment<MessagePlace> ChildContent { get; set; }

    private int Listed => Math.Min(Shown, Message.Others.Count + 1);
}
