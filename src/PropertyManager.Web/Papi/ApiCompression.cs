using System.IO.Compression;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using PropertyManager.Web.Papi.Description;
using PropertyManager.Web.Papi.Problems;

namespace PropertyManager.Web.Papi;

/// <summary>
/// Compresses answers to programs that ask for it. Pages are not compressed: what is reflected in them beside secrets could be guessed by its
/// length. Requests of programs are signed, and nobody else makes them send one.
/// </summary>
internal static class ApiCompression
{
    /// <summary>Bytes; what is shorter stays as it is, where its length is known beforehand.</summary>
    private const int Least = 1000;

    public static void AddApiCompression(this IServiceCollection services)
    {
        services.AddResponseCompression(options =>
        {
            options.EnableForHttps = true;
            options.MimeTypes = ["application/*", "text/*"];
        });
        services.Configure<BrotliCompressionProviderOptions>(options => options.Level = CompressionLevel.Fastest);
        services.Configure<GzipCompressionProviderOptions>(options => options.Level = CompressionLevel.Fastest);
        services.Replace(ServiceDescriptor.Singleton<IResponseCompressionProvider, LongAnswers>());
    }

    public static void UseApiCompression(this IApplicationBuilder app) =>
        app.UseWhen(http => IsCompressed(http.Request.Path), branch => branch.UseResponseCompression());

    private static bool IsCompressed(PathString path) =>
        path == ApiDescription.Document || (PapiProblems.IsApi(path) && !path.StartsWithSegments("/hubs", StringComparison.OrdinalIgnoreCase));

    private sealed class LongAnswers(IServiceProvider services, IOptions<ResponseCompressionOptions> options)
        : ResponseCompressionProvider(services, options)
    {
        public override bool ShouldCompressResponse(HttpContext context) =>
            context.Response.ContentLength is null or >= Least && base.ShouldCompressResponse(context);
    }
}
