using Microsoft.AspNetCore.Components;

namespace PropertyManager.Web.Shell.Parts;

/// <summary>What an option is set to.</summary>
public sealed partial class OptionItem
{
    [Parameter, EditorRequired]
    public required OptionValue Value { get; set; }

    /// <summary>What it is compared with: where the two differ in characters that cannot be seen, these have signs. Null where it stands alone.</summary>
    [Parameter]
    public OptionValue? Other { get; set; }

    private IReadOnlyList<SignedPart> Signed(string text) => InvisibleSigns.Parts(text, Other?.AsText);

    private OptionValue? OtherAt(int place) => Other is OptionValue.Several { Items: var items } && place < items.Count ? items[place] : null;
}
