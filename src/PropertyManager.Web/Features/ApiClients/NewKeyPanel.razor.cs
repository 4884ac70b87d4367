using System.Text;
using Microsoft.AspNetCore.Components;
using PropertyManager.Web.Engine;
using PropertyManager.Web.Shell.Parts;

namespace PropertyManager.Web.Features.ApiClients;

/// <summary>A key that was just made, with its secret: the one time that it is seen.</summary>
public sealed partial class NewKeyPanel
{
    private ElementReference _title;

    [Parameter, EditorRequired]
    public required ApiKey Key { get; set; }

    /// <summary>Where its requests go: host name, and port unless it is 443.</summary>
    [Parameter, EditorRequired]
    public required string Host { get; set; }

    /// <summary>The host answers on https.</summary>
    [Parameter, EditorRequired]
    public required bool HasHttps { get; set; }

    /// <summary>The person has it.</summary>
    [Parameter, EditorRequired]
    public required EventCallback Closed { get; set; }

    private string File => EdgeRc.Text(Key, Host);

    private string Download => $"data:application/octet-stream;base64,{Convert.ToBase64String(Encoding.UTF8.GetBytes(File))}";

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
            await _title.TryFocusAsync();
    }
}
