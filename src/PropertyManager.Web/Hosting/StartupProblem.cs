using System.Diagnostics.CodeAnalysis;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Connections;

namespace PropertyManager.Web.Hosting;

/// <summary>
/// Bad luck that keeps the application from starting, told to the person who started it: what is wrong and what to do about it, in one line.
/// </summary>
/// <param name="message">A sentence that goes on from "Property Manager cannot start: ".</param>
/// <param name="inner">What it was found by; printed only where details are asked for.</param>
[SuppressMessage("Naming", "CA1710", Justification = "It is a problem of the person who starts the application, not an error of the program.")]
public sealed partial class StartupProblem(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>The exit code of a start that failed.</summary>
    public const int ExitCode = 1;

    /// <summary>The problem that an exception on the way up stands for; null if it is a bug, which should end in its stack trace.</summary>
    public static StartupProblem? From(Exception exception) =>
        exception switch
        {
            StartupProblem problem => problem,
            IOException { InnerException: AddressInUseException } => PortTaken(exception),
            SocketException { SocketErrorCode: SocketError.AccessDenied } => new(
                "this user may not listen on the port (ports below 1024 need privileges). Choose another with --urls http://localhost:5080.",
                exception
            ),
            SocketException { SocketErrorCode: SocketError.AddressNotAvailable } => new(
                "an address in --urls does not belong to this machine. Choose another, for instance --urls http://localhost:5080.",
                exception
            ),
            InvalidOperationException when exception.Message.StartsWith("Unable to configure HTTPS endpoint", StringComparison.Ordinal) => new(
                "an https address needs a certificate. Name one in Kestrel:Certificates:Default:Path, or use http in --urls.",
                exception
            ),
            _ => null,
        };

    /// <summary>Writes the one line (at log level Debug, also the exception behind it) and returns the exit code.</summary>
    /// <param name="errors">Usually standard error.</param>
    /// <param name="args">The command line; with the environment it says whether details are wanted.</param>
    public int Report(TextWriter errors, string[] args)
    {
        errors.WriteLine($"Property Manager cannot start: {LineBreaks.Replace(Message, " ")}");
        if (WantsDetails(args))
            errors.WriteLine(this);
        return ExitCode;
    }

    // Not from the application's own configuration: reading it may be what failed.
    private static bool WantsDetails(string[] args)
    {
        try
        {
            return StartupLog.WantsDetails(new ConfigurationBuilder().AddEnvironmentVariables().AddCommandLine(args).Build());
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private static StartupProblem PortTaken(Exception exception)
    {
        // "Failed to bind to address http://127.0.0.1:5080: address already in use."
        var found = Address.Match(exception.Message);
        var what = found.Success
            ? $"port {found.Groups["port"]} is taken: another program listens on {found.Groups["address"]}"
            : "the port is taken";
        return new($"{what}. Stop it, or choose another port, for instance --urls http://localhost:5081.", exception);
    }

    [GeneratedRegex(@"(?<address>https?://\S+:(?<port>\d+)):", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Address { get; }

    [GeneratedRegex(@"\s*[\r\n]+\s*", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex LineBreaks { get; }
}
