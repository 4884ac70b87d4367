using System.Globalization;
using Microsoft.EntityFrameworkCore;

namespace PropertyManager.Web.Features.Properties;

/// <summary>A page of a long table.</summary>
/// <param name="Total">Rows on all pages.</param>
/// <param name="Number">Of this page, from 1.</param>
public sealed record Paged<T>(IReadOnlyList<T> Rows, int Total, int Number);

/// <summary>A row, read together with how many there are in all.</summary>
public sealed class Counted<T>
{
    public required T Row { get; init; }
    public required int Total { get; init; }
}

/// <summary>How long tables are cut and ordered, and how the address says so.</summary>
public static class Paging
{
    /// <summary>Rows on a page.</summary>
    public const int Size = 25;

    /// <summary>Reads a page in one command; where it does not exist, the nearest that does.</summary>
    /// <param name="rows">All rows, in their order.</param>
    /// <param name="wanted">From 1; null for the first.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static async Task<Paged<T>> ReadAsync<T>(IQueryable<Counted<T>> rows, int? wanted, CancellationToken cancellationToken)
    {
        var number = Math.Clamp(wanted ?? 1, 1, int.MaxValue / Size);
        var found = await OnPageAsync();
        if (found.Count == 0 && number > 1)
        {
            var total = await rows.CountAsync(cancellationToken);
            number = Math.Clamp(number, 1, Math.Max(1, (total + Size - 1) / Size));
            found = await OnPageAsync();
        }
        return new([.. found.Select(row => row.Row)], found is [var first, ..] ? first.Total : 0, number);

        Task<List<Counted<T>>> OnPageAsync() => rows.Skip((number - 1) * Size).Take(Size).ToListAsync(cancellationToken);
    }

    /// <summary>The order that <c>?sort=</c> names: a column, "-" before it for descending. What is unknown is <paramref name="usual"/>.</summary>
    public static SortOrder<T> Order<T>(string? text, SortOrder<T> usual)
        where T : struct, Enum
    {
        var descending = text is ['-', ..];
        // Names only: "3" would parse too.
        return
            Enum.TryParse<T>(descending ? text![1..] : text, ignoreCase: true, out var column)
            && Enum.IsDefined(column)
            && !char.IsAsciiDigit(text![^1])
            ? new(column, descending)
            : usual;
    }
}

/// <summary>By which column, and which way.</summary>
public readonly record struct SortOrder<T>(T Column, bool Descending)
    where T : struct, Enum
{
    /// <summary>As the address says it: "updated", "-updated".</summary>
    public string Word => (Descending ? "-" : "") + Name(Column);

    /// <summary>What a click on a column's heading leads to.</summary>
    public SortOrder<T> Clicked(T column) => new(column, EqualityComparer<T>.Default.Equals(column, Column) && !Descending);

    private static string Name(T column) => column.ToString().ToLower(CultureInfo.InvariantCulture);
}
