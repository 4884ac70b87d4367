using System.Text.Json;
using PropertyManager.Domain;
using PropertyManager.Domain.Configuration;
using PropertyManager.Domain.Properties;
using PropertyManager.Web.Papi.Problems;

namespace PropertyManager.Web.Papi.Hostnames;

/// <summary>A hostname as it was sent, read.</summary>
/// <param name="Pointer">Where it stands in the body.</param>
/// <param name="CnameFrom">Lower case.</param>
/// <param name="CnameTo">Lower case; null where the edge hostname is told by its number.</param>
/// <param name="EdgeHostnameId">Null where it is told by its name.</param>
/// <param name="Certificate">Null where nothing is said.</param>
internal sealed record SentHostname(string Pointer, string CnameFrom, string? CnameTo, long? EdgeHostnameId, CertificateProvisioning? Certificate);

/// <summary>Reads hostnames out of a body, and says of each what is wrong with it.</summary>
internal sealed class HostnamesBody
{
    /// <summary>Hostnames of a body, at most.</summary>
    private const int Most = PropertyVersion.MostHostnames;

    private readonly List<PapiError> _errors = [];

    /// <summary>What is wrong, in the order of the body.</summary>
    public PapiProblem? Problem =>
        _errors.Count == 0
            ? null
            : new PapiProblem(StatusCodes.Status400BadRequest, "papi/v1/hostnames-invalid", "Invalid hostnames", _errors[0].Detail)
            {
                Errors = _errors,
            };

    /// <summary>Something is wrong.</summary>
    /// <param name="pointer">Where: a JSON pointer into the body.</param>
    /// <param name="detail">What, in a sentence.</param>
    public void Report(string pointer, string detail) =>
        _errors.Add(new($"{PapiProblem.Types}papi/v1/hostnames-invalid", "Invalid hostname", detail, "#" + pointer));

    /// <summary>Entries of an array. Where one names the edge hostname by its number and by its name, the name counts.</summary>
    public List<SentHostname> Read(JsonElement array, string pointer)
    {
        var read = new List<SentHostname>();
        if (!IsList(array, pointer))
            return read;
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (index, item) in array.EnumerateArray().Index())
        {
            var place = $"{pointer}/{index}";
            if (item.ValueKind != JsonValueKind.Object)
                Report(place, "A hostname is an object with cnameFrom, and cnameTo or edgeHostnameId.");
            else if (Name(item, place, "cnameFrom", HostnameSyntax.Fault) is { } name)
            {
                if (!names.Add(name))
                    Report($"{place}/cnameFrom", $"The hostname {name} is listed twice: keep one of them.");
                else
                    read.Add(new(place, name, Edge(item, place), EdgeId(item, place), Certificate(item, place)));
            }
        }
        return read;
    }

    /// <summary>Names of an array of texts, or of hostnames with <c>cnameFrom</c>; lower case.</summary>
    public List<(string Name, string Pointer)> ReadNames(JsonElement array, string pointer)
    {
        var read = new List<(string, string)>();
        if (!IsList(array, pointer))
            return read;
        foreach (var (index, item) in array.EnumerateArray().Index())
        {
            var place = $"{pointer}/{index}";
            if (Text(item.ValueKind == JsonValueKind.Object && item.TryGetProperty("cnameFrom", out var name) ? name : item) is { } text)
                read.Add((text.ToLowerInvariant(), place));
            else
                Report(place, "It is the name of a hostname of this version.");
        }
        return read;
    }

    private bool IsList(JsonElement array, string pointer)
    {
        if (array.ValueKind != JsonValueKind.Array)
            Report(pointer, "It is an array.");
        else if (array.GetArrayLength() > Most)
            Report(pointer, $"It has {array.GetArrayLength():N0} entries: {Most:N0} at most.");
        else
            return true;
        return false;
    }

    private string? Name(JsonElement item, string place, string member, Func<string, string?> faultOf)
    {
        if (!item.TryGetProperty(member, out var value) || Text(value) is not { } name)
            Report(place, $"{member} is missing: it is a host name such as www.shop.example.");
        else if (faultOf(name) is { } fault)
            Report($"{place}/{member}", $"{member} “{name}” {fault}.");
        else
            return name.ToLowerInvariant();
        return null;
    }

    private string? Edge(JsonElement item, string place)
    {
        if (Has(item, "cnameType") && Text(item.GetProperty("cnameType")) != "EDGE_HOSTNAME")
            Report($"{place}/cnameType", "cnameType is EDGE_HOSTNAME.");
        if (Has(item, "cnameTo"))
            return Name(item, place, "cnameTo", HostnameSyntax.EdgeFault);
        if (!Has(item, "edgeHostnameId"))
            Report(place, "Neither cnameTo nor edgeHostnameId says which edge hostname it points at.");
        return null;
    }

    private long? EdgeId(JsonElement item, string place)
    {
        if (Has(item, "cnameTo") || !Has(item, "edgeHostnameId"))
            return null;
        var value = item.GetProperty("edgeHostnameId");
        var id = PublicId.Parse(PublicId.EdgeHostname, value.ValueKind == JsonValueKind.Number ? value.GetRawText() : Text(value));
        if (id is null)
            Report($"{place}/edgeHostnameId", "edgeHostnameId is the identifier of an edge hostname, such as ehn_1.");
        return id;
    }

    private CertificateProvisioning? Certificate(JsonElement item, string place)
    {
        if (!Has(item, "certProvisioningType"))
            return null;
        var certificate = CertificateNames.Find(Text(item.GetProperty("certProvisioningType")));
        if (certificate is null)
            Report($"{place}/certProvisioningType", $"certProvisioningType is {CertificateNames.Possible}.");
        return certificate;
    }

    // Programs fill in what they have no value for.
    private static bool Has(JsonElement item, string member) =>
        item.TryGetProperty(member, out var value)
        && value.ValueKind != JsonValueKind.Null
        && !(value.ValueKind == JsonValueKind.String && value.ValueEquals(""));

    private static string? Text(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.String)
            return null;
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            return null; // half of a surrogate pair
        }
    }
}
