namespace PropertyManager.Web.Hosting;

/// <summary>The builder with the settings of this application's layout.</summary>
public static class AppBuilder
{
    /// <exception cref="StartupProblem">A settings file or the command line cannot be read.</exception>
    public static WebApplicationBuilder Create(string[] args)
    {
        try
        {
            var builder = WebApplication.CreateBuilder(
                new WebApplicationOptions
                {
                    Args = args,
                    // The root's appsettings.Development.json is copied beside the assembly: that is where settings are read from.
                    ContentRootPath = AppContext.BaseDirectory,
                }
            );
            builder.WebHost.UseStaticWebAssets(); // so that a build which was not published serves its assets in every environment
            return builder;
        }
        catch (Exception exception) when (exception is InvalidDataException or FormatException)
        {
            throw new StartupProblem($"settings cannot be read. {exception.Message} {exception.InnerException?.Message}", exception);
        }
    }
}
