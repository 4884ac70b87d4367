using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Options;

namespace PropertyManager.Web.Hosting;

/// <summary>
/// The keys that sign-ins are protected by lie in the data directory, so that these survive a restart; and the cookies are named after the
/// directory, because browsers do not tell ports apart: instances side by side on localhost would overwrite each other's cookies, which the
/// other's keys cannot read. Named after the port instead, a restart on another port would sign everyone out.
/// </summary>
public static class SignInKeys
{
    /// <summary>Adds data protection with keys in <c>keys/</c>, and the names of the cookies.</summary>
    public static void AddSignInKeys(this IServiceCollection services, DataDirectory data)
    {
        services
            .AddDataProtection()
            .SetApplicationName("PropertyManager")
            .PersistKeysToFileSystem(new DirectoryInfo(data.File(DataDirectory.KeysName)));

        var instance = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(data.Path)).AsSpan(0, 4));
        services.Configure<AntiforgeryOptions>(options => options.Cookie.Name = $"PropertyManager.Antiforgery.{instance}");
        services.AddSingleton<IPostConfigureOptions<CookieAuthenticationOptions>>(new CookieNames(instance));
    }

    private sealed class CookieNames(string instance) : IPostConfigureOptions<CookieAuthenticationOptions>
    {
        // The scheme's name, for instance Identity.Application, keeps Identity's cookies apart from one another.
        public void PostConfigure(string? name, CookieAuthenticationOptions options) => options.Cookie.Name = $"PropertyManager.{name}.{instance}";
    }
}
