using System.Text.Json;

namespace PropertyManager.Domain.Configuration.Validation;

/// <summary>Redirects whose destination meets the same redirect again, so that browsers go in circles.</summary>
internal static class RedirectChecks
{
    /// <summary>Criteria about the end user, who stays the same from one request to the next.</summary>
    private static readonly HashSet<string> OfTheUser = new(
        ["userLocation", "clientIp", "userAgent", "requestHeader", "requestCookie", "bucket", "contentDeliveryNetwork", "time", "requestType"],
        StringComparer.Ordinal
    );

    /// <summary>No address is longer.</summary>
    private const int LongestText = 2_000;

    private enum Again
    {
        /// <summary>Not, or nobody can tell.</summary>
        No,

        /// <summary>It holds if it held before.</summary>
        AsBefore,

        /// <summary>It holds.</summary>
        Yes,
    }

    /// <summary>The messages about a rule's redirects that lead to themselves. Of several in a rule the last has the effect, and is looked at.</summary>
    /// <param name="place">The rule.</param>
    /// <param name="ownHostnames">The property's own; a redirect to another host is no business of this property. Empty while they are not known.</param>
    public static IEnumerable<ValidationMessage> Of(RulePlace place, HostnameLookup ownHostnames) =>
        place
            .Rule.Behaviors.Index()
            .Where(behavior => behavior.Item.Name is "redirect" or "redirectplus")
            .GroupBy(behavior => behavior.Item.Name, StringComparer.Ordinal)
            .Select(several => several.Last())
            .SelectMany(last => OfLast(last.Item, place, ownHostnames, $"{place.Pointer}/behaviors/{last.Index}"));

    private static IEnumerable<ValidationMessage> OfLast(Behavior behavior, RulePlace place, HostnameLookup ownHostnames, string pointer)
    {
        if (
            Destination(behavior) is not { } to
            || (to.Host is not null && !IsOwn(to.Host, place, ownHostnames))
            || !place.Upwards().All(rule => MatchesAgain(rule.Rule, to))
        )
        {
            yield break;
        }

        const string again =
            "matches the address that it redirects to, and redirects again. Exclude the destination by a criterion, or choose another.";
        var onlyProtocol = to is { Host: null, Path: null, PathChanges: false };
        yield return new(
            Severity.Warning,
            "The redirect can go in circles",
            onlyProtocol
                ? $"Requests that come over {to.Protocol} already are sent to the same address again and again. Add the criterion requestProtocol to the rule."
                : $"\"{place.Rule.Name}\" {again}",
            pointer
        )
        {
            DetailOfMany = onlyProtocol ? null : $"The rule {again}",
        };
    }

    /// <summary>While no hostnames are known, those are the property's own that the rules ask for.</summary>
    private static bool IsOwn(string host, RulePlace place, HostnameLookup ownHostnames) =>
        !ownHostnames.IsEmpty
            ? ownHostnames.Find(host) is not null
            : place
                .Upwards()
                .SelectMany(rule => rule.Rule.Criteria)
                .Any(criterion =>
                    criterion.Name == "hostname"
                    && criterion.Options.Texts("values").Contains(host, StringComparer.OrdinalIgnoreCase)
                    && criterion.Options.Text("matchOperator") is not ("IS_NOT_ONE_OF" or "DOES_NOT_MATCH_ONE_OF")
                );

    private static bool MatchesAgain(Rule rule, Target to)
    {
        var outcomes = rule.Criteria.Select(criterion => Holds(criterion, to)).ToList();
        return rule.CriteriaMustSatisfy == CriteriaMustSatisfy.Any && outcomes.Contains(Again.Yes) || outcomes.All(outcome => outcome != Again.No);
    }

    private static Again Holds(Criterion criterion, Target to)
    {
        var options = criterion.Options;
        return criterion.Name switch
        {
            "path" => to.PathChanges ? Again.No : Compare(options, to.Path),
            "fileExtension" => to.PathChanges ? Again.No : Compare(options, to.Path is null ? null : Extension(to.Path)),
            "filename" => to.PathChanges ? Again.No : Compare(options, to.Path?[(to.Path.LastIndexOf('/') + 1)..]),
            "hostname" => Compare(options, to.Host),
            "requestProtocol" => to.Protocol is null ? Again.AsBefore
            : options.Text("value") == to.Protocol ? Again.Yes
            : Again.No,
            "requestMethod" => Method(options, to.Code),
            "queryStringParameter" => to.KeepsQuery || options.Text("matchOperator") is "DOES_NOT_EXIST" or "IS_NOT_ONE_OF"
                ? Again.AsBefore
                : Again.No,
            _ => OfTheUser.Contains(criterion.Name) ? Again.AsBefore : Again.No,
        };
    }

    private static Again Compare(OptionSet options, string? text)
    {
        if (text is null)
        {
            return Again.AsBefore;
        }

        var values = options.Texts("values");
        if (
            values.Append(text).Any(value => value.Length > LongestText || VariableText.IsIn(value))
            || options.Text("matchOperator") is "IS_EMPTY" or "IS_NOT_EMPTY"
        )
        {
            return Again.No;
        }

        var among = values.Any(value => Wildcard.Matches(text, value, !options.IsOn("matchCaseSensitive")));
        var wanted = options.Text("matchOperator") is not ("IS_NOT_ONE_OF" or "DOES_NOT_MATCH_ONE_OF");
        return among == wanted ? Again.Yes : Again.No;
    }

    /// <summary>Browsers follow a redirect by GET, except by 307, which keeps the method.</summary>
    private static Again Method(OptionSet options, int code)
    {
        var isGet = options.Text("value") is "GET" or "HEAD";
        return code == 307 || isGet == (options.Text("matchOperator") is not "IS_NOT") ? Again.AsBefore : Again.No;
    }

    private static string Extension(string path)
    {
        var name = path[(path.LastIndexOf('/') + 1)..];
        var dot = name.LastIndexOf('.');
        return dot < 0 ? "" : name[(dot + 1)..];
    }

    private static Target? Destination(Behavior behavior) =>
        behavior.Name switch
        {
            "redirect" => OfRedirect(behavior.Options),
            "redirectplus" when behavior.Options.Find("enabled") is null || behavior.Options.IsOn("enabled") => OfUrl(behavior.Options),
            _ => null,
        };

    private static Target? OfRedirect(OptionSet options)
    {
        var protocol = options.Text("destinationProtocol") is "HTTP" or "HTTPS" ? options.Text("destinationProtocol") : null;
        var host = options.Text("destinationHostname") == "OTHER" ? options.Text("destinationHostnameOther") : null;
        var path = options.Text("destinationPath") == "OTHER" ? options.Text("destinationPathOther")?.Split('?')[0] : null;
        var pathChanges = options.Text("destinationPath") == "PREFIX_REQUEST";
        if (
            options.Text("destinationHostname") is "SUBDOMAIN" or "SIBLING"
            || new[] { host, path, options.Text("destinationPathPrefix") }.Any(text => text is not null && VariableText.IsIn(text))
            // All as in the request: a check of the behavior itself says that.
            || (protocol ?? host ?? path) is null && !pathChanges
        )
        {
            return null;
        }

        return new Target(protocol, host, path, pathChanges, options.Text("queryString") != "IGNORE", Code(options));
    }

    private static Target? OfUrl(OptionSet options)
    {
        if (options.Text("destination") is not { Length: > 0 } destination || VariableText.IsIn(destination))
        {
            return null;
        }

        if (destination[0] == '/')
        {
            return new Target(null, null, destination.Split('?')[0], PathChanges: false, KeepsQuery: false, Code(options));
        }

        return Uri.TryCreate(destination, UriKind.Absolute, out var url) && url.Scheme is ("http" or "https")
            ? new Target(url.Scheme.ToUpperInvariant(), url.Host, url.AbsolutePath, PathChanges: false, KeepsQuery: false, Code(options))
            : null;
    }

    private static int Code(OptionSet options) =>
        options.Find("responseCode") is { ValueKind: JsonValueKind.Number } value && value.TryGetInt32(out var code) ? code : 302;

    /// <summary>Where a redirect leads; null is what the request has.</summary>
    private sealed record Target(string? Protocol, string? Host, string? Path, bool PathChanges, bool KeepsQuery, int Code);
}
