using PropertyManager.Web.Data;
using PropertyManager.Web.Features.Account;
using PropertyManager.Web.Hosting;
using PropertyManager.Web.Shell;
using Radzen;

var builder = WebApplication.CreateBuilder(
    new WebApplicationOptions
    {
        Args = args,
        // The root's appsettings.Development.json is copied beside the assembly: that is where settings are read from.
        ContentRootPath = AppContext.BaseDirectory,
    }
);
builder.WebHost.UseStaticWebAssets(); // so that a build which was not published serves its assets in every environment

var data = DataDirectory.From(builder.Configuration);
var database = DatabaseSettings.From(builder.Configuration, data);

builder.Services.AddSingleton(TimeProvider.System);
builder.Services.AddSingleton(data);
builder.Services.AddDatabase(database);
builder.Services.AddAccounts();
builder.Services.AddRazorComponents().AddInteractiveServerComponents();
builder.Services.AddRadzenComponents();
builder.WebHost.UseDevelopmentCertificate(builder.Environment, data);

var app = builder.Build();

if (!app.Environment.IsDevelopment())
{
    app.UseExceptionHandler("/error", createScopeForErrors: true);
    app.UseHsts();
}
app.UseStatusPages();
app.UseAuthentication();
app.UseAuthorization();
app.UseAntiforgery();

app.MapStaticAssets();
app.MapAccounts();
app.MapRazorComponents<App>().AddInteractiveServerRenderMode();

await app.Services.MigrateAsync();
await app.Services.AddDemoUserAsync();
await app.RunAsync();
