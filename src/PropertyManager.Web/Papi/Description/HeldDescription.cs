using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace PropertyManager.Web.Papi.Description;

/// <summary>
/// The OpenAPI document as it is sent. It is the same as long as the program runs, and much work to make: once is enough.
/// </summary>
internal sealed class HeldDescription([FromKeyedServices(ApiDescription.Version)] IOpenApiDocumentProvider documents)
{
    private readonly Lazy<Task<byte[]>> _document = new(() => WriteAsync(documents));

    /// <summary>JSON, in UTF-8.</summary>
    public Task<byte[]> ReadAsync() => _document.Value;

    private static async Task<byte[]> WriteAsync(IOpenApiDocumentProvider documents)
    {
        var document = await documents.GetOpenApiDocumentAsync(CancellationToken.None);
        using var buffer = new MemoryStream();
        await document.SerializeAsJsonAsync(buffer, OpenApiSpecVersion.OpenApi3_1, CancellationToken.None);
        return buffer.ToArray();
    }
}
