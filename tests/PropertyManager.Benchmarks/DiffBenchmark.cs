using System.Diagnostics;
using System.Globalization;
using PropertyManager.Web.Features.Compare;

namespace PropertyManager.Benchmarks;

/// <summary>
/// The comparison of two texts beside git's histogram diff of the same two files. Both read the files; git's time is that of its
/// process less that of git on two files of one line. A plain stopwatch measures both, since one of them is another process.
/// </summary>
internal static class DiffBenchmark
{
    private const int Lines = 100_000;
    private const int Runs = 9;
    private const double MostOfGit = 3;

    public static Task<IReadOnlyList<Figure>> RunAsync() => Task.FromResult<IReadOnlyList<Figure>>(Run());

    private static List<Figure> Run()
    {
        List<Figure> figures = [];
        var directory = Directory.CreateTempSubdirectory("diff-benchmark-").FullName;
        try
        {
            var (oneBefore, oneAfter) = Write(directory, "one line", "<a/>\n", "<b/>\n");
            var start = Median(() => Git(oneBefore, oneAfter));
            Console.WriteLine($"{Lines:N0} lines; median of {Runs} runs; git's process start, taken off its time: {start:F1} ms");
            Console.WriteLine();
            Console.WriteLine("| lines changed | text       | ours, first run | ours ms | git ms | ratio | our +/- | git's +/- |");
            Console.WriteLine("|--------------:|------------|----------------:|--------:|-------:|------:|--------:|----------:|");
            foreach (var (kind, line) in new (string, Func<Random, int, string>)[] { ("unique", UniqueLine), ("repetitive", RepeatedLine) })
            foreach (var percent in new[] { 1, 20, 100 })
            {
                var (before, after) = Texts(line, percent);
                var files = Write(directory, $"{kind} {percent}", before, after);
                var first = Time(() => Ours(files.Before, files.After));
                var ours = Median(() => Ours(files.Before, files.After));
                var git = Median(() => Git(files.Before, files.After)) - start;
                var diff = Ours(files.Before, files.After);
                var touched = (2 * diff.Changed) + diff.Added + diff.Removed;
                Console.WriteLine(
                    $"| {percent, 11} % | {kind, -10} | {first, 12:F1} ms | {ours, 7:F1} | {git, 6:F1} | {ours / git, 5:F2} | {touched, 7} | {Touched(files.Before, files.After), 9} |"
                );
                figures.Add(new($"{kind}, {percent} % changed: time of git's", ours / git, "x", Most: MostOfGit));
            }
            Console.WriteLine();
            return figures;
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private static DiffModel Ours(string before, string after) => TextDiff.Compare(File.ReadAllText(before), File.ReadAllText(after));

    // Like the XML of a rule tree: most lines occur once, and one in four is an end tag.
    private static string UniqueLine(Random random, int line) =>
        line % 4 == 3 ? "    </match:request.path>" : $"    <match:request.path value=\"/shop/{random.Next(1_000_000)}/{line}\" result=\"true\">";

    // Every line occurs about fifty times.
    private static string RepeatedLine(Random random, int line) => $"    <forward:availability.max-reconnects>{random.Next(Lines / 50)}</forward>";

    private static (string Before, string After) Texts(Func<Random, int, string> line, int percent)
    {
        var random = new Random(percent);
        var before = Enumerable.Range(0, Lines).Select(i => line(random, i)).ToArray();
        var after = before.Select((text, i) => random.Next(100) < percent ? $"{text}<!-- {i} -->" : text);
        return (string.Concat(before.Select(text => text + "\n")), string.Concat(after.Select(text => text + "\n")));
    }

    private static (string Before, string After) Write(string directory, string name, string before, string after)
    {
        var files = (Before: Path.Combine(directory, $"{name} before.xml"), After: Path.Combine(directory, $"{name} after.xml"));
        File.WriteAllText(files.Before, before);
        File.WriteAllText(files.After, after);
        return files;
    }

    // The diff itself is thrown away undecoded: reading it is no part of git's work. With options (--numstat) the output is handed back.
    private static string Git(string before, string after, params string[] options)
    {
        var start = new ProcessStartInfo("git", ["diff", "--no-index", "--histogram", .. options, before, after])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        using var git = Process.Start(start) ?? throw new InvalidOperationException("git did not start.");
        var counts = options.Length == 0 ? "" : git.StandardOutput.ReadToEnd();
        git.StandardOutput.BaseStream.CopyTo(Stream.Null);
        git.WaitForExit();
        // 1 says that the files differ.
        return git.ExitCode is 0 or 1 ? counts : throw new InvalidOperationException($"git diff ended with {git.ExitCode}.");
    }

    private static int Touched(string before, string after)
    {
        var counts = Git(before, after, "--numstat").Split('\t');
        return int.Parse(counts[0], CultureInfo.InvariantCulture) + int.Parse(counts[1], CultureInfo.InvariantCulture);
    }

    private static double Median(Action action)
    {
        var times = Enumerable.Range(0, Runs).Select(_ => Time(action)).Order().ToArray();
        return times[Runs / 2];
    }

    private static double Time(Action action)
    {
        var start = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }
}
