using Microsoft.AspNetCore.WebUtilities;
using PropertyManager.Domain;
using PropertyManager.Domain.Configuration.Evaluation;

namespace PropertyManager.Web.Shell.Parts;

/// <summary>The addresses of pages: every one can be kept and sent to somebody.</summary>
public static class Links
{
    public const string Groups = "groups";

    /// <summary>Simulated time, trouble and servers.</summary>
    public const string Simulation = "simulation";

    /// <summary>One's own programs that use the API.</summary>
    public const string ApiClients = "account/api-clients";

    /// <summary>What the API does.</summary>
    public const string ApiReference = "docs/api";

    /// <summary>Addresses that are told when activations change.</summary>
    public const string Webhooks = "account/webhooks";

    public static string Property(long id) => $"properties/{PublicId.Of(PublicId.Property, id)}";

    public static string History(long propertyId) => $"{Property(propertyId)}?tab=history";

    public static string Version(long propertyId, int version) => $"{Property(propertyId)}/versions/{version}";

    public static string Edit(long propertyId, int version) => $"{Version(propertyId, version)}/edit";

    public static string Xml(long propertyId, int version) => $"{Version(propertyId, version)}/xml";

    public static string Activate(long propertyId, int version) => $"{Version(propertyId, version)}/activate";

    /// <summary>What end users ask of the property.</summary>
    public static string Audience(long propertyId) => $"{Property(propertyId)}/audience";

    /// <summary>A request tried against a version, and against another beside it.</summary>
    public static string Try(long propertyId, int version, EdgeRequest? request = null, int? against = null)
    {
        var query = new Dictionary<string, string?>(StringComparer.Ordinal);
        if (request is not null)
        {
            query["method"] = request.Method;
            query["url"] = $"{request.Scheme}://{request.Host}{request.Path}{(request.Query.Length > 0 ? "?" : "")}{request.Query}";
            query["country"] = request.Client.Country;
            query["agent"] = request.Headers.FirstOrDefault(header => header.Key == "User-Agent").Value;
            query["origin"] = request.Origin.Status.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }
        if (against is { } other)
            query["against"] = other.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return QueryHelpers.AddQueryString($"{Version(propertyId, version)}/try", query.Where(pair => !string.IsNullOrEmpty(pair.Value)));
    }

    /// <summary>The version with one of its rules chosen.</summary>
    /// <param name="propertyId">Whose version it is.</param>
    /// <param name="version">Its number.</param>
    /// <param name="place">JSON pointer to the rule: <c>/rules/children/2</c>.</param>
    public static string Rule(long propertyId, int version, string place) => $"{Version(propertyId, version)}?rule={Uri.EscapeDataString(place)}";

    /// <summary>What changed from <paramref name="before"/> to <paramref name="version"/> in the XML.</summary>
    public static string Diff(long propertyId, int version, int before) => $"{Compare(propertyId, before, version)}?view=xml";

    /// <summary>Two versions side by side, the left one as the one before.</summary>
    public static string Compare(long propertyId, int left, int right) => $"{Property(propertyId)}/compare/{left}/{right}";

    public static string Activation(long id) => $"activations/{PublicId.Of(PublicId.Activation, id)}";

    /// <summary>How the activation stood at an instant of its simulated time.</summary>
    public static string ActivationAt(long id, TimeSpan elapsed) =>
        FormattableString.Invariant($"{Activation(id)}?at={(int)elapsed.TotalSeconds}#replay");
}
