namespace PropertyManager.Domain.Configuration.Evaluation;

/// <summary>Criteria about what earlier rules made: variables and tokens; and the regular expression over any text.</summary>
internal static class VariableCriteria
{
    public static Func<EvaluationRun, bool> Match(OptionReader reader)
    {
        var variable = reader.Scope.Variable(reader.Required("variableName"));
        var name = reader.Choice(
            "matchOperator",
            [
                "IS",
                "IS_NOT",
                "IS_ONE_OF",
                "IS_NOT_ONE_OF",
                "IS_EMPTY",
                "IS_NOT_EMPTY",
                "IS_BETWEEN",
                "IS_NOT_BETWEEN",
                "IS_GREATER_THAN",
                "IS_GREATER_THAN_OR_EQUAL_TO",
                "IS_LESS_THAN",
                "IS_LESS_THAN_OR_EQUAL_TO",
            ]
        );
        switch (name)
        {
            case "IS_EMPTY" or "IS_NOT_EMPTY":
                return run => run.Variables[variable].Length == 0 == (name == "IS_EMPTY");
            case "IS_BETWEEN" or "IS_NOT_BETWEEN":
                var (least, most) = (reader.Number("lowerBound"), reader.Number("upperBound"));
                return run =>
                    (Numbers.Parse(run.Variables[variable]) is { } value && value >= least(run) && value <= most(run)) == (name == "IS_BETWEEN");
            case "IS_GREATER_THAN" or "IS_GREATER_THAN_OR_EQUAL_TO" or "IS_LESS_THAN" or "IS_LESS_THAN_OR_EQUAL_TO":
                var bound = reader.Number("variableExpression");
                return run =>
                    Numbers.Parse(run.Variables[variable]) is { } value && bound(run) is { } limit && Compares(name, value.CompareTo(limit));
            default:
                var list = name is "IS" or "IS_NOT" ? [reader.Template("variableExpression")] : reader.List("variableValues");
                var values = new ValueList(list, reader.Flag("matchCaseSensitive", fallback: true), reader.Flag("matchWildcard"));
                return run => values.Contains(run.Variables[variable], run) == name is "IS" or "IS_ONE_OF";
        }
    }

    public static Func<EvaluationRun, bool> Error(OptionReader reader)
    {
        var wanted = reader.Flag("result", fallback: true);
        int[] variables = [.. reader.List("variableNames").Select(name => reader.Scope.Variable(name.Constant ?? ""))];
        return run => Array.Exists(variables, variable => run.VariableErrors[variable]) == wanted;
    }

    /// <summary>How the token fared that a rule before it asks for; where none asks, nothing matches.</summary>
    public static Func<EvaluationRun, bool> Token(OptionReader reader)
    {
        var name = reader.Choice("matchOperator", "IS_SUCCESS", "IS_CUSTOM_FAILURE", "IS_ANY_FAILURE");
        var statuses = new ValueList(reader.List("statusList", optional: name != "IS_CUSTOM_FAILURE"), caseSensitive: true, wildcards: false);
        return run =>
            run.State.Token.Value is { } rules
            && (rules.Check(run), name) switch
            {
                (var status, "IS_SUCCESS") => status == TokenRules.Success,
                (var status, "IS_ANY_FAILURE") => status != TokenRules.Success,
                var (status, _) => status != TokenRules.Success && statuses.Contains(status, run),
            };
    }

    public static Func<EvaluationRun, bool> Expression(OptionReader reader)
    {
        _ = reader.Required("matchString");
        var text = reader.Template("matchString");
        var expression = reader.Expression("regex", reader.Flag("caseSensitive", fallback: true));
        return run => expression?.IsMatch(text.Expand(run), run) == true;
    }

    private static bool Compares(string name, int sign) =>
        name switch
        {
            "IS_GREATER_THAN" => sign > 0,
            "IS_GREATER_THAN_OR_EQUAL_TO" => sign >= 0,
            "IS_LESS_THAN" => sign < 0,
            _ => sign <= 0,
        };
}
