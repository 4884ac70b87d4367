using PropertyManager.Domain.Configuration;
using PropertyManager.Domain.Configuration.Evaluation;

namespace PropertyManager.Domain.Properties;

/// <summary>What of an <see cref="AudienceRequest" /> can be wrong.</summary>
public enum AudienceField
{
    /// <summary><see cref="AudienceRequest.Weight" />.</summary>
    Weight,

    /// <summary><see cref="AudienceRequest.Method" />.</summary>
    Method,

    /// <summary><see cref="AudienceRequest.Scheme" />.</summary>
    Scheme,

    /// <summary><see cref="AudienceRequest.Host" />.</summary>
    Host,

    /// <summary><see cref="AudienceRequest.Path" />.</summary>
    Path,

    /// <summary><see cref="AudienceRequest.Country" />.</summary>
    Country,

    /// <summary><see cref="AudienceRequest.UserAgent" />.</summary>
    UserAgent,

    /// <summary><see cref="AudienceRequest.OriginStatus" />.</summary>
    OriginStatus,
}

/// <summary>What is wrong with one field of a request.</summary>
/// <param name="Field">Where.</param>
/// <param name="Message">What, and how it is to be, in a sentence for people.</param>
public sealed record AudienceProblem(AudienceField Field, string Message);

/// <summary>Whether a request can be part of an audience: the same at the field, at the desk and in the demo data.</summary>
public static class AudienceCheck
{
    /// <summary>The greatest weight: the sum of all stays exact.</summary>
    public const double GreatestWeight = 1_000_000;

    /// <summary>Characters of a path with its query, at most.</summary>
    public const int PathLength = 2000;

    /// <summary>Characters of a user agent, at most.</summary>
    public const int UserAgentLength = 500;

    private const int MethodLength = 20;

    // RFC 9110, 5.6.2: what a token is made of beside letters and digits.
    private const string TokenMarks = "!#$%&'*+-.^_`|~";

    /// <summary>What is wrong, in the order of the fields; empty when nothing is.</summary>
    /// <param name="request">To be checked.</param>
    /// <param name="hostnames">The property's own, of whichever version.</param>
    public static IReadOnlyList<AudienceProblem> Problems(AudienceRequest request, IReadOnlyCollection<string> hostnames)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(hostnames);
        (AudienceField Field, string? Message)[] all =
        [
            (AudienceField.Weight, Weight(request.Weight)),
            (AudienceField.Method, Method(request.Method)),
            (AudienceField.Scheme, request.Scheme is "http" or "https" ? null : "Choose http or https."),
            (AudienceField.Host, Host(request.Host, hostnames)),
            (AudienceField.Path, Path(request.Path)),
            (AudienceField.Country, Country(request.Country)),
            (AudienceField.UserAgent, UserAgent(request.UserAgent)),
            (AudienceField.OriginStatus, request.OriginStatus is null or (>= 200 and <= 599) ? null : "A status from 200 to 599, or nothing."),
        ];
        return [.. all.Where(field => field.Message is not null).Select(field => new AudienceProblem(field.Field, field.Message!))];
    }

    // Not "weight <= 0": what is no number is wrong too.
    private static string? Weight(double weight) =>
        !(weight > 0) ? "A number greater than 0."
        : weight > GreatestWeight ? "1,000,000 at most."
        : null;

    private static string? Method(string method) =>
        method.Length == 0 ? "Such as GET or POST."
        : method.Length > MethodLength ? $"{MethodLength} characters at most."
        : !method.All(c => char.IsAsciiLetterOrDigit(c) || TokenMarks.Contains(c, StringComparison.Ordinal)) ? "One word, such as GET or POST."
        : method.Any(char.IsAsciiLetterLower) ? "In upper case, such as GET."
        : null;

    /// <summary>Whether a host is one of these hostnames, or a wildcard among them stands for it.</summary>
    public static bool IsAsked(string host, IReadOnlyCollection<string> hostnames) =>
        hostnames.Contains(host, StringComparer.Ordinal) || new HostnameLookup(hostnames).Find(host) is not null;

    private static string? Host(string host, IReadOnlyCollection<string> hostnames) =>
        host.Length == 0 || IsAsked(host, hostnames) ? null : $"{host} is not a hostname of this property.";

    private static string? Path(string path) =>
        !path.StartsWith('/') ? "It starts with a slash, such as /search?q=boots."
        : path.Length > PathLength ? $"{PathLength} characters at most."
        : path.Any(c => c is <= ' ' or '\x7f') ? "No spaces: write %20."
        : path.Contains('#', StringComparison.Ordinal) ? "What follows # stays in the browser: leave it out."
        : null;

    private static string? Country(string country) =>
        country.Length == 0 || Continents.Of(country).Length > 0 ? null : $"{country} is not the code of a country, such as DE.";

    private static string? UserAgent(string agent) =>
        agent.Length > UserAgentLength ? $"{UserAgentLength} characters at most."
        : agent.Any(char.IsControl) ? "On one line."
        : null;
}
