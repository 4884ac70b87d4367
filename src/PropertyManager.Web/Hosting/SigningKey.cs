using System.Security.Cryptography;
using PropertyManager.Web.Data;

namespace PropertyManager.Web.Hosting;

/// <summary>
/// The key that signs what is sent to the servers, made at the first start: signing.pem in the data directory, for this user only. Packages of
/// activations that run keep their signatures: the key outlives restarts.
/// </summary>
public static class SigningKey
{
    public static ECDsa LoadOrCreate(DataDirectory data)
    {
        var path = data.File("signing.pem");
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        if (File.Exists(path))
        {
            key.ImportFromPem(File.ReadAllText(path));
            return key;
        }
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var file = new StreamWriter(path, options);
        file.Write(key.ExportPkcs8PrivateKeyPem());
        return key;
    }
}
