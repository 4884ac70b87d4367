using PropertyManager.Web.Data;
using PropertyManager.Web.Features.Account;
using PropertyManager.Web.Hosting;
using PropertyManager.Web.Shell;
using Radzen;

try
{
    var builder = AppBuilder.Create(args);
    var settings = StartSettings.From(builder.Configuration);
    var startupLog = StartupLog.Configure(builder);

    builder.Services.AddSingleton(TimeProvider.System);
    builder.Services.AddSingleton(settings.Data);
    builder.Services.AddDatabase(settings.Database);
    builder.Services.AddSignInKeys(settings.Data);
    builder.Services.AddAccounts();
    builder.Services.AddRazorComponents().AddInteractiveServerComponents();
    builder.Services.AddRadzenComponents();
    builder.WebHost.UseDevelopmentCertificate(builder.Environment, settings.Data);

    var app = builder.Build();

    if (!app.Environment.IsDevelopment())
    {
        app.UseExceptionHandler("/error", createScopeForErrors: true);
        app.UseHsts();
    }
    app.UseAuthentication();
    app.UseAuthorization();
    app.UseAntiforgery();

    app.MapStaticAssets();
    app.MapRazorComponents<App>().AddInteractiveServerRenderMode();

    using var instance = InstanceLock.Take(settings, app.Configuration[WebHostDefaults.ServerUrlsKey]);
    await app.Services.MigrateAsync();
    await app.Services.AddDemoUserAsync();
    app.GreetWhenStarted(Console.Out);
    await startupLog.RunAsync(app);
    return 0;
}
catch (Exception exception) when (StartupProblem.From(exception) is { } problem)
{
    return problem.Report(Console.Error, args);
}
