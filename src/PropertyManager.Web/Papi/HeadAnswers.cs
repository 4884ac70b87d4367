using Microsoft.AspNetCore.Mvc.Abstractions;

namespace PropertyManager.Web.Papi;

/// <summary>What can be read with GET can be asked for with HEAD: the server leaves the body out.</summary>
internal static class HeadAnswers
{
    /// <summary>All reading endpoints answer HEAD as well, but for those with <see cref="OwnHead"/>.</summary>
    public static T AnswerHead<T>(this T endpoints)
        where T : IEndpointConventionBuilder
    {
        endpoints.Finally(endpoint =>
        {
            if (endpoint.Metadata.OfType<OwnHead>().Any())
                return;
            foreach (var methods in endpoint.Metadata.OfType<HttpMethodMetadata>().Where(methods => methods.HttpMethods is ["GET"]).ToList())
            {
                endpoint.Metadata.Remove(methods);
                endpoint.Metadata.Add(new HttpMethodMetadata([HttpMethods.Get, HttpMethods.Head]));
            }
        });
        return endpoints;
    }

    /// <summary>Its HEAD is its GET: nothing else is to be said of it.</summary>
    public static bool IsOfGet(ActionDescriptor action) =>
        action.EndpointMetadata.OfType<HttpMethodMetadata>().Any(methods => methods.HttpMethods.Contains(HttpMethods.Get, StringComparer.Ordinal));
}

/// <summary>Marks a reading endpoint whose address has an endpoint of its own for HEAD.</summary>
internal sealed class OwnHead
{
    public static OwnHead Instance { get; } = new();
}
