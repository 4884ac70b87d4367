using PropertyManager.Web.Data;
using PropertyManager.Web.Engine;
using PropertyManager.Web.Papi.Limits;
using PropertyManager.Web.Papi.Problems;
using PropertyManager.Web.Papi.Signing;

namespace PropertyManager.Web.Papi;

/// <summary>
/// The way of a program's request: problems for whatever goes wrong, who signed it, whether they ask too often, and then straight from routing to
/// the endpoint. What pages need on their way (cookies, antiforgery, status pages) costs programs nothing.
/// </summary>
internal static partial class ApiPipeline
{
    /// <summary>Stands before everything that is for pages.</summary>
    public static void UseApi(this WebApplication app)
    {
        var gate = new Gate(
            app.Services.GetRequiredService<EdgeGridCheck>(),
            app.Services.GetRequiredService<ApiLimits>(),
            app.Services.GetRequiredService<TimeProvider>(),
            app.Logger,
            app.Lifetime.ApplicationStopping
        );
        app.UseApiCompression();
        app.Use((http, next) => PapiProblems.IsApi(http.Request.Path) ? gate.LetInAsync(http, next) : next(http));
        app.UseRouting();
        app.Use(
            (http, next) =>
                PapiProblems.IsApi(http.Request.Path) ? AnswerAsync(http)
                : http.GetEndpoint() is not RouteEndpoint && IsProgram(http.Request.Headers)
                    ? PapiProblems.OtherApi(http.Request.Path).ExecuteAsync(http)
                : next(http)
        );
    }

    /// <summary>Whoever asks reads problems, and not pages.</summary>
    private static bool IsProgram(IHeaderDictionary headers) =>
        headers.Authorization.ToString().StartsWith(EdgeGridSignature.Scheme, StringComparison.OrdinalIgnoreCase)
        || (
            headers.Accept.ToString() is { Length: > 0 } accept
            && accept.Contains("json", StringComparison.OrdinalIgnoreCase)
            && !accept.Contains("html", StringComparison.OrdinalIgnoreCase)
        );

    private static Task AnswerAsync(HttpContext http)
    {
        if (http.GetEndpoint()?.RequestDelegate is { } endpoint)
            return endpoint(http);
        http.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }

    private sealed partial class Gate(EdgeGridCheck check, ApiLimits limits, TimeProvider time, ILogger logger, CancellationToken stopping)
    {
        public async Task LetInAsync(HttpContext http, RequestDelegate next)
        {
            try
            {
                if (await check.CheckAsync(http) is { } problem)
                    await problem.ExecuteAsync(http);
                else if (LimitAnswers.Hold(http, limits.Take(http.Caller()), time.GetUtcNow()) is { } tooMany)
                    await tooMany.ExecuteAsync(http);
                else
                    await next(http);
            }
            catch (BadHttpRequestException exception) when (!http.Response.HasStarted)
            {
                await PapiProblems.OfStatus(exception.StatusCode, http).ExecuteAsync(http);
                return;
            }
            catch (Exception exception)
                when (!http.Response.HasStarted && !http.RequestAborted.IsCancellationRequested && DatabaseFailure.From(exception) is { } failure)
            {
                LogDatabaseFailure(http.Request.Method, http.Request.Path, http.TraceIdentifier, failure.Text, exception);
                http.Response.Clear();
                await PapiProblems.Of(failure, http).ExecuteAsync(http);
                return;
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested && !http.Response.HasStarted)
            {
                await PapiProblems.OfStatus(StatusCodes.Status503ServiceUnavailable, http).ExecuteAsync(http);
                return;
            }
            catch (Exception exception) when (!http.Response.HasStarted && !http.RequestAborted.IsCancellationRequested)
            {
                LogBug(http.Request.Method, http.Request.Path, http.TraceIdentifier, exception);
                http.Response.Clear();
                await PapiProblems.OfStatus(StatusCodes.Status500InternalServerError, http).ExecuteAsync(http);
                return;
            }
            if (http.Response is { StatusCode: >= 400, HasStarted: false, ContentType: null })
                await PapiProblems.OfStatus(http.Response.StatusCode, http).ExecuteAsync(http);
        }

        [LoggerMessage(Level = LogLevel.Error, Message = "{Method} {Path} failed ({Trace})")]
        private partial void LogBug(string method, string path, string trace, Exception exception);

        [LoggerMessage(Level = LogLevel.Warning, Message = "{Method} {Path} was not completed ({Trace}): {Cause}")]
        private partial void LogDatabaseFailure(string method, string path, string trace, string cause, Exception exception);
    }
}
