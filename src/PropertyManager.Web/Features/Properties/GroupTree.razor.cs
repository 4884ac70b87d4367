using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace PropertyManager.Web.Features.Properties;

/// <summary>Groups and, nested, the groups in them. Tab goes through them; the arrow keys left and right fold and unfold.</summary>
public sealed partial class GroupTree
{
    [Parameter, EditorRequired]
    public required IReadOnlyList<GroupNode> Nodes { get; set; }

    /// <summary>How deep these nodes lie, from 0.</summary>
    [Parameter]
    public int Level { get; set; }

    [Parameter]
    public long? Selected { get; set; }

    /// <summary>The groups that are folded.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlySet<long> Closed { get; set; }

    /// <summary>This group is to be folded or unfolded.</summary>
    [Parameter, EditorRequired]
    public required EventCallback<long> Toggled { get; set; }

    /// <summary>Where a group's properties are shown.</summary>
    [Parameter, EditorRequired]
    public required Func<long?, string> Address { get; set; }

    private async Task Press(KeyboardEventArgs pressed, GroupNode node)
    {
        var closed = Closed.Contains(node.Id);
        if (node.Children.Count > 0 && pressed.Key == (closed ? "ArrowRight" : "ArrowLeft"))
            await Toggled.InvokeAsync(node.Id);
    }
}
