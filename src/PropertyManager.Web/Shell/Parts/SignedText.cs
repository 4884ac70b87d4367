using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace PropertyManager.Web.Shell.Parts;

/// <summary>A text with signs in it for what cannot be seen. In code, because between the pieces there must not be a space.</summary>
public sealed class SignedText : ComponentBase
{
    /// <summary>The text in pieces, of <see cref="InvisibleSigns" />.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<SignedPart> Parts { get; set; }

    /// <inheritdoc />
    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        foreach (var part in Parts)
        {
            if (part.Name is null)
            {
                builder.AddContent(0, part.Text);
                continue;
            }
            builder.OpenElement(1, "span");
            builder.AddAttribute(2, "class", "pm-sign");
            builder.AddAttribute(3, "role", "img");
            builder.AddAttribute(4, "aria-label", part.Name);
            builder.AddAttribute(5, "title", part.Name);
            builder.AddContent(6, part.Text);
            builder.CloseElement();
        }
    }
}
