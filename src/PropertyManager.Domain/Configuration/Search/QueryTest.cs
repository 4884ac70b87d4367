using System.Text.Json;
using PropertyManager.Domain.Configuration.Evaluation;

namespace PropertyManager.Domain.Configuration.Search;

/// <summary>What a filter asks of a value.</summary>
internal abstract record QueryTest
{
    public abstract bool Holds(QueryPlace place, QueryEffort effort);
}

/// <summary>All of them hold.</summary>
internal sealed record AllTest(IReadOnlyList<QueryTest> Tests) : QueryTest
{
    public override bool Holds(QueryPlace place, QueryEffort effort) => Tests.All(test => test.Holds(place, effort));
}

/// <summary>One of them holds.</summary>
internal sealed record AnyTest(IReadOnlyList<QueryTest> Tests) : QueryTest
{
    public override bool Holds(QueryPlace place, QueryEffort effort) => Tests.Any(test => test.Holds(place, effort));
}

/// <summary>It does not hold.</summary>
internal sealed record NotTest(QueryTest Test) : QueryTest
{
    public override bool Holds(QueryPlace place, QueryEffort effort) => !Test.Holds(place, effort);
}

/// <summary>There is something.</summary>
internal sealed record ExistsTest(QueryOperand Operand) : QueryTest
{
    public override bool Holds(QueryPlace place, QueryEffort effort) => Operand.Places(place, effort).Any();
}

/// <summary>
/// The whole of a text is as the pattern says, as in the real service: to find a part, it begins and ends with <c>.*</c>. Nothing else matches.
/// </summary>
internal sealed record PatternTest(QueryOperand Operand, SafeRegex Pattern) : QueryTest
{
    public override bool Holds(QueryPlace place, QueryEffort effort) =>
        Operand.Of(place, effort) is { ValueKind: JsonValueKind.String } text && effort.Matches(Pattern, text.GetString()!);
}

/// <summary>
/// A value stands in a list, or one of a list's values does, or all of them do. What is not there is a list of nothing; a single value is a list of
/// one.
/// </summary>
internal sealed record ListTest(QueryOperand Left, string Operator, QueryOperand Right) : QueryTest
{
    public const string In = "in";
    public const string NotIn = "nin";
    public const string AnyOf = "anyof";
    public const string NoneOf = "noneof";
    public const string SubsetOf = "subsetof";

    public override bool Holds(QueryPlace place, QueryEffort effort)
    {
        var (left, right) = (Left.Of(place, effort), Items(Right.Of(place, effort)));
        return Operator switch
        {
            In => left is not null && right.Exists(item => CompareTest.AreEqual(left, item)),
            NotIn => !right.Exists(item => CompareTest.AreEqual(left, item)),
            AnyOf => Items(left).Exists(IsAmong),
            NoneOf => !Items(left).Exists(IsAmong),
            _ => Items(left).TrueForAll(IsAmong),
        };

        bool IsAmong(JsonElement value) => right.Exists(item => CompareTest.AreEqual(value, item));
    }

    private static List<JsonElement> Items(JsonElement? value) =>
        value switch
        {
            null => [],
            { ValueKind: JsonValueKind.Array } list => [.. list.EnumerateArray()],
            { } one => [one],
        };
}

/// <summary>Two values compare so. What is not there is unequal to everything, and neither less nor greater.</summary>
internal sealed record CompareTest(QueryOperand Left, string Operator, QueryOperand Right) : QueryTest
{
    public override bool Holds(QueryPlace place, QueryEffort effort)
    {
        var (left, right) = (Left.Of(place, effort), Right.Of(place, effort));
        return Operator switch
        {
            "==" => AreEqual(left, right),
            "!=" => !AreEqual(left, right),
            "<" => Order(left, right) < 0,
            "<=" => Order(left, right) <= 0,
            ">" => Order(left, right) > 0,
            _ => Order(left, right) >= 0,
        };
    }

    internal static bool AreEqual(JsonElement? left, JsonElement? right) =>
        left is { } one && right is { } other && (Order(left, right) == 0 || JsonElement.DeepEquals(one, other));

    private static int? Order(JsonElement? left, JsonElement? right) =>
        (left, right) switch
        {
            ({ ValueKind: JsonValueKind.Number } one, { ValueKind: JsonValueKind.Number } other) => one.GetDouble().CompareTo(other.GetDouble()),
            ({ ValueKind: JsonValueKind.String } one, { ValueKind: JsonValueKind.String } other) => string.CompareOrdinal(
                one.GetString(),
                other.GetString()
            ),
            _ => null,
        };
}

/// <summary>A value that is written out, or what is found below the value that is tested.</summary>
internal sealed record QueryOperand(JsonElement? Literal, IReadOnlyList<QueryStep> Steps)
{
    private readonly bool _isOne = Steps.All(step => step.Name is not null || step.Index is not null);

    /// <summary>Null where there is none. Steps that can find several find a list.</summary>
    public JsonElement? Of(QueryPlace place, QueryEffort effort) =>
        Literal is not null ? Literal
        : _isOne ? Places(place, effort).Select(found => (JsonElement?)found.Value).FirstOrDefault()
        : JsonSerializer.SerializeToElement(Places(place, effort).Select(found => found.Value));

    public IEnumerable<QueryPlace> Places(QueryPlace place, QueryEffort effort) =>
        Steps.Aggregate(
            Enumerable.Repeat(place, 1),
            (places, step) => places.SelectMany(from => step.Pick(from, effort)).TakeWhile(_ => effort.Look())
        );
}
