using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration.CommandLine;
using Microsoft.Extensions.Configuration.EnvironmentVariables;
using PropertyManager.Domain.Activations;
using PropertyManager.Web.Data;
using PropertyManager.Web.Engine;
using PropertyManager.Web.Engine.Outbox;
using PropertyManager.Web.Papi.Limits;

namespace PropertyManager.Web.Hosting;

/// <summary>The settings that the application cannot start without, checked together before anything is touched.</summary>
/// <param name="LeaseWait">How long a start waits for another process to give up the database, real time.</param>
public sealed record StartSettings(
    DataDirectory Data,
    DatabaseSettings Database,
    TimeSpan LeaseWait,
    SimulationSettings Simulation,
    ApiLimitSettings ApiLimits,
    MailSettings Mail
)
{
    private const double DefaultLeaseWait = 15;
    private const double LongestLeaseWait = 3600;
    private const string SpeedKey = "Simulation:Speed";

    /// <exception cref="StartupProblem">Names every bad setting, not only the first.</exception>
    public static StartSettings From(IConfiguration configuration)
    {
        var errors = new List<string>();
        var data = DataDirectory.From(configuration);
        var database = DatabaseSettings.Read(configuration, data.File(Backup.DatabaseName), errors);
        var simulation = new SimulationSettings(Speed(configuration, errors), Seed(configuration, errors), CancelCutOff(configuration, errors))
        {
            IsSpeedGiven = IsGivenForThisStart(configuration, SpeedKey),
        };
        var leaseWait = ReadLeaseWait(configuration, errors);
        var limits = new ApiLimitSettings(RequestsPerMinute(configuration, errors));
        var mail = MailSettings.Read(configuration, errors);
        CheckUrls(configuration, errors);
        return database is null || errors.Count > 0
            ? throw new StartupProblem($"settings are wrong. {string.Join(' ', errors)}")
            : new StartSettings(data, database, leaseWait, simulation, limits, mail);
    }

    private static TimeSpan ReadLeaseWait(IConfiguration configuration, List<string> errors)
    {
        var given = configuration["Database:LeaseWait"];
        if (string.IsNullOrEmpty(given))
            return TimeSpan.FromSeconds(DefaultLeaseWait);
        if (double.TryParse(given, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) && seconds is >= 0 and <= LongestLeaseWait)
            return TimeSpan.FromSeconds(seconds);
        errors.Add($"Database:LeaseWait is '{given}': give a number of seconds from 0 to {LongestLeaseWait}.");
        return TimeSpan.Zero;
    }

    /// <summary>Whether a setting comes from the command line or the environment, and not from a file.</summary>
    private static bool IsGivenForThisStart(IConfiguration configuration, string key) =>
        configuration is IConfigurationRoot root
        && root.Providers.Any(provider =>
            provider is CommandLineConfigurationProvider or EnvironmentVariablesConfigurationProvider
            && provider.TryGet(key, out var value)
            && !string.IsNullOrEmpty(value)
        );

    private static double Speed(IConfiguration configuration, List<string> errors)
    {
        var given = configuration[SpeedKey];
        if (string.IsNullOrEmpty(given))
            return 1;
        // Written so that NaN is refused too.
        if (
            !double.TryParse(given, NumberStyles.Float, CultureInfo.InvariantCulture, out var speed)
            || !(speed > 0 && speed <= SimulationSettings.FastestSpeed)
        )
            errors.Add($"Simulation:Speed is '{given}': give a number above 0 and at most {SimulationSettings.FastestSpeed}.");
        return speed;
    }

    private static int Seed(IConfiguration configuration, List<string> errors)
    {
        var given = configuration["Simulation:Seed"];
        if (string.IsNullOrEmpty(given))
            return 1;
        if (!int.TryParse(given, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seed))
            errors.Add($"Simulation:Seed is '{given}': give a whole number.");
        return seed;
    }

    private static double CancelCutOff(IConfiguration configuration, List<string> errors)
    {
        var given = configuration["Activation:ExceptionCancelCutOff"];
        if (string.IsNullOrEmpty(given))
            return ActivationClass.DefaultCancelCutOff;
        if (!double.TryParse(given, NumberStyles.Float, CultureInfo.InvariantCulture, out var share) || !(share is >= 0 and <= 1))
            errors.Add($"Activation:ExceptionCancelCutOff is '{given}': give a share from 0 to 1, such as 0.25.");
        return share;
    }

    private static int RequestsPerMinute(IConfiguration configuration, List<string> errors)
    {
        var given = configuration["Api:RequestsPerMinute"];
        if (string.IsNullOrEmpty(given))
            return ApiLimitSettings.DefaultRequestsPerMinute;
        if (
            !int.TryParse(given, NumberStyles.None, CultureInfo.InvariantCulture, out var requests)
            || requests > ApiLimitSettings.MostRequestsPerMinute
        )
            errors.Add(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Api:RequestsPerMinute is '{given}': give a whole number up to {ApiLimitSettings.MostRequestsPerMinute}, or 0 for no limit."
                )
            );
        return requests;
    }

    private static void CheckUrls(IConfiguration configuration, List<string> errors)
    {
        var urls = configuration[WebHostDefaults.ServerUrlsKey] ?? "";
        foreach (var url in urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (!IsAddress(url))
                errors.Add($"urls names '{url}': give addresses like http://localhost:5080.");
        }
    }

    private static bool IsAddress(string url)
    {
        try
        {
            var address = BindingAddress.Parse(url);
            return address.Scheme is "http" or "https"
                && address.PathBase.Length == 0
                && (address.IsUnixPipe || address.IsNamedPipe || address.Port is >= 0 and <= 65535);
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
