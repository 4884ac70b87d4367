using System.Text.Json;

namespace PropertyManager.Domain.Configuration.Search;

/// <summary>What a filter asks of a value.</summary>
internal abstract record QueryTest
{
    public abstract bool Holds(QueryPlace place);
}

/// <summary>All of them hold.</summary>
internal sealed record AllTest(IReadOnlyList<QueryTest> Tests) : QueryTest
{
    public override bool Holds(QueryPlace place) => Tests.All(test => test.Holds(place));
}

/// <summary>One of them holds.</summary>
internal sealed record AnyTest(IReadOnlyList<QueryTest> Tests) : QueryTest
{
    public override bool Holds(QueryPlace place) => Tests.Any(test => test.Holds(place));
}

/// <summary>It does not hold.</summary>
internal sealed record NotTest(QueryTest Test) : QueryTest
{
    public override bool Holds(QueryPlace place) => !Test.Holds(place);
}

/// <summary>There is something.</summary>
internal sealed record ExistsTest(QueryOperand Operand) : QueryTest
{
    public override bool Holds(QueryPlace place) => Operand.Of(place) is not null;
}

/// <summary>Two values compare so. What is not there is unequal to everything, and neither less nor greater.</summary>
internal sealed record CompareTest(QueryOperand Left, string Operator, QueryOperand Right) : QueryTest
{
    public override bool Holds(QueryPlace place)
    {
        var (left, right) = (Left.Of(place), Right.Of(place));
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

    private static bool AreEqual(JsonElement? left, JsonElement? right) =>
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

/// <summary>A value that is written out, or one below the value that is tested: members by name, items by number.</summary>
internal sealed record QueryOperand(JsonElement? Literal, IReadOnlyList<object> Steps)
{
    public JsonElement? Of(QueryPlace place)
    {
        if (Literal is not null)
            return Literal;
        QueryPlace? at = place;
        foreach (var step in Steps)
        {
            at = step is string name ? at?.Member(name) : at?.Item((int)step);
            if (at is null)
                return null;
        }
        return at?.Value;
    }
}
