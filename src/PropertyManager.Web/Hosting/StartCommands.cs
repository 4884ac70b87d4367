namespace PropertyManager.Web.Hosting;

/// <summary>What a start is asked to do once, by options that are no settings.</summary>
/// <param name="AcceptNewSigningKey">Go on with another signing key.</param>
/// <param name="AcceptNewDataKeys">Go on with other data-protection keys.</param>
/// <param name="BackupTo">Write a backup into this directory and end; null: start the application.</param>
/// <param name="Settings">The rest of the command line.</param>
public sealed record StartCommands(bool AcceptNewSigningKey, bool AcceptNewDataKeys, string? BackupTo, string[] Settings)
{
    public const string SigningKeyOption = "--accept-new-signing-key";
    public const string DataKeysOption = "--accept-new-data-keys";
    public const string BackupOption = "--backup";

    /// <exception cref="StartupProblem">An option lacks its value.</exception>
    public static StartCommands Parse(string[] args)
    {
        var settings = args.ToList();
        // Taken out first: the framework would take the argument after them for their value.
        var (signingKey, dataKeys) = (settings.Remove(SigningKeyOption), settings.Remove(DataKeysOption));
        return new(signingKey, dataKeys, TakeBackup(settings), [.. settings]);
    }

    private static string? TakeBackup(List<string> settings)
    {
        var at = settings.FindIndex(argument => argument == BackupOption || argument.StartsWith(BackupOption + "=", StringComparison.Ordinal));
        if (at < 0)
            return null;
        var joined = settings[at].Length > BackupOption.Length;
        var directory =
            joined ? settings[at][(BackupOption.Length + 1)..]
            : at + 1 < settings.Count ? settings[at + 1]
            : "";
        if (directory.Length == 0 || directory.StartsWith("--", StringComparison.Ordinal))
            throw new StartupProblem($"{BackupOption} names no directory. Give the one to write the backup into: {BackupOption} DIRECTORY.");
        settings.RemoveRange(at, joined ? 1 : 2);
        return Path.GetFullPath(directory);
    }
}
