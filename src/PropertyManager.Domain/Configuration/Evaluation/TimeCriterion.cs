using System.Globalization;

namespace PropertyManager.Domain.Configuration.Evaluation;

/// <summary>
/// The criterion <c>time</c>. Dates without a zone are in UTC. <c>applyDaylightSavingsTime</c> has no effect: an offset does not tell which
/// place's clocks are meant.
/// </summary>
internal static class TimeCriterion
{
    public static Func<EvaluationRun, bool> Compile(OptionReader reader)
    {
        switch (reader.Choice("matchOperator", "BEGINNING", "BETWEEN", "LASTING", "REPEATING"))
        {
            case "BETWEEN":
                var (from, to) = (Date(reader, "beginDate"), Date(reader, "endDate"));
                return run => run.Request.Time >= from && run.Request.Time < to;
            case "LASTING":
                var (lasting, duration) = (Date(reader, "lastingDate"), reader.Duration("lastingDuration"));
                return run => run.Request.Time >= lasting && run.Request.Time - lasting < duration(run);
            case "REPEATING":
                var (first, interval) = (Date(reader, "repeatBeginDate"), reader.Duration("repeatInterval"));
                var open = reader.Duration("repeatDuration");
                return run => Repeats(run.Request.Time - first, interval(run), open(run));
            default:
                var beginning = Date(reader, "beginDate");
                return run => run.Request.Time >= beginning;
        }
    }

    private static bool Repeats(TimeSpan since, TimeSpan? interval, TimeSpan? open) =>
        since >= TimeSpan.Zero && interval is { Ticks: > 0 and var every } && TimeSpan.FromTicks(since.Ticks % every) < open;

    private static DateTimeOffset Date(OptionReader reader, string option)
    {
        var text = reader.Required(option);
        if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date))
        {
            return date;
        }

        if (!reader.Faulty)
        {
            reader.Fault(option, $"\"{text}\" is no date.");
        }

        return default;
    }
}
