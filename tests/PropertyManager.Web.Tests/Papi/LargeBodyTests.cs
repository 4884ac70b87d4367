using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using PropertyManager.Web.Engine;
using PropertyManager.Web.Papi.Limits;

namespace PropertyManager.Web.Tests.Papi;

/// <summary>What bodies cost before they are read, and while they are.</summary>
public sealed class LargeBodyTests(PapiApp app) : IClassFixture<PapiApp>
{
    /// <summary>Rules that are large enough, and refused for their name once they are read.</summary>
    private static readonly string Body = $$$"""{"rules":{"name":"{{{new string('n', ApiLimits.LargeBody)}}}"}}""";

    [Fact]
    public async Task A_length_that_is_said_alone_takes_no_memory()
    {
        var http = new DefaultHttpContext();
        http.Request.ContentType = "application/json";
        http.Request.ContentLength = 9_000_000;
        http.Request.Body = new MemoryStream([.. "{}"u8]);
        var read = typeof(ApiLimits).Assembly.GetType("PropertyManager.Web.Papi.PapiRequest", throwOnError: true)!.GetMethod("ReadBytesAsync")!;

        var task = (Task)read.Invoke(null, [http, 9_000_000, (string[])[http.Request.ContentType]])!;
        await task;

        var bytes = (ReadOnlyMemory<byte>)((ITuple)task.GetType().GetProperty("Result")!.GetValue(task)!)[0]!;
        Assert.Equal("{}"u8, bytes.Span);
        Assert.True(MemoryMarshal.TryGetArray(bytes, out var held));
        Assert.InRange(held.Array!.Length, 2, 64 * 1024);
    }

    [Fact]
    public async Task A_client_sends_so_many_large_bodies_at_once()
    {
        var client = await app.ClientAsync();
        var path = $"{await client.MakeAsync()}/versions/1/rules";
        var caller = (await app.Services.GetRequiredService<ApiCallers>().FindAsync(client.ClientToken, default))!;
        var limits = app.Services.GetRequiredService<ApiLimits>();
        var places = Enumerable.Range(0, ApiLimits.MostLargeBodies).Select(_ => limits.TakeLargeBody(caller)).ToList();

        var refused = await client.PutAsync(path, Body);
        var small = await client.PutAsync(path, PapiProperties.Rules);

        Assert.Equal((429, "large-bodies-at-once", "1"), (refused.Status, (string?)refused.Json!["limitKey"], refused.Headers["Retry-After"]));
        Assert.Equal(200, small.Status);
        Assert.Equal(400, (await (await app.ClientAsync()).PutAsync(path, Body)).Status);

        // Each that is answered makes room for the next.
        places[0]!.Dispose();
        for (var i = 0; i <= ApiLimits.MostLargeBodies; i++)
            Assert.Equal(400, (await client.PutAsync(path, Body)).Status);
    }
}
