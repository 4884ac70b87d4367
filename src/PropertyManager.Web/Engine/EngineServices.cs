using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using PropertyManager.Web.Data;
using PropertyManager.Web.Engine.Bulk;
using PropertyManager.Web.Engine.Outbox;
using PropertyManager.Web.Engine.Sessions;
using Quartz;

namespace PropertyManager.Web.Engine;

public static class EngineServices
{
    /// <summary>More rollouts than run at a time: a job that waits for its rollout holds no thread.</summary>
    private const int Jobs = 5000;

    public static IServiceCollection AddEngine(this IServiceCollection services, DatabaseSettings database) =>
        services
            .AddQuartz(quartz =>
            {
                quartz.ConfigureScheduler(scheduler =>
                {
                    scheduler.InstanceName = "rollouts";
                    scheduler.IdleWaitTime = TimeSpan.FromSeconds(1);
                    scheduler.ShutdownJobInterruption = ShutdownJobInterruption.WhenWaitingForJobs;
                });
                quartz.UseDefaultThreadPool(Jobs);
                quartz.UsePersistentStore(store =>
                {
                    store.ProvisionSchema();
                    // A clean stop leaves its rollouts to the next start, as the death of the process does.
                    store.ConfigureStore(options => options.RecoverFiringsCancelledByShutdown = true);
                    if (database.Provider == DatabaseProvider.Sqlite)
                        store.UseSqlite(SchedulerConnections.Instance, database.SchedulerConnectionString);
                    else
                        store.UseSqlServer(SqlClientFactory.Instance, database.SchedulerConnectionString);
                });
            })
            .AddQuartzHostedService(options => options.WaitForJobsToComplete = true)
            .AddSingleton<ActivationFeed>()
            .AddSingleton<ActivationLedger>()
            .AddSingleton<RolloutSchedule>()
            .AddSingleton<PackageSigner>()
            .AddSingleton<PersistentFaultCache>()
            .AddSingleton<FaultDesk>()
            .AddSingleton<ActivationMemory>()
            .AddSingleton<ActivationStart>()
            .AddSingleton<ActivationDesk>()
            .AddSingleton<VersionHeads>()
            .AddSingleton<VersionDesk>()
            .AddSingleton<DraftDesk>()
            .AddSingleton<PropertyDesk>()
            .AddSingleton<AudienceDesk>()
            .AddSingleton<SessionService>()
            .AddHostedService<SessionWorker>()
            .AddSingleton<ApiCallers>()
            .AddSingleton<ClientSettings>()
            .AddSingleton<ApiClientDesk>()
            .AddSingleton<ContractDesk>()
            .AddSingleton<RuleSearch>()
            .AddSingleton<BulkActivations>()
            .AddSingleton<BulkVersions>()
            .AddSingleton<BulkDesk>()
            .AddHostedService<BulkWork>()
            .AddSingleton(provider => new EvaluationGate(
                provider.GetRequiredService<TimeProvider>(),
                Environment.ProcessorCount,
                provider.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping
            ))
            .AddSingleton<TrafficForecast>()
            .AddSingleton<TrafficDesk>()
            .AddSingleton<SimulationDesk>()
            .AddSingleton<WebhookDesk>()
            .AddOutbox()
            .AddSingleton<RolloutLoop>()
            .AddHostedService(provider => provider.GetRequiredService<RolloutLoop>());
}
