namespace PropertyManager.Web.Data;

public static class DemoData
{
    public static Task AddDemoDataAsync(this IServiceProvider services) => Task.CompletedTask;
}
