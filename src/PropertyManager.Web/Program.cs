using System.Security.Cryptography;
using PropertyManager.Domain;
using PropertyManager.Edge;
using PropertyManager.Web.Data;
using PropertyManager.Web.Data.Demo;
using PropertyManager.Web.Engine;
using PropertyManager.Web.Engine.Outbox;
using PropertyManager.Web.Features.Account;
using PropertyManager.Web.Features.Editor;
using PropertyManager.Web.Features.Properties;
using PropertyManager.Web.Hosting;
using PropertyManager.Web.Papi;
using PropertyManager.Web.Shell;
using PropertyManager.Web.Shell.Parts;
using Radzen;

try
{
    var commands = StartCommands.Parse(args);
    var builder = AppBuilder.Create(commands.Settings);
    var settings = StartSettings.From(builder.Configuration);
    if (commands.BackupTo is { } directory)
    {
        Backup.Write(settings, directory, Console.Out);
        return 0;
    }
    var startupLog = StartupLog.Configure(builder);
    var clock = new SimulationClock(TimeProvider.System, settings.Simulation.Speed);

    builder.Services.AddSingleton(TimeProvider.System);
    builder.Services.AddKeyedSingleton<TimeProvider>(Simulated.Time, clock);
    builder.Services.AddSingleton(clock);
    builder.Services.AddSingleton(new SimulatedSpeed(() => clock.Speed, speed => clock.Speed = speed));
    builder.Services.AddSingleton(settings.Simulation);
    builder.Services.AddSingleton(settings.Data);
    builder.Services.AddSingleton(settings.ApiLimits);
    builder.Services.AddDatabase(settings.Database);
    builder.Services.AddScoped<CurrentAccess>();
    builder.Services.AddSingleton<VersionImport>();
    builder.Services.AddSignInKeys(settings.Data);
    builder.Services.AddAccounts();
    builder.Services.AddSingleton(_ => SigningKey.LoadOrCreate(settings.Data));
    builder.Services.AddSingleton<IEdgeNetwork>(services => new SimulatedEdgeNetwork(settings.Simulation.Seed, services.GetRequiredService<ECDsa>()));
    builder.Services.AddSingleton(settings.Mail);
    builder.Services.AddSingleton(new OutboxFolder(settings.Data.File(DataDirectory.OutboxName)));
    builder.Services.AddEngine(settings.Database);
    builder.Services.AddPapi();
    builder.Services.AddDemoClientFile(builder.Environment);
    builder.Services.AddSingleton<KeyCheck>();
    builder.Services.AddHostedService<DatabaseCheck>();
    builder.Services.AddRazorComponents().AddInteractiveServerComponents();
    builder.Services.AddRadzenComponents();
    builder.WebHost.UseDevelopmentCertificate(builder.Environment, settings.Data);

    await using var app = builder.Build();

    app.UseErrorPages();
    if (!app.Environment.IsDevelopment())
        app.UseHsts();
    app.UseApi();
    app.UseStatusPages();
    app.UseAuthentication();
    app.UseAuthorization();
    app.UsePermalinkStatus();
    app.UseAntiforgery();

    app.MapStaticAssets();
    app.MapAccounts();
    app.MapEditor();
    app.MapPapi();
    // What goes over a circuit is small and often: compressing it costs more than it saves.
    app.MapRazorComponents<App>().AddInteractiveServerRenderMode(options => options.DisableWebSocketCompression = true);

    using var instance = await InstanceLock.TakeAsync(settings, app.Configuration[WebHostDefaults.ServerUrlsKey], TimeProvider.System, Console.Error);
    settings.Data.Tighten(settings.Database.File, Console.Error);
    KeyCheck.RefuseEmptyDatabase(settings);
    await app.Services.OpenDatabaseAsync(new LeaseStart(instance.Holder, instance.LockId, settings.LeaseWait));
    await app.Services.GetRequiredService<KeyCheck>().RunAsync(commands, Console.Error);
    if (app.Environment.IsDevelopment())
        await app.Services.AddDemoDataAsync();
    await app.Services.ResumeClockAsync(clock.Start);
    app.GreetWhenStarted(Console.Out);
    return await app.RunWithLeaseAsync(startupLog);
}
catch (Exception exception) when (StartupProblem.From(exception) is { } problem)
{
    return problem.Report(Console.Error, args);
}
