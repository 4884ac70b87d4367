using System.Text.Json.Serialization;

namespace PropertyManager.Domain.Configuration;

/// <summary>How much a validation message weighs.</summary>
public enum Severity
{
    /// <summary>The version can be activated; think twice.</summary>
    Warning,

    /// <summary>The version cannot be activated.</summary>
    Error,
}

/// <summary>
/// Something about a configuration that people should know before they activate it. What is the same in many places is one message with all of them
/// (<see cref="ValidationMessages.Arrange" />).
/// </summary>
/// <param name="Severity">Whether it stands in the way.</param>
/// <param name="Title">What it is, in a few words.</param>
/// <param name="Detail">Why it matters and what to do, in a sentence or two.</param>
/// <param name="Pointer">JSON pointer into the tree as <see cref="RuleTreeJson.Write" /> writes it; <c>/hostnames</c> for the hostnames, and
/// <c>/hostnames/0</c> for the first of them. Of several places the first.</param>
public sealed record ValidationMessage(Severity Severity, string Title, string Detail, string Pointer)
{
    /// <summary>The <see cref="Criteria" /> of a message about something that no request notices: reports, names that have had their day.</summary>
    public const int NoRequest = int.MaxValue - 1;

    /// <summary>Places that <see cref="WholeDetail" /> names.</summary>
    private const int Named = 3;

    /// <summary>
    /// The rule it is about and those above it, by their names: "default / Static images". The hostname where it is about one; empty for the hostnames
    /// as a whole. Of several places the first.
    /// </summary>
    public string RulePath { get; init; } = "";

    /// <summary>
    /// What clients of the public API know this kind of message by: the last part of its type there (<see cref="Validation.MessageKind"/>). Null
    /// where the API has no name for it; the type is made of the title then.
    /// </summary>
    public string? Kind { get; init; }

    /// <summary>
    /// What it tells of affects requests that meet so many criteria: 0 where it affects every request. The fewer, the more requests, taken roughly: no
    /// traffic is looked at. Of several places the fewest.
    /// </summary>
    [JsonIgnore]
    public int Criteria { get; init; }

    /// <summary>The detail where it is the same for several places; null where <see cref="Detail" /> names none.</summary>
    [JsonIgnore]
    public string? DetailOfMany { get; init; }

    /// <summary>In how many places it is so; at least 1.</summary>
    public int Count { get; init; } = 1;

    /// <summary>The places after the first, in the order of the tree; a thousand at most, of very many (<see cref="Count" />) not all.</summary>
    public IReadOnlyList<MessagePlace> Others { get; init; } = [];

    /// <summary>The first place and the others.</summary>
    [JsonIgnore]
    public IEnumerable<MessagePlace> Places => Others.Prepend(new MessagePlace(Pointer, RulePath));

    /// <summary>
    /// It is about the hostnames rather than the rules. Programs write rules first and hostnames then: what the hostnames lack is told with the
    /// hostnames, and before an activation.
    /// </summary>
    [JsonIgnore]
    public bool IsOfHostnames => Pointer.StartsWith("/hostnames", StringComparison.Ordinal);

    /// <summary>How many places, as the beginning of a sentence: "In 12 rules"; "In 12 places" where some of them are in one rule; "For 12 hostnames".</summary>
    [JsonIgnore]
    public string Where
    {
        get
        {
            var inOne = Places.CountBy(place => place.Rule, StringComparer.Ordinal).Any(rule => rule.Value > 1);
            var (before, noun) = (
                IsOfHostnames ? "For" : "In",
                IsOfHostnames ? "hostname"
                : inOne ? "place"
                : "rule"
            );
            return FormattableString.Invariant($"{before} {Count:N0} {noun}{(Count == 1 ? "" : "s")}");
        }
    }

    /// <summary>The detail, and of several places how many there are and the first of them by name: for whoever cannot look at <see cref="Places" />.</summary>
    [JsonIgnore]
    public string WholeDetail
    {
        get
        {
            if (Count == 1)
            {
                return Detail;
            }

            var names = Places.Select(place => place.Name.Length > 0 ? place.Name : place.Pointer).Distinct(StringComparer.Ordinal).ToList();
            return $"{Detail} {Where}: {string.Join(", ", names.Take(Named))}{(names.Count > Named ? ", …" : ".")}";
        }
    }
}

/// <summary>Where something is that a message tells of.</summary>
/// <param name="Pointer">JSON pointer, as of <see cref="ValidationMessage.Pointer" />.</param>
/// <param name="Name">As of <see cref="ValidationMessage.RulePath" />.</param>
public sealed record MessagePlace(string Pointer, string Name)
{
    /// <summary>JSON pointer of the rule that it is in; the pointer itself where it is in none.</summary>
    [JsonIgnore]
    public string Rule
    {
        get
        {
            const string step = "/children/";
            if (!Pointer.StartsWith("/rules", StringComparison.Ordinal))
            {
                return Pointer;
            }

            var end = "/rules".Length;
            while (Pointer.AsSpan(end).StartsWith(step, StringComparison.Ordinal))
            {
                var number = Pointer.AsSpan(end + step.Length);
                var slash = number.IndexOf('/');
                end += step.Length + (slash < 0 ? number.Length : slash);
            }

            return Pointer[..end];
        }
    }
}
