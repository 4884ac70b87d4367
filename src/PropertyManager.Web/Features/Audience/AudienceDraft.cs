using System.Globalization;
using PropertyManager.Domain.Properties;

namespace PropertyManager.Web.Features.Audience;

/// <summary>A request as it stands in the form: as text, right or wrong.</summary>
public sealed record AudienceDraft
{
    public string Weight { get; init; } = "1";
    public string Method { get; init; } = "GET";
    public string Scheme { get; init; } = "https";
    public string Host { get; init; } = "";
    public string Path { get; init; } = "/";
    public string Country { get; init; } = "";
    public string UserAgent { get; init; } = "";

    /// <summary>Empty: as on a normal day.</summary>
    public string OriginStatus { get; init; } = "";

    /// <summary>The request, to be changed.</summary>
    public static AudienceDraft Of(AudienceRequest request) =>
        new()
        {
            Weight = request.Weight.ToString(CultureInfo.InvariantCulture),
            Method = request.Method,
            Scheme = request.Scheme,
            Host = request.Host,
            Path = request.Path,
            Country = request.Country,
            UserAgent = request.UserAgent,
            OriginStatus = request.OriginStatus?.ToString(CultureInfo.InvariantCulture) ?? "",
        };

    /// <summary>What it says. A number that cannot be read is one that <see cref="AudienceCheck" /> refuses.</summary>
    public AudienceRequest Build() =>
        new(Number(Weight), Path.Trim())
        {
            Method = Method.Trim().ToUpperInvariant(),
            Scheme = Scheme,
            Host = Host,
            Country = Country,
            UserAgent = UserAgent.Trim(),
            OriginStatus =
                OriginStatus.Trim().Length == 0 ? null
                : int.TryParse(OriginStatus.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var status) ? status
                : -1,
        };

    /// <summary>What is wrong, one message a field.</summary>
    public IReadOnlyDictionary<AudienceField, string> Problems(IReadOnlyCollection<string> hostnames) =>
        AudienceCheck.Problems(Build(), hostnames).ToDictionary(problem => problem.Field, problem => problem.Message);

    // Some write decimals with a comma; thousands are never separated here.
    private static double Number(string text) =>
        double.TryParse(text.Trim().Replace(',', '.'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            ? number
            : double.NaN;
}
