using System.Security.Cryptography;
using System.Text;

namespace PropertyManager.Web.Hosting;

/// <summary>
/// The key that signs what is sent to the servers, made at the first start: signing.pem in the data directory, for this user only. Packages of
/// activations that run keep their signatures: the key outlives restarts.
/// </summary>
public static class SigningKey
{
    /// <summary>In the data directory.</summary>
    public const string FileName = "signing.pem";

    /// <summary>The key of the data directory, made where there is none.</summary>
    /// <exception cref="StartupProblem">The file holds no key that can sign.</exception>
    public static ECDsa LoadOrCreate(DataDirectory data) => Load(data) ?? Create(data);

    /// <summary>The key of the data directory; null where the file is missing.</summary>
    /// <exception cref="StartupProblem">The file holds no key that can sign.</exception>
    public static ECDsa? Load(DataDirectory data)
    {
        var path = data.File(FileName);
        if (!File.Exists(path))
            return null;
        var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(File.ReadAllText(path));
            // A public key can be read as well, and fails when it is to sign.
            key.SignData([], HashAlgorithmName.SHA256);
            return key;
        }
        catch (Exception exception)
            when (exception is ArgumentException or CryptographicException or NotSupportedException or IOException or UnauthorizedAccessException)
        {
            key.Dispose();
            throw new StartupProblem($"{path} cannot be read as a signing key ({exception.Message.TrimEnd('.')}).", exception);
        }
    }

    /// <summary>Makes a key. A file that is there is kept under another name.</summary>
    public static ECDsa Create(DataDirectory data)
    {
        var path = data.File(FileName);
        if (File.Exists(path))
            File.Move(path, path + ".replaced", overwrite: true);
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        PrivateFiles.Write(path, Encoding.ASCII.GetBytes(key.ExportPkcs8PrivateKeyPem()));
        return key;
    }

    /// <summary>SHA-256 of the public half, 64 hexadecimal digits.</summary>
    public static string Fingerprint(ECDsa key) => Convert.ToHexStringLower(SHA256.HashData(key.ExportSubjectPublicKeyInfo()));
}
