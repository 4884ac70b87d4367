using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Diagnostics;
using PropertyManager.Web.Data;

namespace PropertyManager.Web.Shell;

/// <summary>What <see cref="ErrorPages"/> shows where a request ended with an exception.</summary>
public sealed partial class ErrorPage
{
    private DatabaseFailure? _failure;

    [CascadingParameter]
    public HttpContext? HttpContext { get; set; }

    private string? RequestId => Activity.Current?.Id ?? HttpContext?.TraceIdentifier;

    /// <summary>Of the page that was asked for; null where the request was to change something.</summary>
    private string? Address =>
        HttpContext is { } http && HttpMethods.IsGet(http.Request.Method) && http.Features.Get<IExceptionHandlerPathFeature>() is { } failed
            ? failed.Path + http.Request.QueryString
            : null;

    protected override void OnInitialized()
    {
        if (HttpContext?.Features.Get<IExceptionHandlerFeature>()?.Error is not { } error)
            return;
        _failure = DatabaseFailure.From(error);
        if (_failure is not null)
            HttpContext.Response.Headers.RetryAfter = _failure.RetryAfter.TotalSeconds.ToString(CultureInfo.InvariantCulture);
    }
}
