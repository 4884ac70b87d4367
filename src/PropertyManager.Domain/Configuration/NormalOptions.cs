using System.Buffers;
using System.Text.Json;
using PropertyManager.Domain.Configuration.Catalog;

namespace PropertyManager.Domain.Configuration;

/// <summary>
/// Options of a behavior or criterion in one form, whichever way their author wrote the same: for what the edge is told, for evaluation and for
/// comparing. What is stored keeps the author's own form.
/// </summary>
/// <remarks>
/// Without meaning are: the order of fields; an empty array or object; a default that is written out; an empty heading of the form; how a number is
/// written; what the service adds to a thing that is named by its number. Not everything that a form starts with is a default: a required option that
/// is left out is a mistake, texts and lists start with an example, and some options mean something else where they are left out.
/// </remarks>
internal static class NormalOptions
{
    /// <summary>Facts about a CP code and the like that the service adds, and passes over when they come back.</summary>
    private static readonly string[] Added = ["createdDate", "description", "products", "cpCodeLimits"];

    /// <summary>As deep as a rule tree may be.</summary>
    private const int MaxDepth = JsonText.MaxDepth;

    /// <summary>Options whose form starts with something else than what evaluation takes where they are left out: these have no default.</summary>
    private static readonly Dictionary<string, string[]> StartsOtherwise = new(StringComparer.Ordinal)
    {
        ["bucket"] = ["percentage"],
        ["cacheId"] = ["rule"],
        ["cacheability"] = ["value"],
        ["contentDeliveryNetwork"] = ["network"],
        ["contentType"] = ["matchWildcard"],
        ["corsSupport"] = ["preflightMaxAge"],
        ["failAction"] = ["dynamicMethod"],
        ["httpStrictTransportSecurity"] = ["maxAge"],
        ["matchResponseCode"] = ["lowerBound", "upperBound"],
        ["matchVariable"] = ["matchCaseSensitive", "matchWildcard"],
        ["metadataStage"] = ["value"],
        ["queryStringParameter"] = [.. Named, "matchCaseSensitiveName", "matchCaseSensitiveValue"],
        ["random"] = ["bucket"],
        ["redirect"] = ["destinationProtocol"],
        ["requestCookie"] = [.. Named, "matchCaseSensitiveName", "matchCaseSensitiveValue"],
        ["requestHeader"] = [.. Named],
        ["requestProtocol"] = ["value"],
        ["responseHeader"] = [.. Named],
        ["rewriteUrl"] = ["behavior"],
        ["setVariable"] = ["extractLocation", "locationId", "maxRandomNumber"],
        ["userAgent"] = ["matchWildcard"],
    };

    private static string[] Named => ["matchOperator", "matchWildcardValue", "lowerBound", "upperBound"];

    private static readonly Dictionary<string, Known> Behaviors = ByName(RuleCatalog.Behaviors);

    private static readonly Dictionary<string, Known> Criteria = ByName(RuleCatalog.Criteria);

    private static readonly OptionSet OfVariable = OptionSet.Parse("""{ "value": "", "description": "", "hidden": false, "sensitive": false }""");

    private static readonly OptionSet OfRule = OptionSet.Parse("""{ "is_secure": false }""");

    /// <summary>
    /// The options of a behavior: those of the catalog first, in its order, and with the defaults of those left out; then the others by name.
    /// </summary>
    public static OptionSet Of(Behavior behavior) => Full(Behaviors.GetValueOrDefault(behavior.Name), behavior.Options);

    /// <summary>The same for a criterion.</summary>
    public static OptionSet Of(Criterion criterion) => Full(Criteria.GetValueOrDefault(criterion.Name), criterion.Options);

    /// <summary>Only the options that say something: without what is empty or a default. In no particular order.</summary>
    public static OptionSet Said(Behavior behavior) => Said(Behaviors.GetValueOrDefault(behavior.Name), behavior.Options);

    /// <summary>The same for a criterion.</summary>
    public static OptionSet Said(Criterion criterion) => Said(Criteria.GetValueOrDefault(criterion.Name), criterion.Options);

    /// <summary>The fields of a variable that say something, as <see cref="Said(Behavior)" />.</summary>
    public static OptionSet SaidOfVariable(OptionSet fields) => Without(fields, OfVariable);

    /// <summary>The options of a rule itself that say something, as <see cref="Said(Behavior)" />.</summary>
    public static OptionSet SaidOfRule(OptionSet options) => Without(options, OfRule);

    /// <summary>Whether a value is an empty array, or an object with nothing in it: as good as none.</summary>
    public static bool IsEmpty(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.Array => value.GetArrayLength() == 0,
            JsonValueKind.Object => value.EnumerateObject().All(field => IsEmpty(field.Value)),
            _ => false,
        };

    private static OptionSet Full(Known? known, OptionSet options)
    {
        try
        {
            var (values, rest) = Take(known, options);
            var full = new List<KeyValuePair<string, JsonElement>>(values.Length + rest.Count);
            var texts = new string?[values.Length];
            for (var i = 0; i < values.Length; i++)
            {
                var option = known!.Options[i];
                if (values[i] is { } value)
                {
                    full.Add(new(option.Name, value));
                }
                else if (option.Filled is { } start && option.IsShown(values, texts))
                {
                    full.Add(new(option.Name, start));
                }
            }

            rest.Sort((one, other) => string.CompareOrdinal(one.Key, other.Key));
            full.AddRange(rest);
            return new OptionSet(full);
        }
        catch (InvalidOperationException)
        {
            return options; // a text that JSON allows and Unicode does not, half of a surrogate pair: it cannot be compared with anything
        }
    }

    private static OptionSet Said(Known? known, OptionSet options)
    {
        var (values, rest) = Take(known, options);
        for (var i = 0; i < values.Length; i++)
        {
            if (values[i] is { } value)
            {
                rest.Add(new(known!.Options[i].Name, value));
            }
        }

        return new OptionSet(rest);
    }

    /// <summary>What the options say: of the known ones by their place in the catalog, and the others.</summary>
    private static (JsonElement?[] Values, List<KeyValuePair<string, JsonElement>> Others) Take(Known? known, OptionSet options)
    {
        var values = known is null ? [] : new JsonElement?[known.Options.Length];
        var rest = new List<KeyValuePair<string, JsonElement>>();
        foreach (var (name, value) in options)
        {
            if (IsEmpty(value))
            {
                continue;
            }

            var place = known?.PlaceOf(name) ?? -1;
            var normal = Normal(value, place < 0 ? [] : known!.Options[place].Fields);
            if (IsEmpty(normal))
            {
                continue;
            }

            if (place < 0 && !IsHeading(known, name, normal))
            {
                rest.Add(new(name, normal));
            }
            else if (place >= 0 && !IsSame(known!.Options[place].Default, normal))
            {
                values[place] = normal;
            }
        }

        return (values, rest);
    }

    private static OptionSet Without(OptionSet fields, OptionSet defaults) =>
        fields.Any(field => IsSame(defaults.Find(field.Key), field.Value))
            ? new OptionSet(fields.Where(field => !IsSame(defaults.Find(field.Key), field.Value)))
            : fields;

    /// <summary>What an option that is left out counts as; null where that is not known.</summary>
    private static JsonElement? DefaultOf(CatalogItem item, CatalogOption option) =>
        option switch
        {
            { Required: true } or { Type: OptionType.Texts or OptionType.Choices or OptionType.Moment } => null,
            { Type: OptionType.Text or OptionType.LongText, Default: { ValueKind: JsonValueKind.String } text } when !text.ValueEquals("") => null,
            _ => StartsOtherwise.TryGetValue(item.Name, out var options) && options.Contains(option.Name, StringComparer.Ordinal)
                ? null
                : option.Default,
        };

    private static bool IsSame(JsonElement? start, JsonElement value) =>
        start is { } known && known.ValueKind == value.ValueKind && JsonElement.DeepEquals(known, value);

    private static bool IsHeading(Known? known, string name, JsonElement value) =>
        value.ValueKind == JsonValueKind.String && known is not null && value.ValueEquals("") && known.Kept.Contains(name, StringComparer.Ordinal);

    /// <summary>The value itself where it is in this form already, as nearly all are.</summary>
    private static JsonElement Normal(JsonElement value, IReadOnlyList<CatalogOption> fields)
    {
        if (IsNormal(value, fields))
        {
            return value;
        }

        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            Write(json, value, fields);
        }

        return JsonElement.Parse(buffer.WrittenSpan, new JsonDocumentOptions { MaxDepth = MaxDepth });
    }

    private static bool IsNormal(JsonElement value, IReadOnlyList<CatalogOption> fields)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Number:
                return JsonNumber.IsCanonical(value.GetRawText());
            case JsonValueKind.Array:
                foreach (var item in value.EnumerateArray())
                {
                    if (!IsNormal(item, fields))
                    {
                        return false;
                    }
                }

                return true;
            case JsonValueKind.Object:
                var last = (Rank: -1, Name: "");
                foreach (var field in value.EnumerateObject())
                {
                    var next = (Rank: Rank(fields, field.Name), field.Name);
                    if (Compare(last, next) > 0 || IsEmpty(field.Value) || IsAdded(fields, field.Name) || !IsNormal(field.Value, []))
                    {
                        return false;
                    }

                    last = next;
                }

                return true;
            default:
                return true;
        }
    }

    private static void Write(Utf8JsonWriter json, JsonElement value, IReadOnlyList<CatalogOption> fields)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Number:
                json.WriteRawValue(JsonNumber.Canonical(value.GetRawText()));
                break;
            case JsonValueKind.Array:
                json.WriteStartArray();
                foreach (var item in value.EnumerateArray())
                {
                    Write(json, item, fields);
                }

                json.WriteEndArray();
                break;
            case JsonValueKind.Object:
                json.WriteStartObject();
                foreach (
                    var field in value
                        .EnumerateObject()
                        .Where(field => !IsEmpty(field.Value) && !IsAdded(fields, field.Name))
                        .OrderBy(field => Rank(fields, field.Name))
                        .ThenBy(field => field.Name, StringComparer.Ordinal)
                )
                {
                    json.WritePropertyName(field.Name);
                    Write(json, field.Value, []);
                }

                json.WriteEndObject();
                break;
            default:
                value.WriteTo(json);
                break;
        }
    }

    private static bool IsAdded(IReadOnlyList<CatalogOption> fields, string name) =>
        fields is [{ Name: "id" }, ..] && Rank(fields, name) == fields.Count && Added.Contains(name);

    private static int Rank(IReadOnlyList<CatalogOption> fields, string name)
    {
        for (var i = 0; i < fields.Count; i++)
        {
            if (fields[i].Name == name)
            {
                return i;
            }
        }

        return fields.Count;
    }

    private static int Compare((int Rank, string Name) one, (int Rank, string Name) other) =>
        one.Rank != other.Rank ? one.Rank.CompareTo(other.Rank) : string.CompareOrdinal(one.Name, other.Name);

    private static Dictionary<string, Known> ByName(IReadOnlyDictionary<string, CatalogItem> items) =>
        items.ToDictionary(item => item.Key, item => new Known(item.Value), StringComparer.Ordinal);

    /// <summary>What the catalog says of a behavior or criterion, made ready: XML is written of whole trees at a time.</summary>
    private sealed class Known
    {
        private readonly Dictionary<string, int> _places;

        public Known(CatalogItem item)
        {
            Kept = item.Kept;
            _places = item.Options.Index().ToDictionary(option => option.Item.Name, option => option.Index, StringComparer.Ordinal);
            Options = [.. item.Options.Select(option => new KnownOption(option, DefaultOf(item, option), name => _places[name]))];
        }

        public IReadOnlyList<string> Kept { get; }

        public KnownOption[] Options { get; }

        public int PlaceOf(string name) => _places.GetValueOrDefault(name, -1);
    }

    private sealed class KnownOption
    {
        private readonly Condition[][] _shownWhen;

        public KnownOption(CatalogOption option, JsonElement? start, Func<string, int> placeOf)
        {
            (Name, Fields, Default) = (option.Name, option.Fields, start);
            Filled = option.Type is OptionType.Text or OptionType.LongText ? null : start;
            _shownWhen =
            [
                .. option.OrWhen.Prepend(option.When).Select(all => all.Select(when => new Condition(placeOf(when.Option), when)).ToArray()),
            ];
        }

        public string Name { get; }

        public IReadOnlyList<CatalogOption> Fields { get; }

        public JsonElement? Default { get; }

        /// <summary>What is written where the option is left out: a default that is not empty.</summary>
        public JsonElement? Filled { get; }

        /// <summary>As <see cref="RuleCatalog.IsShown" /> has it.</summary>
        /// <param name="values">By their place in the catalog; null for one that is left out.</param>
        /// <param name="texts">Of the values, as far as somebody asked.</param>
        public bool IsShown(JsonElement?[] values, string?[] texts)
        {
            foreach (var all in _shownWhen)
            {
                var holds = true;
                foreach (var (place, when) in all)
                {
                    holds =
                        holds
                        && (
                            values[place] is { } value
                                ? when.Values.Contains(texts[place] ??= Describe.Plain(value), StringComparer.Ordinal)
                                : when.ByDefault
                        );
                }

                if (holds)
                {
                    return true;
                }
            }

            return false;
        }

        private readonly record struct Condition(int Place, ShownWhen When);
    }
}
